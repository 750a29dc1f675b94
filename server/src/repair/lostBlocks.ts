/** Several rows that the form of classes has lost, while other tables tell what they would print. */
import { codePlaces } from '../catalog/places';
import type { Cell, Disclosure, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import type { Cause, LostRow } from './cause';
import { completed, isUnwritten, nameOf, Telling, twinsOf } from './lostFigures';
import type { WithRows } from './lostRows';
import {
  causeOfSettled,
  causesWith,
  MOST_FAILING,
  type Settled,
  settledIn,
  toExplain,
  untold,
} from './supposition';
import { hasNoFigure } from './unfilled';

interface Block {
  readonly rows: readonly LostRow[];
  /** What fails by their very figures. */
  readonly speaking: readonly Evaluation[];
}

interface Found extends Block {
  readonly settled: Settled;
}

/** One row is told by itself; who has lost more has still to write them. */
const FEWEST_ROWS = 2;
const MOST_ROWS = 12;

/**
 * Tells once of all such rows of a table, tried together: each by itself leaves the sums as short as before, and all that
 * speaks of them has to hold with them, and nothing else may fail.
 */
export function withLostBlocks(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  withRows: WithRows,
): Cause[] {
  const tables = [...disclosure.tables.values()].filter(isFormOfClasses);
  const certain = causes.filter(({ verdict }) => verdict === 'certain');
  const all = untold(causes, toExplain(certain, network, disclosure, tables));
  const failing = all.slice(0, MOST_FAILING);
  const found = tables.flatMap((table): Found[] => {
    const block = blockOf(table, failing, network, disclosure);
    return block ? tryOut(block, network, withRows) : [];
  });
  return causesWith(causes, found, causeOf);
}

function tryOut(block: Block, before: Network, withRows: WithRows): Found[] {
  const { rows, speaking } = block;
  const after = withRows(rows);
  const names = new Set(rows.map(({ row }) => row));
  const isOwn = ({ table, row }: Cell) => table.id === rows[0]!.table.id && names.has(nameOf(row));
  const settled =
    after &&
    settledIn(before, after.network, {
      isToHold: ({ relation }) => operandsOf(relation).some(({ cell }) => isOwn(cell)),
    });
  return settled && speaking.every((one) => settled.relations.has(one))
    ? [{ ...block, settled }]
    : [];
}

/** Forms with a line for each class, that somebody has begun. */
const isFormOfClasses = (table: Table): boolean =>
  !table.empty && !hasNoFigure(table) && table.spec.sections.some(({ codes }) => codes?.lines);

function blockOf(
  table: Table,
  failing: readonly Evaluation[],
  network: Network,
  disclosure: Disclosure,
): Block | undefined {
  const lacked = new Map<string, string>();
  const exact = failing.filter(({ relation }) => {
    const own = operandsOf(relation).flatMap(({ cell }) => (isLost(cell, table) ? cell.row : []));
    const [only, ...more] = own;
    // A sum has every line of the form.
    if (!only || more.length > 0 || relation.comparator !== 'eq') return false;
    lacked.set(nameOf(only), only.code!);
    return true;
  });
  if (lacked.size < FEWEST_ROWS || lacked.size > MOST_ROWS) return undefined;
  const telling = new Telling(exact, network);
  const places = codePlaces(disclosure);
  const told = [...lacked].sort().flatMap(([row, code]) => {
    const { wants, speaking } = telling.wantsOf(table, row, false);
    if (wants.size === 0) return [];
    const others = places.filter((place) => place.code === code);
    const figures = completed(table, row, wants, twinsOf(table, row, others, network));
    return [{ lost: { table, row, figures }, speaking }];
  });
  if (told.length < FEWEST_ROWS) return undefined;
  return {
    rows: told.map(({ lost }) => lost),
    speaking: told.flatMap(({ speaking }) => speaking),
  };
}

const isLost = (cell: Cell, table: Table): boolean =>
  cell.table === table &&
  cell.row.section.codes?.lines !== undefined &&
  cell.row.code !== undefined &&
  !cell.row.entry &&
  isUnwritten(cell);

function causeOf({ rows, settled }: Found): Cause {
  const [{ table, row, figures }] = rows as readonly [LostRow, ...LostRow[]];
  const [first] = figures.keys();
  const cell = table.cell(row, first!)!;
  const group = { kind: 'lost-rows', probability: 1, changes: new Map<never, never>() } as const;
  return {
    ...causeOfSettled(cell, settled, { ...group, table, lost: rows }),
    id: `rows:${table.id}/${row}`,
    at: placeOf(table, cell.row.section.id, cell.row.code!).key,
  };
}

/** The row behind which a class would stand; the first of them stands behind the heading. */
function placeOf({ rows, entry }: Table, section: string, code: string) {
  let place = entry;
  for (const row of rows.values()) {
    if (row.section.id !== section || !row.entry || row.code === undefined) continue;
    if (row.code < code) place = row.entry;
  }
  return place;
}
