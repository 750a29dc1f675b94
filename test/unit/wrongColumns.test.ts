import { describe, expect, it, test } from 'vitest';
import { fixesOf } from '../../server/src/service/fixes';
import { alarms, analyzeText, applyEdits } from '../support/examples';

const PATH = 'x.disclosure.yaml';

/** What classes and subjects of the general budget and of a fund come to, all printed. */
const RIGHT = `格式: gouji/1
年度: 2024
财政拨款收入支出决算总表:
  收入:
    一般公共预算财政拨款: 100.00
    政府性基金预算财政拨款: 23.70
    本年收入合计: 123.70
    总计: 123.70
  支出:
    201: {合计: 61.25, 一般公共预算财政拨款: 61.25}
    208: {合计: 38.75, 一般公共预算财政拨款: 38.75, 政府性基金预算财政拨款: }
    212: {合计: 23.70, 政府性基金预算财政拨款: 23.70}
    本年支出合计: {合计: 123.70, 一般公共预算财政拨款: 100.00, 政府性基金预算财政拨款: 23.70}
    总计: {合计: 123.70, 一般公共预算财政拨款: 100.00, 政府性基金预算财政拨款: 23.70}
一般公共预算财政拨款支出决算表:
  合计: {小计: 100.00, 基本支出: 100.00}
  2010101: {小计: 61.25, 基本支出: 61.25}
  2080505: {小计: 38.75, 基本支出: 38.75}
政府性基金预算财政拨款收入支出决算表:
  合计: {本年收入: 23.70, 支出小计: 23.70, 项目支出: 23.70}
  2120801: {本年收入: 23.70, 支出小计: 23.70, 项目支出: 23.70}
`;

const CLASS = '208: {合计: 38.75, 一般公共预算财政拨款: 38.75, 政府性基金预算财政拨款: }';
const FUND = '212: {合计: 23.70, 政府性基金预算财政拨款: 23.70}';

/** The only finding, what stands where it is shown, and the text after its first fix. */
function told(text: string) {
  const analysis = analyzeText(text, PATH);
  const [only, ...more] = alarms(analysis);
  expect(more).toEqual([]);
  const { cause, textRange } = only!;
  const [fix] = fixesOf(cause!, analysis.tree, 'en');
  const { start, end } = textRange;
  return { at: text.slice(start, end), kind: cause!.groups[0]?.kind, edits: fix!.edits };
}

it('has nothing to tell of the right document', () => {
  expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
});

describe('a figure in the column of other money', () => {
  test.each([
    ['of a fund', CLASS, '208: {合计: 38.75, 政府性基金预算财政拨款: 38.75}', '38.75'],
    [
      'of a fund, its own being blank',
      CLASS,
      '208: {合计: 38.75, 一般公共预算财政拨款: , 政府性基金预算财政拨款: 38.75}',
      '38.75',
    ],
    ['of the general budget', FUND, '212: {合计: 23.70, 一般公共预算财政拨款: 23.70}', '23.70'],
  ])('is told once, at the figure, and put right by the first fix: %s', (_, row, wrong, at) => {
    const text = RIGHT.replace(row, wrong);
    const one = told(text);
    expect(one).toMatchObject({ at, kind: 'swapped' });
    expect(alarms(analyzeText(applyEdits(text, one.edits), PATH))).toEqual([]);
  });
});

describe('a line of a form whose figures are lost', () => {
  test.each([
    ['its braces are empty', '    212: {}\n', 'emptied-row'],
    ['nothing stands behind its code', '    212:\n', 'emptied-row'],
    ['its cells are blank', '    212: {合计: , 政府性基金预算财政拨款: }\n', 'emptied-row'],
    ['it is not there', '', 'lost-row'],
  ])('is told once and written again by the first fix where %s', (_, line, kind) => {
    const text = RIGHT.replace(`    ${FUND}\n`, line);
    const one = told(text);
    expect(one.kind).toBe(kind);
    const after = applyEdits(text, one.edits);
    expect(after).toMatch(/ 212: \{合计: 23\.70, .*政府性基金预算财政拨款: 23\.70/);
    expect(alarms(analyzeText(after, PATH))).toEqual([]);
  });
});
