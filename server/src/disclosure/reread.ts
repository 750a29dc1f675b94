import type { Entry, MapNode, SyntaxTree } from '../syntax/tree';
import type { Disclosure, Problem, Row } from './model';
import { readTable } from './table';
import type { TableData } from './tableData';

/** The keys around a row: the table's, and that of its side where it has one. */
export interface RowPlace {
  readonly table: TableData;
  /** The table as it is written now. */
  readonly entry: Entry;
  readonly side: Entry | undefined;
}

/**
 * Reads one row of a table by itself. Undefined where that is not the whole truth: where the row is
 * another one than before, has other columns, or something is to be said of how it is written.
 */
export function rereadRow(
  before: Entry,
  after: Entry,
  { table, entry, side }: RowPlace,
  { layout, year }: Disclosure,
  tree: SyntaxTree,
): Row | undefined {
  const problems: Problem[] = [];
  const inside = side ? [{ ...side, value: mapOf(side, after) }] : [after];
  const alone = { ...entry, value: mapOf(entry, ...inside) };
  const { spec, unit } = table;
  const read = readTable({
    ...{ tree, damage: undefined, spec, entry: alone, unit, layout, year, problems },
  });
  if (!read || problems.length > 0) return undefined;
  const rows = [...read.rows.values()].filter((row) => row.entry !== undefined);
  const [row] = rows;
  const known = row && table.rows.get(row.id);
  if (rows.length !== 1 || row!.entry !== after || known?.entry !== before) return undefined;
  return isSame(known, row!) ? row : undefined;
}

function isSame(a: Row, b: Row): boolean {
  return (
    a.spec === b.spec &&
    a.code === b.code &&
    a.name?.text === b.name?.text &&
    a.values.size === b.values.size &&
    [...a.values.keys()].every((column) => b.values.has(column)) &&
    a.entry?.value?.kind === b.entry?.value?.kind
  );
}

function mapOf({ value }: Entry, ...entries: Entry[]): MapNode {
  return { kind: 'map', style: value?.kind === 'map' ? value.style : 'block', entries };
}
