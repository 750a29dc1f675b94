import type { Cell, CellState, Table } from '../disclosure/model';
import { saysNoData } from '../disclosure/note';
import type { Evaluation } from '../relations/evaluate';
import type { Expansion } from '../relations/expansion';
import { sidesOf, type Operand } from '../relations/relation';
import type { Network } from '../relations/network';
import type { SyntaxNode } from '../syntax/tree';
import { isList, Unfinished, type Lack } from './unfinished';

/** What says nothing of its own. Not applicable (—) is something said. */
const UNSAID: ReadonlySet<CellState> = new Set<CellState>([
  'blank',
  'absent',
  'missing',
  'derived',
]);

/** Tables that stand in a document and in which nobody has written a figure yet, or not all. */
export class Unfilled {
  private readonly known = new Map<Table, boolean>();
  private readonly expansion: Expansion;
  private readonly unfinished: Unfinished;
  private isAny: boolean | undefined;

  constructor(private readonly network: Network) {
    this.expansion = network.expansion;
    this.unfinished = new Unfinished(network);
  }

  /**
   * Failing relations by the table that is not filled in, where that is what all of them come of: some
   * compare figures with such a table alone, or with one that may lack what they exceed it by, and the others
   * with what is computed from one. Undefined where one of them says more.
   */
  of(members: readonly Evaluation[]): ReadonlyMap<Table, Unwritten> | undefined {
    const byTable = new Map<Table, Unwritten>();
    const put = (table: Table, member: Evaluation, rows: Iterable<string> = [], isForm = false) => {
      const known = byTable.get(table) ?? { members: [], rows: new Set<string>(), isForm: true };
      byTable.set(table, known);
      known.members.push(member);
      known.isForm &&= isForm;
      for (const row of rows) known.rows.add(row);
    };
    const short: Short[] = [];
    let isAlone = false;
    for (const member of members) {
      const alone = this.tableOf(member);
      const lacks = alone ? undefined : this.unfinished.of(member);
      if (lacks && lacks.size > 0) {
        short.push({ member, lacks });
        continue;
      }
      const table = alone ?? this.computedFrom(member);
      if (!table) return undefined;
      if (alone) isAlone = true;
      put(table, member);
    }
    for (const one of short) {
      const table = this.likeliest(one, short);
      const { rows, isOpen } = one.lacks.get(table)!;
      put(table, one.member, rows, !isOpen);
    }
    // That a printed table lacks a row is a mistake like any other.
    const isComputed = short.some(({ member }) => this.expansion.isIn(member.relation));
    return isAlone || isComputed ? byTable : undefined;
  }

  /**
   * A list that somebody has begun, rather than one that has no figure at all: that may be right. A line of a
   * form is more often blank for good. Of such tables the one that explains the most.
   */
  likeliest({ lacks }: Short, all: readonly Short[]): Table {
    const weight = (table: Table) => {
      const kind = (lacks.get(table)!.isOpen ? 2 : 0) + (this.isNone(table) ? 0 : 1);
      return kind * all.length + all.filter((other) => other.lacks.has(table)).length;
    };
    return [...lacks.keys()].reduce((a, b) => (weight(b) > weight(a) ? b : a));
  }

  /** Whether nobody has written a figure in the table of a cell. */
  hasNone({ table }: Cell): boolean {
    return this.isNone(table);
  }

  isNone(table: Table): boolean {
    let known = this.known.get(table);
    if (known === undefined) this.known.set(table, (known = isUnfilled(table)));
    return known;
  }

  /** Whether any table is: where none is no long sum need be gone through. */
  private get isAnyNone(): boolean {
    return (this.isAny ??= [...this.network.tables.values()].some((table) => this.isNone(table)));
  }

  /**
   * The table without a figure that is all one side of a relation speaks of; of a ratio, one from which its
   * amounts come.
   */
  tableOf({ relation: { left, right, base } }: Evaluation): Table | undefined {
    if (!this.isAnyNone) return undefined;
    if (base) return this.unfilledAmong([...right, ...base])?.table;
    const sides = [left, right];
    for (const side of sides) {
      const found = this.unfilledIn(this.expansion.sourcesOf(side));
      if (!found) continue;
      // A line that is blank may be so for good; a table that has no row yet may get some.
      const listed = found.state === 'blank' ? this.unlistedIn(sides) : undefined;
      return (listed ?? found).table;
    }
    return undefined;
  }

  /** The table without a figure that alone may lack what a failing relation is short of. */
  onlyLackOf(member: Evaluation): Table | undefined {
    if (!this.isAnyNone) return undefined;
    const [only, ...more] = this.unfinished.of(member).keys();
    return only && more.length === 0 && this.isNone(only) ? only : undefined;
  }

  /** A figure of a table without one, where nothing else says anything. */
  private unfilledIn(sources: Iterable<Cell>): Cell | undefined {
    let found: Cell | undefined;
    for (const cell of sources) {
      if (this.hasNone(cell)) found ??= cell;
      // What is still blank beside it may be blank for good.
      else if (!UNSAID.has(cell.state)) return undefined;
    }
    return found;
  }

  /** A figure of a table without one, whatever stands beside it. */
  private unfilledAmong(operands: readonly Operand[]): Cell | undefined {
    for (const cell of this.expansion.sourcesOf(operands)) if (this.hasNone(cell)) return cell;
    return undefined;
  }

  /** A figure that comes of the rows of a table that has none yet. */
  private unlistedIn(sides: readonly (readonly Operand[])[]): Cell | undefined {
    for (const cell of this.expansion.sourcesOf(sides.flat())) {
      if (cell.state !== 'blank' && this.hasNone(cell) && isList(cell)) return cell;
    }
    return undefined;
  }

  /** The table that is not filled in and from which, among others, a side is computed. */
  private computedFrom({ relation }: Evaluation): Table | undefined {
    if (relation.base || !this.expansion.isIn(relation)) return undefined;
    return this.unfilledAmong(sidesOf(relation).flat())?.table;
  }
}

/** What comes of a table that is not filled in. */
export interface Unwritten {
  readonly members: Evaluation[];
  /** The rows that it lacks and of which others speak. */
  readonly rows: Set<string>;
  /** Whether no row may be lacking in it: only lines of its form are blank. */
  isForm: boolean;
}

/** A failing relation, and the tables that may lack what it is short of. */
export interface Short {
  readonly member: Evaluation;
  readonly lacks: ReadonlyMap<Table, Lack>;
}

/**
 * A table without rows is kept with a note that it has no data, unless nothing at all stands under its key; so
 * is one whose note says that beside computed totals. A text of one figure is a sentence without it.
 */
export function isUnfilled(table: Table): boolean {
  if (isKeyAlone(table)) return true;
  if (table.empty || saysNoData(table) || !hasNoFigure(table)) return false;
  if (table.spec.section === undefined) return true;
  return [...table.rows.values()].reduce((count, { values }) => count + values.size, 0) > 1;
}

/** Whether a table of the nine is its key and nothing else, but for keys of its sides or rows. */
export const isKeyAlone = ({ spec, empty, entry: { value } }: Table): boolean =>
  spec.section === undefined && (isNothing(value) || (empty && isKeysAlone(value)));

const isKeysAlone = (value: SyntaxNode | undefined): boolean =>
  value?.kind === 'map' && value.entries.every((entry) => isNothing(entry.value));

const isNothing = (value: SyntaxNode | undefined): boolean =>
  value === undefined || (value.kind === 'map' && value.entries.length === 0);

/** Whether nothing is said in a table but what is left to the server. */
export function hasNoFigure(table: Table): boolean {
  // Most tables say something in their first rows.
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const state = table.cell(row.id, column)?.state;
      if (state !== undefined && !UNSAID.has(state)) return false;
    }
  }
  return true;
}
