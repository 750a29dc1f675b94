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
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 229.00
    政府性基金预算财政拨款收入: 8.00
    本年收入合计: ${total('237.00')}
    总计: ${total('237.00')}
  支出:
    201: 186.50
    208: 18.40
    210: 9.30
    212: 8.00
    221: 14.80
    本年支出合计: ${total('237.00')}
    总计: ${total('237.00')}
财政拨款收入支出决算总表:
  收入:
    一般公共预算财政拨款: 229.00
    政府性基金预算财政拨款: 8.00
    本年收入合计: ${total('237.00')}
    总计: ${total('237.00')}
  支出:
    201: {合计: ${total('186.50')}, 一般公共预算财政拨款: 186.50, 政府性基金预算财政拨款: }
    208: {合计: ${total('18.40')}, 一般公共预算财政拨款: 18.40, 政府性基金预算财政拨款: }
    210: {合计: ${total('9.30')}, 一般公共预算财政拨款: 9.30, 政府性基金预算财政拨款: }
    212: {合计: ${total('8.00')}, 一般公共预算财政拨款: , 政府性基金预算财政拨款: 8.00}
    221: {合计: ${total('14.80')}, 一般公共预算财政拨款: 14.80, 政府性基金预算财政拨款: }
    本年支出合计: {合计: ${total('237.00')}, 一般公共预算财政拨款: ${total('229.00')}, 政府性基金预算财政拨款: ${total('8.00')}}
    总计: {合计: ${total('237.00')}, 一般公共预算财政拨款: ${total('229.00')}, 政府性基金预算财政拨款: ${total('8.00')}}
一般公共预算财政拨款支出决算表:
  合计: {小计: ${total('229.00')}, 基本支出: ${total('163.00')}, 项目支出: ${total('66.00')}}
  2010101: {小计: ${total('120.50')}, 基本支出: 120.50}
  2010199: {小计: ${total('66.00')}, 项目支出: 66.00}
  2080505: {小计: ${total('18.40')}, 基本支出: 18.40}
  2101101: {小计: ${total('9.30')}, 基本支出: 9.30}
  2210201: {小计: ${total('14.80')}, 基本支出: 14.80}
政府性基金预算财政拨款收入支出决算表:
  合计: {本年收入: ${total('8.00')}, 支出小计: ${total('8.00')}, 项目支出: ${total('8.00')}}
  2120803: {本年收入: 8.00, 支出小计: ${total('8.00')}, 项目支出: 8.00}
决算情况说明:
  收入支出总体:
    收支总计: 237.00
  财政拨款收支总体:
    财政拨款收支总计: 237.00
`;

const printed = (text: string) => text;
const computed = () => '自动';

/** Of the second table, without lines that begin so. */
function without(text: string, ...codes: readonly string[]): string {
  const lines = text.split('\n');
  const isLost = (line: string) =>
    line.includes('{合计') && codes.some((code) => line.startsWith(`    ${code}:`));
  return lines.filter((line) => !isLost(line)).join('\n');
}

function told(text: string) {
  const analysis = analyzeText(text, PATH);
  const found = diagnosticsOf(analysis, URI, 'zh-cn').filter(({ severity }) => severity === 1);
  const lines = found.map(({ range }) => text.split('\n')[range.start.line]!.trim());
  const fixes = found.flatMap(({ range }) =>
    codeActionsAt(analysis, URI, range, 'zh-cn').filter(({ title }) => title.startsWith('补上')),
  );
  return { lines, fixes, after: applyActions(analysis, fixes, URI) };
}

describe.each([
  ['printed', printed],
  ['computed', computed],
])('rows lost together, where sums are %s', (_, total) => {
  const right = document(total);

  it('are nothing in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it.each([
    [['208', '210'], '201'],
    [['208', '210', '212'], '201'],
    [['210', '212', '221'], '208'],
  ])('are told once, at the row above, with the fix that writes %j', (codes, above) => {
    const { lines, fixes, after } = told(without(right, ...codes));
    expect(lines.map((line) => line.slice(0, 3))).toEqual([above]);
    expect(after).toBe(right);
    expect(fixes[0]!.isPreferred ?? false).toBe(false);
  });
});
