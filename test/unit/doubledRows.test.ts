import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';

const document = (total: (text: string) => string) => `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计: {本年支出合计: ${total('288.80')}, 基本支出: ${total('120.50')}, 项目支出: ${total('168.30')}}
  201: {本年支出合计: ${total('288.80')}, 基本支出: ${total('120.50')}, 项目支出: ${total('168.30')}}
  20101: {本年支出合计: ${total('288.80')}, 基本支出: ${total('120.50')}, 项目支出: ${total('168.30')}}
  2010101: {本年支出合计: ${total('120.50')}, 基本支出: 120.50}
  2010104: {本年支出合计: ${total('102.30')}, 项目支出: 102.30}
  2010199: {本年支出合计: ${total('66.00')}, 项目支出: 66.00}
一般公共预算财政拨款支出决算表:
  合计: {小计: ${total('288.80')}, 基本支出: ${total('120.50')}, 项目支出: ${total('168.30')}}
  201: {小计: ${total('288.80')}, 基本支出: ${total('120.50')}, 项目支出: ${total('168.30')}}
  20101: {小计: ${total('288.80')}, 基本支出: ${total('120.50')}, 项目支出: ${total('168.30')}}
  2010101: {小计: ${total('120.50')}, 基本支出: 120.50}
  2010104: {小计: ${total('102.30')}, 项目支出: 102.30}
  2010199: {小计: ${total('66.00')}, 项目支出: 66.00}
一般公共预算财政拨款基本支出决算明细表:
  301: ${total('100.00')}
  30101: 94.10
  30102: 3.80
  30103: 2.10
  302: ${total('20.50')}
  30201: 16.10
  30207: 4.40
  人员经费合计: ${total('100.00')}
  公用经费合计: ${total('20.50')}
决算情况说明:
  收入支出总体:
    收支总计: 288.80
  支出:
    支出合计: 288.80
    基本支出: 120.50
    项目支出: 168.30
  基本支出:
    基本支出: 120.50
    人员经费: {金额: 100.00, 主要包括: [基本工资, 津贴补贴, 奖金]}
    公用经费: {金额: 20.50, 主要包括: [办公费, 邮电费]}
`;

const printed = (text: string) => text;
const computed = () => '自动';

/** With a line written again below itself. */
const doubled = (text: string, line: RegExp, change: (line: string) => string): string =>
  text.replace(line, (found) => `${found}\n${change(found)}`);

function told(text: string) {
  const analysis = analyzeText(text, PATH);
  const found = diagnosticsOf(analysis, URI, 'zh-cn').filter(({ severity }) => severity === 1);
  const lines = found.map(({ range }) => text.split('\n')[range.start.line]!.trim());
  const [fix] = codeActionsAt(analysis, URI, found[0]!.range, 'zh-cn').filter(({ title }) =>
    title.startsWith('删去'),
  );
  return { lines, fix: fix!, after: applyActions(analysis, [fix!], URI) };
}

describe.each([
  ['printed', printed],
  ['computed', computed],
])('a row that stands twice, where sums are %s', (_, total) => {
  const right = document(total);

  it('is nothing in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it('is told once, at the code that nothing else has, with the fix that takes it out', () => {
    const text = doubled(right, / {2}2010199: .*(?=\n一般)/, (line) =>
      line.replace('2010199', '2010150'),
    );
    const { lines, fix, after } = told(text);
    expect(lines.map((line) => line.slice(0, 7))).toEqual(['2010150']);
    expect(after).toBe(right);
    expect(fix.isPreferred ?? false).toBe(false);
  });

  it('is told of an item that no list of the text names', () => {
    const text = doubled(right, / {2}30207: .*/, (line) => line.replace('30207', '30209'));
    const { lines, after } = told(text);
    expect(lines).toEqual(['30209: 4.40']);
    expect(after).toBe(right);
  });

  it('is not told of a row that other tables have too', () => {
    const text = doubled(right, / {2}2010199: .*/g, (line) => line.replace('2010199', '2010150'));
    for (const { message } of diagnosticsOf(analyzeText(text, PATH), URI, 'zh-cn')) {
      expect(message).not.toContain('重复列了一次');
    }
  });

  it('is not told where one digit of another row explains as much', () => {
    const text = right
      .replace('30102: 3.80', '30102: 4.40')
      .replace('30201: 16.10', '30201: 20.50');
    for (const { message } of diagnosticsOf(analyzeText(text, PATH), URI, 'zh-cn')) {
      expect(message).not.toContain('重复列了一次');
    }
  });

  it('is not told of the first item of a class that is still being entered', () => {
    const at = right.indexOf('  人员经费合计');
    const text = `${right.slice(0, at)}  310: 43.41\n  31007: 4.40\n`;
    for (const { message } of diagnosticsOf(analyzeText(text, PATH), URI, 'zh-cn')) {
      expect(message).not.toContain('重复列了一次');
    }
  });
});
