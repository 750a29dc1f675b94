/** Tables whose figures agree with each other, and with next to nothing else: another year's, or another unit's. */
import { abs } from '../../../disclosure/amount';
import { haveOneInCommon, isOneFigure, type Whole } from './field';
import type { Group } from './group';
import type { Cells } from './layouts';

/** Fewer comparisons that fail may be as many slips; those that all miss one amount may come of a single figure. */
const FEWEST_FAILING = 4;
const FEWEST_AMOUNTS = 3;

/** So many relations within a table do not hold by chance; or so many sums, where all else misses hardly any amount. */
const FEWEST_WITHIN = 3;
const FEWEST_SUMS = 2;

/** So many tell it where sums are computed, which hold whatever they are. */
const FEWEST_COMPUTED = 6;

/** Some figures are the same every year: a small part of what is compared. */
const LARGEST_ALIKE = 0.25;

/** What fails besides, among the others: they would have to agree. */
const LARGEST_REST = 0.25;

/** A document of more figures is not gone through while somebody types. */
const LARGEST = 20_000;

/** More tables than two that may be the one tell nothing. */
const MOST_RIVALS = 2;

/** Of each such mistake, the tables that may have made it: two, where they are compared with each other alone. */
export function foreign(whole: Whole): Group[][] {
  const { model, layouts, failing } = whole;
  if (failing.length < FEWEST_FAILING || model.value.length > LARGEST) return [];
  if (haveOneInCommon(model, failing)) return [];
  const found = [...layouts.tables].flatMap(
    ([table, cells]) => hypothesis(whole, table, cells) ?? [],
  );
  const most = found.reduce((count, { explains }) => Math.max(count, explains.length), 0);
  const rivals = found.filter(({ explains }) => explains.length === most);
  if (rivals.length === 0 || rivals.length > MOST_RIVALS) return [];
  return failing.length - most > LARGEST_REST * most ? [] : [rivals];
}

function hypothesis(whole: Whole, table: string, cells: Cells): Group | undefined {
  const { model, layouts, failing } = whole;
  const own = failing.filter((index) => model.relation(index).variables.some((v) => cells.has(v)));
  if (own.length < FEWEST_FAILING || haveOneInCommon(model, own)) return undefined;
  const { apart, alike, within, sums, amounts } = counted(whole, cells, new Set(own));
  const broken = own.filter((index) => layouts.isWithinTable(index)).length;
  if (apart < FEWEST_FAILING || broken > LARGEST_REST * within) return undefined;
  if (alike > LARGEST_ALIKE * apart) return undefined;
  const isTold =
    amounts < FEWEST_AMOUNTS
      ? sums >= FEWEST_SUMS && alike === 0
      : within >= FEWEST_WITHIN || (apart >= FEWEST_COMPUTED && alike === 0);
  if (!isTold || isOneFigure(whole, own)) return undefined;
  return { kind: 'foreign', changes: new Map(), table, explains: own };
}

/** Whether a comparison that holds does so by equal figures: a limit may be kept by any. */
function isAlike({ model, state }: Whole, index: number): boolean {
  const relation = model.relation(index);
  return (
    relation.kind === 'ratio' || relation.comparator === 'eq' || state.sumOf(index).rest === 0n
  );
}

/** How many relations of a table's figures hold and fail: with others, and with each other. */
function counted(whole: Whole, cells: Cells, own: ReadonlySet<number>) {
  const { model, state } = whole;
  const seen = new Set<number>();
  /** Amounts that are missed; of each ratio, that it is. */
  const missed = new Set<bigint | number>();
  let [apart, alike, within, sums] = [0, 0, 0, 0];
  for (const variable of cells) {
    if (!state.isNonZero(variable)) continue;
    for (const { relation: index } of model.incident(variable)) {
      if (seen.has(index)) continue;
      seen.add(index);
      const relation = model.relation(index);
      const isRatio = relation.kind === 'ratio';
      const figures = relation.variables.filter(
        (v) => state.isNonZero(v) && !(isRatio && v === relation.ratio),
      );
      const inside = figures.filter((v) => cells.has(v)).length;
      const isInside = inside === figures.length;
      // Shares within a table are the same whatever its figures are of; one over another figure is a comparison.
      if (isInside && (own.has(index) || isRatio)) continue;
      if (isInside && inside > 1) {
        within++;
        if (inside > 2) sums++;
      } else if (!isInside && own.has(index)) {
        apart++;
        missed.add(isRatio ? index : abs(state.sumOf(index).rest));
      } else if (!isInside && isAlike(whole, index)) alike++;
    }
  }
  return { apart, alike, within, sums, amounts: missed.size };
}
