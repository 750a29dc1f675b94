/** Rows that a table has lost to another one, in which nothing agrees with them. */
import { isSameAmount } from '../disclosure/amount';
import type { Cell, Disclosure, Row, Table } from '../disclosure/model';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import type { Cause, CellGroup, LostRow } from './cause';
import { causesWith, settledIn, type Settled } from './supposition';

/** The document evaluated anew with a row in its table, and not in another one; undefined where it cannot be written. */
export type WithMoved = (lost: LostRow, from: Table, row: Row) => Network | undefined;

interface Found {
  readonly cause: Cause;
  readonly from: Table;
  readonly row: Row;
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 2;

/** Tells of a row that one table lacks and another has too many as one finding, at the row. */
export function withMovedRows(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  withMoved: WithMoved,
): Cause[] {
  if (causes.length < 2) return [...causes];
  const places = causes.flatMap((cause) =>
    placesOf(cause, disclosure)
      .filter(([from]) => isAccused(from, causes, cause))
      .map(([from, row, lost]) => ({ cause, from, row, lost })),
  );
  const found = places.slice(0, MOST_TRIED).flatMap(({ lost, ...one }): Found[] => {
    const after = withMoved(lost, one.from, one.row);
    const isOwn = ({ cell }: { cell: Cell }) =>
      cell.table.id === lost.table.id && cell.row.id === one.row.id;
    const settled =
      after &&
      settledIn(network, after, {
        isToHold: ({ relation }) => operandsOf(relation).some(isOwn),
      });
    const isMore = settled && settled.relations.size > one.cause.members.length;
    return isMore ? [{ ...one, settled }] : [];
  });
  return causesWith(causes, found, causeOf);
}

/** Where else a row stands that a table has lost, with what it would print there. */
function placesOf(
  { groups: [group] }: Cause,
  { tables }: Disclosure,
): readonly (readonly [Table, Row, LostRow])[] {
  const { table, row, figures } = group?.kind === 'lost-row' ? group : ({} as Partial<CellGroup>);
  if (!table || row === undefined || !figures) return [];
  return [...tables.values()].flatMap((other) => {
    const found = other === table ? undefined : other.rows.get(row);
    if (!found?.entry || found.code === undefined || other.spec.section !== undefined) return [];
    const printed = [...found.values.keys()].flatMap((id) => other.cell(row, id)?.amount ?? []);
    const isAll = [...figures.values()].every((one) => printed.some((p) => isSameAmount(p, one)));
    return isAll ? [[other, found, { table, row, figures }] as const] : [];
  });
}

/** Whether something else fails that speaks of a table. */
const isAccused = (table: Table, causes: readonly Cause[], own: Cause): boolean =>
  causes.some(
    (cause) =>
      cause !== own &&
      cause.members.some(
        ({ relation, outcome }) =>
          outcome === 'fails' && operandsOf(relation).some(({ cell }) => cell.table === table),
      ),
  );

function causeOf({ cause, from, row, settled }: Found): Cause {
  const [group] = cause.groups;
  const [column] = row.values.keys();
  return {
    ...cause,
    id: `moved:${from.id}/${row.id}`,
    cell: (column === undefined ? undefined : from.cell(row.id, column)) ?? cause.cell,
    at: row.entry!.key,
    members: [...settled.relations],
    facts: settled.facts,
    groups: [{ ...group!, from }],
  };
}
