import { power } from '../disclosure/amount';
import type { Evaluation } from './evaluate';

/**
 * Whether a relation that fails would hold if the zeros it prints were rounded: `0.00` 万元 may be 40 元.
 * A printed zero counts as nothing, so it does fail; but nobody knows for certain which figure is wrong.
 */
export function zerosExplain({ relation, measure }: Evaluation): boolean {
  if (!measure || relation.base) return false;
  const { place, left, lo, hi } = measure;
  const zeros = [...relation.left, ...relation.right].flatMap(({ cell: { state, amount } }) =>
    state === 'amount' && amount?.units === 0n ? [amount.place] : [],
  );
  // A zero without decimals beside figures with two is none that was rounded; nor is one printed to 分.
  const rounded = zeros.filter((zero) => zero <= Math.max(place, FEN) && zero > FEN);
  const width = rounded.reduce((sum, zero) => sum + (zero >= place ? power(zero - place) : 0n), 0n);
  return width > 0n && left >= lo - width && left <= hi + width;
}

/** What was printed to the hundredth of 元 was never rounded. */
const FEN = -2;
