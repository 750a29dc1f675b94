import { leastOf } from '../syntax/arrays';
import { halfWidth, isNonZeroAmount, power, ZERO, type Amount } from '../disclosure/amount';
import { settle, type Cell, type Table } from '../disclosure/model';
import { push } from '../syntax/multimap';
import { gathersRows, tableHiding } from './hidden';
import { sidesOf, type Operand, type Relation, type Unchecked } from './relation';
import { isStructural } from './rounding';
import type { Rule } from './rule';
import { isOpen, underivedOf, type Underived } from './underived';

/** What a derived cell was computed from. */
export interface Definition {
  readonly terms: readonly Operand[];
  /** These are what rows a table has, rather than rows that are named. */
  readonly gathersRows: boolean;
  readonly rule: Rule;
}

export type Definitions = ReadonlyMap<Cell, Definition>;

export interface Derived {
  /** Of each cell that got a value, the way by which it did. */
  readonly definitions: Definitions;
  readonly underived: readonly Underived[];
}

/** One way to compute a cell. */
interface Way extends Definition {
  readonly cell: Cell;
  /** Terms without a value yet. */
  waiting: number;
}

/**
 * The ways to compute a cell, best first: the sum its own table says it is; what another table says of
 * the same money, for a cell without such a sum; the same for one that has it; and what a relation says
 * of its other side. A worse way is taken only when no better one can go on anywhere.
 */
const TIERS = 4;

/**
 * Computes the cells left to the server, in the order in which they depend on each other; `unchecked` are the
 * relations that could not be made.
 */
export function derive(relations: readonly Relation[], unchecked: readonly Unchecked[]): Derived {
  const deriver = new Deriver(relations);
  deriver.run();
  return { definitions: deriver.taken, underived: deriver.failures(unchecked) };
}

class Deriver {
  readonly taken = new Map<Cell, Definition>();
  private readonly cells = new Set<Cell>();
  private readonly ways = new Map<Cell, Way[]>();
  private readonly users = new Map<Cell, Way[]>();
  private readonly ready: Way[][] = Array.from({ length: TIERS }, () => []);
  private readonly tier = new Map<Way, number>();

  constructor(relations: readonly Relation[]) {
    for (const relation of relations) {
      for (const side of sidesOf(relation)) {
        for (const { cell } of side) if (isOpen(cell)) this.cells.add(cell);
      }
    }
    if (this.cells.size === 0) return;
    const structural = relations.filter(({ rule }) => isStructural(rule.kind));
    const equal = relations.filter(({ rule }) => rule.kind === 'equal');
    for (const relation of structural) this.define(relation, 'left', () => 0);
    const summed = new Set(this.ways.keys());
    for (const relation of equal) {
      this.define(relation, 'left', (cell) => (summed.has(cell) ? 2 : 1));
      this.define(relation, 'right', () => 3);
    }
  }

  run(): void {
    for (;;) {
      const way = this.ready.find((queue) => queue.length > 0)?.shift();
      if (!way) return;
      const { cell, terms, rule, gathersRows } = way;
      if (!isOpen(cell)) continue;
      settle(cell, sumOf(terms), lackedBy(terms, rule));
      this.taken.set(cell, { terms, gathersRows, rule });
      for (const user of this.users.get(cell) ?? []) {
        user.waiting--;
        this.enqueue(user);
      }
    }
  }

  failures(unchecked: readonly Unchecked[]): Underived[] {
    const open = [...this.cells].filter(isOpen);
    return open.length > 0 ? underivedOf(open, this.ways, unchecked) : [];
  }

  private define(
    { rule, left, right, constant }: Relation,
    side: 'left' | 'right',
    tierOf: (cell: Cell) => number,
  ): void {
    const [target, terms] = side === 'left' ? [left, right] : [right, left];
    const [only, ...more] = target;
    if (!only || more.length > 0 || only.coefficient !== 1 || !isOpen(only.cell)) return;
    if (constant) return;
    const open = terms.filter(({ cell }) => cell.amount === undefined);
    const isGathered = side === 'left' && gathersRows(rule);
    const way = { cell: only.cell, terms, rule, gathersRows: isGathered, waiting: open.length };
    this.tier.set(way, tierOf(only.cell));
    push(this.ways, only.cell, way);
    for (const { cell } of open) push(this.users, cell, way);
    this.enqueue(way);
  }

  private enqueue(way: Way): void {
    if (way.waiting === 0) this.ready[this.tier.get(way)!]!.push(way);
  }
}

/** The table that may hold more of a sum, in a row that nobody knows. */
function lackedBy(terms: readonly Operand[], rule: Rule): Table | undefined {
  for (const { cell } of terms) {
    const table = cell.lacking ?? (cell.table.hasUnknown ? tableHiding(cell, rule) : undefined);
    if (table) return table;
  }
  return undefined;
}

/** The exact sum, to the finest printed place of its terms. */
function sumOf(terms: readonly Operand[]): Amount {
  const nonZero = terms.filter(({ cell }) => isNonZeroAmount(cell.amount!));
  if (nonZero.length === 0) {
    const printed = terms.find(({ cell }) => cell.state === 'amount');
    return printed ? printed.cell.amount! : ZERO;
  }
  const place = leastOf(nonZero.map(({ cell }) => cell.amount!.place));
  const units = nonZero.reduce(
    (sum, { cell, coefficient }) =>
      sum + BigInt(coefficient) * cell.amount!.units * power(cell.amount!.place - place),
    0n,
  );
  const width = nonZero.reduce((sum, { cell }) => sum + halfWidth(cell.amount!, place), 0n);
  return { units, place, width };
}
