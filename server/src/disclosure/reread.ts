import { append } from '../syntax/arrays';
import type { Entry, MapNode, SyntaxTree } from '../syntax/tree';
import { Damage, type BrokenLines } from './damage';
import { emptyItemProblems } from './emptyItems';
import type { Cell, Disclosure, Problem, Row } from './model';
import type { DisclosureData } from './disclosureData';
import { isTold } from './read';
import { readSection } from './statementSections';
import { StatementData } from './statementData';
import { readRows } from './table';
import type { TableData } from './tableData';
import { templateProblems } from './templates';

/** The keys around a row: the table's, and that of its side where it has one. */
export interface RowPlace {
  readonly table: TableData;
  /** The table as it is written now. */
  readonly entry: Entry;
  readonly side: Entry | undefined;
}

/**
 * Reads one row of a table by itself. Undefined where that is not the whole truth: where the row is
 * another one than before, has other columns, or something is to be said of how it is written. Where it
 * stands in `broken` lines, it is read as broken.
 */
export function rereadRow(
  before: Entry,
  after: Entry,
  { table, entry, side }: RowPlace,
  { layout, year }: Disclosure,
  tree: SyntaxTree,
  broken: BrokenLines | undefined,
): Row | undefined {
  const problems: Problem[] = [];
  const inside = side ? [{ ...side, value: mapOf(side, after) }] : [after];
  const alone = { ...entry, value: mapOf(entry, ...inside) };
  const { spec, unit } = table;
  const read = readRows({
    ...{ tree, damage: undefined, spec, entry: alone, unit, layout, year, problems, broken },
  });
  if (!read || problems.length > 0) return undefined;
  const rows = [...read.rows.values()].filter((row) => row.entry !== undefined);
  const [row] = rows;
  const known = row && table.rows.get(row.id);
  if (rows.length !== 1 || row!.entry !== after || known?.entry !== before) return undefined;
  return isSame(known, row!, table) ? row : undefined;
}

/** What a section of the narrative says now. */
export interface SectionChange {
  /** The cells that print something else, as they were before. */
  readonly changed: ReadonlyMap<Cell, Cell>;
  /** What is to be said of how the section is written. */
  readonly problems: readonly Problem[];
}

/**
 * Reads a section of the narrative by itself, and lets its statements take what it says now. Undefined
 * where that is not the whole truth: where more than figures and texts is another.
 */
export function rereadSection(
  id: string,
  entry: Entry,
  { tables, unit }: DisclosureData,
  tree: SyntaxTree,
): SectionChange | undefined {
  const problems: Problem[] = [];
  const read = readSection(id, entry, { tree, damage: new Damage(tree), unit, problems });
  if (isTold(id)) {
    append(problems, templateProblems([entry]));
    append(problems, emptyItemProblems([entry], tree));
  }
  const known = [...tables.values()].filter(({ spec }) => spec.section === id);
  if (known.length !== read.length) return undefined;
  const changed = new Map<Cell, Cell>();
  for (const [i, table] of known.entries()) {
    const fresh = read[i]!;
    if (!(table instanceof StatementData) || table.id !== fresh.id) return undefined;
    const taken = table.takeOver(fresh);
    if (!taken) return undefined;
    for (const [cell, before] of taken) changed.set(cell, before);
  }
  return { changed, problems };
}

function isSame(a: Row, b: Row, table: TableData): boolean {
  if (a.spec !== b.spec || a.code !== b.code || a.doubled) return false;
  // Of a row that is broken nothing is read but what it is.
  if (a.broken || b.broken) {
    if (leavesOutTotal(a) || leavesOutTotal(b)) return false;
    const columns = new Set([...a.values.keys(), ...b.values.keys()]);
    return [...columns].every((column) => table.hasColumn(column));
  }
  return (
    a.name?.text === b.name?.text &&
    a.values.size === b.values.size &&
    [...a.values.keys()].every((column) => b.values.has(column)) &&
    a.entry?.value?.kind === b.entry?.value?.kind
  );
}

/** Relations that ask for a total that its row leaves out are made of other rows, as long as the row is read. */
const leavesOutTotal = ({ spec, section, values, broken }: Row) =>
  !broken &&
  spec?.total === true &&
  section.columns.some(({ id, total }) => total && !values.has(id));

function mapOf({ value }: Entry, ...entries: Entry[]): MapNode {
  return { kind: 'map', style: value?.kind === 'map' ? value.style : 'block', entries };
}
