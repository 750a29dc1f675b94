import { halves } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure, type Row } from '../disclosure/model';
import { cellsOf, type Network } from '../relations/network';
import type { Cause } from './causes';

/** Where a wrong figure was probably copied from. */
export interface Source {
  readonly cell: Cell;
  /** It is what the cell was last year: this year's amount less the change. */
  readonly last: boolean;
}

/** Fewer digits than these are the same by chance. */
const FEWEST_DIGITS = 3;

/**
 * The figure next to the wrong one, or next to the one it should repeat, that prints the same: in another
 * column of the row, in the row above or below, in the same place of another table, or last year's.
 */
export function copiedFrom(
  disclosure: Disclosure,
  network: Network,
  { cell, members, verdict }: Cause,
): Source | undefined {
  const equal = members.filter(({ relation }) => relation.rule.kind === 'equal');
  if (verdict === 'tail' || equal.length === 0 || !isTelling(cell)) return undefined;
  const meant = equal.flatMap(({ relation }) => [...cellsOf(relation)]);
  const twins = new Set(
    network
      .of(cell)
      .map(({ relation }) => cellsOf(relation))
      .filter(({ size }) => size === 2)
      .flatMap((cells) => [...cells]),
  );
  for (const place of new Set([cell, ...meant])) {
    if (isLastYear(cell, place)) return { cell: place, last: true };
    for (const other of around(place, disclosure)) {
      if (other === cell || twins.has(other)) continue;
      if (!isNonZero(other) || !isSame(cell, other)) continue;
      return { cell: other, last: false };
    }
  }
  return undefined;
}

function isTelling({ amount }: Cell): boolean {
  const digits = String(amount?.units ?? 0n).replace(/^-/, '');
  return digits.replace(/0+$/, '').length >= FEWEST_DIGITS;
}

/** Other columns of the row, the same place in other tables, the rows above and below. */
function* around({ table, row, column }: Cell, disclosure: Disclosure): Iterable<Cell> {
  for (const id of row.values.keys()) {
    const other = table.cell(row.id, id);
    if (other) yield other;
  }
  // What is told of one indicator in two places is no copy of something else.
  for (const elsewhere of row.title === undefined ? disclosure.tables.values() : []) {
    const same = elsewhere.rows.has(row.id) ? elsewhere.cell(row.id, column.id) : undefined;
    if (same) yield same;
  }
  for (const { id } of neighbours(row, [...table.rows.values()])) {
    const beside = table.cell(id, column.id);
    if (beside) yield beside;
  }
}

/** The rows written just before and just after one. */
function neighbours(row: Row, rows: readonly Row[]): Row[] {
  const printed = rows.filter(({ section, printed: is }) => is && section === row.section);
  const at = printed.indexOf(row);
  return at < 0 ? [] : [printed[at - 1], printed[at + 1]].flatMap((other) => other ?? []);
}

function isLastYear(cell: Cell, { table, row, column, amount }: Cell): boolean {
  const change = column.id === 'amount' ? table.cell(row.id, 'change') : undefined;
  if (!amount || !change || !isNonZero(change)) return false;
  const place = Math.min(cell.amount!.place, amount.place, change.amount!.place);
  const last = halves(amount, place) - halves(change.amount!, place);
  return last === halves(cell.amount!, place);
}

function isSame({ amount: a, unit: first }: Cell, { amount: b, unit: second }: Cell): boolean {
  if (first.measure !== second.measure) return false;
  const place = Math.min(a!.place, b!.place);
  return halves(a!, place) === halves(b!, place);
}
