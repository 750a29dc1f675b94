/** Blank cells any one of which, filled in, lets a cause hold. */
import type { Cell } from '../disclosure/model';
import { isNonZero } from '../disclosure/model';
import { neighboursOf } from '../repair/around';
import type { Candidate, Cause } from '../repair/cause';
import { isUnsaid } from '../repair/named';

/** The likeliest first: what was left out in a row, then between others that are filled in. */
export function fillInsOf({ sets }: Cause): Candidate[] {
  const blanks = new Map<Cell, Candidate>();
  for (const { candidates } of sets) {
    const [only, ...more] = candidates;
    if (!only || more.length > 0 || only.values.length === 0) continue;
    if (isUnsaid(only.cell)) blanks.set(only.cell, only);
  }
  const weights = new Map([...blanks.keys()].map((cell) => [cell, weightOf(cell)]));
  return [...blanks.values()].sort((a, b) => weights.get(b.cell)! - weights.get(a.cell)!);
}

/** How many figures beside it are written; in a row of several, whether it has none at all. */
function weightOf(cell: Cell): number {
  const { row, table } = cell;
  const own = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
  const isHollow = own.length > 1 && !own.some((one) => one.state === 'amount');
  return (isHollow ? HOLLOW : 0) + neighboursOf(cell).filter(isNonZero).length;
}

/** More than a cell has neighbours. */
const HOLLOW = 3;
