/**
 * Amounts as printed. A non-zero amount stands for the closed interval of half its last printed
 * place around it; a zero, a blank and a marker are zero of zero width.
 */
export interface Amount {
  /** Signed number of units of the last printed place. */
  readonly units: bigint;
  /** The last printed place as a power of ten of 元: 万元 with two decimals is 2. */
  readonly place: number;
  /**
   * How many halves of the last place the amount may be off by. 1 as printed; 0 for a zero, for 元
   * printed to 分 (there is no smaller money) and for what is counted one by one; as many as its parts
   * together for a computed sum.
   */
  readonly width: bigint;
}

/** 分 as a power of ten of 元. */
const FEN = -2;

export const ZERO: Amount = { units: 0n, place: 0, width: 0n };

/** More characters than this, separators included, are no amount of money, nor a count of anything. */
const LONGEST = 40;

const PRINTED = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?$/;

/**
 * What a figure measures. A place is a power of ten of 元, of one per cent, or of the thing counted.
 */
export type Measure = 'money' | 'ratio' | 'count';

/**
 * Reads an amount from the characters it is written with; undefined if it is not a decimal number.
 * @param unit power of ten of 元 of the unit in force (万元: 4)
 */
export function parseAmount(text: string, unit: number, measure?: Measure): Amount | undefined {
  if (text.length > LONGEST) return undefined;
  const match = PRINTED.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = ''] = match;
  const digits = BigInt(whole!.replaceAll(',', '') + fraction);
  const place = unit - fraction.length;
  return printedAmount(sign === '-' ? -digits : digits, place, measure);
}

/** An amount as a cell would print it. */
export function printedAmount(units: bigint, place: number, measure: Measure = 'money'): Amount {
  return { units, place, width: units === 0n || isExact(place, measure) ? 0n : 1n };
}

/** 分 cannot be rounded further, nor can what is counted one by one. */
function isExact(place: number, measure: Measure): boolean {
  return measure === 'money' ? place <= FEN : measure === 'count' && place <= 0;
}

/** Whether two amounts come to the same, whatever place they are printed to. */
export function isSameAmount(one: Amount, other: Amount): boolean {
  const place = Math.min(one.place, other.place);
  return halves(one, place) === halves(other, place);
}

/** Whether the one is less than the other, as they are printed. */
export function isLess(one: Amount, other: Amount): boolean {
  const place = Math.min(one.place, other.place);
  return halves(one, place) < halves(other, place);
}

/** False for what is zero of zero width and carries no digit. */
export function isNonZeroAmount({ units, width }: Amount): boolean {
  return units !== 0n || width !== 0n;
}

const POWERS = Array.from({ length: 24 }, (_, n) => 10n ** BigInt(n));

/** 10ⁿ for n ≥ 0. */
export function power(n: number): bigint {
  return POWERS[n] ?? 10n ** BigInt(n);
}

/** The amount in halves of `place`, which must not be coarser than the amount's own place. */
export function halves(amount: Amount, place: number): bigint {
  if (amount.units === 0n) return 0n;
  const twice = 2n * amount.units;
  return amount.place === place ? twice : twice * power(amount.place - place);
}

/** Half the width of the amount's interval, in halves of `place`. */
export function halfWidth(amount: Amount, place: number): bigint {
  if (amount.width === 0n || amount.place === place) return amount.width;
  return amount.width * power(amount.place - place);
}

/**
 * Writes a number of halves of `place` as a decimal in a unit, exactly. It has at least the decimals
 * of the place, and one more where it lies between two of its values.
 */
export function formatHalves(value: bigint, place: number, unit: number): string {
  let [units, decimals] =
    value % 2n === 0n ? [value / 2n, unit - place] : [value * 5n, unit - place + 1];
  if (decimals < 0) [units, decimals] = [units * power(-decimals), 0];
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return negative ? `-${text}` : text;
}

/** An amount as it is printed in a unit, to its own last place. */
export function writeAmount({ units, place }: Amount, unit: number): string {
  return formatHalves(2n * units, place, unit);
}

/** The size of a number of units, whatever its sign. */
export const abs = (units: bigint): bigint => (units < 0n ? -units : units);
