import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const SUBJECTS = [
  ['2080505', '102.36', '100.00', '102.36%'],
  ['2101101', '51.27', '52.00', '98.60%'],
  ['2130304', '249.45', '250.00', '99.78%'],
  ['2130305', '1945.60', '1908.00', '101.97%'],
] as const;

/** A text whose items take their figures from the table, and the words and ratios of which are printed. */
function document({ lost = [], item }: { lost?: readonly string[]; item?: string } = {}): string {
  const rows = SUBJECTS.filter(([code]) => !lost.includes(code));
  return `格式: gouji/1
年度: 2025
一般公共预算财政拨款支出决算表:
  合计: {小计: 自动, 项目支出: 自动}
${rows.map(([code, spent]) => `  ${code}: {小计: 自动, 项目支出: ${spent}}\n`).join('')}决算情况说明:
  一般公共预算支出:
    总体: {支出: 自动, 比上年: {增加: 48.68, 增长: 2.12%}}
    具体: {年初预算: 2310.00, 决算: 自动, 完成: 101.67%}
    各项:
${SUBJECTS.map(
  ([code, , budget, completion]) =>
    `      - {科目: ${code === '2130305' ? (item ?? code) : code}, 年初预算: ${budget}, 决算: 自动, 完成: ${completion}, 决算较预算: ${completion > '1' && completion.startsWith('10') ? '大于' : '小于'}}\n`,
).join('')}`;
}

const told = (text: string) =>
  alarms(analyzeText(text, PATH)).map(({ textRange: { start, end } }) => text.slice(start, end));

describe('items that take their figures from the table', () => {
  it('are in order where the table has them', () => {
    expect(told(document())).toEqual([]);
  });

  it('have a wrong code told at the code, where the only subject without an item is a slip away', () => {
    const text = document({ item: '2130306' });
    expect(told(text)).toEqual(['2130306']);
    const analysis = analyzeText(text, PATH);
    const at = analysis.lines.position(text.indexOf('2130306'));
    const [fix] = codeActionsAt(analysis, 'file:///x', { start: at, end: at }, 'zh-cn');
    expect(applyActions(analysis, [fix!], 'file:///x')).toBe(document());
  });

  it('accuse no ratio of theirs where the table lacks several of them', () => {
    expect(told(document({ lost: ['2130304', '2130305'] }))).toEqual([
      '一般公共预算财政拨款支出决算表',
    ]);
  });
});
