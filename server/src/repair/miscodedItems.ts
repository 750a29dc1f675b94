/** Rows that tell another subject's figures, under a code of which a table they are compared with has none. */
import type { CodePlace } from '../catalog/places';
import { isSlip } from '../catalog/slips';
import { isLess, isSameAmount } from '../disclosure/amount';
import { isNonZero, type Cell, type Row, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf, type Operand } from '../relations/relation';
import type { Hypothesis } from './miscoded';
import { unlistedItems } from './unlistedItems';

/**
 * The subjects of that table with the very figure of such a row: of a text they are tried as they are, of another table
 * where the codes are one slip apart and no other place knows the wrong one.
 */
export function* missingFromTable(
  { relation: { left, right, base, comparator } }: Evaluation,
  placesOf: (code: string) => readonly CodePlace[],
): Iterable<Hypothesis> {
  const isAlone = (code: string) => placesOf(code).length === 1;
  if (base || left.length !== 1) return;
  const { cell } = left[0]!;
  const others = right.filter((one) => isNonZero(one.cell));
  if (comparator === 'eq') {
    yield* toldAs(left[0]!, right);
    if (right.length === 1) yield* listedAs(cell, right[0]!.cell, isAlone);
  }
  // What is at most all that another table has of the subject, or as much, which has nothing of it.
  if (others.length !== 1) return;
  const own = others[0]!.cell;
  const listed = [...listedAs(own, cell, isAlone)];
  yield* listed;
  const { code } = own.row;
  if (comparator === 'eq' || code === undefined || !isAlone(code)) return;
  // One slip with the very figure says more than what only would have enough.
  if (!listed.some((one) => isSlip(code, one.code))) yield* leftOut(own, cell, placesOf);
}

/**
 * Items of which something fails, under a code of which the table that they explain says nothing: they would have to be
 * about the subject a slip away that has no item, where that is the only one.
 */
export function unexplained(failing: readonly Evaluation[], network: Network): Hypothesis[] {
  const unlisted = [...unlistedItems(network)];
  if (unlisted.length === 0) return [];
  const told = new Set(
    failing.flatMap(({ relation }) => operandsOf(relation).map(({ cell }) => cell.row)),
  );
  return unlisted.flatMap(({ listed, table, row, code }): Hypothesis[] => {
    const { titleNode: node } = row;
    if (!node || !told.has(row)) return [];
    const items = new Set(Array.from(table.rows.values(), (one) => one.code));
    const [meant, ...more] = [...listed.rows.values()].flatMap((one) =>
      one.entry && isSlip(one.code ?? '', code) && !items.has(one.code) ? one.code! : [],
    );
    if (meant === undefined || more.length > 0) return [];
    return [{ table, row, code: meant, isAlike: true, isStrange: true, node }];
  });
}

/**
 * The only row a slip away from an item that a list of a text names and its table has no row for, if no list names
 * that row: the list speaks for itself.
 */
export function missedByLists({ facts }: Network): Hypothesis[] {
  const lists = facts.filter(({ rule }) => rule.kind === 'list');
  const isNamed = ({ id }: Row, table: Table) =>
    lists.some(
      ({ outcome, variant, cells }) =>
        outcome === 'holds' &&
        variant !== 'left-out' &&
        cells.some(({ row, table: own }) => own === table && row.id === id),
    );
  return lists.flatMap(({ outcome, lacking }): Hypothesis[] => {
    const [code, ...more] = lacking?.codes ?? [];
    if (!lacking || outcome !== 'fails' || code === undefined || more.length > 0) return [];
    const { table } = lacking;
    const near = [...table.rows.values()].filter(
      (row) => row.entry && isSlip(row.code ?? '', code) && !isNamed(row, table),
    );
    const [row] = near;
    return row && near.length === 1 ? [{ table, row, code, isStrange: true }] : [];
  });
}

/** Of so many subjects any may be the one. */
const MOST_LEFT_OUT = 3;

/**
 * The subjects that have as much or more in a table which has nothing under the code of a row, that other places know
 * too, and of which no table of a budget has a part: one of them may be meant, whatever its code is.
 */
function* leftOut(
  own: Cell,
  all: Cell,
  placesOf: (code: string) => readonly CodePlace[],
): Iterable<Hypothesis> {
  const { table, row } = own;
  const listed = all.table;
  if (table.spec.section !== undefined || listed.spec.section !== undefined || !own.amount) return;
  if (row.code === undefined || isNonZero(all) || all.row.code !== row.code) return;
  const found = [...listed.rows.values()].flatMap(({ id, code, entry, section }) => {
    if (!entry || code?.length !== row.code!.length || section !== all.row.section) return [];
    const amount = listed.cell(id, all.column.id)?.amount;
    const isEnough = amount !== undefined && !isLess(amount, own.amount!);
    const places = placesOf(code);
    const isFree = isEnough && places.length > 1 && !table.rows.get(id)?.entry;
    return isFree && !isShared(places) ? [code] : [];
  });
  if (found.length > MOST_LEFT_OUT) return;
  for (const code of found) yield { table, row, code, isAlike: true };
}

function* toldAs(
  { cell: said }: Operand,
  [listed, ...more]: readonly Operand[],
): Iterable<Hypothesis> {
  const { table, row } = said;
  if (!listed || more.length > 0 || table.spec.section === undefined || !row.titleNode) return;
  for (const code of subjectsLike(said, listed.cell))
    yield { table, row, code, isAlike: true, isStrange: true, node: row.titleNode };
}

function* listedAs(own: Cell, all: Cell, isAlone: (code: string) => boolean): Iterable<Hypothesis> {
  const { table, row } = own;
  if (table.spec.section !== undefined || row.code === undefined || !isAlone(row.code)) return;
  for (const code of subjectsLike(own, all)) yield { table, row, code };
}

/** The subjects with the figure of a row in a table that has nothing under its code. */
function* subjectsLike(own: Cell, listed: Cell): Iterable<string> {
  const { code } = own.row;
  const { table, row, column } = listed;
  if (code === undefined || table.spec.section !== undefined || row.code !== code) return;
  if (!isNonZero(own) || isNonZero(listed)) return;
  for (const { id, code: other, entry, section } of table.rows.values()) {
    const cell = entry && section === row.section && table.cell(id, column.id);
    if (cell && other !== code && other?.length === code.length && isSame(cell, own)) yield other;
  }
}

/** Whether a table of a budget lists a subject. */
const isShared = (places: readonly CodePlace[]) =>
  places.some(({ table, budget }) => table?.spec.section === undefined && budget !== undefined);

const isSame = ({ amount: one }: Cell, { amount: other }: Cell) =>
  one !== undefined && other !== undefined && isSameAmount(one, other);
