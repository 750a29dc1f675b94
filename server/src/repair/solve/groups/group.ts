/** Mistakes that touch several figures at once: one slip of the hand, several wrong cells. */
import type { Model } from '../model';
import type { State } from '../state';
import { supposing } from '../suppose';
import type { Verifier } from '../verify';
import type { Layout } from './layout';
import type { Layouts } from './layouts';

/**
 * - `swapped`: two figures, or two whole rows, have changed places
 * - `shifted`: the figures of some rows stand one row too high or too low
 * - `repeated`: one wrong figure was copied to every place that repeats it
 * - `signs`: all figures of a row or column have the wrong sign
 * - `rotated`: the figures of three rows went around
 * - `columns`: two columns of a table have changed places
 * - `foreign`: a whole table is another year's, or another unit's
 * - `unit`: a whole table is in another unit than it says
 * - `unit-row`: a row is in another unit than its table
 * - `lost-row`: a row is missing from a table
 */
export type GroupKind =
  | 'swapped'
  | 'shifted'
  | 'rotated'
  | 'columns'
  | 'repeated'
  | 'signs'
  | 'foreign'
  | 'unit'
  | 'unit-row'
  | 'lost-row';

export interface Group {
  readonly kind: GroupKind;
  /** What each figure would have to be, in halves of its scale; empty for a unit. */
  readonly changes: ReadonlyMap<number, bigint>;
  /** Of what concerns a whole table: which. */
  readonly table?: string;
  /** For a unit: by which power of ten its figures are too large. */
  readonly exponent?: number;
  /** For a lost row: its id in other tables, if it stands in any. */
  readonly row?: string;
  /** Of rows that are shifted, what stands in the wrong row, by how many rows below the right one. */
  readonly moved?: { readonly variables: readonly number[]; readonly by: number };
  /** Failing relations that it explains. */
  readonly explains: readonly number[];
}

/** Where a variable stands. */
export interface Spot {
  readonly layout: Layout;
  readonly row: number;
  readonly column: number;
}

/** What the hypotheses look at: one cluster of failing relations, and how they can test a change. */
export interface Scene {
  readonly model: Model;
  readonly state: State;
  readonly verifier: Verifier;
  readonly failing: readonly number[];
  /** The failing relations of the whole document. */
  readonly all: readonly number[];
  /** Those that can mend the first failing relation, which has the fewest. */
  readonly suspects: readonly number[];
  readonly layouts: Layouts;
  /** False once enough has been tried. */
  afford(cost: number): boolean;
}

/**
 * Whether all these changes together let every failing relation hold and break none; the failing
 * relations they explain, or undefined. Relations of another cluster that they touch have to hold too.
 */
export function explained(
  { verifier, state, failing }: Scene,
  changes: ReadonlyMap<number, bigint>,
): readonly number[] | undefined {
  // Most changes mend nothing: that shows before anything is supposed.
  if (!failing.every((index) => state.mayHold(index, changes))) return undefined;
  const holds = (index: number) => state.judge(index) !== 'fails';
  const touched = supposing(state, changes, () => {
    const own = failing.every(holds) ? verifier.relationsOf([...changes.keys()]) : undefined;
    return own?.every(holds) ? own : undefined;
  });
  return touched && [...new Set([...failing, ...touched])].filter((index) => !holds(index));
}

/** Whether every failing relation has one of the variables: else changing them cannot mend it. */
export function covers({ failing, verifier }: Scene, variables: readonly number[]): boolean {
  return failing.every((index) => variables.some((v) => verifier.isSuspect(index, v)));
}

/** A group of changes that explains the scene, if it does; figures that stay as they are do not count. */
export function group(
  scene: Scene,
  kind: GroupKind,
  wanted: Iterable<readonly [number, bigint]>,
): Group | undefined {
  const { model, state } = scene;
  const changes = new Map([...wanted].filter(([v, value]) => state.value[v] !== value));
  if (changes.size < 2 || [...changes.keys()].some((v) => !model.isFree(v))) return undefined;
  if (!covers(scene, [...changes.keys()])) return undefined;
  if (!scene.afford(2 * changes.size)) return undefined;
  const explains = explained(scene, changes);
  return explains && { kind, changes, explains };
}
