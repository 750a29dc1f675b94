import { power } from '../../disclosure/amount';

const POWERS = Array.from({ length: 24 }, (_, n) => power(n));

/** 10ⁿ for n ≥ 0, without computing the usual ones again. */
export function powerOf(n: number): bigint {
  return POWERS[n] ?? power(n);
}
