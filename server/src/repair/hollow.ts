/** Rows of lists that stand there without a figure. */
import type { Row, Table } from '../disclosure/model';
import { Memo } from '../syntax/memo';

/** Whether a row of a list prints no figure: nobody writes one for nothing. */
export function isHollow(row: Row, table: Table): boolean {
  if (!row.entry || row.spec) return false;
  for (const column of row.values.keys()) {
    const state = table.cell(row.id, column)?.state ?? 'blank';
    if (state !== 'blank' && state !== 'derived') return false;
  }
  return true;
}

/** Whether the last subjects of a table, one alone may have been emptied, stand there without a figure. */
export function hasRowsToCome(table: Table): boolean {
  const last = lastSubjects(table);
  return last.length === 2 && last.every((row) => isHollow(row, table));
}

/** A table's rows stay the same objects in the same order for as long as it is the same. */
const lastKnown = new Memo<Table['rows'], readonly Row[]>();

/** A line of a list: a form that prints the same ones for all leaves most of them blank for good. */
const isSubject = ({ entry, code, section: { codes } }: Row): boolean =>
  entry !== undefined &&
  code !== undefined &&
  codes?.classification === 'functional' &&
  codes.lines === undefined;

/** The last two subjects of a list. */
function lastSubjects({ rows }: Table): readonly Row[] {
  let last = lastKnown.get(rows);
  if (last) return last;
  last = [...rows.values()].filter(isSubject).slice(-2);
  lastKnown.set(rows, last);
  return last;
}

/** Whether a row of a list stands there without a figure. */
export const hasHollowRow = (table: Table): boolean =>
  [...table.rows.values()].some(
    (row) => row.section.codes?.lines === undefined && isToFillIn(row, table),
  );

/** Whether a subject of a list, another one than a row, is still to be filled in. */
export const hasSubjectToCome = (table: Table, but?: Row): boolean =>
  [...table.rows.values()].some((row) => {
    return row !== but && isSubject(row) && isToFillIn(row, table);
  });

const isToFillIn = (row: Row, table: Table): boolean =>
  isHollow(row, table) && [...row.values.keys()].some(isBlankIn(row, table));

const isBlankIn = (row: Row, table: Table) => (column: string) =>
  table.cell(row.id, column)?.state === 'blank';
