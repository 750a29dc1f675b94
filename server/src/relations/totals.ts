import { halves, isNonZeroAmount, type Amount } from '../disclosure/amount';
import type { Cell, Mode } from '../disclosure/model';
import { measureSides, type Evaluation } from './evaluate';
import type { Relation } from './relation';
import { spanOf, SpanSum } from './rounding';

/** A relation of so many cells is not added up again for each of them. */
const LONG = 48;

export const isLong = ({ left, right, base }: Relation) =>
  base === undefined && left.length + right.length > LONG;

/** A cell, or what it printed before. */
type Printed = Pick<Cell, 'amount' | 'state'>;

const SIDES = ['left', 'right'] as const;

interface Share {
  readonly side: 'left' | 'right';
  readonly coefficient: 1 | -1;
}

/**
 * The sums of a long relation as its cells print them. Where one prints something else the difference
 * is added.
 */
export class Totals {
  private readonly places = new Map<number, number>();
  private place = 0;
  private sums = { left: new SpanSum(), right: new SpanSum() };
  private nonZero = 0;
  private readonly shares = new Map<Cell, readonly Share[]>();
  /** Cells of which no amount is known. */
  private unknown = 0;
  /** Cells that are left to somebody: their figures may be anything. */
  private left = 0;

  constructor(
    private readonly relation: Relation,
    private readonly mode: Mode,
  ) {
    for (const side of SIDES) for (const { cell } of relation[side]) this.count(cell, 1);
    this.sumUp();
  }

  /** Takes in that a cell prints something else than it did. */
  change(cell: Cell, before: Printed): void {
    for (const share of this.sharesOf(cell)) {
      this.add(before, share, -1);
      this.count(before, -1);
      this.count(cell, 1);
      this.add(cell, share, 1);
    }
    if (this.finest() !== this.place) this.sumUp();
  }

  /** Undefined where few figures or missing ones have to be looked at one by one. */
  measure(): Evaluation['measure'] {
    if (this.unknown > 0 || this.nonZero <= 2 || this.relation.constant) return undefined;
    return measureSides(this.place, this.sums.left, this.sums.right);
  }

  /** Whether every cell prints a figure. */
  get isWritten(): boolean {
    return this.left === 0;
  }

  /**
   * Looked for where they are asked for, once: an index of all would take longer to make than many looks,
   * but who types changes one cell again and again.
   */
  private sharesOf(cell: Cell): readonly Share[] {
    const known = this.shares.get(cell);
    if (known) return known;
    const shares: Share[] = [];
    this.shares.set(cell, shares);
    for (const side of SIDES) {
      for (const operand of this.relation[side]) {
        if (operand.cell === cell) shares.push({ side, coefficient: operand.coefficient });
      }
    }
    return shares;
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
    for (const side of SIDES) {
      for (const { cell, coefficient } of this.relation[side]) {
        this.add(cell, { side, coefficient }, 1);
      }
    }
  }
}

const isUnknown = (cell: Printed) =>
  cell.amount === undefined || cell.state === 'missing' || cell.state === 'words';
