/** Figures that have changed places, of two rows or of one, where each is located by what other tables print of it: told once. */
import { isSameAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell, type Row } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { Candidate, Cause, CellGroup } from './cause';

/** The same with one cause for two rows, or two cells of a row, each of which would print what the other one does. */
export function withExchanged(causes: readonly Cause[]): Cause[] {
  return toldOnce(withExchangedRows(withExchangedCells(causes)));
}

function withExchangedCells(causes: readonly Cause[]): readonly Cause[] {
  const alone = causes.filter((cause) => isLocated(cause) && cause.candidates.length === 1);
  const told = new Map<Cause, Cause>();
  for (const all of groupBy(alone, ({ cell }) => cell.row).values()) {
    for (const [at, one] of all.entries()) {
      for (const other of all.slice(0, at)) {
        const pair = told.has(other) || told.has(one) ? undefined : crossed(other, one);
        if (!pair) continue;
        const cross = swap([other, one], pair);
        told.set(other, cross).set(one, cross);
      }
    }
  }
  return replaced(causes, told);
}

/** Each that is told by another one as that, and that once. */
const replaced = (causes: readonly Cause[], told: ReadonlyMap<Cause, Cause>): readonly Cause[] =>
  told.size === 0 ? causes : [...new Set(causes.map((cause) => told.get(cause) ?? cause))];

/** Two cells of one row, each with the value that the other one prints. */
function crossed(one: Cause, other: Cause): Candidate[] | undefined {
  const pair = [
    printing(one.candidates[0]!, other.cell),
    printing(other.candidates[0]!, one.cell),
  ].flatMap((found) => found ?? []);
  return pair.length === 2 ? pair : undefined;
}

function withExchangedRows(causes: readonly Cause[]): readonly Cause[] {
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
  return replaced(causes, told);
}

/** Of several cells that one exchange explains the first tells it. */
function toldOnce(causes: readonly Cause[]): Cause[] {
  const first = new Map<string, number>();
  const told: Cause[] = [];
  for (const cause of causes) {
    const group = exchangeIn(cause);
    const key = group && Array.from(group.changes.keys(), ({ id }) => id).join(' ');
    const at = key === undefined ? undefined : first.get(key);
    if (at === undefined) {
      if (key !== undefined) first.set(key, told.length);
      told.push(cause);
      continue;
    }
    const one = told[at]!;
    told[at] = { ...one, members: [...new Set([...one.members, ...cause.members])] };
  }
  return told;
}

/** Anything else is as good as excluded. */
const SURE = 0.999;

/** What two rows of a table exchange, where a cause tells that. */
export function exchangeIn({ candidates, groups: [group] }: Cause): CellGroup | undefined {
  if (group?.kind !== 'swapped' || group.probability < SURE || candidates.length < 2)
    return undefined;
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
  const [own, beside] = [row, other].map((one) => byColumn(causes, one));
  if (
    causes.length === 0 ||
    row.section !== other.section ||
    own!.size === 0 ||
    own!.size !== beside!.size
  )
    return undefined;
  const candidates: Candidate[] = [];
  for (const [column, one] of own!) {
    const twin = beside!.get(column);
    const pair = twin && [printing(one, twin.cell), printing(twin, one.cell)];
    for (const found of pair ?? [undefined]) {
      if (!found) return undefined;
      candidates.push(found);
    }
  }
  return swap(causes, candidates);
}

/** One cause of several, all of whose cells print the first of their values elsewhere. */
function swap(causes: readonly Cause[], candidates: readonly Candidate[]): Cause {
  const first = causes[0]!;
  const changes = new Map<Cell, Amount>(candidates.map(({ cell, values }) => [cell, values[0]!]));
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
