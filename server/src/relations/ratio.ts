import { leastOf } from '../syntax/arrays';
import { halves, isNonZeroAmount, power, type Amount } from '../disclosure/amount';
import { amountOf, type Mode } from '../disclosure/model';
import type { AmountOf, Operand, Relation } from './relation';
import { spanOf, SpanSum, type Measure } from './rounding';

/**
 * How a printed ratio can be understood, in this order.
 * - `rounded`: it is the ratio of the printed amounts, rounded to its own place
 * - `zero-base`: nothing is divided by zero, but 100 % or 0 % is printed by custom
 * - `interval`: the exact amounts behind the printed ones can have it
 * - `truncated`: it is cut off rather than rounded
 * - `plugged`: it is one last place off, so that all shares make 100 %
 */
export type Reading = 'rounded' | 'zero-base' | 'interval' | 'truncated' | 'plugged';

/** A quotient of integers; the denominator is positive. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

/** A printed ratio beside the ratio of the printed amounts. */
export interface RatioMeasure extends Measure {
  readonly reading: Reading | undefined;
}

interface Given {
  readonly mode: Mode;
  readonly amount: AmountOf;
}

/** Whether what a ratio is over comes to zero. */
export function isOverNothing({ base }: Relation): boolean {
  if (!base) return false;
  const place = finest(base, amountOf);
  const total = base.reduce(
    (sum, { cell, coefficient }) => sum + BigInt(coefficient) * halves(amountOf(cell), place),
    0n,
  );
  return total === 0n;
}

/** Measures a printed ratio against the amounts it is one of. */
export function measureRatio(relation: Relation, given: Given): RatioMeasure {
  const { left, right, base = [] } = relation;
  const place = finest(left, given.amount);
  const printed = sum(left, place, given, relation).sum;
  const scale = finest([...right, ...base], given.amount, isRounded);
  const over = sum(right, scale, given, relation, true);
  const under = sum(base, scale, given, relation);
  if (under.sum === 0n) {
    const isBlank = left.every(({ cell }) => cell.state === 'blank' || cell.state === 'marker');
    return zeroBase(place, printed, over.sum, isBlank);
  }
  const exact = percent({ over: over.sum, under: under.sum }, place);
  const rounded = 2n * roundHalfUp(exact);
  const range = quotients(over, under, place);
  // A truncated percentage stands for what lies behind it, a rounded one for both sides.
  const behind = given.mode === 'truncated' ? 2n : 1n;
  const lo = range && ceiling(range.lo, behind);
  const hi = range && floor(range.hi, 1n);
  const measure = {
    place,
    left: printed,
    right: rounded,
    rightLo: range ? floorHalves(range.lo) : rounded,
    rightHi: range ? -floorHalves(negative(range.hi)) : rounded,
    lo: lo ?? printed,
    hi: hi ?? printed,
  };
  const isWithin = !range || (printed >= lo! && printed <= hi!);
  const isCut = printed === 2n * cutOff(exact);
  const reading: Reading | undefined =
    printed === rounded || (given.mode === 'truncated' && isCut)
      ? 'rounded'
      : isWithin
        ? 'interval'
        : isCut
          ? 'truncated'
          : isPlugged(relation, printed - rounded, given)
            ? 'plugged'
            : undefined;
  return { ...measure, reading };
}

const HUNDRED = 100n;

/** What is divided by nothing is printed as 100 % or 0 %, or rightly not at all. */
function zeroBase(place: number, printed: bigint, over: bigint, isBlank: boolean): RatioMeasure {
  const full = place <= 0 ? 2n * HUNDRED * power(-place) : (2n * HUNDRED) / power(place);
  const isCustom = printed === full || printed === 0n;
  const right = over === 0n ? 0n : full;
  const bounds = { rightLo: right, rightHi: right, lo: 0n, hi: full };
  const reading = isBlank ? 'rounded' : isCustom ? 'zero-base' : undefined;
  return { place, left: printed, right: isBlank ? printed : right, ...bounds, reading };
}

function isPlugged({ whole }: Relation, gap: bigint, given: Given): boolean {
  if (!whole || (gap !== 2n && gap !== -2n)) return false;
  const place = finest(whole, given.amount);
  const total = whole.reduce((all, { cell }) => all + halves(given.amount(cell), place), 0n);
  return place <= 0 && total === 2n * HUNDRED * power(-place);
}

function finest(
  operands: readonly Operand[],
  amount: AmountOf,
  counts: (operand: Operand) => boolean = () => false,
): number {
  const amounts = operands.map(({ cell }) => amount(cell));
  const places = operands
    .filter((operand) => isNonZeroAmount(amount(operand.cell)) || counts(operand))
    .map(({ cell }) => amount(cell).place);
  return leastOf(places.length > 0 ? places : amounts.map(({ place }) => place));
}

function sum(
  operands: readonly Operand[],
  place: number,
  { mode, amount }: Given,
  { rule }: Relation,
  widened = false,
): SpanSum {
  const total = new SpanSum();
  for (const operand of operands) {
    const { cell, coefficient } = operand;
    const value: Amount = amount(cell);
    if (widened && isRounded(operand) && value.width === 0n && value.place >= place) {
      total.add(halves(value, place), halfAround(power(value.place - place)), coefficient);
      continue;
    }
    if (!isNonZeroAmount(value)) continue;
    total.add(halves(value, place), spanOf(value, place, mode, rule), coefficient);
  }
  return total;
}

/**
 * Whether the numerator of a ratio may be a little more or less than it prints: 0.00 stands for what was
 * rounded away, and a score with decimals was calculated.
 */
function isRounded({ cell }: Operand): boolean {
  if (cell.state !== 'amount' || !cell.amount) return false;
  const { units, place } = cell.amount;
  return cell.unit.measure === 'count' ? place < 0 : units === 0n;
}

const halfAround = (half: bigint) => ({ lo: -half, hi: half, openLo: false, openHi: false });

/** A quotient in units of a place of one per cent. */
function percent({ over, under }: Fraction, place: number): Fraction {
  const scaled = place <= 0 ? over * HUNDRED * power(-place) : over * HUNDRED;
  const divided = place <= 0 ? under : under * power(place);
  return divided < 0n ? { over: -scaled, under: -divided } : { over: scaled, under: divided };
}

/** The least and the greatest quotient; undefined where the base may be zero. */
function quotients(
  over: SpanSum,
  under: SpanSum,
  place: number,
): { lo: Fraction; hi: Fraction } | undefined {
  const tops = [over.sum + over.span.lo, over.sum + over.span.hi];
  const bottoms = [under.sum + under.span.lo, under.sum + under.span.hi];
  if (bottoms[0]! <= 0n && bottoms[1]! >= 0n) return undefined;
  const corners = tops
    .flatMap((top) => bottoms.map((bottom) => percent({ over: top, under: bottom }, place)))
    .sort((a, b) => sign(a.over * b.under - b.over * a.under));
  return { lo: corners[0]!, hi: corners.at(-1)! };
}

const sign = (value: bigint) => (value < 0n ? -1 : value > 0n ? 1 : 0);
const negative = ({ over, under }: Fraction): Fraction => ({ over: -over, under });

/** Division of integers towards minus infinity; the divisor is positive. */
function divide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

function roundHalfUp({ over, under }: Fraction): bigint {
  const size = over < 0n ? -over : over;
  const rounded = (2n * size + under) / (2n * under);
  return over < 0n ? -rounded : rounded;
}

const cutOff = ({ over, under }: Fraction) => over / under;

const floorHalves = ({ over, under }: Fraction) => divide(2n * over, under);

/** The least value of the place, in halves, that is no more than `below` halves under the fraction. */
function ceiling({ over, under }: Fraction, below: bigint): bigint {
  return 2n * -divide(-(2n * over - below * under), 2n * under);
}

/** The greatest value of the place, in halves, that is no more than `above` halves over the fraction. */
function floor({ over, under }: Fraction, above: bigint): bigint {
  return 2n * divide(2n * over + above * under, 2n * under);
}

/** Bounds of one amount of a ratio, the others as given: see {@link solveRatio}. */
export interface RatioBounds {
  readonly lo?: bigint;
  readonly hi?: bigint;
}

/**
 * Between which values, in halves of `fine`, an amount of a ratio must lie. With p printed, a + b·x over
 * c + e·x gives x = (p·c − a) / (b − p·e); the ends lie at corners of what is open of p, a and c.
 * No bound where the amount is the ratio itself, or where the divisor may be zero.
 */
export function solveRatio(
  relation: Relation,
  isSought: (operand: Operand) => boolean,
  fine: number,
  given: Given,
): RatioBounds {
  const { left, right, base = [] } = relation;
  if (left.some(isSought)) return {};
  const side = (operands: readonly Operand[]) => {
    const total = sum(
      operands.filter((operand) => !isSought(operand)),
      fine,
      given,
      relation,
    );
    const factor = operands.filter(isSought).reduce((all, o) => all + BigInt(o.coefficient), 0n);
    const { lo, hi } = total.span;
    return { factor, ends: [total.sum + lo, total.sum + hi] as const };
  };
  const over = side(right);
  const under = side(base);
  const place = finest(left, given.amount);
  const printed = sum(left, place, given, relation).sum;
  const width = given.mode === 'truncated' ? 2n : 1n;
  // p = q / s: the printed halves over two hundred units of the place.
  const s = place <= 0 ? 2n * HUNDRED * power(-place) : 2n * HUNDRED;
  const unit = place <= 0 ? 1n : power(place);
  const ends: Fraction[] = [];
  let turn: number | undefined;
  for (const q of [(printed - width) * unit, (printed + width) * unit]) {
    const divisor = over.factor * s - q * under.factor;
    if (divisor === 0n || (turn !== undefined && sign(divisor) !== turn)) return {};
    turn = sign(divisor);
    for (const a of over.ends) {
      for (const c of under.ends) {
        const top = q * c - a * s;
        ends.push(turn < 0 ? { over: -top, under: -divisor } : { over: top, under: divisor });
      }
    }
  }
  const sorted = ends.sort((a, b) => sign(a.over * b.under - b.over * a.under));
  const [lo, hi] = [sorted[0]!, sorted.at(-1)!];
  return { lo: divide(lo.over, lo.under), hi: -divide(-hi.over, hi.under) };
}
