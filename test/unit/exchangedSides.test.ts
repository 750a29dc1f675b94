import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';

/** @param total how sums are written */
const document = (
  total: (text: string) => string,
  { opening = '49.14', closing = '55.34', fund = '3.98', fundClosing = '0.98' } = {},
) => `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 229.00
    政府性基金预算财政拨款收入: 5.00
    其他收入: 9.20
    本年收入合计: ${total('243.20')}
    年初结转和结余: ${opening}
    总计: ${total('292.34')}
  支出:
    201: 229.00
    212: 8.00
    本年支出合计: ${total('237.00')}
    年末结转和结余: ${closing}
    总计: ${total('292.34')}
财政拨款收入支出决算总表:
  收入:
    一般公共预算财政拨款: 229.00
    政府性基金预算财政拨款: 5.00
    本年收入合计: ${total('234.00')}
    年初财政拨款结转和结余:
      合计: ${total(fund)}
      政府性基金预算财政拨款: ${fund}
    总计: ${total('237.98')}
  支出:
    201: {合计: ${total('229.00')}, 一般公共预算财政拨款: 229.00}
    212: {合计: ${total('8.00')}, 政府性基金预算财政拨款: 8.00}
    本年支出合计: {合计: ${total('237.00')}, 一般公共预算财政拨款: ${total('229.00')}, 政府性基金预算财政拨款: ${total('8.00')}}
    年末财政拨款结转和结余: {合计: ${total(fundClosing)}, 政府性基金预算财政拨款: ${fundClosing}}
    总计: {合计: ${total('237.98')}, 一般公共预算财政拨款: ${total('229.00')}, 政府性基金预算财政拨款: ${total('8.98')}}
政府性基金预算财政拨款收入支出决算表:
  合计: {年初结转和结余: ${total('3.98')}, 本年收入: ${total('5.00')}, 支出小计: ${total('8.00')}, 项目支出: ${total('8.00')}, 年末结转和结余: ${total('0.98')}}
  2120803: {年初结转和结余: 3.98, 本年收入: 5.00, 支出小计: ${total('8.00')}, 项目支出: 8.00, 年末结转和结余: 0.98}
决算情况说明:
  收入支出总体:
    收支总计: 292.34
  财政拨款收支总体:
    财政拨款收支总计: 237.98
`;

const printed = (text: string) => text;
const computed = () => '自动';

/** The lines of all that is told, and what the first fix of the first makes of the text. */
function told(text: string) {
  const found = toldIn(text, PATH, 'zh-cn');
  return { lines: found.map(({ line }) => line.trim()), after: found[0]!.mended };
}

describe.each([
  ['printed', printed],
  ['computed', computed],
])('what is carried over into the year and out of it, exchanged, where sums are %s', (_, total) => {
  const right = document(total);

  it('is nothing in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it('is told once, at the first, with the fix that exchanges them', () => {
    const text = document(total, { opening: '55.34', closing: '49.14' });
    const { lines, after } = told(text);
    expect(lines).toEqual(['年初结转和结余: 55.34']);
    expect(after).toBe(right);
  });

  it('is told once where each fund has its own', () => {
    const text = document(total, { fund: '0.98', fundClosing: '3.98' });
    const { lines, after } = told(text);
    expect(lines).toEqual(['政府性基金预算财政拨款: 0.98']);
    expect(after).toBe(right);
  });

  it('is not told of one wrong figure that the other side happens to print', () => {
    const text = document(total, { opening: '55.34' });
    const { lines, after } = told(text);
    expect(lines).toHaveLength(1);
    expect(after).not.toContain('年末结转和结余: 49.14');
  });
});
