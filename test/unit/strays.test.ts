import { describe, expect, it } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { meantAt, strayOf, type CodeList, type Pair } from '../../server/src/catalog/strays';

/** The code of the row that was to have another one, with its number, and the codes it may have been meant for. */
function told(pair: Pair, codes: readonly string[], lines?: readonly string[]) {
  const list: CodeList = {
    ...{ codes, classification: 'economic', catalog: builtInCatalog, year: 2024 },
    ...(lines && { lines }),
  };
  const at = strayOf(pair, list);
  return at === undefined ? undefined : [at, ...meantAt(at, pair, list)];
}

describe('of two rows with one code', () => {
  it.each<[string, Pair, string[], (number | string)[]]>([
    [
      'the first',
      [2, 6],
      ['301', '30101', '30202', '30103', '302', '30201', '30202'],
      [2, '30102'],
    ],
    ['the last', [1, 5], ['301', '30101', '302', '30201', '30202', '30101'], [5]],
    ['a 类', [0, 4], ['303', '30101', '302', '30201', '303', '30301'], [0, '301']],
  ])('the one that is out of order was to have another: %s', (_, pair, codes, expected) => {
    expect(told(pair, codes)).toEqual(expected);
  });

  it('the panels of a table may stand in an order of their own', () => {
    const codes = ['301', '30101', '30202', '30103', '303', '30301', '302', '30201', '30202'];
    expect(told([2, 8], codes)).toEqual([2, '30102']);
  });

  it('of two that stand together the only one that leaves room for another code', () => {
    expect(told([2, 3], ['301', '30111', '30113', '30113', '30114'])).toEqual([2, '30112']);
    expect(told([1, 2], ['301', '30103', '30103', '302'])).toBe(undefined);
  });

  it('only lines of a form are meant where the form has lines', () => {
    const codes = ['301', '30101', '30202', '302', '30201', '30202'];
    expect(told([2, 5], codes, ['301', '30101', '30199', '302', '30201', '30202'])).toEqual([
      2,
      '30199',
    ]);
  });
});
