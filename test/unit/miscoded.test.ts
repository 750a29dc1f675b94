import { describe, expect, it } from 'vitest';
import { analyze } from '../../server/src/service/analyze';
import { causesOf } from '../../server/src/service/findings';
import { alarms, analyzeText, EXAMPLES, rightTables } from '../support/examples';

type Rows = Readonly<Record<string, readonly [total: string, basic: string]>>;

const RIGHT: Rows = {
  合计: ['9.00', '9.00'],
  208: ['6.00', '6.00'],
  20805: ['6.00', '6.00'],
  2080501: ['1.00', '1.00'],
  2080505: ['5.00', '5.00'],
  210: ['3.00', '3.00'],
  21011: ['3.00', '3.00'],
  2101101: ['3.00', '3.00'],
};

/** A table of these rows in their order, `changed` in their place. */
function table(changed: Readonly<Record<string, string>>, rows: Rows = RIGHT): string {
  const lines = Object.entries(rows)
    .sort(([a], [b]) => (a === '合计' ? -1 : b === '合计' ? 1 : a < b ? -1 : 1))
    .map(([code, [total, basic]]) => {
      return `  ${changed[code] ?? code}: {本年支出合计: ${total}, 基本支出: ${basic}}\n`;
    });
  return `格式: gouji/1\n表样: 上海\n支出决算表:\n${lines.join('')}`;
}

const miscoded = (text: string) =>
  analyze({ path: 'x.disclosure.yaml', text }, { severities: {} }).causes.flatMap(({ groups }) =>
    groups.filter(({ kind }) => kind === 'miscoded').map(({ row, code }) => `${row!}→${code!}`),
  );

describe('a code with one wrong digit', () => {
  it.each([
    ['another class', '2090505'],
    ['two digits swapped', '2085005'],
    ['one digit left out and one put in', '2018505'],
    ['another 款', '2080605'],
    ['below a subject that is printed', '2101105'],
  ])('is told as one cause: %s', (_, code) => {
    const text = table({ 2080505: code });
    const analysis = analyze({ path: 'x.disclosure.yaml', text }, { severities: {} });
    if (code === '2101105') {
      // Two digits are others: that is no slip.
      expect(miscoded(text)).toEqual([]);
      return;
    }
    expect(miscoded(text)).toEqual([`${code}→2080505`]);
    const [view, ...others] = causesOf(analysis, 'en');
    expect(others).toEqual([]);
    expect(text.slice(view!.textRange.start, view!.textRange.end)).toBe(code);
    expect(view!.findings.length).toBeGreaterThanOrEqual(2);
  });

  it('is not supposed where a figure of the row is wrong too, or its place is taken', () => {
    const wrong = { ...RIGHT, 2080505: ['5.00', '5.01'] } as const;
    expect(miscoded(table({ 2080505: '2090505' }, wrong))).toEqual([]);
    const taken = { ...RIGHT, 2090505: ['5.00', '5.00'] } as const;
    expect(miscoded(table({}, taken))).toEqual([]);
  });

  it('is not supposed of a wrong figure, nor of a row that is missing', () => {
    const wrong = { ...RIGHT, 2080505: ['5.30', '5.30'] } as const;
    expect(miscoded(table({}, wrong))).toEqual([]);
    const { 2080505: _, ...missing } = RIGHT;
    expect(miscoded(table({}, missing))).toEqual([]);
    // Another subject that happens to print as much, and is counted where it stands.
    const alike: Rows = {
      ...missing,
      合计: ['14.00', '14.00'],
      209: ['5.00', '5.00'],
      2090505: ['5.00', '5.00'],
    };
    expect(miscoded(table({}, alike))).toEqual([]);
  });

  const BESIDE = (code: string, listed = '2130314', totals = '3.00') => `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: ${totals}, 项目支出: ${totals}}
  2130305: {本年支出合计: 1.00, 项目支出: 1.00}
  ${code}: {本年支出合计: 2.00, 项目支出: 2.00}
一般公共预算财政拨款支出决算表:
  合计: {小计: 2.50, 项目支出: 2.50}
  2130305: {小计: 0.50, 项目支出: 0.50}
  ${listed}: {小计: 2.00, 项目支出: 2.00}
`;

  it.each([
    ['no subject, two digits swapped', '2130341', '3.00'],
    ['another subject, which stands nowhere else', '2130399', '3.00'],
    ['totals left to the server', '2130341', '自动'],
  ])('is told where other tables list the row that is lacking: %s', (_, code, totals) => {
    const text = BESIDE(code, '2130314', totals);
    expect(alarms(analyzeText(BESIDE('2130314', '2130314', totals), 'x.disclosure.yaml'))).toEqual(
      [],
    );
    const [view, ...others] = causesOf(analyzeText(text, 'x.disclosure.yaml'), 'en');
    expect(others).toEqual([]);
    expect(view!.message).toContain(`${code} seems to be a wrong code for 2130314`);
    expect(text.slice(view!.textRange.start, view!.textRange.end)).toBe(code);
  });

  it('is not supposed of one of two tables that differ where nothing else knows either code', () => {
    const text = `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: 50.00, 项目支出: 50.00}
  2050201: {本年支出合计: 7.90, 项目支出: 7.90}
  2296003: {本年支出合计: 42.10, 项目支出: 42.10}
一般公共预算财政拨款支出决算表:
  合计: {小计: 7.80, 项目支出: 7.80}
  2050201: {小计: 7.80, 项目支出: 7.80}
政府性基金预算财政拨款收入支出决算表:
  合计: {本年收入: 42.10, 支出小计: 42.10, 项目支出: 42.10}
  2296004: {本年收入: 42.10, 支出小计: 42.10, 项目支出: 42.10}
国有资本经营预算财政拨款支出决算表:
  合计: {合计: , 基本支出: , 项目支出: }
`;
    expect(miscoded(text)).toEqual([]);
    expect(alarms(analyzeText(text, 'x.disclosure.yaml'))).not.toEqual([]);
    const income = '收入决算表:\n  2296003: {本年收入合计: 42.10}\n';
    expect(miscoded(text + income)).toEqual(['2296004→2296003']);
  });

  it('is told where it is counted in a computed total, which holds whatever it is computed of', () => {
    const text = (code: string) => `格式: gouji/1
年度: 2024
支出决算表:
  合计:    {本年支出合计: 自动, 基本支出: 自动}
  201:     {本年支出合计: 自动, 基本支出: 自动}
  2010101: {本年支出合计: 自动, 基本支出: 120.50}
  221:     {本年支出合计: 自动, 基本支出: 自动}
  2210201: {本年支出合计: 自动, 基本支出: 14.80}
  2210203: {本年支出合计: 2.00, 基本支出: 2.00}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 137.30, 基本支出: 137.30}
  201:     {小计: 自动, 基本支出: 自动}
  2010101: {小计: 自动, 基本支出: 120.50}
  221:     {小计: 自动, 基本支出: 自动}
  ${code}: {小计: 自动, 基本支出: 14.80}
  2210203: {小计: 2.00, 基本支出: 2.00}
决算情况说明:
  一般公共预算支出:
    各项:
      - {科目: 2010101, 年初预算: 120.50, 决算: 120.50}
      - {科目: 2210201, 年初预算: 14.80, 决算: 14.80}
      - {科目: 2210203, 年初预算: 2.00, 决算: 2.00}
`;
    expect(alarms(analyzeText(text('2210201'), 'x.disclosure.yaml'))).toEqual([]);
    expect(miscoded(text('2010201'))).toEqual(['2010201→2210201']);
  });

  it('is not supposed where other tables know the code too', () => {
    const text =
      BESIDE('2130399') + '政府性基金预算财政拨款收入支出决算表:\n  2130399: {支出小计: 0}\n';
    expect(miscoded(text)).toEqual([]);
  });

  describe('of no subject a slip away', () => {
    const listed = (codes: readonly [string, string], general: string) => `格式: gouji/1
年度: 2024
收入决算表:
  2080201: {本年收入合计: 50.00, 财政拨款收入: 50.00}
${codes.map((code) => `  ${code}: {本年收入合计: 30.00, 财政拨款收入: 30.00}\n`).join('')}支出决算表:
  合计: {本年支出合计: 110.00, 项目支出: 110.00}
  2080201: {本年支出合计: 50.00, 项目支出: 50.00}
${codes.map((code) => `  ${code}: {本年支出合计: 30.00, 项目支出: 30.00}\n`).join('')}一般公共预算财政拨款支出决算表:
  合计: {小计: 78.00, 项目支出: 78.00}
  2080201: {小计: 50.00, 项目支出: 50.00}
  ${general}: {小计: 28.00, 项目支出: 28.00}
`;

    it('is told where it is the only subject that the table leaves out and that has as much', () => {
      const [one, both] = [
        ['2080299', '2120803'],
        ['2080299', '2080206'],
      ] as const;
      const fund = `政府性基金预算财政拨款收入支出决算表:\n  2120803: {支出小计: 30.00, 项目支出: 30.00}\n`;
      expect(miscoded(listed(one, '2080208') + fund)).toEqual(['2080208→2080299']);
      expect(miscoded(listed(both, '2101101'))).toEqual([]);
    });
  });

  it.each(['5.00', '自动'])(
    'of no subject is told once where but one relation misses the row, its totals %s',
    (totals) => {
      const text = (code: string) => `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: ${totals}, 项目支出: ${totals}}
  2130305: {本年支出合计: 2.00, 项目支出: 2.00}
  ${code}: {本年支出合计: 3.00, 项目支出: 3.00}
一般公共预算财政拨款支出决算表:
  2130306: {小计: 1.00, 项目支出: 1.00}
`;
      expect(alarms(analyzeText(text('2130306'), 'x.disclosure.yaml'))).toEqual([]);
      const wrong = text('2130360');
      const [view, ...others] = causesOf(analyzeText(wrong, 'x.disclosure.yaml'), 'en');
      expect(others).toEqual([]);
      expect(view!.message).toContain('2130360 seems to be a wrong code for 2130306');
      expect(wrong.slice(view!.textRange.start, view!.textRange.end)).toBe('2130360');
    },
  );

  it('is told where both tables have another figure, if it explains all and is the only one', () => {
    const text = (code: string, beside = '') => `格式: gouji/1
年度: 2025
支出决算表:
  合计: {本年支出合计: 370.51, 项目支出: 370.51}
  2080505: {本年支出合计: 102.36, 项目支出: 102.36}
  ${code}: {本年支出合计: 268.15, 项目支出: 268.15}
一般公共预算财政拨款支出决算表:
  合计: {小计: ${beside ? '353.80' : '351.81'}, 项目支出: ${beside ? '353.80' : '351.81'}}
  2080505: {小计: 102.36, 项目支出: 102.36}
  2130304: {小计: 249.45, 项目支出: 249.45}
${beside}`;
    expect(miscoded(text('2130304'))).toEqual([]);
    expect(miscoded(text('2130104'))).toEqual(['2130104→2130304']);
    // Another row is lacking too: then either may be the one.
    const other = '  2130105: {小计: 1.99, 项目支出: 1.99}\n';
    expect(miscoded(text('2130104', other))).toEqual([]);
  });

  it('is told where a list of the text names the item that has no row, and none the one a slip away', () => {
    const text = (code: string, list = '基本工资、津贴补贴、奖金') => `格式: gouji/1
年度: 2024
一般公共预算财政拨款基本支出决算明细表:
  301: 自动
  30101: 50.00
  ${code}: 30.20
  30103: 12.30
  302: 自动
  30201: 6.32
  人员经费合计: 自动
  公用经费合计: 自动
决算情况说明:
  基本支出:
    基本支出: 98.82
    人员经费: {金额: 自动, 占比: 93.60%, 主要包括: [${list}]}
    公用经费: {金额: 自动, 占比: 6.40%, 主要包括: [办公费]}
`;
    expect(alarms(analyzeText(text('30102'), 'x.disclosure.yaml'))).toEqual([]);
    const [view, ...others] = alarms(analyzeText(text('30202'), 'x.disclosure.yaml'));
    expect(others).toEqual([]);
    expect(miscoded(text('30202'))).toEqual(['30202→30102']);
    expect(text('30202').slice(view!.textRange.start, view!.textRange.end)).toBe('30202');
    // Nothing says that it is not meant.
    expect(miscoded(text('30202', '基本工资、奖金'))).toEqual([]);
  });

  it('is told where it stands once, rather than where others print the right one twice', () => {
    const name = EXAMPLES[0];
    const text = rightTables(name);
    // Both are subjects of the catalog.
    const at = text.indexOf('2080101', text.indexOf('\n收入决算表'));
    const found = alarms(analyzeText(`${text.slice(0, at)}2080105${text.slice(at + 7)}`, name));
    expect(found.map(({ textRange }) => textRange.start)).toEqual([at]);
  });

  it('is found in the published tables, whichever row has it', () => {
    const name = 'putuo-finance-2024.disclosure.yaml';
    const text = rightTables(name);
    expect(alarms(analyzeText(text, name))).toEqual([]);
    const rows = [...text.matchAll(/^ {2}(\d{7}): /gm)].slice(0, 8);
    for (const row of rows) {
      const code = row[1]!;
      const wrong = `${code.slice(0, 2)}9${code.slice(3)}`;
      const at = row.index + 2;
      const broken = text.slice(0, at) + wrong + text.slice(at + code.length);
      const found = alarms(analyzeText(broken, name));
      expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(code)]);
    }
  });
});
