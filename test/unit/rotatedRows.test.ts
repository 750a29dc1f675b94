import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';

const list = (title: string, whole: string, total: (text: string) => string) => `${title}:
  合计: {${whole}: ${total('229.00')}, 基本支出: ${total('163.00')}, 项目支出: ${total('66.00')}}
  201: {${whole}: ${total('186.50')}, 基本支出: ${total('120.50')}, 项目支出: ${total('66.00')}}
  2010101: {${whole}: ${total('120.50')}, 基本支出: 120.50}
  2010199: {${whole}: ${total('66.00')}, 项目支出: 66.00}
  208: {${whole}: ${total('18.40')}, 基本支出: ${total('18.40')}}
  2080505: {${whole}: ${total('18.40')}, 基本支出: 18.40}
  210: {${whole}: ${total('9.30')}, 基本支出: ${total('9.30')}}
  2101101: {${whole}: ${total('9.30')}, 基本支出: 9.30}
  221: {${whole}: ${total('14.80')}, 基本支出: ${total('14.80')}}
  2210201: {${whole}: ${total('14.80')}, 基本支出: 14.80}
`;

const document = (total: (text: string) => string) => `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 229.00
    本年收入合计: ${total('229.00')}
    总计: ${total('229.00')}
  支出:
    201: 186.50
    208: 18.40
    210: 9.30
    221: 14.80
    本年支出合计: ${total('229.00')}
    总计: ${total('229.00')}
${list('支出决算表', '本年支出合计', total)}${list('一般公共预算财政拨款支出决算表', '小计', total)}`;

const printed = (text: string) => text;
const computed = () => '自动';

/** What stands behind each code of the first list stands behind the next one. */
function rotated(text: string, codes: readonly string[]): string {
  const lines = text.split('\n');
  const at = codes.map((code) => lines.findIndex((line) => line.startsWith(`  ${code}:`)));
  const values = at.map((line) => lines[line]!.replace(/^[^{]*/, ''));
  at.forEach((line, index) => {
    const from = (index + codes.length - 1) % codes.length;
    lines[line] = `  ${codes[index]!}: ${values[from]!}`;
  });
  return lines.join('\n');
}

describe.each([
  ['printed', printed],
  ['computed', computed],
])('the figures of three rows that went around, where sums are %s', (_, total) => {
  const right = document(total);

  it('are nothing in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it.each([
    [['2010199', '2080505', '2101101']],
    [['2080505', '2101101', '2210201']],
    [['2010101', '2210201', '2080505']],
  ])('are told once, at the first, with the fix that moves them back: %j', (codes) => {
    const found = toldIn(rotated(right, codes), PATH, 'zh-cn');
    expect(found.map(({ line }) => line.trim().slice(0, 7))).toEqual([[...codes].sort()[0]]);
    expect(found[0]!.mended).toBe(right);
    expect(found[0]!.isPreferred).toBe(false);
  });
});
