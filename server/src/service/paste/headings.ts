import { greatestOf } from '../../syntax/arrays';
import { parseAmount } from '../../disclosure/amount';
import { halfWidth } from '../../disclosure/mistyped';
import { KeyIndex, normalizeKey, vocabulary, type ColumnSpec } from '../../disclosure/vocabulary';
import type { Kind } from './bands';

/** What a column of a pasted block holds: the column of the table that its figures go to, or no figures. */
export type Role = ColumnSpec | Exclude<Kind, 'figure'>;

/** A block, or a part of it: rows of cells. */
export type Grid = readonly (readonly string[])[];

const { labels, subject, codes, names, numbers } = vocabulary.headings;
const oneOf = (words: readonly string[]) => `(?:${words.join('|')})`;

/** Headings of official forms that are no columns of figures: 项目（按功能分类）, 功能分类科目编码. */
const LABELS = new RegExp(
  `^(?:${oneOf(labels)}(?:\\(.*\\))?|(?:.*${subject})?${oneOf(codes)}.*)$`,
  'u',
);
const NAMES = new RegExp(`^(?:.*${subject})?${oneOf(names)}$`, 'u');
/** 行次 and 栏次 count lines and columns of the form. */
const NUMBERS = new RegExp(`^${oneOf(numbers)}$`, 'u');

const markers = new Set(vocabulary.markers.map(normalizeKey));

/** A figure as a cell writes it; empty for a blank. Undefined for what is none. */
export function figureText(value: string): string | undefined {
  const text = halfWidth(value).replace(/\s/g, '');
  if (text === '' || markers.has(normalizeKey(text)) || text === vocabulary.derived) return text;
  return parseAmount(text, 0) ? text.replaceAll(',', '') : undefined;
}

/** Splits a block into its headings, if it has any, and the rows below them. */
export function splitHeadings(
  grid: Grid,
  columns: readonly ColumnSpec[],
): { headings: Grid; rows: Grid } {
  const index = new KeyIndex(columns.map((column) => [column, column]));
  const isNumbers = (row: readonly string[]) =>
    row.some((cell) => NUMBERS.test(normalizeKey(cell)));
  const isHeading = (row: readonly string[]) =>
    !row.some((cell) => /\d/.test(cell) && figureText(cell) !== undefined) || isNumbers(row);
  const roles = (row: readonly string[]) => row.filter((cell) => roleOf(cell, index) !== undefined);
  let count = 0;
  while (count < grid.length && isHeading(grid[count]!)) count++;
  // Rows without figures are headings only where one of them says what stands below.
  const first = grid
    .slice(0, count)
    .findLastIndex((row) => !isCounted(row) && roles(row).length > 1);
  if (first < 0) {
    const isCount = (row: readonly string[], at: number) => at < count && isNumbers(row);
    return { headings: [], rows: grid.filter((row, at) => !isCount(row, at)) };
  }
  const isNumbered = count > first + 1 && isNumbers(grid[first + 1]!);
  const end = first + 1 + (isNumbered ? 1 : 0);
  return { headings: grid.slice(0, end), rows: grid.slice(end) };
}

/** Whether a row of headings counts the columns: 栏次 1 2 3. */
const isCounted = (row: readonly string[]) => row.some((cell) => /^\d+$/.test(cell));

function roleOf(cell: string, index: KeyIndex<ColumnSpec>): Role {
  const heading = cell.replace(HEADING_UNIT, '');
  const key = normalizeKey(heading);
  if (key === '') return undefined;
  const column = index.get(heading);
  if (column) return column;
  if (LABELS.test(key)) return 'label';
  if (NAMES.test(key)) return 'name';
  return NUMBERS.test(key) ? 'number' : undefined;
}

/** What each column holds by its headings, the lowest first: forms print some over several columns. */
export function rolesByHeadings(headings: Grid, columns: readonly ColumnSpec[]): Role[] {
  const index = new KeyIndex(columns.map((column) => [column, column]));
  const width = greatestOf(headings.map((row) => row.length));
  return Array.from({ length: width }, (_, at) => {
    const roles = [...headings].reverse().flatMap((row) => roleOf(row[at] ?? '', index) ?? []);
    // 栏次 stands below the heading of the names.
    return roles.find((role) => role !== 'number') ?? roles[0];
  });
}

const UNITS = Object.keys(vocabulary.units).join('|');
const UNIT = new RegExp(`(?:金额)?单位\\s*[:：]\\s*(?:人民币)?\\s*(${UNITS})(?!\\p{L})`, 'u');
/** `决算数（元）` */
const HEADING_UNIT = new RegExp(`\\s*[（(]\\s*(?:单位[:：])?\\s*(${UNITS})\\s*[）)]$`, 'u');

/** The units that a form names above or beside its headings, 单位：万元, or in them. */
export const unitsIn = (grid: Grid): string[] =>
  grid.flat().flatMap((cell) => (UNIT.exec(cell) ?? HEADING_UNIT.exec(cell))?.[1] ?? []);

export const kindOf = (role: Role): Kind => (typeof role === 'object' ? 'figure' : role);
