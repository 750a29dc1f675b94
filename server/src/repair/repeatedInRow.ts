/** One wrong figure that a row prints in several columns, as its total and its only part: it is told once. */
import type { Amount } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { Cause } from './cause';

/** The same with one cause for all places of such a figure; what is certain is told and mended by itself. */
export function withRepeatedInRow(causes: readonly Cause[]): Cause[] {
  const likely = causes.filter(isOneLikely);
  if (likely.length < 2) return [...causes];
  const told = new Map<Cause, Cause>();
  for (const own of groupBy(likely, ({ cell }) => cell.row).values()) {
    const [first, ...others] = own;
    if (!first || others.length === 0 || !others.every((other) => isSame(first, other))) continue;
    const changes = new Map<Cell, Amount>(
      own.map(({ cell, candidates }) => [cell, candidates[0]!.values[0]!]),
    );
    const one: Cause = {
      ...first,
      members: [...new Set(own.flatMap(({ members }) => members))],
      candidates: [],
      groups: [{ kind: 'repeated', probability: 1, changes }],
    };
    for (const cause of own) told.set(cause, one);
  }
  return [...new Set(causes.map((cause) => told.get(cause) ?? cause))];
}

const isOneLikely = ({ verdict, cell, candidates: [only, ...more] }: Cause): boolean =>
  verdict === 'likely' &&
  cell.state === 'amount' &&
  only?.cell === cell &&
  only.values.length === 1 &&
  more.length === 0;

function isSame(one: Cause, other: Cause): boolean {
  const [a, b] = [one, other].map(({ candidates: [only] }) => only!.values[0]!);
  return one.cell.printed === other.cell.printed && a!.units === b!.units && a!.place === b!.place;
}
