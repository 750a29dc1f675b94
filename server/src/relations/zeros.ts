import { printedAmount } from '../disclosure/amount';
import type { Evaluation } from './evaluate';

/**
 * Whether a relation that fails would hold if the zeros it prints were rounded: `0.00` 万元 may be 40 元.
 * A printed zero counts as nothing, so it does fail; but nobody knows for certain which figure is wrong.
 */
export function zerosExplain({ relation, measure }: Evaluation): boolean {
  if (!measure || relation.base) return false;
  const { place, left, lo, hi } = measure;
  // A `0` beside figures with two decimals was not rounded, nor was anything that is printed to 分.
  const halfPlace = printedAmount(1n, place).width;
  let width = 0n;
  for (const { cell } of [...relation.left, ...relation.right]) {
    const { state, amount } = cell;
    if (state === 'amount' && amount?.units === 0n && amount.place === place) width += halfPlace;
  }
  return width > 0n && left >= lo - width && left <= hi + width;
}
