import { greatestOf } from '../../syntax/arrays';
import { parseAmount } from '../../disclosure/amount';
import { halfWidth } from '../../disclosure/mistyped';
import { KeyIndex, normalizeKey, vocabulary, type ColumnSpec } from '../../disclosure/vocabulary';

/** What a column of a pasted block holds. */
export type Role = ColumnSpec | 'label' | 'name' | 'number' | undefined;

/** Headings of official forms that are no columns of figures. */
const LABELS =
  /^(?:项目|科目|科目编码|科目代码|编码|代码|功能分类科目编码|支出功能分类科目编码|经济分类科目编码|科目编码.*|.*分类科目编码)$/u;
const NAMES = /^(?:科目名称|名称|.*科目名称)$/u;
/** 行次 and 栏次 count lines and columns of the form. */
const NUMBERS = /^(?:行次|栏次|序号)$/u;

const markers = new Set(vocabulary.markers.map(normalizeKey));

/** A figure as a cell writes it; empty for a blank. Undefined for what is none. */
export function figureText(value: string): string | undefined {
  const text = halfWidth(value).replace(/\s/g, '');
  if (text === '' || markers.has(normalizeKey(text)) || text === vocabulary.derived) return text;
  return parseAmount(text, 0) ? text.replaceAll(',', '') : undefined;
}

/** Splits a block into its headings, if it has any, and the rows below them. */
export function splitHeadings(
  grid: readonly (readonly string[])[],
  columns: readonly ColumnSpec[],
): { headings: readonly (readonly string[])[]; rows: readonly (readonly string[])[] } {
  const index = new KeyIndex(columns.map((column) => [column, column]));
  const isHeading = (row: readonly string[]) =>
    !row.some((cell) => /\d/.test(cell) && figureText(cell) !== undefined) ||
    NUMBERS.test(normalizeKey(row[0] ?? ''));
  const roles = (row: readonly string[]) => row.filter((cell) => roleOf(cell, index) !== undefined);
  let count = 0;
  while (count < grid.length && isHeading(grid[count]!)) count++;
  // Rows without figures are headings only where one of them says what stands below.
  const first = grid.slice(0, count).findLastIndex((row) => roles(row).length > 1);
  if (first < 0) return { headings: [], rows: grid };
  const isNumbered = count > first + 1 && NUMBERS.test(normalizeKey(grid[first + 1]![0] ?? ''));
  const end = first + 1 + (isNumbered ? 1 : 0);
  return { headings: grid.slice(0, first + 1), rows: grid.slice(end) };
}

function roleOf(heading: string, index: KeyIndex<ColumnSpec>): Role {
  const key = normalizeKey(heading);
  if (key === '') return undefined;
  const column = index.get(heading);
  if (column) return column;
  if (LABELS.test(key)) return 'label';
  if (NAMES.test(key)) return 'name';
  return NUMBERS.test(key) ? 'number' : undefined;
}

/** What each column holds by its headings, the lowest first: forms print some over several columns. */
export function rolesByHeadings(
  headings: readonly (readonly string[])[],
  columns: readonly ColumnSpec[],
): Role[] {
  const index = new KeyIndex(columns.map((column) => [column, column]));
  const width = greatestOf(headings.map((row) => row.length));
  return Array.from({ length: width }, (_, at) => {
    for (const row of [...headings].reverse()) {
      const role = roleOf(row[at] ?? '', index);
      if (role) return role;
    }
    return undefined;
  });
}

/**
 * What each column holds where nothing says so: codes or names of rows first, a name beside them, then
 * figures. Undefined where there are not as many figures as columns.
 */
export function rolesByContent(
  rows: readonly (readonly string[])[],
  columns: readonly ColumnSpec[],
  isLabel: (cell: string) => boolean,
): { roles: Role[] } | { figures: number } {
  const width = greatestOf(rows.map((row) => row.length));
  const columnAt = (at: number) => rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');
  const roles: Role[] = [];
  const isMostly = (cells: readonly string[], test: (cell: string) => boolean) =>
    cells.length > 0 && cells.filter(test).length * 2 > cells.length;
  for (let at = 0; at < width; at++) {
    const cells = columnAt(at);
    if (!roles.includes('label') && isMostly(cells, isLabel)) roles.push('label');
    else if (isMostly(cells, (cell) => figureText(cell) === undefined)) roles.push('name');
    else if (columns.length === 1 && isCounting(cells)) roles.push('number');
    else roles.push(undefined);
  }
  const figures = roles.flatMap((role, at) => (role === undefined ? at : []));
  if (figures.length !== columns.length) return { figures: figures.length };
  return { roles: roles.map((role, at) => role ?? columns[figures.indexOf(at)]) };
}

/** 1, 2, 3 …: the numbers of lines. */
function isCounting(cells: readonly string[]): boolean {
  return (
    cells.length > 1 &&
    cells.every((cell, at) => at === 0 || BigIntOr(cell) === BigIntOr(cells[at - 1]!) + 1n)
  );
}

const BigIntOr = (text: string) => (/^\d{1,6}$/.test(text) ? BigInt(text) : -1n);
