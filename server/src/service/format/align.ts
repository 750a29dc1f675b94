import { isSubjectKey } from '../../catalog/places';
import { greatestOf, leastOf } from '../../syntax/arrays';
import type { TextEdit, TextRange } from '../../syntax/tree';
import { figureOf, isMarker, labelWidth, placeInColumns } from './columns';
import type { Row } from './rows';
import { displayWidth } from './width';

/** The edits that align rows which stand together: those with cells as a table, the others as a column. */
export function alignEdits(run: readonly Row[], text: string): TextEdit[] {
  const blanks = new Blanks(text);
  alignTable(
    run.filter(({ value }) => value === undefined),
    blanks,
  );
  alignValues(
    run.filter(({ value }) => value !== undefined),
    blanks,
  );
  return blanks.edits;
}

/** Exchanges blanks for as many as are wanted. */
class Blanks {
  readonly edits: TextEdit[] = [];

  constructor(readonly text: string) {}

  set(range: TextRange | undefined, count: number): void {
    if (!range) return;
    const newText = ' '.repeat(count);
    if (this.text.slice(range.start, range.end) !== newText) this.edits.push({ range, newText });
  }
}

function alignTable(rows: readonly Row[], blanks: Blanks): void {
  const labels = rows.map(({ label }) => displayWidth(label));
  const longest = greatestOf(
    rows.map(({ label }) => labelWidth(label)),
    0,
  );
  const placings = placeInColumns(rows.map(({ cells }) => cells));
  const widths = rows.map((row, index) => {
    const { open, cells } = placings[index]!;
    blanks.set(row.before, Math.max(1, 1 + longest - labels[index]!));
    blanks.set(row.open, open);
    let width = open;
    for (const [at, cell] of row.cells.entries()) {
      const { before, after } = cells[at]!;
      blanks.set(cell.beforeColon, 0);
      blanks.set(cell.before, before);
      blanks.set(cell.beforeComma, 0);
      blanks.set(cell.after, after);
      width += displayWidth(cell.label) + before + displayWidth(cell.value) + after;
      if (cell.hasComma) width++;
    }
    return width + row.cells.length;
  });
  alignComments(rows, widths, blanks);
}

/** One value a line: figures by their decimal points, words where they stand in a column already. */
function alignValues(rows: readonly Row[], blanks: Blanks): void {
  const values = rows.map(({ value }) => value!);
  // A code is no figure, nor is a column of figures less of one for the code above it.
  const figures = rows.map((row) => (isCode(row) ? undefined : figureOf(row.value!)));
  const isFigures =
    figures.filter(Boolean).length > 1 &&
    rows.every((row, index) => isCode(row) || figures[index] !== undefined || isMarker(row.value!));
  const labels = rows.map(({ label }) => displayWidth(label));
  const longest = greatestOf(
    rows.map(({ label }) => labelWidth(label)),
    0,
  );
  const whole = greatestOf(
    figures.map((figure) => displayWidth(figure?.whole ?? '')),
    0,
  );
  const fraction = greatestOf(
    figures.map((figure) => displayWidth(figure?.fraction ?? '')),
    0,
  );
  const inColumn = isFigures || isColumn(rows, labels, longest);
  const widths = rows.map((row, index) => {
    const value = values[index]!;
    const label = labels[index]!;
    let before = inColumn ? Math.max(1, 1 + longest - label) : 1;
    if (isFigures && !isCode(row)) {
      const figure = figures[index];
      before += figure
        ? whole - displayWidth(figure.whole)
        : Math.max(whole + fraction - displayWidth(value), 0);
    }
    if (value === '') return label;
    blanks.set(row.before, before);
    return label + before + displayWidth(value);
  });
  if (inColumn) alignComments(rows, widths, blanks);
}

/** Whether what a row says is which subject it is about. */
const isCode = ({ label }: Row) => isSubjectKey(label.replace(/^["']|["']$/g, ''));

/** Whether somebody has put values of different keys below each other: most of the shorter keys have blanks for it. */
function isColumn(rows: readonly Row[], labels: readonly number[], longest: number): boolean {
  const short = rows.filter((row, index) => row.value !== '' && labels[index]! < longest);
  const spaced = short.filter(({ before }) => before && before.end - before.start > 1);
  return spaced.length > short.length / 2;
}

/** What is wider stands out of the column of comments. */
const WIDEST_ROW = 400;

/** Comments behind rows stand in a column of their own, as near as the nearest was. */
function alignComments(rows: readonly Row[], widths: readonly number[], blanks: Blanks): void {
  const commented = rows.flatMap(({ comment }, index) =>
    comment ? [{ comment, width: widths[index]! }] : [],
  );
  if (commented.length === 0) return;
  const gap = leastOf(commented.map(({ comment }) => comment.end - comment.start));
  const column = greatestOf(commented.map(({ width }) => (width <= WIDEST_ROW ? width : 0))) + gap;
  for (const { comment, width } of commented) blanks.set(comment, Math.max(gap, column - width));
}
