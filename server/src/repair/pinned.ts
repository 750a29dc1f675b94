/** Whether other figures say that a cell that is left to the server comes to what it should. */
import { halves, power, type Amount } from '../disclosure/amount';
import { isNonZero, type Cell } from '../disclosure/model';
import { hasSubjectToCome } from './hollow';
import type { Evaluation } from '../relations/evaluate';
import { difference } from '../relations/expansion';
import type { Network } from '../relations/network';
import { solveRatio } from '../relations/ratio';
import { operandsOf, type Relation } from '../relations/relation';

/** By how much figures miss each other, in halves of a place. */
export interface Gap {
  readonly size: bigint;
  readonly place: number;
}

export class Pinned {
  private readonly known = new Map<Cell, boolean>();

  constructor(private readonly network: Network) {}

  /** Whether a computed cell lacks nothing: not as much, at least. */
  has(cell: Cell, gap: Gap): boolean {
    let isEqual = this.known.get(cell);
    if (isEqual === undefined) {
      isEqual = this.network.of(cell).some((one) => this.isEqualToPrinted(one, cell));
      this.known.set(cell, isEqual);
    }
    return isEqual || this.hasRatio(cell, gap);
  }

  private isEqualToPrinted({ relation, outcome }: Evaluation, cell: Cell): boolean {
    if (!isHeld(outcome) || relation.base || relation.comparator !== 'eq') return false;
    // Totals that lack the same row agree with each other, whatever columns have no figure.
    const isBeside = (one: Cell) => isComputedBeside(one, cell) || !isNonZero(one);
    if (operandsOf(relation).every((one) => isBeside(one.cell))) return false;
    if (this.isOfOpenLists(relation)) return false;
    return this.isSaid(relation) && this.isToldBy(relation, cell);
  }

  /** Whether lists that have rows to fill in agree with each other: they may lack the same. */
  private isOfOpenLists(relation: Relation): boolean {
    const operands = operandsOf(relation);
    if (!operands.every(({ cell }) => cell.state === 'derived')) return false;
    const tables = new Set(Array.from(this.network.expansion.sourcesOf(operands), sourceOf));
    return [...tables].every((table) => hasSubjectToCome(table));
  }

  /** Whether a relation speaks of what a cell is computed from, rows to fill in: on both sides alike, it does not. */
  private isToldBy({ left, right }: Relation, cell: Cell): boolean {
    const { expansion } = this.network;
    const parts = [...expansion.of(cell).keys()];
    const rest = difference(expansion.sum(left), expansion.sum(right));
    return (
      !parts.some(({ table }) => hasSubjectToCome(table)) || parts.some((part) => rest.has(part))
    );
  }

  /** Whether a printed share or growth holds that would not if the cell, wherever it is repeated, came to more. */
  private hasRatio(cell: Cell, gap: Gap): boolean {
    const same = this.repeated(cell);
    return [...same].some((one) =>
      this.network.of(one).some(({ relation, outcome }) => {
        if (outcome !== 'holds' || !relation.base) return false;
        const isPrinted = relation.left.every(({ cell: ratio }) => isNonZero(ratio));
        return isPrinted && this.isBounded(relation, one, same, gap);
      }),
    );
  }

  private isBounded(relation: Relation, cell: Cell, same: ReadonlySet<Cell>, gap: Gap): boolean {
    const amount: Amount = cell.amount!;
    const place = Math.min(amount.place, gap.place);
    const more = halves(amount, place) + gap.size * power(gap.place - place);
    const isSought = (one: { readonly cell: Cell }) => same.has(one.cell);
    const { lo, hi } = solveRatio(relation, isSought, place, this.network.context);
    return (hi !== undefined && more > hi) || (lo !== undefined && more < lo);
  }

  /** The computed cells that are the same as one by equations. */
  private repeated(cell: Cell): ReadonlySet<Cell> {
    const same = new Set([cell]);
    for (const one of same) {
      for (const { relation, outcome } of this.network.of(one)) {
        const { left, right, base, comparator } = relation;
        if (!isHeld(outcome) || base || comparator !== 'eq') continue;
        if (left.length !== 1 || right.length !== 1 || this.isSaid(relation)) continue;
        for (const other of [left[0]!.cell, right[0]!.cell]) {
          if (other.state === 'derived') same.add(other);
        }
      }
    }
    return same;
  }

  /** Whether a relation says more than that both sides are computed from the same figures. */
  private isSaid({ left, right }: Relation): boolean {
    const { expansion } = this.network;
    const rest = difference(expansion.sum(left), expansion.sum(right));
    return [...rest.keys()].some(isNonZero);
  }
}

const isHeld = (outcome: Evaluation['outcome']) => outcome === 'holds' || outcome === 'rounding';

const sourceOf = ({ table }: Cell) => table;

const isComputedBeside = ({ state, table }: Cell, cell: Cell) =>
  state === 'derived' && table === cell.table;
