import { expect, test } from 'vitest';
import { slipBetween, type Surroundings } from '../../server/src/repair/solve/slips';

const NOTHING: Surroundings = { neighbours: [], namesakes: [], totals: [] };

test.each([
  ['0.3', '2961.68', 'unit -4', '按亿元书写，只印一位小数'],
  ['0.30', '2961.68', 'unit -4', '按亿元书写'],
  ['14296800', '1429.68', 'unit 4', '按元书写'],
  ['1066.51', '10661.51', 'missing', '漏了一位'],
  ['106661.51', '10661.51', 'extra', '多了一位'],
  ['142.968', '1429.68', 'shift -1', '小数点错位'],
  ['2757.5', '275.75', 'shift 1', '小数点错位，末位省去'],
  ['10', '1000', 'shift -2', '整数末尾少两个零'],
  ['1492.68', '1429.68', 'transposed', '相邻两位颠倒'],
  ['1249.68', '1429.68', 'transposed', '相邻两位颠倒'],
  ['-5.12', '5.12', 'sign', '正负号'],
  ['874.33', '1429.68', 'other', '另一个数'],
  ['1429.67', '1429.68', 'digit', '只差一位数字'],
  ['9241.68', '1429.68', 'other', '三位换了次序'],
  ['0', '1429.68', 'omitted', '零'],
  ['', '1429.68', 'omitted', '空白'],
  ['1429.68', '0.00', 'other', '应为零'],
  ['-1492.68', '1429.68', 'other', '不止一处'],
])('%s for %s: %s (%s)', (printed, right, kind, _why) => {
  const slip = slipBetween(right, printed, NOTHING);
  expect([slip.kind, ...(slip.moved === undefined ? [] : [slip.moved])].join(' ')).toBe(kind);
});

test('a figure of another place', () => {
  const kind = (around: Partial<Surroundings>) =>
    slipBetween('1429.68', '874.33', { ...NOTHING, ...around }).kind;
  expect(kind({ neighbours: ['874.33'] })).toBe('neighbour');
  expect(kind({ namesakes: ['874.330'] })).toBe('namesake');
  expect(kind({ totals: ['874.33'] })).toBe('total');
});
