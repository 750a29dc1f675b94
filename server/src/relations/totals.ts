import { halves, isNonZeroAmount, type Amount } from '../disclosure/amount';
import type { Mode, Table } from '../disclosure/model';
import type { CellNumbers, Printed } from './cellNumbers';
import { measureSides, type Evaluation } from './evaluate';
import type { Incidence } from './incidence';
import { Pending } from './pending';
import type { Relation } from './relation';
import { spanOf, SpanSum } from './rounding';

/** A relation of so many cells is not added up again for each of them. */
const LONG = 48;

export const isMany = (cells: number) => cells > LONG;

export const isLong = ({ left, right, base }: Relation) =>
  base === undefined && isMany(left.length + right.length);

interface Share {
  readonly side: 'left' | 'right';
  readonly coefficient: 1 | -1;
}

/**
 * The sums of a long relation as its cells print them. Where one prints something else the difference
 * is added.
 */
export class Totals {
  /** The tables that it speaks of. */
  private readonly tables = new Set<Table>();
  private readonly places = new Map<number, number>();
  private place = 0;
  private sums = { left: new SpanSum(), right: new SpanSum() };
  private nonZero = 0;
  private readonly shares = new Map<number, readonly Share[]>();
  /** Cells of which no amount is known. */
  private unknown = 0;
  /** Cells that are left to somebody: their figures may be anything. */
  private left = 0;
  private readonly cells: Int32Array;
  private readonly coefficients: Int8Array;
  /** How many of them stand on the left. */
  private readonly lefts: number;

  constructor(
    private readonly relation: Relation | Pending,
    number: number,
    incidence: Incidence,
    private readonly numbers: CellNumbers,
    private readonly mode: Mode,
  ) {
    this.cells = incidence.figuresOf(number);
    this.coefficients = incidence.coefficientsOf(number);
    this.lefts = relation instanceof Pending ? 1 : relation.left.length;
    for (const cell of this.cells) {
      this.count(numbers.printed(cell), 1);
      this.tables.add(numbers.tableOf(cell));
    }
    this.sumUp();
  }

  /** Takes in that a cell prints something else than it did. */
  change(cell: number, before: Printed, after: Printed): void {
    for (const share of this.sharesOf(cell)) {
      this.add(before, share, -1);
      this.count(before, -1);
      this.count(after, 1);
      this.add(after, share, 1);
    }
    if (this.finest() !== this.place) this.sumUp();
  }

  /** Undefined where few figures or missing ones have to be looked at one by one. */
  measure(): Evaluation['measure'] {
    const isMore = !(this.relation instanceof Pending) && this.relation.constant !== undefined;
    if (this.unknown > 0 || this.nonZero <= 2 || isMore) return undefined;
    return measureSides(this.place, this.sums.left, this.sums.right);
  }

  /** Whether every cell prints a figure, and no table has keys that are not known. */
  get isWhole(): boolean {
    return this.left === 0 && ![...this.tables].some(({ hasUnknown }) => hasUnknown);
  }

  /**
   * Looked for where they are asked for, once: an index of all would take longer to make than many looks,
   * but who types changes one cell again and again.
   */
  private sharesOf(cell: number): readonly Share[] {
    const known = this.shares.get(cell);
    if (known) return known;
    const shares: Share[] = [];
    this.shares.set(cell, shares);
    for (let at = this.cells.indexOf(cell); at >= 0; at = this.cells.indexOf(cell, at + 1)) {
      shares.push(this.shareAt(at));
    }
    return shares;
  }

  private shareAt(at: number): Share {
    const isAdded = this.coefficients[at]! > 0;
    return at < this.lefts
      ? { side: 'left', coefficient: isAdded ? 1 : -1 }
      : { side: 'right', coefficient: isAdded ? -1 : 1 };
  }

  private count(cell: Printed, times: 1 | -1): void {
    if (isUnknown(cell)) this.unknown += times;
    if (cell.state !== 'amount') this.left += times;
    const { amount } = cell;
    if (!amount || !isNonZeroAmount(amount)) return;
    this.nonZero += times;
    this.places.set(amount.place, (this.places.get(amount.place) ?? 0) + times);
  }

  private add({ amount }: Printed, { side, coefficient }: Share, times: 1 | -1): void {
    // What is finer than the sums so far makes them be summed up anew.
    if (!amount || !isNonZeroAmount(amount) || amount.place < this.place) return;
    this.sums[side].add(halves(amount, this.place), this.span(amount), coefficient, times);
  }

  private span(amount: Amount) {
    return spanOf(amount, this.place, this.mode, this.relation.rule);
  }

  private finest(): number {
    let finest: number | undefined;
    for (const [place, count] of this.places) {
      if (count > 0 && (finest === undefined || place < finest)) finest = place;
    }
    return finest ?? this.place;
  }

  private sumUp(): void {
    this.place = this.finest();
    this.sums = { left: new SpanSum(), right: new SpanSum() };
    for (let at = 0; at < this.cells.length; at++) {
      this.add(this.numbers.printed(this.cells[at]!), this.shareAt(at), 1);
    }
  }
}

const isUnknown = (cell: Printed) =>
  cell.amount === undefined || cell.state === 'missing' || cell.state === 'words';
