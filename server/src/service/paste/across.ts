import {
  KeyIndex,
  vocabulary,
  type ColumnSpec,
  type SectionSpec,
} from '../../disclosure/vocabulary';
import { greatestOf } from '../../syntax/arrays';
import { figureText, type Grid } from './headings';

/** Fewer names of rows than these in headings are columns of another table that are called so. */
const FEWEST_ROWS = 3;

/**
 * A form that prints its rows from left to right, as that of the 三公 expenses: their names are the headings, above
 * them or at the left the columns. As the same rows one below another; undefined for any other block.
 */
export function rowsAcross(grid: Grid, section: SectionSpec): Grid | undefined {
  const rows = new KeyIndex(section.rows.map((row) => [row, row.key]));
  const columns = new KeyIndex(section.columns.map((column) => [column, column]));
  const first = grid.findIndex((cells) => cells.some(isFigure) && !isCount(cells));
  const headings = grid.slice(0, first).filter((cells) => !isCount(cells));
  const width = greatestOf(grid.map((cells) => cells.length));
  const places = Array.from({ length: width }, (_, at) => at);
  // The lowest heading says most: 小计 stands below the name of its row.
  const names = places.map(
    (at) => [...headings].reverse().flatMap((cells) => rows.get(cells[at] ?? '') ?? [])[0],
  );
  if (first < 0 || names.filter((name) => name !== undefined).length < FEWEST_ROWS)
    return undefined;
  const above = columnsAbove(headings, places, columns);
  const found = new Map<string, Map<ColumnSpec, string>>();
  for (const cells of grid.slice(first)) {
    const own = cells.flatMap((cell) => columns.get(cell) ?? [])[0];
    for (const at of places) {
      const name = names[at];
      const column = own ?? above[at];
      const value = cells[at] ?? '';
      if (name === undefined || value === '') continue;
      const row = found.get(name) ?? new Map<ColumnSpec, string>();
      // Two figures for one cell, or one for none: not this form.
      if (!column || row.has(column)) return undefined;
      found.set(name, row.set(column, value));
    }
  }
  const used = section.columns.filter((column) =>
    [...found.values()].some((row) => row.has(column)),
  );
  const [label = ''] = vocabulary.headings.labels;
  const listed = [...found].map(([name, row]) => [name, ...used.map((one) => row.get(one) ?? '')]);
  return [[label, ...used.map(({ key }) => key)], ...listed];
}

const isFigure = (cell: string) => /\d/.test(cell) && figureText(cell) !== undefined;

/** 栏次 1 2 3: from one on, each one more than the one before. */
function isCount(cells: readonly string[]): boolean {
  const numbers = cells.filter((cell) => /^\d+$/.test(cell));
  return numbers.length > 1 && numbers.every((cell, at) => cell === `${at + 1}`);
}

/** The column whose heading stands above each place, or above one to its left: forms merge these cells. */
function columnsAbove(
  headings: Grid,
  places: readonly number[],
  columns: KeyIndex<ColumnSpec>,
): (ColumnSpec | undefined)[] {
  let last: ColumnSpec | undefined;
  return places.map((at) => {
    last = headings.flatMap((cells) => columns.get(cells[at] ?? '') ?? [])[0] ?? last;
    return last;
  });
}
