import { leastOf } from '../syntax/arrays';
import { halfWidth, isNonZeroAmount, power, ZERO, type Amount } from '../disclosure/amount';
import { settle, type Cell, type Table } from '../disclosure/model';
import { push } from '../syntax/multimap';
import { tableHiding } from './hidden';
import { sidesOf, type Operand, type Relation } from './relation';
import { isStructural } from './rounding';
import type { Rule } from './rule';

/** A derived cell that got no value: nothing computes it, or what does leads back to it. */
export interface Underived {
  readonly cell: Cell;
  /** The cells that depend on each other in a circle; empty where nothing computes it. */
  readonly cycle: readonly Cell[];
}

/** One way to compute a cell. */
interface Definition {
  readonly cell: Cell;
  readonly terms: readonly Operand[];
  readonly rule: Rule;
  /** Terms without a value yet. */
  waiting: number;
}

/**
 * The ways to compute a cell, best first: the sum its own table says it is; what another table says of
 * the same money, for a cell without such a sum; the same for one that has it; and what a relation says
 * of its other side. A worse way is taken only when no better one can go on anywhere.
 */
const TIERS = 4;

/** Computes the cells left to the server, in the order in which they depend on each other. */
export function derive(relations: readonly Relation[]): Underived[] {
  const deriver = new Deriver(relations);
  deriver.run();
  return deriver.failures();
}

class Deriver {
  private readonly cells = new Set<Cell>();
  private readonly definitions = new Map<Cell, Definition[]>();
  private readonly users = new Map<Cell, Definition[]>();
  private readonly ready: Definition[][] = Array.from({ length: TIERS }, () => []);
  private readonly tier = new Map<Definition, number>();

  constructor(relations: readonly Relation[]) {
    for (const relation of relations) {
      for (const side of sidesOf(relation)) {
        for (const { cell } of side) if (isOpen(cell)) this.cells.add(cell);
      }
    }
    if (this.cells.size === 0) return;
    const structural = relations.filter(({ rule }) => isStructural(rule.kind));
    const equal = relations.filter(({ rule }) => rule.kind === 'equal');
    for (const { left, right, rule } of structural) this.define(left, right, rule, () => 0);
    const summed = new Set(this.definitions.keys());
    for (const { left, right, rule } of equal) {
      this.define(left, right, rule, (cell) => (summed.has(cell) ? 2 : 1));
      this.define(right, left, rule, () => 3);
    }
  }

  run(): void {
    for (;;) {
      const definition = this.ready.find((queue) => queue.length > 0)?.shift();
      if (!definition) return;
      const { cell, terms, rule } = definition;
      if (!isOpen(cell)) continue;
      settle(cell, sumOf(terms), lackedBy(terms, rule));
      for (const user of this.users.get(cell) ?? []) {
        user.waiting--;
        this.enqueue(user);
      }
    }
  }

  failures(): Underived[] {
    return [...this.cells].filter(isOpen).map((cell) => ({ cell, cycle: this.cycleFrom(cell) }));
  }

  private define(
    target: readonly Operand[],
    terms: readonly Operand[],
    rule: Rule,
    tierOf: (cell: Cell) => number,
  ): void {
    const [only, ...more] = target;
    if (!only || more.length > 0 || only.coefficient !== 1 || !isOpen(only.cell)) return;
    const open = terms.filter(({ cell }) => cell.amount === undefined);
    const definition = { cell: only.cell, terms, rule, waiting: open.length };
    this.tier.set(definition, tierOf(only.cell));
    push(this.definitions, only.cell, definition);
    for (const { cell } of open) push(this.users, cell, definition);
    this.enqueue(definition);
  }

  private enqueue(definition: Definition): void {
    if (definition.waiting === 0) this.ready[this.tier.get(definition)!]!.push(definition);
  }

  /** Follows the best way to compute a cell until it comes back to a cell it has been at. */
  private cycleFrom(cell: Cell): readonly Cell[] {
    const way: Cell[] = [];
    let here: Cell | undefined = cell;
    while (here && !way.includes(here)) {
      way.push(here);
      here = this.definitions.get(here)?.[0]?.terms.find((term) => isOpen(term.cell))?.cell;
    }
    return here ? way.slice(way.indexOf(here)) : [];
  }
}

const isOpen = (cell: Cell) => cell.state === 'derived' && cell.amount === undefined;

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
