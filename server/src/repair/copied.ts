import { halves, isSameAmount } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import { cellsOf, pairOf, type Network } from '../relations/network';
import { namesakesOf, neighboursOf } from './around';
import type { Cause } from './cause';
import { isTelling } from './solve/slips';

/** Where a wrong figure was probably copied from. */
export interface Source {
  readonly cell: Cell;
  /** It is what the cell was last year: this year's amount less the change. */
  readonly last: boolean;
}

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
  if (equal.length === 0 || !isTelling(cell.printed)) return undefined;
  const meant = equal.flatMap(({ relation }) => [...cellsOf(relation)]);
  const last = [cell, ...meant].find((place) => isLastYear(cell, place));
  if (last) return { cell: last, last: true };
  // What should be the same anyway is no source.
  const twins = new Set(network.of(cell).flatMap(({ relation }) => pairOf(relation) ?? []));
  for (const other of [...neighboursOf(cell), ...namesakesOf(cell, network, disclosure)]) {
    if (other !== cell && !twins.has(other) && isNonZero(other) && isSame(cell, other)) {
      return { cell: other, last: false };
    }
  }
  return undefined;
}

function isLastYear(cell: Cell, { table, row, column, amount }: Cell): boolean {
  const change = column.id === 'amount' ? table.cell(row.id, 'change') : undefined;
  if (!amount || !change || !isNonZero(change)) return false;
  const place = Math.min(cell.amount!.place, amount.place, change.amount!.place);
  const last = halves(amount, place) - halves(change.amount!, place);
  return last === halves(cell.amount!, place);
}

function isSame({ amount: a, unit: first }: Cell, { amount: b, unit: second }: Cell): boolean {
  return first.measure === second.measure && isSameAmount(a!, b!);
}
