import type { Bounds } from '../bounds';
import { impliedBy } from '../implied';
import { isLimit } from '../relationModel';
import type { State } from '../state';
import { covers, group, type Group, type Scene, type Spot } from './group';

/** Figures, or whole rows, that have changed places. */
export function* swapped(scene: Scene): Iterable<Group> {
  const { state, failing } = scene;
  const [first] = failing;
  // A limit is kept by whatever is small: it tells nothing of an exchange.
  if (first === undefined || failing.every((index) => isLimit(scene.model.relation(index)))) return;
  for (const x of scene.suspects) {
    const test = state.supposition(first, x);
    const bounds = impliedBy(state, first, x);
    const seen = new Set<number>();
    for (const [y, spots] of partners(scene, x, first, bounds)) {
      if (y === x || seen.has(y) || state.value[y] === state.value[x]) continue;
      seen.add(y);
      // An amount is not taken for a percentage.
      if (!isOneUnit(scene, x, y)) continue;
      if (!scene.afford(1)) return;
      // Most figures of a column are far from what is wanted.
      const isFar = bounds !== undefined && isOutside(bounds, state.value[y]!);
      if (isFar && coefficientIn(scene, first, y) === undefined) continue;
      if (!spots && !covers(scene, [x, y])) continue;
      if (!couldHold(scene, first, x, y, test)) continue;
      const rows = spots?.map(cellsOf);
      if (rows && !covers(scene, rows.flat())) continue;
      const found =
        group(scene, 'swapped', exchange(scene, [x], [y])) ??
        (rows && group(scene, 'swapped', exchange(scene, rows[0]!, rows[1]!))) ??
        (rows && group(scene, 'swapped', exchangeAmounts(scene, [x, y], rows.flat())));
      if (found) yield found;
    }
  }
}

const isOutside = ({ lo, hi }: Bounds, value: bigint) =>
  (lo !== undefined && value < lo) || (hi !== undefined && value > hi);

function coefficientIn({ model }: Scene, index: number, variable: number): bigint | undefined {
  return model.incident(variable).find(({ relation }) => relation === index)?.coefficient;
}

/** Whether the first failing relation could hold with both exchanged: a quick look before all is tried. */
function couldHold(
  scene: Scene,
  index: number,
  x: number,
  y: number,
  test: ReturnType<State['supposition']>,
): boolean {
  const { model, state } = scene;
  if (model.relation(index).kind === 'ratio') return true;
  const [own, other] = [coefficientIn(scene, index, x), coefficientIn(scene, index, y)];
  if (other === undefined) return test?.(state.value[y]!) !== 'fails';
  // A suspect need not be in the relation: its tail may hang on it, or whether it applies.
  if (own === undefined) return true;
  const between = own - other;
  if (between === 0n) return false;
  const { rest, lo, hi } = state.sumOf(index);
  const after = rest + between * (state.value[y]! - state.value[x]!);
  // Their widths may change places too.
  return (after < 0n ? -after : after) <= 2n * (hi - lo);
}

/** A glance at a figure costs little, but a huge table has many. */
const isCounted = (at: number) => at % 100 === 99;

/**
 * Other cells of the row, and those of the column that come into question; the spots of both where whole
 * rows may be exchanged.
 */
function* partners(
  scene: Scene,
  x: number,
  first: number,
  bounds: Bounds | undefined,
): Iterable<readonly [number, readonly [Spot, Spot] | undefined]> {
  const spot = scene.layouts.spotOf(x);
  if (spot) {
    const { layout, row, column } = spot;
    for (const y of layout.cellsIn(row)) if (y >= 0) yield [y, undefined];
    let glances = 0;
    for (const other of rowsInQuestion(scene, spot, first, x, bounds)) {
      if (isCounted(glances++) && !scene.afford(1)) return;
      const y = layout.cell(other, column);
      if (y >= 0 && other !== row) yield [y, [spot, { layout, row: other, column }]];
    }
  } else {
    for (const [at, y] of scene.suspects.entries()) {
      if (isCounted(at) && !scene.afford(1)) return;
      yield [y, undefined];
    }
  }
}

/** Rows that print what is wanted, or that the first failing relation counts otherwise than the row. */
function rowsInQuestion(
  { layouts, model }: Scene,
  spot: Spot,
  first: number,
  x: number,
  bounds: Bounds | undefined,
): Iterable<number> {
  const { layout, column } = spot;
  const wanted = bounds && layouts.columns.within(spot, bounds);
  const relation = model.relation(first);
  if (!wanted || relation.kind === 'ratio') return Array(layout.length).keys();
  const own = relation.coefficients[relation.variables.indexOf(x)];
  const others = relation.variables.filter((_, at) => relation.coefficients[at] !== own);
  const rows = [...wanted, ...others].flatMap((variable) => {
    const other = layouts.spotOf(variable);
    return other?.layout === layout && other.column === column ? [other.row] : [];
  });
  return [...new Set(rows)].sort((a, b) => a - b);
}

const isOneUnit = ({ model }: Scene, x: number, y: number) =>
  model.unitOf(x) === model.unitOf(y) && model.isRatio(x) === model.isRatio(y);

const cellsOf = ({ layout, row }: Spot) => layout.cellsIn(row);

function* exchange(
  { state }: Scene,
  a: readonly number[],
  b: readonly number[],
): Iterable<readonly [number, bigint]> {
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]!, b[at] ?? -1];
    if (x < 0 || y < 0) continue;
    yield [x, state.value[y]!];
    yield [y, state.value[x]!];
  }
}

/** Two amounts wherever their rows print them: of one it may stand in another column than of the other. */
function* exchangeAmounts(
  { state }: Scene,
  [x, y]: readonly [number, number],
  cells: readonly number[],
): Iterable<readonly [number, bigint]> {
  const [a, b] = [state.value[x]!, state.value[y]!];
  yield [x, b];
  yield [y, a];
  for (const cell of cells) {
    const value = cell < 0 ? undefined : state.value[cell];
    if (value === a) yield [cell, b];
    else if (value === b) yield [cell, a];
  }
}
