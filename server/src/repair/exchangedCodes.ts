/** Two rows of a table that stand under each other's codes. */
import { catalogOf } from '../catalog/inForce';
import { judgeName } from '../catalog/judge';
import { orderlyIn, orderOf } from '../catalog/order';
import { codePlaces, type CodePlace } from '../catalog/places';
import type { Cell, Disclosure, Row, Table } from '../disclosure/model';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import { groupBy } from '../syntax/multimap';
import type { MapNode, ScalarNode } from '../syntax/tree';
import type { Cause } from './cause';
import type { Recode } from './miscoded';
import { causeOfSettled, causesWith, type Settled, settledIn, toExplain } from './supposition';

interface Exchange {
  readonly table: Table;
  /** The rows, the one that stands first before the other. */
  readonly one: CodePlace;
  readonly other: CodePlace;
  /** What their codes would be, and their names where those go with the codes. */
  readonly places: ReadonlyMap<ScalarNode, string>;
}

interface Found extends Exchange {
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 2;

/**
 * Tells of two codes that stand out of order, where no others do, and that were exchanged: in each other's places all that
 * speaks of the two rows holds, and nothing else fails. That they stand in order then speaks for it too.
 */
export function withExchangedCodes(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  recode: Recode,
): Cause[] {
  const tables = [...disclosure.tables.values()].filter(({ spec }) => spec.section === undefined);
  const certain = causes.filter(({ verdict }) => verdict === 'certain');
  if (toExplain(certain, network, disclosure, tables).length === 0) return [...causes];
  // Nearly always all stand in order, and no list need be gone through closely.
  if (tables.every(isAscending)) return [...causes];
  const found = exchanges(disclosure)
    .slice(0, MOST_TRIED)
    .flatMap((exchange): Found[] => {
      const settled = settledBy(network, recode(exchange.places), exchange);
      return settled ? [{ ...exchange, settled }] : [];
    });
  return causesWith(causes, found, causeOf);
}

/** Whether the codes of each side of a table stand in the order of their digits. */
function isAscending({ rows }: Table): boolean {
  let last: Row | undefined;
  for (const row of rows.values()) {
    if (row.code === undefined || !row.entry) continue;
    if (last?.section === row.section && last.code! > row.code) return false;
    last = row;
  }
  return true;
}

function exchanges(disclosure: Disclosure): Exchange[] {
  const lists = [...groupBy(codePlaces(disclosure), ({ list }) => list)];
  return lists.flatMap(([list, places]): Exchange[] => {
    const pair = list && outOfOrder(list, places);
    if (!pair) return [];
    const [one, other] = pair;
    const { table } = one;
    // An order that other tables have too is the author's own.
    const isOwn = lists.some(([there, more]) => there !== list && isBefore(more, one, other));
    const names = table && !isOwn && namesAt(one, other, table, disclosure.year);
    if (!names) return [];
    const codes = [
      [one.node, other.code],
      [other.node, one.code],
    ] as const;
    return [{ table, one, other, places: new Map([...codes, ...names]) }];
  });
}

/** Two rows of a list that stand in each other's place, where all others stand in theirs. */
function outOfOrder(
  list: MapNode,
  places: readonly CodePlace[],
): readonly [CodePlace, CodePlace] | undefined {
  const rows = orderlyIn(list, places);
  const inOrder = [...rows].sort(orderOf(rows));
  const [one, other, ...more] = rows.filter(({ code }, index) => code !== inOrder[index]!.code);
  if (!one || !other || more.length > 0 || one.code.length !== other.code.length) return undefined;
  return [one, other];
}

/** Whether a code stands before another one in a list. */
function isBefore(places: readonly CodePlace[], one: CodePlace, other: CodePlace): boolean {
  const at = places.findIndex(({ code }) => code === one.code);
  return at >= 0 && places.slice(at).some(({ code }) => code === other.code);
}

/**
 * The names printed beside two codes, as they would be: if each is its code's, they go with the codes; if none is,
 * they stay. Undefined where that cannot be said.
 */
function namesAt(
  one: CodePlace,
  other: CodePlace,
  table: Table,
  year: number | undefined,
): readonly (readonly [ScalarNode, string])[] | undefined {
  const named = [one, other].filter(({ printed }) => printed.length > 0);
  const names = named.flatMap((place) => nameNode(place) ?? []);
  if (names.length < named.length) return undefined;
  const catalog = catalogOf(table);
  const own = named.filter(({ code, classification }, at) => {
    const entry = catalog.lookup(code, classification);
    return entry && judgeName(names[at]!, entry, year).kind !== 'other';
  });
  if (own.length === 0) return [];
  const [first, second] = names;
  if (!first || !second || own.length < 2) return undefined;
  return [
    [first, second.text],
    [second, first.text],
  ];
}

/** The one name of a row, where that is all that its scalar says. */
function nameNode({ printed: [names, ...more] }: CodePlace): ScalarNode | undefined {
  const [name, ...others] = names ?? [];
  if (!name || more.length > 0 || others.length > 0 || name.partial) return undefined;
  return 'kind' in name.at ? name.at : undefined;
}

/** What no longer fails with the codes exchanged; undefined where something of the rows does, or anything new. */
function settledBy(
  before: Network,
  after: Network,
  { table, one, other }: Exchange,
): Settled | undefined {
  const codes = [one.code, other.code];
  const isOfThem = ({ cell: { table: own, row } }: { readonly cell: Cell }) =>
    own.id === table.id && row.section === one.row!.section && codes.includes(row.code ?? '');
  const both = new RegExp(codes.join('|'), 'g');
  return settledIn(before, after, {
    renamed: (id) => id.replace(both, (code) => (code === one.code ? other.code : one.code)),
    isToHold: ({ relation }) => operandsOf(relation).some(isOfThem),
  });
}

function causeOf({ table, one, other, places, settled }: Found): Cause {
  const { id, values } = one.row!;
  const cells = [...values.keys()].flatMap((column) => table.cell(id, column) ?? []);
  const [first] = settled.relations;
  const cell = cells.find(({ entry }) => entry) ?? first!.relation.left[0]!.cell;
  const group = {
    kind: 'exchanged-codes',
    probability: 1,
    changes: new Map<never, never>(),
  } as const;
  return {
    ...causeOfSettled(cell, settled, { ...group, table, row: one.code, code: other.code, places }),
    id: `codes:${cell.id}`,
    at: one.node,
  };
}
