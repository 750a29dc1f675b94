/** Subjects that a table lacks, by what else the document says. */
import { beginningsOf } from '../catalog/above';
import { isNonZero, type Cell, type Disclosure, type Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import { operandsOf } from '../relations/relation';
import { isHollow } from './hollow';
import { isUnwritten, nameOf } from './lostFigures';

/** Codes of which something that fails speaks, or which a table of the same subjects lists. */
export function codesLackedBy(
  table: Table,
  failing: readonly Evaluation[],
  { tables }: Disclosure,
): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const { relation } of failing) {
    const operands = operandsOf(relation);
    const isToldOf = operands.some(({ cell }) => cell.table !== table && isNonZero(cell));
    for (const { cell } of operands) {
      if (cell.table !== table || !cell.row.code || !isUnwritten(cell)) continue;
      if (cell.row.section.id === '' || (isToldOf && isSplit(cell))) codes.add(nameOf(cell.row));
    }
  }
  if (!isSister(table)) return codes;
  const others = [...tables.values()].filter((other) => other !== table && isSister(other));
  if (codes.size === 0 && others.length === 0) return codes;
  const printed = codesPrintedIn(table);
  for (const other of others) {
    for (const code of codesPrintedIn(other)) if (!printed.has(code)) codes.add(code);
  }
  if (codes.size === 0) return codes;
  // A subject whose sub-subjects a table prints need not be printed itself.
  const above = new Set([...printed].flatMap(beginningsOf));
  return new Set([...codes].filter((code) => !above.has(code) && !printed.has(code)));
}

/** Whether others list the same subjects. */
const isSister = ({ spec }: Table): boolean => vocabulary.sisters.includes(spec.id);

/** Of a line of a form with one figure it is told at that. */
const isSplit = ({ table, row }: Cell) => table.columnsOf(row.section).length > 1;

/** Rows that print nothing but their code aside. */
function codesPrintedIn(table: Table): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const row of table.rows.values()) {
    if (row.entry && row.code !== undefined && !isHollow(row, table)) codes.add(row.code);
  }
  return codes;
}
