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
});
