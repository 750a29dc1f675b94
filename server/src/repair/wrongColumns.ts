/** Figures that stand in another column of their row than the one they belong to. */
import { isSameAmount, ZERO, type Amount } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import type { Cause } from './cause';
import { causesWith, settledIn, toExplain, type Settled } from './supposition';

/** The document evaluated anew with other amounts in some cells; undefined where they cannot be written. */
export type WithAmounts = (changes: ReadonlyMap<Cell, Amount>) => Network | undefined;

interface Moved {
  /** Where it is printed, and where it belongs. */
  readonly from: Cell;
  readonly to: Cell;
  readonly changes: ReadonlyMap<Cell, Amount>;
}

interface Found extends Moved {
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 2;

/**
 * Tells once, at the figure, where a blank is located that would print what its row prints in another column. Each is
 * tried on the whole document: all that speaks of both cells has to hold, and nothing else may fail.
 */
export function withWrongColumns(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  withAmounts: WithAmounts,
): Cause[] {
  const moved = causes.flatMap(movedBy);
  if (moved.length === 0) return [...causes];
  if (toExplain([], network, disclosure, [...disclosure.tables.values()]).length === 0)
    return [...causes];
  const found = moved.slice(0, MOST_TRIED).flatMap((one): Found[] => {
    const after = withAmounts(one.changes);
    const ids = new Set([one.from.id, one.to.id]);
    const settled =
      after &&
      settledIn(network, after, {
        isToHold: ({ relation }) => operandsOf(relation).some(({ cell }) => ids.has(cell.id)),
      });
    return settled ? [{ ...one, settled }] : [];
  });
  return causesWith(causes, found, causeOf);
}

/** The figure of its row that a located blank would print; a total prints that too. */
function movedBy({ verdict, cell: to, candidates: [first] }: Cause): Moved[] {
  if (verdict !== 'certain' && verdict !== 'likely') return [];
  const { table, row } = to;
  if (to.state !== 'blank' || table.spec.section !== undefined || to.column.total) return [];
  const value = first?.cell === to ? first.values[0] : undefined;
  if (!value || value.units <= 0n) return [];
  const [from, ...more] = table.columnsOf(row.section).flatMap(({ id, total }) => {
    const cell = total ? undefined : table.cell(row.id, id);
    return cell && isNonZero(cell) && isSameAmount(cell.amount!, value) ? cell : [];
  });
  if (!from || more.length > 0) return [];
  const changes = new Map<Cell, Amount>([
    [from, ZERO],
    [to, value],
  ]);
  return [{ from, to, changes }];
}

function causeOf({ from, changes, settled }: Found): Cause {
  return {
    id: `column:${from.id}`,
    verdict: 'likely',
    cell: from,
    members: [...settled.relations],
    facts: settled.facts,
    candidates: [],
    sets: [],
    groups: [{ kind: 'swapped', probability: 1, changes }],
    complete: true,
  };
}
