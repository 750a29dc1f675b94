import { normalizeKey, type ColumnSpec, type SectionSpec } from '../../disclosure/vocabulary';
import type { Table } from '../../disclosure/model';
import { greatestOf } from '../../syntax/arrays';
import { bandsOf, type Kind } from './bands';
import { cellsOf, columnsByOrder, isNaming, kindsByContent, type Known } from './content';
import { kindOf, rolesByHeadings, splitHeadings, type Grid, type Role } from './headings';
import type { RowFinder } from './rows';

/** One of the lists that stand side by side in a block. */
export interface List {
  /** Whose rows it has; undefined where that cannot be told. */
  readonly section: SectionSpec | undefined;
  /** What the columns of the block hold that are its own. */
  readonly roles: readonly Role[];
  /** Without headings, how many figures it has, where the table has another number of columns. */
  readonly misfit?: number;
}

export interface Block {
  readonly headings: Grid;
  readonly rows: Grid;
  readonly lists: readonly List[];
}

/** Understands a block by the table it is for: which lists it has, and what their columns hold. */
export function readBlock(
  grid: Grid,
  table: Table,
  finders: readonly RowFinder[],
  side: SectionSpec | undefined,
): Block {
  const columns = finders.flatMap(({ section }) => table.columnsOf(section));
  const { headings, rows } = splitHeadings(grid, columns);
  const known: Known = {
    isLabel: (cell) => finders.some((finder) => finder.isLabel(cell)),
    isCertain: (cell) => finders.some((finder) => finder.isCertain(cell)),
  };
  const kinds =
    headings.length > 0
      ? kindsByHeadings(headings, rows, columns, known)
      : kindsByContent(rows, known);
  const bands = bandsOf(kinds);
  const lists = bands.map((band): List => {
    const section =
      finders.length === 1
        ? finders[0]!.section
        : (sideByHeadings(headings, band, kinds, table, finders) ??
          sideByNames(rows, band, kinds, finders) ??
          (bands.length === 1 ? side : undefined));
    const own = (roles: readonly Role[]) =>
      roles.map((role, at) => (band.includes(at) ? role : undefined));
    const naming = kinds.map((kind) => (kind === 'figure' ? undefined : kind));
    if (!section) return { section, roles: own(naming) };
    if (headings.length > 0) {
      const roles = rolesByHeadings(headings, table.columnsOf(section));
      return {
        section,
        roles: own(kinds.map((kind, at) => (kind === 'figure' ? roles[at] : kind))),
      };
    }
    const figures = band.filter((at) => kinds[at] === 'figure');
    const order = columnsByOrder(
      rows,
      figures,
      table.columnsOf(section),
      section,
      table.unit.exponent,
    );
    if (typeof order === 'number') return { section, roles: own(naming), misfit: order };
    const roles = kinds.map((kind, at) => order.get(at) ?? (kind === 'figure' ? 'number' : kind));
    return { section, roles: own(roles) };
  });
  return { headings, rows, lists };
}

function kindsByHeadings(
  headings: Grid,
  rows: Grid,
  columns: readonly ColumnSpec[],
  { isLabel, isCertain }: Known,
): Kind[] {
  const kinds = rolesByHeadings(headings, columns).map(kindOf);
  if (kinds.includes('label') || kinds.includes('name')) return kinds;
  // Forms leave the heading above codes blank, or print it where it is not copied.
  return kinds.map((kind, at) => {
    const cells = cellsOf(rows, at);
    const isNames = at === 0 ? cells.some(isLabel) : isNaming(cells, isCertain);
    return kind === undefined && isNames ? 'label' : kind;
  });
}

/** The side that a heading names above a list, or the only one that has its columns. */
function sideByHeadings(
  headings: Grid,
  band: readonly number[],
  kinds: readonly Kind[],
  table: Table,
  finders: readonly RowFinder[],
): SectionSpec | undefined {
  const sections = finders.map(({ section }) => section);
  const above = headings.flatMap((row) => band.map((at) => normalizeKey(row[at] ?? '')));
  const named = sections.filter(({ key }) => key !== undefined && above.includes(key));
  if (named.length === 1) return named[0];
  const figures = band.filter((at) => kinds[at] === 'figure');
  const fitting = sections.filter((section) => {
    const roles = rolesByHeadings(headings, table.columnsOf(section));
    return headings.length > 0 && figures.every((at) => typeof roles[at] === 'object');
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The side that has rows with the names of a list, which the other has not. */
function sideByNames(
  rows: Grid,
  band: readonly number[],
  kinds: readonly Kind[],
  finders: readonly RowFinder[],
): SectionSpec | undefined {
  const cells = band
    .filter((at) => kinds[at] === 'label' || kinds[at] === 'name')
    .flatMap((at) => cellsOf(rows, at));
  const found = finders.filter((finder) =>
    cells.some((cell) => finders.every((one) => one.isLabel(cell) === (one === finder))),
  );
  return found.length === 1 ? found[0]!.section : undefined;
}

/** Columns with something in them whose headings do not say what they are. */
export function unknownColumns({ headings, rows, lists }: Block): string[] {
  if (headings.length === 0) return [];
  const width = greatestOf(
    rows.map((row) => row.length),
    0,
  );
  return Array.from({ length: width }, (_, at) => at).flatMap((at) => {
    if (lists.some(({ roles }) => roles[at]) || cellsOf(rows, at).length === 0) return [];
    const names = cellsOf(headings, at).filter((name) => !/^\d+$/.test(name));
    return names.at(-1) ?? `${at + 1}`;
  });
}
