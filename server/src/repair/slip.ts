import { power, type Amount } from '../disclosure/amount';

/**
 * How a wrong figure may have come out of the right one, as the message tells it.
 * - `sign`: the sign is wrong
 * - `unit`: it is written in a unit ten thousand times larger (亿元 for 万元) or smaller (元)
 * - `shifted`: the point stands elsewhere
 * - `transposed`: two neighbouring digits changed places
 * - `dropped`: a digit is left out; `added`: there is one too many
 */
export type Slip =
  | { readonly kind: 'sign' | 'shifted' | 'transposed' | 'dropped' | 'added' }
  | { readonly kind: 'unit'; readonly power: number };

/** 万 as a power of ten. */
const WAN = 4;

/** The slip that makes of the right amount what is printed; undefined where none of them alone does. */
export function slipOf(printed: Amount, right: Amount): Slip | undefined {
  if (printed.units === 0n || right.units === 0n) return undefined;
  const place = Math.min(printed.place, right.place);
  const a = printed.units * power(printed.place - place);
  const b = right.units * power(right.place - place);
  if (a === b) return undefined;
  if (a === -b) return { kind: 'sign' };
  if (a < 0n !== b < 0n) return undefined;
  const [is, was] = [String(size(a)), String(size(b))];
  if (isScaled(printed, right, -WAN)) return { kind: 'unit', power: WAN };
  if (isScaled(printed, right, WAN)) return { kind: 'unit', power: -WAN };
  if (significant(is) === significant(was)) return { kind: 'shifted' };
  if (is.length === was.length && isTransposed(is, was)) return { kind: 'transposed' };
  if (isWithout(is, was)) return { kind: 'dropped' };
  if (isWithout(was, is)) return { kind: 'added' };
  return undefined;
}

const size = (value: bigint) => (value < 0n ? -value : value);
const significant = (digits: string) => digits.replace(/0+$/, '');

/** Whether what is printed is the right amount times a power of ten, rounded to its own place. */
function isScaled(printed: Amount, right: Amount, exponent: number): boolean {
  const shift = right.place + exponent - printed.place;
  if (shift >= 0) return printed.units === right.units * power(shift);
  const scale = power(-shift);
  return size(printed.units) === (2n * size(right.units) + scale) / (2n * scale);
}

/** One pair of neighbouring digits is the other way round, and nothing else differs. */
function isTransposed(a: string, b: string): boolean {
  const at = differsAt(a, b);
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** The shorter is the longer without one of its digits. */
function isWithout(shorter: string, longer: string): boolean {
  if (shorter.length + 1 !== longer.length) return false;
  const at = differsAt(shorter, longer);
  return shorter.slice(at) === longer.slice(at + 1);
}

function differsAt(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}
