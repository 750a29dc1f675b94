/** Lines of a form that a file does not write while others tell of them. */
import type { Amount } from '../disclosure/amount';
import { isNonZero, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { operandsOf, tableWithin } from '../relations/relation';
import { isUnwritten, nameOf } from './lostFigures';
import type { LostRow } from './cause';
import type { Evaluated } from './lostRows';
import { Localization } from './localization';
import { hasFixedRows } from './plain';

/**
 * Lines that other tables name with a figure. Of a line of which only the sums of its own table tell, nobody
 * knows that it is the one that is lacking.
 */
export function linesLackedBy(table: Table, failing: readonly Evaluation[]): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { relation } of failing) {
    if (relation.base || tableWithin(relation) === table) continue;
    const cells = operandsOf(relation).map(({ cell }) => cell);
    if (!cells.some((cell) => cell.table !== table && isNonZero(cell))) continue;
    for (const cell of cells) {
      const { row } = cell;
      const isLine = cell.table === table && isUnwritten(cell) && hasFixedRows(row.section);
      if (isLine && row.spec && !row.spec.total) lines.add(nameOf(row));
    }
  }
  return lines;
}

/**
 * The figures of a line that is supposed to be written, with those of its other columns that would let all
 * hold; undefined where nothing tells them.
 */
export function restOfLine(
  { table, row, figures }: LostRow,
  after: Evaluated | undefined,
): Map<string, Amount> | undefined {
  if (!after) return undefined;
  const whole = new Map(figures);
  for (const { sets } of new Localization(after.network, after.disclosure).causes()) {
    for (const { candidates } of sets) {
      const isOwn = candidates.every(
        ({ cell }) => cell.table.id === table.id && nameOf(cell.row) === row,
      );
      if (!isOwn) continue;
      for (const { cell, values } of candidates) {
        if (values[0] && !whole.has(cell.column.id)) whole.set(cell.column.id, values[0]);
      }
    }
  }
  return whole.size > figures.size ? whole : undefined;
}
