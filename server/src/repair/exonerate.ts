import { isNonZero, type Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { cellsOf, type Network } from '../relations/network';
import type { Cause } from './cause';

/** A cell of a failing relation that is not suspected, and the relation that speaks for it. */
export interface Exoneration {
  readonly cell: Cell;
  readonly by: Evaluation;
}

/**
 * Why the other figures of the failing relations are not suspected: with another value each would break an
 * equality that holds without the located cells. The shortest one is told.
 */
export function exonerated(network: Network, { members, candidates }: Cause): Exoneration[] {
  if (candidates.length === 0) return [];
  const suspected = new Set(candidates.map(({ cell }) => cell));
  const failing = new Set(members);
  const others = new Set(members.flatMap(({ relation }) => [...cellsOf(relation)]));
  return [...others].flatMap((cell) => {
    if (suspected.has(cell) || !isNonZero(cell)) return [];
    const speaking = network
      .of(cell)
      .filter((e) => e.outcome === 'holds' && e.relation.comparator === 'eq' && !failing.has(e))
      .map((by) => ({ by, cells: [...cellsOf(by.relation)] }))
      .filter(({ cells }) => !cells.some((other) => suspected.has(other)))
      .sort((a, b) => a.cells.length - b.cells.length);
    return speaking[0] ? [{ cell, by: speaking[0].by }] : [];
  });
}
