import { intersect, isEmpty, type Bounds } from '../bounds';
import { wantedValues } from '../options';
import type { Group, Scene } from './group';
import type { Layout } from './layout';

/** A row that a table lacks: one that stands elsewhere, or one of which nothing else tells. */
export function* lostRow(scene: Scene): Iterable<Group> {
  for (const layout of scene.layouts.all) {
    if (layout.closed) continue;
    const named = [...namedRows(scene, layout)];
    yield* named;
    if (named.length === 0 && isShortOfRow(scene, layout)) {
      yield { kind: 'lost-row', changes: new Map(), table: layout.table, explains: scene.failing };
    }
  }
}

/**
 * Rows by which the total columns are all short of their parts: another table prints their figures, or
 * other relations say what the absent cells would print.
 */
function* namedRows(scene: Scene, layout: Layout): Iterable<Group> {
  const { failing } = scene;
  if (!failing.some((index) => isWithin(scene, index, layout))) return;
  // Most mistakes break something else as well: that shows before all rows are looked at.
  const isOfRows = (index: number) =>
    partsColumn(scene, index, layout) !== undefined || hasAbsent(scene, index);
  if (!failing.every(isOfRows)) return;
  const printed = new Set<string>();
  const candidates = new Map<string, readonly number[]>();
  for (let row = 0; row < layout.length; row++) {
    const { id, absent } = layout.row(row);
    if (absent) candidates.set(id, layout.cellsIn(row));
    else printed.add(id);
  }
  for (const other of scene.layouts.all) {
    // Of a huge table reading the rows is work too.
    if (!scene.afford(Math.floor(other.length / 100))) return;
    if (!hasRowsOf(other, printed)) continue;
    for (const { id, absent } of other.rows()) {
      if (!absent && other !== layout && !printed.has(id) && !candidates.has(id))
        candidates.set(id, []);
    }
  }
  for (const [id, cells] of candidates) {
    if (!scene.afford(10)) return;
    const found = hypothesis(scene, layout, id, cells);
    if (found) yield found;
  }
}

/**
 * Whether all that fails are totals of columns that exceed their parts, so that a row may be missing that
 * stands nowhere else. Of a table with several columns it would be missing in more than one.
 */
function isShortOfRow(scene: Scene, layout: Layout): boolean {
  const short = (index: number) =>
    isShort(scene, index) && !isOfOneRow(scene, index)
      ? partsColumn(scene, index, layout)
      : undefined;
  if (!scene.failing.every((index) => short(index) !== undefined)) return false;
  if (!areShortOfOne(scene, short)) return false;
  const columns = new Set(scene.all.flatMap((index) => short(index) ?? []));
  return columns.size > 1 || columnsWithFigures(scene, layout) === 1;
}

/** Whether a sum of what rows there are exceeds its parts. */
function isShort({ model, state }: Scene, index: number): boolean {
  const relation = model.relation(index);
  return relation.kind !== 'ratio' && relation.open && state.sumOf(index).rest > 0n;
}

/** Whether its only part stands in a row of the same name as the total: then that row is not missing. */
function isOfOneRow({ model, layouts }: Scene, index: number): boolean {
  const rows = model.relation(index).variables.map((v) => {
    const spot = layouts.spotOf(v);
    return spot?.layout.row(spot.row).id;
  });
  return rows.length === 2 && rows[0] !== undefined && rows[0] === rows[1];
}

/** Whether what is added up in one column lacks the same everywhere: else more than one row is missing. */
function areShortOfOne(
  { failing, state }: Scene,
  columnOf: (index: number) => number | undefined,
): boolean {
  const lacking = new Map<number, Bounds>();
  return failing.every((index) => {
    const column = columnOf(index)!;
    const { rest, lo, hi } = state.sumOf(index);
    const within = intersect(lacking.get(column) ?? {}, { lo: rest + lo, hi: rest + hi });
    lacking.set(column, within);
    return !isEmpty(within);
  });
}

/** The column of a table that is added up, in the table or in another one; undefined for anything else. */
function partsColumn({ model, layouts }: Scene, index: number, layout: Layout): number | undefined {
  const relation = model.relation(index);
  if (relation.kind === 'ratio' || relation.comparator !== 'eq') return undefined;
  const parts = relation.variables.filter((_, at) => relation.coefficients[at]! < 0n);
  if (!parts.every((v) => layouts.isIn(layout, v))) return undefined;
  const [column, ...more] = new Set(parts.map((v) => layouts.spotOf(v)?.column));
  return more.length > 0 ? undefined : column;
}

function hasAbsent({ model, layouts }: Scene, index: number): boolean {
  return model.relation(index).variables.some((v) => {
    const spot = layouts.spotOf(v);
    return spot?.layout.row(spot.row).absent === true;
  });
}

function columnsWithFigures({ state }: Scene, layout: Layout): number {
  const columns = new Set<number>();
  layout.each((v, place) => {
    if (state.isNonZero(v)) columns.add(place % layout.width);
  });
  return columns.size;
}

/** Whether a table lists the same kind of rows: most of its own, or of the other's, stand in both. */
function hasRowsOf(layout: Layout, printed: ReadonlySet<string>): boolean {
  const own = [...layout.rows()].filter(({ absent }) => !absent);
  const shared = own.filter(({ id }) => printed.has(id)).length;
  return 2 * shared > Math.min(own.length, printed.size);
}

function hypothesis(
  scene: Scene,
  layout: Layout,
  id: string,
  cells: readonly number[],
): Group | undefined {
  const { state, model, failing, layouts } = scene;
  const elsewhere = layouts
    .rowsNamed(id)
    .filter(({ layout: other, row }) => other !== layout && !other.row(row).absent)
    .flatMap(({ layout: other, row }) =>
      other.cellsIn(row).filter((v) => v >= 0 && state.isNonZero(v)),
    );
  const figures = new Set(elsewhere.map((variable) => state.value[variable]!));
  if (figures.size === 0) return undefined;
  const changes = new Map<number, bigint>();
  let sums = 0;
  for (const index of failing) {
    const relation = model.relation(index);
    if (relation.kind === 'ratio') return undefined;
    const absent = relation.variables.filter((v) => cells.includes(v));
    if (absent.length === 1) {
      // What the other tables say of the absent cell.
      const [value] = wantedValues(state, absent[0]!, new Set(), new Set([index]));
      if (value === undefined) return undefined;
      changes.set(absent[0]!, value);
    } else if (relation.total >= 0 && relation.variables.every((v) => layouts.isIn(layout, v))) {
      // Short by one of the row's figures.
      if (!figures.has(state.sumOf(index).rest / coefficientOf(relation))) return undefined;
      sums++;
    } else return undefined;
  }
  return sums > 0
    ? { kind: 'lost-row', changes, table: layout.table, row: id, explains: failing }
    : undefined;
}

function isWithin({ model, layouts }: Scene, index: number, layout: Layout): boolean {
  return model.relation(index).variables.every((v) => layouts.isIn(layout, v));
}

function coefficientOf({
  variables,
  coefficients,
  total,
}: {
  variables: readonly number[];
  coefficients: readonly bigint[];
  total: number;
}): bigint {
  return coefficients[variables.indexOf(total)] ?? 1n;
}
