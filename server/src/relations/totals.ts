import { halves, isNonZeroAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell, type Mode } from '../disclosure/model';
import { measureSides, type Evaluation } from './evaluate';
import { operandsOf, type Operand, type Relation } from './relation';
import { spanOf, SpanSum } from './rounding';

/** A relation of so many cells is not added up again for each of them. */
const LONG = 48;

export const isLong = ({ left, right, base }: Relation) =>
  base === undefined && left.length + right.length > LONG;

/** A cell, or what it printed before. */
type Printed = Pick<Cell, 'amount' | 'state'>;

interface Share {
  readonly side: 'left' | 'right';
  readonly coefficient: 1 | -1;
}

/**
 * The sums of a long relation as its cells print them. Where one prints something else the difference
 * is added.
 */
export class Totals {
  private readonly shares = new Map<Cell, Share[]>();
  private readonly places = new Map<number, number>();
  private place = 0;
  private sums = { left: new SpanSum(), right: new SpanSum() };
  private nonZero = 0;
  /** Cells of which no amount is known. */
  private unknown = 0;

  constructor(
    private readonly relation: Relation,
    private readonly mode: Mode,
  ) {
    for (const side of ['left', 'right'] as const) {
      for (const { cell, coefficient } of relation[side]) this.share(cell, { side, coefficient });
    }
    for (const { cell } of operandsOf(relation)) this.count(cell, 1);
    this.sumUp();
  }

  /** Takes in that a cell prints something else than it did. */
  change(cell: Cell, before: Printed): void {
    const shares = this.shares.get(cell) ?? [];
    for (const share of shares) {
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

  private share(cell: Cell, share: Share): void {
    const known = this.shares.get(cell);
    if (known) known.push(share);
    else this.shares.set(cell, [share]);
  }

  private count(cell: Printed, times: 1 | -1): void {
    if (isUnknown(cell)) this.unknown += times;
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
    return spanOf(amount, this.place, this.mode, this.relation.rule.kind);
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
    const { left, right } = this.relation;
    const all: [Operand, Share['side']][] = [
      ...left.map((operand): [Operand, 'left'] => [operand, 'left']),
      ...right.map((operand): [Operand, 'right'] => [operand, 'right']),
    ];
    for (const [{ cell, coefficient }, side] of all) {
      this.add({ amount: amountOf(cell), state: cell.state }, { side, coefficient }, 1);
    }
  }
}

const isUnknown = (cell: Printed) =>
  cell.amount === undefined || cell.state === 'missing' || cell.state === 'words';
