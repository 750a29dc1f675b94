/** Figures that have changed places, of two rows or of one, where each is located by what other tables print of it: told once. */
import { isSameAmount } from '../disclosure/amount';
import { amountOf, type Cell, type Row } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { Candidate, Cause } from './cause';
import { isLocated, oneSlipIn, oneSlipOf, toldAs } from './oneSlip';

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
        const cross = oneSlipOf('swapped', [other, one], pair);
        told.set(other, cross).set(one, cross);
      }
    }
  }
  return toldAs(causes, told);
}

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
  return toldAs(causes, told);
}

/** Of several cells that one exchange explains the first tells it. */
function toldOnce(causes: readonly Cause[]): Cause[] {
  const first = new Map<string, number>();
  const told: Cause[] = [];
  for (const cause of causes) {
    const group = oneSlipIn(cause);
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
  return oneSlipOf('swapped', causes, candidates);
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
