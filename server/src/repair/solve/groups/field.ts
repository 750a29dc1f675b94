/** What is looked at of a document, and of each table, where much fails: before anything of it is explained. */
import type { Model } from '../model';
import type { State } from '../state';
import type { Verifier } from '../verify';
import type { Layout } from './layout';
import type { Layouts } from './layouts';

/** A slip of one figure mostly fails fewer relations of a table. */
export const FEWEST_FAILING = 3;

/** A larger table is not gone through again and again, while somebody types; nor is a longer sum. */
const MOST_ROWS = 500;
const LONGEST = 1_000;

export interface Whole {
  readonly model: Model;
  readonly state: State;
  readonly verifier: Verifier;
  readonly layouts: Layouts;
  /** All failing relations. */
  readonly failing: readonly number[];
}

/** A table of which several relations fail that have no figure in common. */
export interface Field extends Whole {
  /** Its printed rows. */
  readonly layout: Layout;
  /** All failing relations, and those that speak of it, the shortest first. */
  readonly failed: ReadonlySet<number>;
  readonly own: readonly number[];
  /** Where its figures stand. */
  readonly spots: ReadonlyMap<number, { readonly row: number; readonly column: number }>;
}

export function fieldOf(whole: Whole, layout: Layout): Field | undefined {
  const { model, layouts, failing } = whole;
  const lengthOf = (index: number) => model.relation(index).variables.length;
  if (layout.length > MOST_ROWS) return undefined;
  const own = failing
    .filter((index) => {
      // What is longer than a table that is gone through is a sum of another one.
      const { variables } = model.relation(index);
      return variables.length <= LONGEST && variables.some((v) => layouts.isIn(layout, v));
    })
    .sort((a, b) => lengthOf(a) - lengthOf(b));
  if (own.length < FEWEST_FAILING || haveOneInCommon(model, own)) return undefined;
  const all = Array.from({ length: layout.length }, (_, row) => row);
  const printed = layout.of(all.filter((row) => !layout.row(row).absent));
  const spots = new Map<number, { readonly row: number; readonly column: number }>();
  printed.each((cell, place) => {
    const column = place % printed.width;
    spots.set(cell, { row: (place - column) / printed.width, column });
  });
  return { ...whole, layout: printed, failed: new Set(failing), own, spots };
}

/** Whether one figure may be all that is wrong. */
export function haveOneInCommon(model: Model, [first, ...others]: readonly number[]): boolean {
  const isInAll = (variable: number) =>
    others.every((index) => model.relation(index).variables.includes(variable));
  return model.relation(first!).variables.some(isInAll);
}

/** Whether one figure by itself explains as much: that is the smaller mistake. */
export function isOneFigure(
  { verifier }: Pick<Whole, 'verifier'>,
  [first, ...others]: readonly number[],
): boolean {
  return verifier
    .suspectsOf(first!)
    .some(
      (variable) =>
        others.every((index) => verifier.isSuspect(index, variable)) &&
        verifier.alone(variable) !== undefined,
    );
}
