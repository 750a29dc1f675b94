/** Figures of two rows that have changed places, where each is located by what other tables print of it: told once. */
import { isSameAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell, type Row } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { Candidate, Cause, CellGroup } from './cause';

/** The same with one cause for two rows each of which would print what the other one does. */
export function withExchanged(causes: readonly Cause[]): Cause[] {
  const located = causes.filter(isLocated);
  const rows = groupBy(
    located.flatMap(({ candidates }) => candidates),
    ({ cell }) => cell.row,
  );
  const told = new Map<Cause, Cause>();
  for (const row of rows.keys()) {
    for (const other of rows.keys()) {
      // Each pair once.
      if (other === row) break;
      const own = located.filter(
        (cause) =>
          !told.has(cause) &&
          cause.candidates.every(({ cell }) => cell.row === row || cell.row === other),
      );
      const one = exchangeOf(own, other, row);
      if (one) for (const cause of own) told.set(cause, one);
    }
  }
  return told.size === 0
    ? [...causes]
    : [...new Set(causes.map((cause) => told.get(cause) ?? cause))];
}

/** What two rows of a table exchange, where a cause tells that. */
export function exchangeIn({ candidates, groups: [group] }: Cause): CellGroup | undefined {
  if (group?.kind !== 'swapped' || group.probability < 1 || candidates.length < 2) return undefined;
  return candidates.every(({ cell }) => group.changes.has(cell)) ? group : undefined;
}

/** Whether one table alone would have to print something else. */
const isLocated = ({ verdict, at, cell, candidates }: Cause): boolean =>
  (verdict === 'certain' || verdict === 'likely') &&
  at === undefined &&
  cell.table.spec.section === undefined &&
  candidates.length > 0 &&
  candidates.every((one) => one.cell.table === cell.table && one.cell.row.entry !== undefined);

function exchangeOf(causes: readonly Cause[], row: Row, other: Row): Cause | undefined {
  const [first] = causes;
  const [own, beside] = [row, other].map((one) => byColumn(causes, one));
  if (!first || row.section !== other.section || own!.size === 0 || own!.size !== beside!.size)
    return undefined;
  const candidates: Candidate[] = [];
  const changes = new Map<Cell, Amount>();
  for (const [column, one] of own!) {
    const twin = beside!.get(column);
    const pair = twin && [printing(one, twin.cell), printing(twin, one.cell)];
    for (const found of pair ?? [undefined]) {
      if (!found) return undefined;
      candidates.push(found);
      changes.set(found.cell, found.values[0]!);
    }
  }
  return {
    ...first,
    id: `exchanged:${first.cell.id}`,
    verdict: causes.every(({ verdict }) => verdict === 'certain') ? 'certain' : 'likely',
    members: [...new Set(causes.flatMap(({ members }) => members))],
    candidates,
    sets: [],
    groups: [{ kind: 'swapped', probability: 1, changes }],
  };
}

const byColumn = (causes: readonly Cause[], row: Row): ReadonlyMap<string, Candidate> =>
  new Map(
    causes.flatMap(({ candidates }) =>
      candidates.flatMap((one) => (one.cell.row === row ? [[one.cell.column.id, one]] : [])),
    ),
  );

/** A candidate with the value first that another cell prints, if it would do. */
function printing(candidate: Candidate, cell: Cell): Candidate | undefined {
  if (cell.state !== 'amount' && cell.state !== 'blank') return undefined;
  const printed = amountOf(cell);
  const value = candidate.values.find((one) => isSameAmount(one, printed));
  if (!value) return undefined;
  return { ...candidate, values: [value, ...candidate.values.filter((one) => one !== value)] };
}
