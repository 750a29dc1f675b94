import { halfWidth, type Amount } from '../disclosure/amount';
import type { Mode } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Rule, RuleKind } from './rule';

/** Where the exact amount may lie beside the printed one: offsets in halves of a place. */
export interface Span {
  readonly lo: bigint;
  readonly hi: bigint;
  /** The end itself is excluded: a truncated 1.00 stands for less than 1.01. */
  readonly openLo: boolean;
  readonly openHi: boolean;
}

/**
 * What is printed beside what it should be, in halves of `place`: exact, without fractions. A place is
 * a power of ten of 元, and of one per cent for a ratio.
 */
export interface Measure {
  readonly place: number;
  /** Σ left and Σ right as printed. */
  readonly left: bigint;
  readonly right: bigint;
  /** What rounding leaves open of the right side. */
  readonly rightLo: bigint;
  readonly rightHi: bigint;
  /** The left side is consistent between these, both included. */
  readonly lo: bigint;
  readonly hi: bigint;
}

const nine = new Set(vocabulary.tables.map(({ id }) => id));

/**
 * Relations of the tables, which that software prints. What a text says is typed by somebody, who need not have
 * adjusted anything.
 */
export const isAdjusted = ({ kind, target, at = [] }: Rule): boolean =>
  isStructural(kind) &&
  [target?.table ?? '', ...at.map(({ table }) => table)].some((id) => nine.has(id));

const closed = (lo: bigint, hi: bigint): Span => ({ lo, hi, openLo: false, openHi: false });

const NONE = closed(0n, 0n);

/** Relations inside one table, which software that adjusts addends makes hold to the digit. */
export function isStructural(kind: RuleKind): boolean {
  return kind === 'sum' || kind === 'hierarchy' || kind === 'balance';
}

/**
 * What a printed amount stands for under the document's way of rounding.
 * - `nearest`: half the last place either way, both ends included
 * - `truncated`: from the printed amount away from zero, the next one excluded
 * - `exact`: addends were adjusted so that printed sums hold: itself inside a table, and between
 *   tables up to one last place off, for each table is adjusted by itself
 */
export function spanOf(amount: Amount, place: number, mode: Mode, rule: Rule): Span {
  return spanAround(halfWidth(amount, place), amount.units < 0n, mode, isAdjusted(rule));
}

/** The same for half a width and a sign; `structural` as in {@link isAdjusted}. */
export function spanAround(half: bigint, negative: boolean, mode: Mode, structural: boolean): Span {
  if (half === 0n) return NONE;
  switch (mode) {
    case 'nearest':
      return closed(-half, half);
    case 'truncated':
      return negative
        ? { lo: -2n * half, hi: 0n, openLo: true, openHi: false }
        : { lo: 0n, hi: 2n * half, openLo: false, openHi: true };
    case 'exact':
      return structural ? NONE : closed(-half, half);
  }
}

/** The span of a sum of amounts. */
export class SpanSum {
  sum = 0n;
  private lo = 0n;
  private hi = 0n;
  /** How many of its ends are open. */
  private openLo = 0;
  private openHi = 0;

  /** Adds an amount; `times` −1 takes back one that was added. */
  add(value: bigint, span: Span, coefficient: 1 | -1, times: 1 | -1 = 1): void {
    this.sum += coefficient === times ? value : -value;
    const turned = coefficient === -1;
    const lo = turned ? -span.hi : span.lo;
    const hi = turned ? -span.lo : span.hi;
    this.lo += times === 1 ? lo : -lo;
    this.hi += times === 1 ? hi : -hi;
    if (turned ? span.openHi : span.openLo) this.openLo += times;
    if (turned ? span.openLo : span.openHi) this.openHi += times;
  }

  get span(): Span {
    return { lo: this.lo, hi: this.hi, openLo: this.openLo > 0, openHi: this.openHi > 0 };
  }
}
