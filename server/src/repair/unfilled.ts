import type { Cell, CellState, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Expansion } from '../relations/expansion';
import { sidesOf } from '../relations/relation';
import { push } from '../syntax/multimap';

/** What says nothing of its own. Not applicable (—) is something said. */
const UNSAID: ReadonlySet<CellState> = new Set<CellState>([
  'blank',
  'absent',
  'missing',
  'derived',
]);

/** Tables that stand in a document and in which nobody has written a figure yet. */
export class Unfilled {
  private readonly known = new Map<Table, boolean>();

  constructor(private readonly expansion: Expansion) {}

  /**
   * Failing relations by the table that is not filled in, where that is what all of them come of: some
   * compare figures with such a table alone, and the others with what is computed from one. Undefined where
   * one of them says more.
   */
  of(members: readonly Evaluation[]): ReadonlyMap<Table, Evaluation[]> | undefined {
    const byTable = new Map<Table, Evaluation[]>();
    let isAlone = false;
    for (const member of members) {
      const alone = this.tableOf(member);
      const table = alone ?? this.computedFrom(member);
      if (!table) return undefined;
      if (alone) isAlone = true;
      push(byTable, table, member);
    }
    return isAlone ? byTable : undefined;
  }

  /** Whether nobody has written a figure in the table of a cell. */
  hasNone({ table }: Cell): boolean {
    let known = this.known.get(table);
    if (known === undefined) this.known.set(table, (known = isUnfilled(table)));
    return known;
  }

  private tableOf({ relation: { left, right, base } }: Evaluation): Table | undefined {
    if (base) return undefined;
    for (const side of [left, right]) {
      const sources = [...this.expansion.sourcesOf(side)];
      // What is still blank beside it may be blank for good.
      const isUnsaid = sources.every((cell) => UNSAID.has(cell.state) || this.hasNone(cell));
      const open = isUnsaid ? sources.find((cell) => this.hasNone(cell)) : undefined;
      if (open) return open.table;
    }
    return undefined;
  }

  /** The table that is not filled in and from which, among others, a side is computed. */
  private computedFrom({ relation }: Evaluation): Table | undefined {
    if (relation.base || !this.expansion.isIn(relation)) return undefined;
    const sources = sidesOf(relation).flatMap((side) => [...this.expansion.sourcesOf(side)]);
    return sources.find((cell) => this.hasNone(cell))?.table;
  }
}

/** A text is written sentence by sentence; a table without rows is kept with a note that it has no data. */
function isUnfilled(table: Table): boolean {
  if (table.spec.section !== undefined || table.empty) return false;
  return [...table.rows.values()].every((row) =>
    [...row.values.keys()].every((column) => {
      const state = table.cell(row.id, column)?.state;
      return state === undefined || UNSAID.has(state);
    }),
  );
}
