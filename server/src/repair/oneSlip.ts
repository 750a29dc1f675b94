/** Located figures that are one slip of the hand, told as one. */
import type { Amount } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import type { Candidate, Cause, CellGroup } from './cause';

const KINDS: ReadonlySet<CellGroup['kind']> = new Set(['swapped', 'unit-row']);

/** Anything else is as good as excluded. */
const SURE = 0.999;

/** The slip that a cause is told as, where all that is located is of it. */
export function oneSlipIn({ candidates, groups: [group] }: Cause): CellGroup | undefined {
  if (!group || !KINDS.has(group.kind) || group.probability < SURE || candidates.length < 2)
    return undefined;
  return candidates.every(({ cell }) => group.changes.has(cell)) ? group : undefined;
}

/** Whether one table alone would have to print something else. */
export const isLocated = ({ verdict, at, cell, candidates }: Cause): boolean =>
  (verdict === 'certain' || verdict === 'likely') &&
  at === undefined &&
  cell.table.spec.section === undefined &&
  candidates.length > 0 &&
  candidates.every((one) => one.cell.table === cell.table && one.cell.row.entry !== undefined);

/** One cause of several, all of whose cells would print the first of their values. */
export function oneSlipOf(
  kind: 'swapped' | 'unit-row',
  causes: readonly Cause[],
  candidates: readonly Candidate[],
): Cause {
  const first = causes[0]!;
  const changes = new Map<Cell, Amount>(candidates.map(({ cell, values }) => [cell, values[0]!]));
  return {
    ...first,
    id: `${kind}:${first.cell.id}`,
    verdict: causes.every(({ verdict }) => verdict === 'certain') ? 'certain' : 'likely',
    members: [...new Set(causes.flatMap(({ members }) => members))],
    candidates,
    sets: [],
    groups: [{ kind, probability: 1, changes }],
  };
}

/** Each that is told by another one as that, and that once. */
export const toldAs = (
  causes: readonly Cause[],
  told: ReadonlyMap<Cause, Cause>,
): readonly Cause[] =>
  told.size === 0 ? causes : [...new Set(causes.map((cause) => told.get(cause) ?? cause))];
