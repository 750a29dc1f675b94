import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';

/** Each amount of general money stands in a text beside its subject. */
const document = (total: (text: string) => string) => `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计: {本年支出合计: ${total('436.80')}, 基本支出: ${total('376.80')}, 项目支出: ${total('60.00')}}
  2010501: {本年支出合计: ${total('320.95')}, 基本支出: 320.95, 项目支出: }
  2080505: {本年支出合计: ${total('38.60')}, 基本支出: 38.60, 项目支出: }
  2101101: {本年支出合计: ${total('17.25')}, 基本支出: 17.25, 项目支出: }
  2130599: {本年支出合计: ${total('60.00')}, 基本支出: , 项目支出: 60.00}
一般公共预算财政拨款支出决算表:
  合计: {小计: ${total('436.80')}, 基本支出: ${total('376.80')}, 项目支出: ${total('60.00')}}
  2010501: {小计: ${total('320.95')}, 基本支出: 320.95, 项目支出: }
  2080505: {小计: ${total('38.60')}, 基本支出: 38.60, 项目支出: }
  2101101: {小计: ${total('17.25')}, 基本支出: 17.25, 项目支出: }
  2130599: {小计: ${total('60.00')}, 基本支出: , 项目支出: 60.00}
决算情况说明:
  一般公共预算支出:
    总体: {支出: 436.80}
    各项:
      - {科目: 2010501, 决算: 320.95}
      - {科目: 2080505, 决算: 38.60}
      - {科目: 2101101, 决算: 17.25}
      - {科目: 2130599, 决算: 60.00}
`;

/** The figures of two rows of the last table, each in the other one. */
function exchanged(text: string, one: string, other: string): string {
  const at = text.indexOf('\n一般公共预算财政拨款支出决算表');
  const figures = (code: string) =>
    new RegExp(`^ {2}${code}: (.*)$`, 'm').exec(text.slice(at))![1]!;
  const [a, b] = [figures(one), figures(other)];
  const table = text
    .slice(at)
    .replace(`  ${one}: ${a}`, `  ${one}: ${b}`)
    .replace(`  ${other}: ${b}`, `  ${other}: ${a}`);
  return text.slice(0, at) + table;
}

describe.each([
  ['totals printed', (text: string) => text],
  ['totals left to the server', () => '自动'],
])('two rows whose figures have changed places, %s', (_, total) => {
  const right = document(total);

  it('are not seen in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it.each([
    ['2080505', '2101101'],
    ['2010501', '2080505'],
  ])('are one finding, with one fix: %s and %s', (one, other) => {
    const wrong = exchanged(right, one, other);
    expect(wrong).not.toBe(right);
    const analysis = analyzeText(wrong, PATH);
    const [first, ...more] = alarms(analysis);
    expect(more.map(({ message }) => message)).toEqual([]);
    expect(first!.message).toContain(one);
    expect(first!.message).toContain(other);
    const start = analysis.lines.position(first!.textRange.start);
    const [fix] = codeActionsAt(analysis, URI, { start, end: start }, 'en');
    expect(applyActions(analysis, [fix!], URI)).toBe(right);
  });
});

describe('a row that was written into another table', () => {
  const ROW = (total: string) => `  2010599: {${total}: 12.45, 基本支出: , 项目支出: 12.45}\n`;
  const right = document((text) => text)
    .replace(
      '合计: {本年支出合计: 436.80, 基本支出: 376.80, 项目支出: 60.00}',
      '合计: {本年支出合计: 449.25, 基本支出: 376.80, 项目支出: 72.45}',
    )
    .replace('  2080505: {本年支出合计', `${ROW('本年支出合计')}  2080505: {本年支出合计`);

  it('is one finding at the row, and moved by its fix', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
    const wrong = right
      .replace(ROW('本年支出合计'), '')
      .replace('  2080505: {小计', `${ROW('小计')}  2080505: {小计`);
    const analysis = analyzeText(wrong, PATH);
    const [first, ...more] = alarms(analysis);
    expect(more.map(({ message }) => message)).toEqual([]);
    expect(wrong.slice(first!.textRange.start, first!.textRange.end)).toBe('2010599');
    expect(wrong.slice(0, first!.textRange.start)).toContain('一般公共预算财政拨款支出决算表');
    const start = analysis.lines.position(first!.textRange.start);
    const [fix] = codeActionsAt(analysis, URI, { start, end: start }, 'en');
    expect(applyActions(analysis, [fix!], URI)).toBe(right);
  });
});

describe('two figures of one row that have changed places', () => {
  const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
财政拨款“三公”经费支出决算表:
  合计:                     {预算数: 5.00, 决算数: 3.90}
  因公出国（境）费:         {预算数: 0.00, 决算数: 0.00}
  公务用车购置及运行维护费: {预算数: 3.00, 决算数: 2.50}
  公务用车购置费:           {预算数: 0.00, 决算数: 0.00}
  公务用车运行维护费:       {预算数: 3.00, 决算数: 2.50}
  公务接待费: {预算数: 2.00, 决算数: 1.40}
决算情况说明:
  三公经费:
    合计:       {全年预算: 5.00, 决算: 3.90, 完成: 78.00%}
    公务接待费: {全年预算: 2.00, 决算: 1.40, 完成: 70.00%}
`;
  const row = (figures: string) =>
    RIGHT.replace('公务接待费: {预算数: 2.00, 决算数: 1.40}', figures);

  it('are one finding, whose fix puts both back', () => {
    const analysis = analyzeText(row('公务接待费: {预算数: 1.40, 决算数: 2.00}'), PATH);
    const told = alarms(analysis);
    expect(told).toHaveLength(1);
    const [fix] = codeActionsAt(analysis, URI, analysis.lines.range(told[0]!.textRange), 'en');
    expect(applyActions(analysis, [fix!], URI)).toBe(RIGHT);
  });

  it('are two where one of them is any other figure', () => {
    expect(alarms(analyzeText(row('公务接待费: {预算数: 1.40, 决算数: 9.00}'), PATH))).toHaveLength(
      2,
    );
  });
});

describe('two lines of a text whose figures have changed places', () => {
  const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
财政拨款收入支出决算总表:
  支出:
    201: {合计: 300.30, 一般公共预算财政拨款: 300.30}
    208: {合计: 150.15, 一般公共预算财政拨款: 150.15}
    210: {合计: 50.05, 一般公共预算财政拨款: 50.05}
    本年支出合计: {合计: 500.50, 一般公共预算财政拨款: 500.50}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 500.50, 基本支出: 500.50}
  201:     {小计: 300.30, 基本支出: 300.30}
  208:     {小计: 150.15, 基本支出: 150.15}
  210:     {小计: 50.05, 基本支出: 50.05}
决算情况说明:
  一般公共预算支出:
    结构:
      合计: 500.50
      201: {金额: 300.30, 占比: 60.00%}
      208: {金额: 150.15, 占比: 30.00%}
      210: {金额: 50.05, 占比: 10.00%}
`;

  it('are one finding, whose fix puts all back', () => {
    expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
    const wrong = RIGHT.replace(
      '208: {金额: 150.15, 占比: 30.00%}',
      '208: {金额: 50.05, 占比: 10.00%}',
    ).replace('210: {金额: 50.05, 占比: 10.00%}', '210: {金额: 150.15, 占比: 30.00%}');
    const analysis = analyzeText(wrong, PATH);
    const told = alarms(analysis);
    expect(told.map(({ message }) => message)).toHaveLength(1);
    const [fix] = codeActionsAt(analysis, URI, analysis.lines.range(told[0]!.textRange), 'en');
    expect(applyActions(analysis, [fix!], URI)).toBe(RIGHT);
  });
});
