/** Figures of the two sides of a table that were written in each other's place: what was carried over into the year, and out of it. */
import { isSameAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell, type Disclosure, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import type { Cause } from './cause';
import { causeOfSettled, causesWith, type Settled, settledIn, toExplain } from './supposition';
import type { WithAmounts } from './wrongColumns';

type Pair = readonly [one: Cell, other: Cell];

interface Exchange {
  /** All cells that may have changed places; of those that are printed what each would print. */
  readonly pairs: readonly Pair[];
  readonly changes: ReadonlyMap<Cell, Amount>;
}

interface Found extends Exchange {
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 2;

/**
 * Tells of them once, at the first. Each table is tried with all such figures exchanged: something of both sides has to
 * fail without, all that speaks of them has to hold with it, and nothing else may fail.
 */
export function withExchangedSides(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  withAmounts: WithAmounts,
): Cause[] {
  const tables = [...disclosure.tables.values()];
  const failing = toExplain(causes, network, disclosure, tables);
  if (failing.length === 0) return [...causes];
  const found = tables
    .flatMap((table) => exchangeIn(table, failing, network) ?? [])
    .slice(0, MOST_TRIED)
    .flatMap((exchange): Found[] => {
      const after = withAmounts(exchange.changes);
      const ids = new Set(exchange.pairs.flat().map(({ id }) => id));
      const settled =
        after &&
        settledIn(network, after, {
          isToHold: (one) => sourcesOf(one, after).some(({ id }) => ids.has(id)),
        });
      return settled ? [{ ...exchange, settled }] : [];
    });
  return causesWith(causes, found, (one) => causeOf(one, causes));
}

function exchangeIn(
  table: Table,
  failing: readonly Evaluation[],
  network: Network,
): Exchange | undefined {
  const pairs = pairsIn(table);
  if (pairs.length === 0) return undefined;
  const fails = (cells: readonly Cell[]) =>
    failing.some((one) => sourcesOf(one, network).some((cell) => cells.includes(cell)));
  if (!fails(pairs.map(([one]) => one)) || !fails(pairs.map(([, other]) => other)))
    return undefined;
  const changes = new Map<Cell, Amount>();
  for (const [one, other] of pairs) {
    // What is computed follows by itself.
    if (one.state !== 'derived') changes.set(one, amountOf(other));
    if (other.state !== 'derived') changes.set(other, amountOf(one));
  }
  return changes.size > 1 ? { pairs, changes } : undefined;
}

/** The cells of a table that may stand in each other's place, and differ. */
function pairsIn(table: Table): readonly Pair[] {
  return [...table.rows.values()].flatMap(({ id, spec, section: { columns } }): readonly Pair[] => {
    if (spec?.opposite === undefined) return [];
    const [row, column] = spec.opposite.split('/');
    const one = table.cell(id, columns[0]!.id);
    const other = table.cell(row!, column!);
    if (!one?.row.printed || !other?.row.printed) return [];
    return isSameAmount(amountOf(one), amountOf(other)) ? [] : [[one, other]];
  });
}

const sourcesOf = ({ relation }: Evaluation, { expansion }: Network): Cell[] => [
  ...expansion.sourcesOf(operandsOf(relation)),
];

function causeOf({ changes, settled }: Found, causes: readonly Cause[]): Cause {
  const [cell] = changes.keys();
  const isCertain = ([one, value]: readonly [Cell, Amount]) =>
    causes.some(
      ({ verdict, candidates: [first] }) =>
        verdict === 'certain' &&
        first?.cell === one &&
        first.values[0] !== undefined &&
        isSameAmount(first.values[0], value),
    );
  return {
    ...causeOfSettled(
      cell!,
      settled,
      { kind: 'swapped', probability: 1, changes },
      [...changes].every(isCertain) ? 'certain' : 'likely',
    ),
    id: `swapped:${cell!.id}`,
  };
}
