import { halves, halfWidth, parseAmount, ZERO, type Amount } from '../../disclosure/amount';
import { vocabulary, type ColumnSpec, type SectionSpec } from '../../disclosure/vocabulary';
import { greatestOf, leastOf } from '../../syntax/arrays';
import type { Kind } from './bands';
import { figureText, type Grid } from './headings';

/** What a cell may name: a row, and a row beyond doubt. */
export interface Known {
  readonly isLabel: (cell: string) => boolean;
  readonly isCertain: (cell: string) => boolean;
}

/**
 * What each column holds where nothing says so: codes or names of rows first, a name beside them, then
 * figures; and behind those perhaps the same again, which codes and names that are known tell.
 */
export function kindsByContent(rows: Grid, { isLabel, isCertain }: Known): Kind[] {
  const width = greatestOf(rows.map((row) => row.length));
  const kinds: Kind[] = [];
  for (let at = 0; at < width; at++) {
    const cells = cellsOf(rows, at);
    const isFirst = !kinds.includes('label');
    if (isFirst ? isMostly(cells, isLabel) : isLabelled(kinds, cells, isCertain))
      kinds.push('label');
    else if (kinds.at(-1) === 'label' && isFurther(rows, at)) kinds.push('label');
    else kinds.push(isMostly(cells, (cell) => !isFigure(cell)) ? 'name' : 'figure');
  }
  // Without figures there is nothing to name: whole numbers that look like codes are the figures.
  const isNumbers = (at: number) => cellsOf(rows, at).every(isFigure);
  return kinds.includes('figure')
    ? kinds
    : kinds.map((kind, at) => (kind === 'label' && isNumbers(at) ? 'figure' : kind));
}

/** Whether a column goes on with the codes to its left: 208, 05, 01, or 208, 20805, 2080501. */
function isFurther(rows: Grid, at: number): boolean {
  const pairs = rows
    .filter((row) => (row[at] ?? '') !== '')
    .map((row) => [row[at - 1] ?? '', row[at]!]);
  return (
    pairs.length > 0 &&
    pairs.every(([left, own]) => /^\d{2,5}$/.test(left!) && isNextLevel(left!, own!))
  );
}

const isNextLevel = (left: string, own: string) =>
  /^0\d$/.test(own) ||
  (own.length === left.length + 2 && own.startsWith(left) && /^\d+$/.test(own));

/** Whether a column behind figures names rows, and holds no figure. */
const isLabelled = (
  kinds: readonly Kind[],
  cells: readonly string[],
  isCertain: Known['isCertain'],
) => kinds.lastIndexOf('figure') > kinds.lastIndexOf('label') && isNaming(cells, isCertain);

/** Whether cells are names of rows that are known, and no figures. */
export const isNaming = (cells: readonly string[], isCertain: Known['isCertain']) =>
  isMostly(cells, isCertain) &&
  cells.every((cell) => isCertain(cell) || figureText(cell) === undefined);

/**
 * The columns of the table that those of a list are, by their order: all of them, or those of a shorter form
 * where its rows add up. Otherwise how many there are.
 */
export function columnsByOrder(
  rows: Grid,
  figures: readonly number[],
  columns: readonly ColumnSpec[],
  { short = [] }: SectionSpec,
  unit: number,
): ReadonlyMap<number, ColumnSpec> | number {
  let at = isLineNumbers(rows, figures, columns.length) ? figures.slice(1) : figures;
  // A blank column is one of the form, unless there are too many then.
  const filled = at.filter((index) => cellsOf(rows, index).length > 0);
  if (at.length > columns.length && filled.length <= columns.length) at = filled;
  const pairs = (taken: readonly ColumnSpec[]) =>
    new Map(at.map((index, order) => [index, taken[order]!]));
  if (at.length === columns.length) return pairs(columns);
  const ids = short.find(({ length }) => length === at.length);
  const shorter = columns.filter(({ id }) => ids?.includes(id));
  return shorter.length === at.length && at.length > 0 && addUp(rows, at, unit)
    ? pairs(shorter)
    : at.length;
}

/**
 * Whether the first of some columns counts lines: 1, 2, 3 … Where there is one column too many, lines may
 * have been left out.
 */
function isLineNumbers(rows: Grid, [first, ...others]: readonly number[], known: number): boolean {
  if (first === undefined) return false;
  const cells = cellsOf(rows, first);
  if (cells.length > 2 && others.length === known) return isRising(cells, (step) => step > 0n);
  const isSure = known === 1 || cells.length > 2 || others.length === known;
  return isSure && cells.length > 1 && isRising(cells, (step) => step === 1n);
}

const isRising = (cells: readonly string[], isStep: (step: bigint) => boolean) =>
  cells.every(
    (cell, at) =>
      /^\d{1,4}$/.test(cell) && (at === 0 || isStep(BigInt(cell) - BigInt(cells[at - 1]!))),
  );

/** Whether the first of some columns is the sum of the others in every row, within rounding, and prints something. */
function addUp(rows: Grid, figures: readonly number[], unit: number): boolean {
  const lists = rows
    .map((row) => figures.map((index) => amountOf(row[index] ?? '', unit)))
    .filter((amounts) => amounts.some((amount) => amount?.units !== 0n));
  return lists.length > 0 && lists.every((amounts) => isSum(amounts));
}

function isSum(amounts: readonly (Amount | undefined)[]): boolean {
  const known = amounts.filter((amount) => amount !== undefined);
  if (known.length < amounts.length) return false;
  const place = leastOf(known.map((amount) => amount.place));
  const [total = 0n, ...parts] = known.map((amount) => halves(amount, place));
  const width = known.reduce((sum, amount) => sum + halfWidth(amount, place), 0n);
  const gap = total - parts.reduce((sum, part) => sum + part, 0n);
  return total !== 0n && (gap < 0n ? -gap : gap) <= width;
}

/** Zero for a blank; undefined where it cannot be told. */
function amountOf(cell: string, unit: number): Amount | undefined {
  const text = figureText(cell);
  if (text === undefined || text === vocabulary.derived) return undefined;
  return parseAmount(text, unit) ?? ZERO;
}

/** What stands in a column, but for blanks. */
export const cellsOf = (rows: Grid, at: number) =>
  rows.map((row) => row[at] ?? '').filter((cell) => cell !== '');

const isFigure = (cell: string) => figureText(cell) !== undefined;

const isMostly = (cells: readonly string[], test: (cell: string) => boolean) =>
  cells.length > 0 && cells.filter(test).length * 2 > cells.length;
