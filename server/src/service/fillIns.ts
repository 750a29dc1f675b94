/** Blank cells any one of which, filled in, lets a cause hold. */
import type { Cell } from '../disclosure/model';
import { isNonZero } from '../disclosure/model';
import { neighboursOf } from '../repair/around';
import type { Candidate, Cause } from '../repair/cause';
import { isUnsaid } from '../repair/named';
import { tableWithin } from '../relations/relation';

/**
 * The likeliest first: a line left out, what was left out in a row or of a table that does not add up, then between
 * others that are filled in.
 */
export function fillInsOf({ sets, members }: Cause): Candidate[] {
  const blanks = new Map<Cell, Candidate>();
  for (const { candidates } of sets) {
    const [only, ...more] = candidates;
    if (!only || more.length > 0 || only.values.length === 0) continue;
    if (isUnsaid(only.cell) || isLeftOut(only.cell)) blanks.set(only.cell, only);
  }
  const unbalanced = new Set(members.flatMap(({ relation }) => tableWithin(relation) ?? []));
  const weights = new Map(
    [...blanks.keys()].map((cell) => {
      const beside = unbalanced.has(cell.table) ? HOLLOW : 0;
      return [cell, weightOf(cell) + beside];
    }),
  );
  return [...blanks.values()].sort((a, b) => weights.get(b.cell)! - weights.get(a.cell)!);
}

/** How many figures beside it are written; in a row of several, whether it has none at all. */
function weightOf(cell: Cell): number {
  const { row, table } = cell;
  if (!row.entry) return LEFT_OUT;
  const own = [...row.values.keys()].flatMap((column) => table.cell(row.id, column) ?? []);
  const isHollow = own.length > 1 && !own.some((one) => one.state === 'amount');
  return (isHollow ? HOLLOW : 0) + neighboursOf(cell).filter(isNonZero).length;
}

/** The only line of a side of a form that is not written, for most write them all or only those that have figures. */
function isLeftOut({ row: { entry, spec, section }, state, table }: Cell): boolean {
  if (entry || state !== 'blank' || !spec || spec.total || table.spec.section !== undefined)
    return false;
  const own = [...table.rows.values()].filter((row) => row.section === section && row.spec);
  return section.rows.includes(spec) && own.every((row) => row.spec === spec || row.entry);
}

/** More than a cell has neighbours. */
const HOLLOW = 3;
const LEFT_OUT = 2 * HOLLOW;
