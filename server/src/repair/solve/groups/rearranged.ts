/** Figures of a whole table, or of much of it, that stand in other columns or rows than the ones they belong to. */
import { append } from '../../../syntax/arrays';
import { optionsOf } from '../options';
import { supposing } from '../suppose';
import { exchangedColumns } from './exchangedColumns';
import { fieldOf, FEWEST_FAILING, isOneFigure, type Field, type Whole } from './field';
import type { Group } from './group';
import { movedBlocks } from './movedBlocks';
import { rotatedRows } from './rotatedRows';

/** Where the right figures of some rows and columns stand. */
export interface Move {
  readonly kind: 'columns' | 'shifted' | 'rotated';
  /** The first and the last row. */
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly number[];
  readonly source: (row: number, column: number) => readonly [row: number, column: number];
  /** The row whose figures may be lost. */
  readonly end?: number;
  /** How many rows below the right one all others stand. */
  readonly by?: number;
  /** Which rows, where moves of other rows are other mistakes. */
  readonly place?: string;
}

/** So many figures are looked at elsewhere in all, so many relations before a move is tried on all. */
const MOST_MOVED = 20_000;
const MOST_PROBED = 12;
const MOST_HOPELESS = 0.25;

/** In one row figures are exchanged by themselves. */
const FEWEST_ROWS = 2;

/** What may still fail of all that a move touches: a small part of what it mends. */
const LARGEST_REST = 0.1;

/** A figure that stands nowhere is whatever mends the relations that speak of it. */
const MENDED_BY_LOST = 3;

/** More ways than these in which a mistake may have come about tell nothing. */
const MOST_RIVALS = 2;

interface Trial {
  readonly group: Group;
  /** The columns, and which way figures have moved: of moves that differ in their rows alone the first is the plainest. */
  readonly place: string;
  /** How many relations hold with it without a tail. */
  readonly plain: number;
  /** How many figures it needs that stand nowhere. */
  readonly lost: number;
}

/**
 * Of each such mistake, the ways in which it may have come about. Moving its figures back lets most that fails of them
 * hold and nothing else fail; and no single figure does as much.
 */
export function rearranged(whole: Whole): Group[][] {
  if (whole.failing.length < FEWEST_FAILING) return [];
  let left = MOST_MOVED;
  const trials: Trial[] = [];
  for (const layout of whole.layouts.all) {
    const field = fieldOf(whole, layout);
    if (!field) continue;
    for (const move of [...exchangedColumns(field), ...movedBlocks(field), ...rotatedRows(field)]) {
      if (!mayMend(field, move)) continue;
      const { rows, columns } = move;
      left -= (rows[1] - rows[0] + 1) * columns.length;
      if (left < 0) return [];
      const changes = changesOf(field, move);
      const ways = changes ? [tried(field, move, changes), withLost(field, move, changes)] : [];
      append(
        trials,
        ways.filter((trial) => trial !== undefined),
      );
    }
  }
  return told(trials);
}

/** A quick look at some failing relations, before all figures are supposed elsewhere: most moves mend nothing. */
function mayMend(
  { model, state, own, spots, layout }: Field,
  { rows, columns, source, end }: Move,
) {
  let [looked, hopeless] = [0, 0];
  for (const index of own) {
    const changes = new Map<number, bigint>();
    let isOpen = false;
    for (const variable of model.relation(index).variables) {
      const spot = spots.get(variable);
      if (!spot || spot.row < rows[0] || spot.row > rows[1] || !columns.includes(spot.column))
        continue;
      if (spot.row === end) isOpen = true;
      const from = layout.cell(...source(spot.row, spot.column));
      if (from >= 0) changes.set(variable, state.value[from]!);
    }
    if (changes.size === 0 || isOpen) continue;
    looked++;
    if (!state.mayHold(index, changes)) hopeless++;
    if (looked >= MOST_PROBED) break;
  }
  return looked > 0 && hopeless <= MOST_HOPELESS * looked;
}

/**
 * What each figure would have to be; undefined where one of them would come of nothing. Rows that print the same as the
 * ones beside them do not move: where no more than two come to print something else, those are exchanged.
 */
function changesOf(
  { model, state, layout }: Field,
  { kind, rows: [from, to], columns, source }: Move,
) {
  const changes = new Map<number, bigint>();
  const moved = new Set<number>();
  for (let row = from; row <= to; row++) {
    for (const column of columns) {
      const cell = layout.cell(row, column);
      const other = layout.cell(...source(row, column));
      // What is computed moves by itself.
      if (cell < 0 && other < 0) continue;
      if (cell < 0 || other < 0 || model.isRatio(cell) !== model.isRatio(other)) return undefined;
      changes.set(cell, state.value[other]!);
      if (state.value[cell] !== state.value[other]) moved.add(row);
    }
  }
  return kind === 'shifted' && moved.size <= FEWEST_ROWS ? undefined : changes;
}

/** What fell out at the end of a block may be lost, rather than come in at its other one: then the rest tells what it was. */
function withLost(field: Field, move: Move, changes: ReadonlyMap<number, bigint>) {
  const { state, layout } = field;
  const { end, columns } = move;
  if (end === undefined) return undefined;
  const ends = columns.map((column) => layout.cell(end, column)).filter((cell) => cell >= 0);
  const known = new Map([...changes].filter(([cell]) => !ends.includes(cell)));
  const values = supposing(state, known, () =>
    ends.map((cell) => {
      const free = new Set(ends.filter((other) => other !== cell));
      return [cell, optionsOf(state, cell, free)?.values[0]] as const;
    }),
  );
  const lost = values.flatMap(([cell, value]) =>
    value === undefined ? [] : [[cell, value] as const],
  );
  if (lost.length < ends.length) return undefined;
  const isNew = ([cell, value]: readonly [number, bigint]) =>
    value !== 0n && value !== state.value[cell];
  return tried(field, move, new Map([...known, ...lost]), lost.filter(isNew).length);
}

/** @param lost how many of the figures stand nowhere */
function tried(
  field: Field,
  move: Move,
  all: ReadonlyMap<number, bigint>,
  lost = 0,
): Trial | undefined {
  const { model, state, verifier, layout, own, failed } = field;
  const changes = new Map([...all].filter(([v, value]) => state.value[v] !== value));
  const variables = [...changes.keys()];
  if (variables.length < FEWEST_FAILING || !variables.every((v) => model.isFree(v)))
    return undefined;
  const rows = new Set(variables.map((variable) => field.spots.get(variable)!.row));
  rows.delete(move.end ?? -1);
  if (rows.size < FEWEST_ROWS) return undefined;
  const touched = new Set(verifier.relationsOf(variables));
  const failing = own.filter((index) => touched.has(index));
  const standing = supposing(state, changes, () => {
    const still = failing.filter((index) => state.judge(index) === 'fails').length;
    if (still > LARGEST_REST * failing.length) return undefined;
    return Array.from(touched, (index) => [index, state.judge(index)] as const);
  });
  if (!standing) return undefined;
  const left = new Set(standing.flatMap(([index, one]) => (one === 'fails' ? [index] : [])));
  if (![...left].every((index) => failed.has(index))) return undefined;
  const mended = [...touched].filter((index) => failed.has(index) && !left.has(index));
  if (left.size > LARGEST_REST * mended.length) return undefined;
  if (mended.length < FEWEST_FAILING + MENDED_BY_LOST * lost || isOneFigure(field, mended))
    return undefined;
  // What hangs on such a figure need not apply to the right one.
  const hanging = variables.flatMap((variable) => model.conditioned(variable));
  const explains = [...new Set([...mended, ...hanging.filter((index) => failed.has(index))])];
  const { kind, by, columns, place = '' } = move;
  const moved = by === undefined ? {} : { moved: { variables: movedOf(field, move, changes), by } };
  return {
    group: { kind, changes, explains, table: layout.table, ...moved },
    place: [layout.id, by, ...columns, place].join(' '),
    plain: standing.filter(([, one]) => one === 'holds').length,
    lost,
  };
}

/** The figures that stand in another's place, in printed order. */
function movedOf(
  { state, layout }: Field,
  { rows, columns, source, end }: Move,
  changes: Group['changes'],
) {
  const found = new Set<number>();
  for (let row = rows[0]; row <= rows[1]; row++) {
    for (const column of columns) {
      const other = layout.cell(...source(row, column));
      if (row !== end && changes.has(layout.cell(row, column)) && state.isNonZero(other))
        found.add(other);
    }
  }
  return [...found];
}

/** Of those that explain the same the ones that explain most, the plainest of each place. */
function told(trials: readonly Trial[]): Group[][] {
  const mended = ({ group }: Trial) => group.explains.length;
  let left = [...trials].sort(
    (a, b) => mended(b) - mended(a) || b.plain - a.plain || a.lost - b.lost,
  );
  const found: Group[][] = [];
  for (let first = left[0]; first; first = left[0]) {
    const { plain } = first;
    const most = mended(first);
    const own = new Set(first.group.explains);
    const rivals = left.filter(({ group }) => group.explains.some((index) => own.has(index)));
    const best = rivals.filter((one) => mended(one) === most && one.plain === plain);
    const places = new Map<string, Group>();
    for (const { place, group } of best) if (!places.has(place)) places.set(place, group);
    const distinct = new Map([...places.values()].map((group) => [keyOf(group), group]));
    // Where nothing else tells them apart it is the later table that repeats.
    if (distinct.size <= MOST_RIVALS) found.push([...distinct.values()].reverse());
    left = left.filter((one) => !rivals.includes(one));
  }
  return found;
}

const keyOf = ({ changes }: Group): string =>
  [...changes]
    .map(([variable, value]) => `${variable}=${value}`)
    .sort()
    .join();
