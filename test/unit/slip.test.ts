import { expect, test } from 'vitest';
import { parseAmount } from '../../server/src/disclosure/amount';
import { slipOf } from '../../server/src/repair/slip';

const wanYuan = (text: string) => parseAmount(text, 4)!;

test.each([
  ['0.3', '2961.68', 'unit 4', '按亿元书写，只印一位小数'],
  ['0.30', '2961.68', 'unit 4', '按亿元书写'],
  ['14296800', '1429.68', 'unit -4', '按元书写'],
  ['1066.51', '10661.51', 'dropped', '漏了一位'],
  ['106661.51', '10661.51', 'added', '多了一位'],
  ['142.968', '1429.68', 'shifted', '小数点错位'],
  ['2757.5', '275.75', 'shifted', '小数点错位，末位省去'],
  ['10', '1000', 'shifted', '整数末尾少两个零'],
  ['1492.68', '1429.68', 'transposed', '相邻两位颠倒'],
  ['1249.68', '1429.68', 'transposed', '相邻两位颠倒'],
  ['-5.12', '5.12', 'sign', '正负号'],
  ['874.33', '1429.68', undefined, '另一个数'],
  ['1429.67', '1429.68', undefined, '只差一位数字，看不出缘由'],
  ['9241.68', '1429.68', undefined, '三位换了次序'],
  ['1429.680', '1429.68', undefined, '同一个数'],
  ['0', '1429.68', undefined, '零'],
  ['1429.68', '0.00', undefined, '应为零'],
  ['-1492.68', '1429.68', undefined, '不止一处'],
])('%s for %s: %s (%s)', (printed, right, kind, _why) => {
  const slip = slipOf(wanYuan(printed), wanYuan(right));
  expect(slip?.kind === 'unit' ? `unit ${slip.power}` : slip?.kind).toBe(kind);
});
