import { describe, expect, test } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { alarms, analyzeText, applyEdits } from '../support/examples';

const HEAD = '格式: gouji/1\n年度: 2024\n';

/** What becomes of a text by the fix, at either of two equal keys, that gives one another name; undefined where none is offered. */
function renamed(text: string, key: string): string | undefined {
  const analysis = analyzeText(text, 'a.disclosure.yaml');
  const places = [...new Set([text.indexOf(key), text.lastIndexOf(key)])];
  const found = places.flatMap((place) => {
    const at = analysis.lines.position(place);
    const actions = codeActionsAt(analysis, 'file:///a', { start: at, end: at }, 'en');
    return actions.filter(({ title }) =>
      /^Change (?:the code )?to \D*(?:\d{3,7} |\p{Script=Han})/u.test(title),
    );
  });
  expect(found.length).toBeLessThanOrEqual(1);
  expect(found.some(({ isPreferred }) => isPreferred)).toBe(false);
  const edits = found[0]?.edit!.changes!['file:///a'];
  return (
    edits &&
    applyEdits(
      text,
      edits.map(({ range: { start, end }, newText }) => ({
        range: { start: analysis.lines.offset(start), end: analysis.lines.offset(end) },
        newText,
      })),
    )
  );
}

const general = `一般公共预算财政拨款支出决算表:
  合计: {小计: 264.03, 基本支出: 264.03}
  2080101: {小计: 250.04, 基本支出: 250.04}
  2080102: {小计: 13.99, 基本支出: 13.99}
`;
const expenditure = (first: string, second: string) => `支出决算表:
  合计: {本年支出合计: 264.03, 基本支出: 264.03}
  ${first}: {本年支出合计: 250.04, 基本支出: 250.04}
  ${second}: {本年支出合计: 13.99, 基本支出: 13.99}
`;

const income = `收入决算表:
  合计: {本年收入合计: 264.03, 财政拨款收入: 264.03}
  2080101: {本年收入合计: 250.04, 财政拨款收入: 250.04}
  2080102: {本年收入合计: 13.99, 财政拨款收入: 13.99}
`;
const overview = `收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 264.03
    本年收入合计: 264.03
    总计: 264.03
  支出:
    208: 264.03
    本年支出合计: 264.03
    总计: 264.03
`;

describe('of two rows with one code', () => {
  test('the second gets the code that its figures have elsewhere', () => {
    const text = (second: string) => HEAD + expenditure('2080101', second) + general;
    expect(renamed(text('2080101'), '2080101: {本年')).toBe(text('2080102'));
  });

  test('the first does, where the second is right', () => {
    const text = (first: string) => HEAD + expenditure(first, '2080102') + general;
    expect(renamed(text('2080102'), '2080102: {本年')).toBe(text('2080101'));
  });

  test('one gets the only code that is lacking here and has its figure elsewhere, though no relation but a sum tells', () => {
    const text = (second: string) =>
      HEAD + income.replace('2080102', second) + expenditure('2080101', '2080102');
    expect(renamed(text('2080101'), '2080101: {本年收入')).toBe(text('2080102'));
    const two = (second: string) =>
      text(second).replaceAll('264.03', '278.02') +
      '  2080103: {本年支出合计: 13.99, 基本支出: 13.99}\n';
    expect(renamed(two('2080101'), '2080101: {本年收入')).toBeUndefined();
  });

  test.each([
    ['no other place knows another code', HEAD + expenditure('2080101', '2080101')],
    [
      'the figures of the other code are others',
      HEAD + expenditure('2080101', '2080101') + general.replaceAll('13.99', '14.00'),
    ],
    [
      'two codes have the figures',
      HEAD +
        expenditure('2080101', '2080101').replaceAll('264.03', '278.02') +
        general.replaceAll('264.03', '278.02') +
        '  2080103: {小计: 13.99, 基本支出: 13.99}\n',
    ],
  ])('none gets another one where %s', (_, text) => {
    expect(renamed(text, '2080101: {本年')).toBeUndefined();
  });
});

describe('of two lines with one name', () => {
  test('the second is the line that is lacking', () => {
    const text = (second: string) => `${HEAD}收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 200.00
    上级补助收入: 50.00
    ${second}: 7.00
    本年收入合计: 257.00
收入决算表:
  合计: {本年收入合计: 257.00, 财政拨款收入: 200.00, 上级补助收入: 50.00, 事业收入: 7.00}
`;
    expect(renamed(text('上级补助收入'), '上级补助收入: 7')).toBe(text('事业收入'));
  });
});

describe('of two tables with one name', () => {
  test('the second is the one that is lacking and has its columns', () => {
    const text = (name: string) => {
      const second = expenditure('2080101', '2080102').replace('支出决算表', name);
      return HEAD + overview + income + second;
    };
    expect(renamed(text('收入决算表'), '收入决算表')).toBe(text('支出决算表'));
  });
});

describe('of two rows with one code in a table whose items a text lists', () => {
  const items = (rows: string, list: string) => `${HEAD}一般公共预算财政拨款基本支出决算明细表:
  301: 112.90
  30101: 50.00
  30102: 30.20
  30103: 12.30
${rows}  30113: 2.00
  人员经费合计: 112.90
决算情况说明:
  基本支出:
    人员经费:
      金额: 112.90
      主要包括: [${list}]
`;
  const list = '基本工资、津贴补贴、奖金、机关事业单位基本养老保险缴费、住房公积金';

  test('the one out of order is the item that is listed and has no row', () => {
    const right = items('  30108: 18.40\n', list);
    expect(analyzeText(right, 'a.disclosure.yaml').disclosure!.problems).toEqual([]);
    expect(renamed(items('  30101: 18.40\n', list), '30101')).toBe(right);
  });

  test('either of two that stand together may be it', () => {
    const right = items('  30108: 10.40\n  30110: 8.00\n', `${list}、职工基本医疗保险缴费`);
    const doubled = right.replace('30108', '30110');
    expect(renamed(doubled, '30110')).toBe(right);
  });

  test('none is chosen where two of its names have no row', () => {
    const text = items('  30101: 18.40\n', `${list}、职业年金缴费`);
    expect(renamed(text, '30101')).toBeUndefined();
  });
});

describe('a name that a list has and that comes to nothing', () => {
  const told = (row: string) => {
    const text = `${HEAD}一般公共预算财政拨款基本支出决算明细表:
  301: 145.60
  30101: 50.00
${row}  30107: 90.60
  30113: 5.00
决算情况说明:
  基本支出:
    人员经费: {主要包括: [基本工资, 津贴补贴]}
`;
    return alarms(analyzeText(text, 'a.disclosure.yaml')).map(({ message }) => message);
  };

  test('may be the row a slip away, where it has none of its own', () => {
    expect(told('  30103:\n')).toEqual([expect.stringContaining('30107')]);
  });

  test('is not, where it has one', () => {
    expect(told('  30102:\n  30103:\n')).toEqual([expect.not.stringContaining('30107')]);
  });
});
