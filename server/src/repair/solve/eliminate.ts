/** Bounds of figures that only together are bound: Fourier–Motzkin elimination, exact and small. */
import { floorDivide, intersect, type Bounds } from './options';
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
 * undefined where they cannot all hold. Ratios are left out, which only widens.
 */
export function boundsTogether(
  state: State,
  free: readonly number[],
  relations: readonly number[],
): Map<number, Bounds> | undefined {
  const system = inequalities(state, free, relations);
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
): Inequality[] {
  const { model } = state;
  const before = free.map((v) => [state.value[v]!, state.half[v]!, state.place[v]!] as const);
  for (const variable of free) state.put(variable, 0n, 0n, state.place[variable]!);
  const system: Inequality[] = [];
  for (const index of relations) {
    const relation = model.relations[index]!;
    if (relation.kind === 'ratio') continue;
    const { rest, lo, hi } = state.sumOf(index);
    const coefficients = new Map<number, bigint>();
    let own = 0n;
    relation.variables.forEach((variable, at) => {
      if (!free.includes(variable)) return;
      const times = relation.coefficients[at]!;
      coefficients.set(variable, times);
      own += (times < 0n ? -times : times) * model.printStep[variable]!;
    });
    if (coefficients.size === 0) continue;
    if (relation.comparator !== 'ge') system.push({ coefficients, limit: -rest - lo + own });
    if (relation.comparator !== 'le') {
      system.push({ coefficients: negated(coefficients), limit: rest + hi + own });
    }
  }
  free.forEach((variable, at) => state.put(variable, ...before[at]!));
  return system;
}

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
  const { lo, hi } = bounds;
  return lo !== undefined && hi !== undefined && lo > hi ? undefined : bounds;
}
