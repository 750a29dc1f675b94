import type { Amount } from '../disclosure/amount';
import type { Cell, Table } from '../disclosure/model';
import { PlainOperand } from './plainOperand';
import type { Rule } from './rule';

export interface Operand {
  readonly cell: Cell;
  readonly coefficient: 1 | -1;
}

/**
 * One instance of a rule: Σ left = Σ right (`eq`), or ≥, or ≤. The left side is the printed one. With a
 * `base` it is a ratio: Σ left, in per cent, = Σ right / Σ base.
 */
export interface Relation {
  /** The rule and the address of its target: the same in every version of the file. */
  readonly id: string;
  readonly rule: Rule;
  readonly left: readonly Operand[];
  readonly right: readonly Operand[];
  readonly comparator: 'eq' | 'ge' | 'le';
  readonly base?: readonly Operand[];
  /** Of a ratio: another base that it may have. */
  readonly or?: readonly Operand[];
  /** Of a share: the shares it makes a whole with. */
  readonly whole?: readonly Operand[];
  /** Added to the right side. */
  readonly constant?: Amount;
}

export function operandsOf({ left, right, base = [] }: Relation): readonly Operand[] {
  return [...left, ...right, ...base];
}

/** The same side by side: a sum may have as many operands as a file has lines, so they are not copied. */
export const sidesOf = ({ left, right, base = [] }: Relation): readonly (readonly Operand[])[] => [
  left,
  right,
  base,
];

export const countOperands = ({ left, right, base = [] }: Relation): number =>
  left.length + right.length + base.length;

const known = new WeakMap<Relation, ReadonlySet<Table>>();

/** The tables whose cells a relation speaks of. */
export function tablesOf(relation: Relation): ReadonlySet<Table> {
  const before = known.get(relation);
  if (before) return before;
  const tables = new Set<Table>();
  // A long sum is of one table.
  let last: Table | undefined;
  for (const side of sidesOf(relation)) {
    for (const operand of side) {
      const table = operand instanceof PlainOperand ? operand.table : operand.cell.table;
      if (table !== last) tables.add((last = table));
    }
  }
  known.set(relation, tables);
  return tables;
}

/** The table that a relation is about alone. */
export function tableWithin(relation: Relation): Table | undefined {
  const [only, ...more] = tablesOf(relation);
  return more.length === 0 ? only : undefined;
}

/** Why something could not be checked; `code` names its wording in the message bundles. */
export interface Reason {
  readonly code:
    | 'table-missing'
    | 'table-unreadable'
    | 'broken'
    | 'unknown-key'
    | 'total-missing'
    | 'left-open'
    | 'not-a-number'
    | 'not-derived'
    | 'not-detailed'
    | 'not-listed'
    | 'not-comparable'
    | 'unknown-word'
    | 'not-filled'
    | 'not-finished'
    | 'shifted'
    | 'section';
  /** The table, or the cell, that is at fault. */
  readonly table?: string;
  readonly cell?: Cell;
  /** Of figures that count different things: the one that it is compared with. */
  readonly beside?: Cell;
  /** What is not understood. */
  readonly word?: string;
}

/** A rule, or one instance of it, that says nothing about this document. */
export interface Unchecked {
  readonly id: string;
  readonly rule: Rule;
  readonly reason: Reason;
}

/** A syntax error keeps rows of a table from being read. */
export const brokenIn = ({ spec }: Table): Reason => ({ code: 'broken', table: spec.id });

/** Why a cell cannot be calculated with, if it cannot. */
export function reasonOf(cell: Cell): Reason | undefined {
  if (cell.state === 'missing') {
    const { table, row } = cell;
    const broken = row.broken === true || table.isIncomplete(row.section.id);
    return broken ? brokenIn(cell.table) : { code: 'total-missing', cell };
  }
  if (cell.state === 'invalid' || cell.state === 'words') return { code: 'not-a-number', cell };
  if (cell.amount === undefined) return { code: 'not-derived', cell };
  return undefined;
}

/** Amounts by cell: what is printed or, in the search for a right value, what would be. */
export type AmountOf = (cell: Cell) => Amount;
