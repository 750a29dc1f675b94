/** Subjects that a list seems to have lost, though nobody tells what they would print there. */
import type { Cell, Table } from '../disclosure/model';
import type { Network } from '../relations/network';
import type { Cause } from './cause';
import { isOfSubject } from './named';
import { WholeLists } from './wholeLists';

/** Of a list that comes to less than others say: the subjects that other lists have and it does not. */
export function lackedRows(
  cause: Cause,
  network: Network,
): { readonly table: Table; readonly codes: readonly string[] } | undefined {
  const table = listShort(cause);
  const codes = table ? new WholeLists(network.tables).lackedBy(table) : [];
  return table && codes.length > 0 ? { table, codes } : undefined;
}

/** The list of which that is told: by itself, or where all that may be wrong are figures of its subjects. */
function listShort({ verdict, groups: [group], candidates: [first, ...others], members }: Cause) {
  // Who is still typing a table knows what is to follow.
  if (group?.kind === 'unfinished') return group.isBegun ? undefined : group.table;
  if (group?.kind === 'lost-row') return group.figures ? undefined : group.table;
  if (verdict !== 'undecided') return undefined;
  const { table } = first?.cell ?? {};
  const isOwn = (cell: Cell) => cell.table === table && isOfSubject(cell);
  if (group || !first || ![first, ...others].every(({ cell }) => isOwn(cell))) return undefined;
  const isShort = members.some(({ relation: { left, right, base, comparator }, measure }) => {
    if (!measure || base || comparator !== 'eq') return false;
    return (measure.left < measure.right ? left : right).some(
      ({ cell, coefficient }) => coefficient > 0 && cell.table === table && !isOfSubject(cell),
    );
  });
  return isShort ? table : undefined;
}
