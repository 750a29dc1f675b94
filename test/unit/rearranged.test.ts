import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';

/** A table, and others that say what its figures are. */
const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  支出:
    201: 186.50
    208: 18.40
    210: 9.30
    212: 8.00
    221: 14.80
    本年支出合计: 237.00
支出决算表:
  合计:    {本年支出合计: 237.00, 基本支出: 163.00, 项目支出: 74.00}
  201:     {本年支出合计: 186.50, 基本支出: 120.50, 项目支出: 66.00}
  20101:   {本年支出合计: 186.50, 基本支出: 120.50, 项目支出: 66.00}
  2010101: {本年支出合计: 120.50, 基本支出: 120.50}
  2010199: {本年支出合计: 66.00, 项目支出: 66.00}
  208:     {本年支出合计: 18.40, 基本支出: 18.40}
  20805:   {本年支出合计: 18.40, 基本支出: 18.40}
  2080505: {本年支出合计: 18.40, 基本支出: 18.40}
  210:     {本年支出合计: 9.30, 基本支出: 9.30}
  21011:   {本年支出合计: 9.30, 基本支出: 9.30}
  2101101: {本年支出合计: 9.30, 基本支出: 9.30}
  212:     {本年支出合计: 8.00, 项目支出: 8.00}
  21208:   {本年支出合计: 8.00, 项目支出: 8.00}
  2120899: {本年支出合计: 8.00, 项目支出: 8.00}
  221:     {本年支出合计: 14.80, 基本支出: 14.80}
  22102:   {本年支出合计: 14.80, 基本支出: 14.80}
  2210201: {本年支出合计: 14.80, 基本支出: 14.80}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 229.00, 基本支出: 163.00, 项目支出: 66.00}
  201:     {小计: 186.50, 基本支出: 120.50, 项目支出: 66.00}
  20101:   {小计: 186.50, 基本支出: 120.50, 项目支出: 66.00}
  2010101: {小计: 120.50, 基本支出: 120.50}
  2010199: {小计: 66.00, 项目支出: 66.00}
  208:     {小计: 18.40, 基本支出: 18.40}
  20805:   {小计: 18.40, 基本支出: 18.40}
  2080505: {小计: 18.40, 基本支出: 18.40}
  210:     {小计: 9.30, 基本支出: 9.30}
  21011:   {小计: 9.30, 基本支出: 9.30}
  2101101: {小计: 9.30, 基本支出: 9.30}
  221:     {小计: 14.80, 基本支出: 14.80}
  22102:   {小计: 14.80, 基本支出: 14.80}
  2210201: {小计: 14.80, 基本支出: 14.80}
决算情况说明:
  支出:
    支出合计: 237.00
    基本支出: {金额: 163.00, 占比: 68.78%}
    项目支出: {金额: 74.00, 占比: 31.22%}
`;

const TABLE = '支出决算表:';

/** With the rows of the table written otherwise; `rows` are its figures, line by line. */
const written = (change: (rows: readonly string[]) => readonly string[]) => {
  const start = RIGHT.indexOf(`\n${TABLE}`) + TABLE.length + 2;
  const end = RIGHT.indexOf('一般公共预算财政拨款支出决算表:');
  const lines = RIGHT.slice(start, end).trimEnd().split('\n');
  const keys = lines.map((line) => /^ +\w+: +|^ +合计: +/.exec(line)![0]);
  const rows = change(lines.map((line, at) => line.slice(keys[at]!.length)));
  return `${RIGHT.slice(0, start)}${keys.map((key, at) => key + rows[at]!).join('\n')}\n${RIGHT.slice(end)}`;
};

/** All errors, with the text that the first fix makes. */
const told = (text: string) => toldIn(text, PATH, 'en');

describe('figures of a whole table that stand elsewhere', () => {
  it('are not seen in a right document', () => {
    expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
  });

  it('are told once where two columns changed places, at the table, and exchanged', () => {
    const exchanged = (row: string) => {
      const both = row.replace(/(基本支出: )(.*), (项目支出: )(.*)}/, '$1$4, $3$2}');
      if (both !== row) return both;
      return row.replace(/(基本|项目)(?=支出: )/, (key) => (key === '基本' ? '项目' : '基本'));
    };
    const text = written((rows) => rows.map(exchanged));
    const [found, ...others] = told(text);
    expect(others).toEqual([]);
    expect(found!.line).toBe(TABLE);
    expect(found!.message).toContain('basic expenditure and project expenditure');
    expect(found!.mended).toBe(RIGHT);
  });

  it.each([
    ['below, from the first', 1],
    ['below, from one in the middle', 4],
  ])('are told once where they stand a row %s, and moved back', (_, from) => {
    const text = written((rows) =>
      rows.map((row, at) => (at < from ? row : at === from ? '{}' : rows[at - 1]!)),
    );
    const [found, ...others] = told(text);
    expect(others).toEqual([]);
    expect(found!.message).toContain('moved one row down');
    expect(found!.mended).toBe(RIGHT);
  });

  it('are told once where they stand a row above, the first of which is lost', () => {
    const text = written((rows) =>
      rows.map((row, at) => (at === 0 ? row : (rows[at + 1] ?? '{}'))),
    );
    const [found, ...others] = told(text);
    expect(others).toEqual([]);
    expect(found!.message).toContain('moved one row up');
    expect(found!.mended).toBe(RIGHT);
  });

  it('are told beside a slip of another table', () => {
    const text = written((rows) => rows.map((_, at) => (at === 0 ? '{}' : rows[at - 1]!)));
    const all = told(text.replace('2010199: {小计: 66.00', '2010199: {小计: 60.00'));
    expect(all.length).toBe(2);
    expect(all.some(({ message }) => message.includes('moved one row down'))).toBe(true);
  });

  it('are another year’s where they agree with each other alone: told at the table, and none is changed', () => {
    const text = written((rows) =>
      rows.map((row) => row.replace(/\d+\.\d+/g, (figure) => (Number(figure) * 3).toFixed(2))),
    );
    const [found, ...others] = told(text);
    expect(others).toEqual([]);
    expect(found!.line).toBe(TABLE);
    expect(found!.message).toContain('may be another year');
    // What is offered is to accept it.
    expect(found!.mended!.startsWith(text)).toBe(true);
  });

  /** Sums and what repeats the table are left to the server: only rates and totals of other tables tell. */
  const COMPUTED = `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计:    {本年支出合计: 自动, 基本支出: 自动, 项目支出: 自动}
  2010101: {本年支出合计: 自动, 基本支出: 120.50}
  2010199: {本年支出合计: 自动, 项目支出: 66.00}
  2080505: {本年支出合计: 自动, 基本支出: 18.40}
  2101101: {本年支出合计: 自动, 基本支出: 9.30}
  2210201: {本年支出合计: 自动, 基本支出: 14.80}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 自动, 基本支出: 自动, 项目支出: 自动}
  2010101: {小计: 自动, 基本支出: 120.50}
  2010199: {小计: 自动, 项目支出: 66.00}
  2080505: {小计: 自动, 基本支出: 18.40}
  2101101: {小计: 自动, 基本支出: 9.30}
  2210201: {小计: 自动, 基本支出: 14.80}
一般公共预算财政拨款基本支出决算明细表:
  301: 自动
  30101: 100.00
  30102: 40.00
  302: 自动
  30201: 23.00
  人员经费合计: 自动
  公用经费合计: 自动
决算情况说明:
  一般公共预算支出:
    总体: {支出: 自动, 占本年支出: 100.00%}
    具体: {年初预算: 220.00, 决算: 自动, 完成: 104.09%}
    各项:
      - {科目: 2010101, 年初预算: 115.00, 决算: 自动, 完成: 104.78%}
      - {科目: 2010199, 年初预算: 64.00, 决算: 自动, 完成: 103.13%}
      - {科目: 2080505, 年初预算: 18.00, 决算: 自动, 完成: 102.22%}
      - {科目: 2101101, 年初预算: 9.00, 决算: 自动, 完成: 103.33%}
      - {科目: 2210201, 年初预算: 14.00, 决算: 自动, 完成: 105.71%}
  基本支出: {基本支出: 自动}
`;
  const GENERAL = '一般公共预算财政拨款支出决算表:';

  const spoiled = (rows: readonly string[]) => {
    const start = COMPUTED.indexOf(GENERAL);
    const end = COMPUTED.indexOf('一般公共预算财政拨款基本支出决算明细表:');
    const table = rows.reduce(
      (text, row) =>
        text.replace(
          new RegExp(`(${row}: .*支出: )([\\d.]+)`),
          (_, before: string, figure: string) => {
            return before + (Number(figure) * 0.95).toFixed(2);
          },
        ),
      COMPUTED.slice(start, end),
    );
    return COMPUTED.slice(0, start) + table + COMPUTED.slice(end);
  };

  it('are another year’s where rates of each row tell it, though all amounts elsewhere are computed', () => {
    expect(told(COMPUTED)).toEqual([]);
    const [found, ...others] = told(
      spoiled(['2010101', '2010199', '2080505', '2101101', '2210201']),
    );
    expect(others).toEqual([]);
    expect(found!.line).toBe(GENERAL);
    expect(found!.message).toContain('may be another year');
  });

  it('are not, where some rows are what other places say', () => {
    for (const rows of [
      ['2010101', '2080505'],
      ['2010199', '2101101', '2210201'],
    ]) {
      const messages = told(spoiled(rows)).map(({ message }) => message);
      expect(messages.length).toBeGreaterThan(0);
      expect(messages.join()).not.toContain('another year');
    }
  });
});

describe('figures of two rows that were exchanged, between which all rows print the same', () => {
  it('are told as exchanged, not as moved by a row', () => {
    const table = RIGHT.slice(RIGHT.indexOf('支出决算表:\n  合计'));
    const wrong = table
      .replace(
        '2080505: {本年支出合计: 18.40, 基本支出: 18.40}',
        '2080505: {本年支出合计: 9.30, 基本支出: 9.30}',
      )
      .replace(
        '2101101: {本年支出合计: 9.30, 基本支出: 9.30}',
        '2101101: {本年支出合计: 18.40, 基本支出: 18.40}',
      );
    const [found, ...others] = toldIn(RIGHT.replace(table, wrong), PATH, 'zh-cn');
    expect(others).toEqual([]);
    expect(found!.message).toContain('互相写反');
    expect(found!.mended).toBe(RIGHT);
  });
});
