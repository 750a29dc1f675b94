/** Bounds of figures that only together are bound: Fourier–Motzkin elimination, exact and small. */
import { floorDivide, intersect, isEmpty, type Bounds } from './bounds';
import { endsOf, rangeOf, signOf, weights } from './ratio';
import type { Model } from './model';
import type { State } from './state';

/** Σ coefficient · variable ≤ limit. */
interface Inequality {
  readonly coefficients: ReadonlyMap<number, bigint>;
  readonly limit: bigint;
}

/** Elimination squares the number of inequalities at worst; beyond this it is given up. */
const MOST_INEQUALITIES = 300;

/**
 * Bounds of each free variable from all relations that speak of free ones, the others being as supposed;
 * undefined where they cannot all hold. One for which that is too much to work out is not among them; nor do
 * ratios count whose base is free, which only widens.
 * @param reach how far what a free figure stands for may be beside it
 */
export function boundsTogether(
  state: State,
  free: readonly number[],
  relations: readonly number[],
  reach: (variable: number) => bigint,
): Map<number, Bounds> | undefined {
  const system = inequalities(state, free, relations, reach);
  const bounds = new Map<number, Bounds>();
  for (const variable of free) {
    let reduced: Inequality[] | undefined = system;
    for (const other of free) {
      if (other !== variable && reduced) reduced = eliminate(reduced, other);
    }
    if (!reduced) continue;
    const own = boundsOf(reduced, variable);
    if (!own) return undefined;
    bounds.set(variable, own);
  }
  return bounds;
}

function inequalities(
  state: State,
  free: readonly number[],
  relations: readonly number[],
  reach: (variable: number) => bigint,
): Inequality[] {
  const before = free.map((v) => [state.value[v]!, state.half[v]!, state.place[v]!] as const);
  for (const variable of free) state.put(variable, 0n, 0n, state.place[variable]!);
  const system: Inequality[] = [];
  for (const index of relations) {
    for (const { form, least, most } of demands(state, index, free)) {
      const coefficients = new Map(free.flatMap((v) => entry(v, form.get(v) ?? 0n)));
      if (coefficients.size === 0) continue;
      let own = 0n;
      for (const [v, times] of coefficients) own += (times < 0n ? -times : times) * reach(v);
      if (most !== undefined) system.push({ coefficients, limit: own - most });
      if (least !== undefined)
        system.push({ coefficients: negated(coefficients), limit: least + own });
    }
  }
  free.forEach((variable, at) => state.put(variable, ...before[at]!));
  return system;
}

const entry = (variable: number, times: bigint): [number, bigint][] =>
  times === 0n ? [] : [[variable, times]];

/** That a form with the fixed figures between `least` and `most` of it is nothing: more, or less, at the least. */
interface Demand {
  readonly form: ReadonlyMap<number, bigint>;
  /** What the fixed figures come to at the most, where the form may not be below zero. */
  readonly least?: bigint;
  /** What they come to at the least, where it may not be above zero. */
  readonly most?: bigint;
}

function demands(state: State, index: number, free: readonly number[]): readonly Demand[] {
  const relation = state.model.relation(index);
  if (relation.kind !== 'ratio') {
    const { rest, lo, hi } = state.sumOf(index);
    const isMost = relation.comparator !== 'ge';
    const isLeast = relation.comparator !== 'le';
    // A total may have as many parts as a file has lines: most are fixed.
    const form = new Map(free.map((v) => [v, coefficientIn(state.model, index, v)] as const));
    return [{ form, ...(isMost && { most: rest + lo }), ...(isLeast && { least: rest + hi }) }];
  }
  const { ratio, denominator } = relation;
  const isOpen =
    state.value[ratio] === 0n || [ratio, ...denominator.variables].some((v) => free.includes(v));
  const direction = isOpen ? 0 : signOf(state, denominator);
  if (direction === 0) return [];
  const ends = endsOf(state, relation);
  const [upper, lower] = direction > 0 ? [ends.lo, ends.hi] : [ends.hi, ends.lo];
  const [over, under] = [weights(state, relation, upper), weights(state, relation, lower)];
  return [
    { form: over, least: rangeOf(state, over).hi },
    { form: under, most: rangeOf(state, under).lo },
  ];
}

const coefficientIn = (model: Model, index: number, variable: number): bigint =>
  model.incident(variable).find(({ relation }) => relation === index)?.coefficient ?? 0n;

function negated(coefficients: ReadonlyMap<number, bigint>): Map<number, bigint> {
  return new Map([...coefficients].map(([variable, times]) => [variable, -times]));
}

/** Without one variable; undefined where there would be too many. */
function eliminate(system: readonly Inequality[], variable: number): Inequality[] | undefined {
  const times = ({ coefficients }: Inequality) => coefficients.get(variable) ?? 0n;
  const above = system.filter((inequality) => times(inequality) > 0n);
  const below = system.filter((inequality) => times(inequality) < 0n);
  const rest = system.filter((inequality) => times(inequality) === 0n);
  if (above.length * below.length + rest.length > MOST_INEQUALITIES) return undefined;
  return [
    ...rest,
    ...above.flatMap((upper) =>
      below.map((lower) => combine(upper, -times(lower), lower, times(upper))),
    ),
  ];
}

function combine(a: Inequality, timesA: bigint, b: Inequality, timesB: bigint): Inequality {
  const coefficients = new Map<number, bigint>();
  for (const [variable, times] of a.coefficients) coefficients.set(variable, times * timesA);
  for (const [variable, times] of b.coefficients) {
    const sum = (coefficients.get(variable) ?? 0n) + times * timesB;
    if (sum === 0n) coefficients.delete(variable);
    else coefficients.set(variable, sum);
  }
  return { coefficients, limit: a.limit * timesA + b.limit * timesB };
}

function boundsOf(system: readonly Inequality[], variable: number): Bounds | undefined {
  let bounds: Bounds = {};
  for (const { coefficients, limit } of system) {
    const times = coefficients.get(variable);
    if (times === undefined) {
      if (coefficients.size === 0 && limit < 0n) return undefined;
    } else if (times > 0n) bounds = intersect(bounds, { hi: floorDivide(limit, times) });
    else bounds = intersect(bounds, { lo: -floorDivide(limit, -times) });
  }
  return isEmpty(bounds) ? undefined : bounds;
}
