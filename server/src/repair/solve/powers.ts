import { power } from '../../disclosure/amount';

const POWERS = Array.from({ length: 24 }, (_, n) => power(n));

const TWICE = POWERS.map((each) => 2n * each);

/** 10ⁿ for n ≥ 0, without computing the usual ones again. */
export function powerOf(n: number): bigint {
  return POWERS[n] ?? power(n);
}

/** 2·10ⁿ for n ≥ 0. */
export function twicePowerOf(n: number): bigint {
  return TWICE[n] ?? 2n * power(n);
}
