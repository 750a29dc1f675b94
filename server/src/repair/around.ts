/** Figures that may have been taken for one: what stands beside it, and the same line elsewhere. */
import type { Cell, Disclosure, Row, Table } from '../disclosure/model';
import { Memo } from '../syntax/memo';
import { groupBy } from '../syntax/multimap';
import { pairOf, type Network } from '../relations/network';

/** The cells of the same column in the rows written just before and just after. */
export function neighboursOf({ table, row, column }: Cell): Cell[] {
  return (besideOf(table).get(row) ?? []).flatMap(({ id }) => table.cell(id, column.id) ?? []);
}

/** By row of a table, the ones written just before and just after it in its section. */
type Beside = ReadonlyMap<Row, readonly Row[]>;

/** A table's rows stay the same objects in the same order for as long as it is the same. */
const known = new Memo<Table['rows'], Beside>();

function besideOf({ rows }: Table): Beside {
  const before = known.get(rows);
  if (before) return before;
  const beside = new Map<Row, readonly Row[]>();
  const printed = [...rows.values()].filter((row) => row.printed);
  for (const section of groupBy(printed, (row) => row.section).values()) {
    section.forEach((row, at) => {
      beside.set(
        row,
        [section[at - 1], section[at + 1]].flatMap((other) => other ?? []),
      );
    });
  }
  known.set(rows, beside);
  return beside;
}

/** The same line elsewhere: other columns of its row, other tables; and what stands around its twins. */
export function* namesakesOf(cell: Cell, network: Network, disclosure: Disclosure): Iterable<Cell> {
  yield* elsewhere(cell, disclosure);
  for (const twin of twinsOf(cell, network)) {
    // The cell is itself the same line elsewhere.
    for (const other of elsewhere(twin, disclosure)) if (other !== cell) yield other;
    yield* neighboursOf(twin);
  }
}

/** Cells that a relation equates with this one alone. */
function twinsOf(cell: Cell, network: Network): Set<Cell> {
  const twins = new Set<Cell>();
  for (const { relation } of network.of(cell)) {
    if (relation.rule.kind !== 'equal') continue;
    for (const twin of pairOf(relation) ?? []) if (twin !== cell) twins.add(twin);
  }
  return twins;
}

function* elsewhere({ table, row, column }: Cell, { tables }: Disclosure): Iterable<Cell> {
  for (const id of row.values.keys()) {
    const other = id === column.id ? undefined : table.cell(row.id, id);
    if (other) yield other;
  }
  // What is told of one indicator in two places is no copy of something else.
  if (row.title !== undefined) return;
  for (const other of tables.values()) {
    const same = other !== table && other.rows.has(row.id) && other.cell(row.id, column.id);
    if (same) yield same;
  }
}
