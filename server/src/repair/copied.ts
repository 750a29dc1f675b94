import { halves } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import { cellsOf, type Network } from '../relations/network';
import { namesakesOf, neighboursOf } from './around';
import type { Cause } from './cause';

/** Where a wrong figure was probably copied from. */
export interface Source {
  readonly cell: Cell;
  /** It is what the cell was last year: this year's amount less the change. */
  readonly last: boolean;
}

/** Fewer digits than these are the same by chance. */
const FEWEST_DIGITS = 3;

/**
 * The figure around the wrong one that prints the same (see `around`), or last year's of the one that it
 * should repeat.
 */
export function copiedFrom(
  disclosure: Disclosure,
  network: Network,
  { cell, members }: Cause,
): Source | undefined {
  const equal = members.filter(({ relation }) => relation.rule.kind === 'equal');
  if (equal.length === 0 || !isTelling(cell)) return undefined;
  const meant = equal.flatMap(({ relation }) => [...cellsOf(relation)]);
  const last = [cell, ...meant].find((place) => isLastYear(cell, place));
  if (last) return { cell: last, last: true };
  for (const other of [...neighboursOf(cell), ...namesakesOf(cell, network, disclosure)]) {
    const says = network.of(cell).some(({ relation }) => isPair(cellsOf(relation), other));
    if (other !== cell && !says && isNonZero(other) && isSame(cell, other)) {
      return { cell: other, last: false };
    }
  }
  return undefined;
}

/** What should be the same anyway is no source. */
const isPair = (cells: ReadonlySet<Cell>, other: Cell) => cells.size === 2 && cells.has(other);

function isTelling({ amount }: Cell): boolean {
  const digits = String(amount?.units ?? 0n).replace(/^-/, '');
  return digits.replace(/0+$/, '').length >= FEWEST_DIGITS;
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
