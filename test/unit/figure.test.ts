import { describe, expect, it } from 'vitest';
import { readFigure } from '../../server/src/disclosure/figure';

const MONEY = { name: '万元', exponent: 4 };

describe('a figure of an indicator', () => {
  it.each([
    ['90%以上', 90n, '%', 'atLeast'],
    ['90%（含）以上', 90n, '%', 'atLeast'],
    ['100人(含)以上', 100n, '人', 'atLeast'],
    ['大于等于90%', 90n, '%', 'atLeast'],
    ['≧90%', 90n, '%', 'atLeast'],
    ['最少5次', 5n, '次', 'atLeast'],
    ['小于或等于5%', 5n, '%', 'atMost'],
    ['至多5%', 5n, '%', 'atMost'],
    ['5%（含本数）以内', 5n, '%', 'atMost'],
    ['90%', 90n, '%', undefined],
  ])('%s says what it counts and which side is open', (printed, units, name, bound) => {
    const figure = readFigure(printed, 'figure', MONEY);
    expect(figure).toMatchObject({ amount: { units }, unit: { name } });
    expect(figure!.bound).toBe(bound);
  });

  it.each(['90%-100%', '90%至100%', '90%（至）', '至）90%', '90%以上100%以下'])(
    '%s is two limits or half of them: words, compared with nothing',
    (printed) => {
      expect(readFigure(printed, 'figure', MONEY)).toBeUndefined();
    },
  );
});
