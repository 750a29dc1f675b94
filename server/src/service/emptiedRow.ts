import type { Amount } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import { isList } from '../repair/unfinished';

/** Whether nothing is left in a row of a list: nobody writes one for nothing. It is rather its code that is wrong. */
export function emptiesRow(changes: ReadonlyMap<Cell, Amount>): boolean {
  const unitsThen = (cell: Cell) => {
    const printed = cell.state === 'amount' ? cell.amount : undefined;
    return (changes.get(cell) ?? printed)?.units ?? 0n;
  };
  return [...changes].some(([cell, { units }]) => {
    const { row, table } = cell;
    if (units !== 0n || row.spec || !row.entry || !isList(cell)) return false;
    const cells = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
    return cells.every((one) => unitsThen(one) === 0n);
  });
}
