import { isNonZero, type Cell } from '../disclosure/model';
import { comparatorOf, type Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { sidesOf } from '../relations/relation';
import type { Cause } from './cause';

/** A cell of a failing relation that is not suspected, and the relation that speaks for it. */
export interface Exoneration {
  readonly cell: Cell;
  readonly by: Evaluation;
}

/** More than these are not read. */
const MOST = 4;

/**
 * Why the other figures of the failing relations are not suspected: with another value each would break an
 * equality that holds without the located cells. The shortest one is told, and that of a few figures.
 */
export function exonerated(network: Network, { members, candidates }: Cause): Exoneration[] {
  if (candidates.length === 0) return [];
  const suspected = new Set(candidates.map(({ cell }) => cell));
  const silent = new Set([...members, ...[...suspected].flatMap((cell) => network.of(cell))]);
  const found: Exoneration[] = [];
  const seen = new Set(suspected);
  for (const side of members.flatMap(({ relation }) => sidesOf(relation))) {
    for (const { cell } of side) {
      if (found.length === MOST) return found;
      if (seen.has(cell) || !isNonZero(cell)) continue;
      seen.add(cell);
      const by = network
        .holdingOf(cell)
        .find((one) => comparatorOf(one) === 'eq' && !silent.has(one));
      if (by) found.push({ cell, by });
    }
  }
  return found;
}
