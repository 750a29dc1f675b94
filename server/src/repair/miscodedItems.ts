/** Rows that tell another subject's figures, under a code of which a table they are compared with has none. */
import { isSameAmount } from '../disclosure/amount';
import { isNonZero, type Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Operand } from '../relations/relation';
import type { Hypothesis } from './miscoded';

/**
 * The subjects of that table with the very figure of such a row: of a text they are tried as they are, of another table
 * where the codes are one slip apart and no other place knows the wrong one.
 */
export function* missingFromTable(
  { relation: { left, right, base, comparator } }: Evaluation,
  isAlone: (code: string) => boolean,
): Iterable<Hypothesis> {
  if (base || left.length !== 1) return;
  const { cell } = left[0]!;
  const others = right.filter((one) => isNonZero(one.cell));
  if (comparator === 'eq') {
    yield* toldAs(left[0]!, right);
    if (right.length === 1) yield* listedAs(cell, right[0]!.cell, isAlone);
  }
  // What is at most all that another table has of the subject, or as much, which has nothing of it.
  if (others.length === 1) yield* listedAs(others[0]!.cell, cell, isAlone);
}

function* toldAs(
  { cell: said }: Operand,
  [listed, ...more]: readonly Operand[],
): Iterable<Hypothesis> {
  const { table, row } = said;
  if (!listed || more.length > 0 || table.spec.section === undefined || !row.titleNode) return;
  for (const code of subjectsLike(said, listed.cell))
    yield { table, row, code, isAlike: true, isStrange: true, node: row.titleNode };
}

function* listedAs(own: Cell, all: Cell, isAlone: (code: string) => boolean): Iterable<Hypothesis> {
  const { table, row } = own;
  if (table.spec.section !== undefined || row.code === undefined || !isAlone(row.code)) return;
  for (const code of subjectsLike(own, all)) yield { table, row, code };
}

/** The subjects with the figure of a row in a table that has nothing under its code. */
function* subjectsLike(own: Cell, listed: Cell): Iterable<string> {
  const { code } = own.row;
  const { table, row, column } = listed;
  if (code === undefined || table.spec.section !== undefined || row.code !== code) return;
  if (!isNonZero(own) || isNonZero(listed)) return;
  for (const { id, code: other, entry, section } of table.rows.values()) {
    const cell = entry && section === row.section && table.cell(id, column.id);
    if (cell && other !== code && other?.length === code.length && isSame(cell, own)) yield other;
  }
}

const isSame = ({ amount: one }: Cell, { amount: other }: Cell) =>
  one !== undefined && other !== undefined && isSameAmount(one, other);
