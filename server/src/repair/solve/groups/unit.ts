import { push } from '../../../syntax/multimap';
import type { Model } from '../model';
import type { State } from '../state';
import type { Group } from './group';
import type { Cells, Layouts } from './layouts';

/** Fewer comparisons with other tables than this prove nothing. */
const FEWEST = 3;

/** 元 for 万元 and the other way round; thousands and hundreds of millions likewise. */
const EXPONENTS = [4, -4, 3, -3, 8, -8] as const;

/**
 * Tables in another unit than they say: everything that stands elsewhere too says so. Nothing of it is
 * searched by single figures, for every figure of the table is wrong. Of each mistake, the tables that may
 * have made it.
 */
export function unitsIn(
  model: Model,
  state: State,
  layouts: Layouts,
  failing: ReadonlySet<number>,
): Group[][] {
  let left = [...hypotheses(model, state, layouts, failing)].sort((a, b) => a.power - b.power);
  const found: Group[][] = [];
  for (let first = left[0]; first; first = left[0]) {
    const explained = new Set(first.group.explains);
    const rivals = left.filter(({ group }) => group.explains.some((index) => explained.has(index)));
    const { power } = first;
    found.push(rivals.filter((rival) => rival.power === power).map(({ group }) => group));
    left = left.filter((hypothesis) => !rivals.includes(hypothesis));
  }
  return found;
}

interface Hypothesis {
  readonly group: Group;
  /** The power of ten of the unit it would be in: where two tables could be wrong, 元 is likelier than 亿元. */
  readonly power: number;
}

function* hypotheses(
  model: Model,
  state: State,
  layouts: Layouts,
  failing: ReadonlySet<number>,
): Iterable<Hypothesis> {
  if (failing.size < FEWEST) return;
  const between = betweenTables(model, state, layouts, failing);
  if (between.size === 0) return;
  for (const [table, own] of layouts.tables) {
    const mixed = between.get(table) ?? [];
    // A limit that is exceeded tells too, but not by how much.
    if (mixed.length < FEWEST || !mixed.some((index) => isEquality(model, index))) continue;
    const compared = comparisons(model, state, layouts, own, failing);
    if (!compared) continue;
    for (const exponent of EXPONENTS) {
      if (![...compared].every((index) => holdsScaled(model, state, index, own, exponent)))
        continue;
      const failed = [...compared].filter((index) => failing.has(index));
      const explains = new Set([...failed, ...speakingOf(model, failing, own)]);
      const [any = -1] = own;
      const power = model.unitOf(any) - exponent;
      const group: Group = {
        kind: 'unit',
        changes: new Map(),
        table,
        exponent,
        explains: [...explains],
      };
      yield { group, power: Math.abs(power) };
    }
  }
}

/** By table, the failing relations of its figures and others. */
function betweenTables(
  model: Model,
  state: State,
  layouts: Layouts,
  failing: ReadonlySet<number>,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const index of failing) {
    const relation = model.relation(index);
    if (relation.kind === 'ratio' || layouts.isWithinTable(index)) continue;
    const tables = new Set<string | undefined>();
    for (const variable of relation.variables) {
      if (state.isNonZero(variable)) tables.add(layouts.tableOf(variable));
    }
    if (tables.size < 2) continue;
    for (const table of tables) if (table !== undefined) push(found, table, index);
  }
  return found;
}

/** All that compares the table with others; undefined where some equality of them holds. */
function comparisons(
  model: Model,
  state: State,
  layouts: Layouts,
  own: Cells,
  failing: ReadonlySet<number>,
): ReadonlySet<number> | undefined {
  const compared = new Set<number>();
  for (const variable of own) {
    if (!state.isNonZero(variable)) continue;
    for (const { relation } of model.incident(variable)) {
      if (compared.has(relation) || layouts.isWithinTable(relation)) continue;
      if (!isMixed(model, state, relation, own)) continue;
      if (!failing.has(relation) && isEquality(model, relation)) return undefined;
      compared.add(relation);
    }
  }
  return compared;
}

const isEquality = (model: Model, index: number): boolean => {
  const relation = model.relation(index);
  return relation.kind !== 'ratio' && relation.comparator === 'eq';
};

/** An equality or limit of the table's figures and others that carry digits. */
function isMixed(model: Model, state: State, index: number, own: Cells): boolean {
  const relation = model.relation(index);
  if (relation.kind === 'ratio') return false;
  const figures = relation.variables.filter((v) => state.isNonZero(v));
  const inside = figures.filter((v) => own.has(v)).length;
  return inside > 0 && inside < figures.length;
}

/** Failing relations of any kind that speak of the table: in its right unit its figures are rounded. */
function speakingOf(model: Model, failing: ReadonlySet<number>, own: Cells): number[] {
  return [...failing].filter((index) => model.relation(index).variables.some((v) => own.has(v)));
}

/** Whether it holds with the table's figures divided by a power of ten, each a last place off at most. */
function holdsScaled(
  model: Model,
  state: State,
  index: number,
  own: Cells,
  exponent: number,
): boolean {
  const relation = model.relation(index);
  if (relation.kind === 'ratio') return false;
  const size = 10n ** BigInt(Math.abs(exponent));
  let [rest, width] = [0n, 0n];
  relation.variables.forEach((variable, at) => {
    const inside = own.has(variable);
    const times = inside === exponent > 0 ? 1n : size;
    const coefficient = relation.coefficients[at]! * times;
    rest += coefficient * state.value[variable]!;
    // However the document rounds, a figure is off by less than a last place; one that was converted, by
    // less than that of the unit it was converted from.
    const step = state.isNonZero(variable) ? state.stepOf(variable) : 0n;
    const before = step * size;
    const isConverted =
      inside && exponent > 0 && step > 0n && state.value[variable]! % before === 0n;
    width += (coefficient < 0n ? -coefficient : coefficient) * (isConverted ? before : step);
  });
  const { comparator } = relation;
  return (comparator === 'ge' || rest <= width) && (comparator === 'le' || -rest <= width);
}
