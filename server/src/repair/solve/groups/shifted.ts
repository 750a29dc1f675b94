import { optionsOf } from '../options';
import { group, type Group, type Scene } from './group';
import type { Layout } from './layout';

/** A shift of fewer rows is an exchange of two; of more, it would be seen at once. */
const FEWEST = 3;
const MOST = 12;

/** One row's figures in the row beside it are moved by themselves: the rows are exchanged. */
const FEWEST_MOVED = 2;

/** Rows whose figures stand one row too high or too low: in all columns, or in one. */
export function* shifted(scene: Scene): Iterable<Group> {
  const [first] = scene.failing;
  if (first === undefined) return;
  const tried = new Set<string>();
  const known = new Map<string, Touched | undefined>();
  for (const x of scene.suspects) {
    const spot = scene.layouts.spotOf(x);
    if (!spot || spot.layout.row(spot.row).absent) continue;
    // Only rows that are printed can be mistaken for each other.
    const { layout, row, column } = scene.layouts.printedSpot(spot);
    const { width } = layout;
    for (const columns of width > 1 ? [[column], all(width)] : [[column]]) {
      const place = `${layout.id} ${columns.join()}`;
      if (!known.has(place)) known.set(place, touchedIn(scene, layout, columns));
      const touched = known.get(place);
      if (!touched) continue;
      for (const by of [1, -1]) {
        const source = layout.cell(row + by, column);
        if (source < 0) continue;
        const isOnly = touched[0]!.length === 1;
        const moves = !isOnly || mayBecome(scene, first, x, scene.state.value[source]!);
        for (let from = Math.max(0, row - MOST + 1); from <= row; from++) {
          const last = Math.min(layout.length, from + MOST) - 1;
          for (let to = leastEnd(touched, from, row); to <= last; to++) {
            // What has come in at the end of a move may be any figure.
            if (!moves && (by > 0 ? to : from) !== row) continue;
            const key = `${place} ${by} ${from} ${to}`;
            if (tried.has(key)) continue;
            tried.add(key);
            if (!scene.afford(4)) return;
            const found = block(scene, layout, { from, to, by, columns });
            if (found) yield found;
          }
        }
      }
    }
  }
}

/** A quick look, before all rows that moved are tried, at one that a failing relation has. */
function mayBecome(scene: Scene, index: number, variable: number, value: bigint): boolean {
  const { model, state } = scene;
  const relation = model.relation(index);
  const own = model.incident(variable).find((incidence) => incidence.relation === index);
  if (!own || relation.kind === 'ratio' || relation.comparator !== 'eq') return true;
  const { rest, lo, hi } = state.sumOf(index);
  const after = rest + own.coefficient * (value - state.value[variable]!);
  // Its width may be another one.
  return (after < 0n ? -after : after) <= 2n * (hi - lo);
}

/** The rows in which each failing relation has a figure, in ascending order. */
type Touched = readonly (readonly number[])[];

/** Undefined where one has none: then no move in these columns mends it. */
function touchedIn(
  { model, failing }: Scene,
  layout: Layout,
  columns: readonly number[],
): Touched | undefined {
  const rowOf = new Map<number, number>();
  for (let row = 0; row < layout.length; row++) {
    for (const column of columns) rowOf.set(layout.cell(row, column), row);
  }
  const touched: number[][] = [];
  for (const index of failing) {
    const own = model.relation(index).variables.flatMap((v) => rowOf.get(v) ?? []);
    if (own.length === 0) return undefined;
    touched.push(own.sort((a, b) => a - b));
  }
  return touched;
}

/** The first row at which a move from another one, over a third, has touched every failing relation. */
function leastEnd(touched: Touched, from: number, over: number): number {
  let end = Math.max(over, from + FEWEST - 1);
  for (const rows of touched) end = Math.max(end, rows.find((row) => row >= from) ?? Infinity);
  return end;
}

const all = (width: number) => Array.from({ length: width }, (_, at) => at);

interface Block {
  readonly from: number;
  readonly to: number;
  /** The right figure of a row stands so many rows below it. */
  readonly by: number;
  readonly columns: readonly number[];
}

function block(scene: Scene, layout: Layout, { from, to, by, columns }: Block): Group | undefined {
  const { state } = scene;
  const changes = new Map<number, bigint>();
  const ends: number[] = [];
  const sources: number[] = [];
  const moving = new Set<number>();
  const end = by > 0 ? to : from;
  const start = by > 0 ? from : to;
  for (const column of columns) {
    for (let row = from; row <= to; row++) {
      const cell = layout.cell(row, column);
      // What fell out at one end may have come in at the other.
      const source = layout.cell(row === end ? start : row + by, column);
      if (cell < 0 || source < 0) return undefined;
      changes.set(cell, state.value[source]!);
      if (row === end) ends.push(cell);
      else if (state.isNonZero(source)) {
        sources.push(source);
        moving.add(row);
      }
    }
  }
  if (moving.size < FEWEST_MOVED) return undefined;
  const moved = { by, variables: sources };
  // Rows that print the same as the ones beside them do not move: where two come to print something else, those are
  // exchanged.
  const isOther = (row: number) =>
    columns.some((column) => {
      const cell = layout.cell(row, column);
      return changes.has(cell) && changes.get(cell) !== state.value[cell];
    });
  const rows = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const found = () =>
    rows.filter(isOther).length < FEWEST ? undefined : group(scene, 'shifted', changes);
  const withMoved = (shift: Group | undefined) => shift && { ...shift, moved };
  // Each figure that moves has to be able to be where it goes, or trying all is in vain.
  const [cell] = changes.keys();
  if (cell === undefined || !mayBe(scene, changes)) return undefined;
  const cyclic = found();
  if (cyclic || ends.length !== 1) return withMoved(cyclic);
  const [last] = ends as [number];
  changes.delete(last);
  const isHopeless = (index: number) =>
    !scene.model.relation(index).variables.includes(last) && !state.mayHold(index, changes);
  if (scene.failing.some(isHopeless)) return undefined;
  const before = [...changes].map(
    ([v]) => [v, state.value[v]!, state.half[v]!, state.place[v]!] as const,
  );
  for (const [variable, value] of changes) state.suppose(variable, value);
  const options = optionsOf(state, last);
  for (const [v, ...printed] of before) state.put(v, ...printed);
  const [value] = options?.values ?? [];
  if (value === undefined) return undefined;
  changes.set(last, value);
  return withMoved(found());
}

/** A failing relation that holds only one of the changed figures has to hold with its new one. */
function mayBe({ model, state, failing }: Scene, changes: ReadonlyMap<number, bigint>): boolean {
  return failing.every((index) => {
    const changed = model.relation(index).variables.filter((v) => changes.has(v));
    const [only, ...more] = changed;
    if (only === undefined) return false;
    if (more.length > 0) return true;
    return state.supposition(index, only)?.(changes.get(only)!) !== 'fails';
  });
}
