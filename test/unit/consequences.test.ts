import { describe, expect, it } from 'vitest';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText, HUNAN, wholeText } from '../support/examples';

const text = wholeText(HUNAN);
const item =
  '        年初预算: 214.7\n        决算: 250.04\n        完成: 116.46%\n        决算较预算: 大于\n';

/** What is told above information that the document as it is published is not told. */
function told(written: string): string[] {
  expect(text).toContain(item);
  const above = (source: string) =>
    causesOf(analyzeText(source), 'zh-cn').flatMap(({ severity, path, rule }) =>
      severity === 'error' ? [`${rule} ${path}`] : [],
    );
  const before = above(text);
  return above(text.replace(item, written)).filter((one) => !before.includes(one));
}

describe('a word that compares two figures', () => {
  const place = '决算情况说明/一般公共预算支出/各项/2080101';

  it('is not accused beside the wrong figure that it tells the truth about', () => {
    expect(told(item.replace('决算: 250.04', '决算: 205.04'))).toEqual([`n.item ${place}/决算`]);
  });

  it('is not accused where the figure may be the wrong one', () => {
    const found = told(item.replace('年初预算: 214.7', '年初预算: 274.7'));
    expect(found).toHaveLength(1);
    expect(found[0]).not.toContain('决算较预算');
  });

  it('is accused where the figures are right', () => {
    expect(told(item.replace('大于', '小于'))).toEqual([`n.direction ${place}/决算较预算`]);
  });

  it('is accused where it is wrong for the right figure, too', () => {
    const both = item.replace('决算: 250.04', '决算: 205.04').replace('大于', '小于');
    expect(told(both)).toContain(`n.item ${place}/决算`);
    expect(told(both)).toHaveLength(1);
  });

  describe('of figures that are left to the server', () => {
    const right = `格式: gouji/1
年度: 2024
金额单位: 万元
财政拨款“三公”经费支出决算表:
  合计: {预算数: 自动, 决算数: 自动}
  因公出国（境）费: {预算数: 8.00, 决算数: 6.32}
  公务接待费: {预算数: 3.50, 决算数: 1.88}
决算情况说明:
  三公经费:
    合计: {全年预算: 自动, 决算: 自动, 完成: 71.30%}
    因公出国（境）费: {全年预算: 自动, 决算: 自动, 完成: 79.00%, 决算较预算: 小于, 比上年: {增加: 1.32, 增长: 26.40%}}
    公务接待费: {全年预算: 自动, 决算: 自动, 完成: 53.71%, 决算较预算: 小于, 比上年: {减少: 0.12, 下降: 6.00%}}
`;
    const found = (source: string) =>
      causesOf(analyzeText(source), 'zh-cn').filter(({ severity }) => severity === 'error');

    it('is not accused beside two of them that changed places', () => {
      expect(found(right)).toEqual([]);
      const swapped = right.replace('预算数: 8.00, 决算数: 6.32', '预算数: 6.32, 决算数: 8.00');
      const rules = found(swapped).map(({ rule }) => rule);
      expect(rules.length).toBeGreaterThan(0);
      expect(rules).not.toContain('n.direction');
    });

    it('is told with what they come to', () => {
      const [wrong, ...others] = found(
        right.replace('79.00%, 决算较预算: 小于', '79.00%, 决算较预算: 大于'),
      );
      expect(others).toEqual([]);
      expect(wrong!.message).toContain('6.32 与 8.00 相比应为“小于”');
    });
  });
});

describe('a name in a list', () => {
  const draft = (figure: string) => `格式: gouji/1
年度: 2024
金额单位: 万元
一般公共预算财政拨款基本支出决算明细表:
  302: 自动
  30201: 12.40
  30211:
  30217: 1.88
  公用经费合计: 自动
财政拨款“三公”经费支出决算表:
  合计: {预算数: ${figure}, 决算数: ${figure}}
  公务接待费: {预算数: ${figure}, 决算数: ${figure}}
决算情况说明:
  基本支出:
    基本支出: 自动
    公用经费: {金额: 自动, 主要包括: [办公费, 差旅费]}
`;
  const rules = (source: string) =>
    causesOf(analyzeText(source), 'zh-cn').flatMap(({ severity, rule }) =>
      severity === 'error' ? [rule] : [],
    );

  it('is not accused while the tables are being filled in', () => {
    expect(rules(draft(''))).not.toContain('n.list-public');
  });

  it('is accused when they are', () => {
    expect(rules(draft('1.88'))).toContain('n.list-public');
  });
});
