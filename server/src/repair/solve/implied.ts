/** What one relation leaves a figure, the others being as supposed. */
import { abs } from '../../disclosure/amount';
import { ceilDivide, floorDivide, hull, hullOf, intersect, isEmpty, type Bounds } from './bounds';
import type { LinearModel, RatioModel } from './relationModel';
import { asMap, endsOf, rangeOf, signOf, weights } from './ratio';
import type { State } from './state';

/** The same by the numbers of both; undefined where the variable is not in it, and for ratios. */
export function impliedBy(state: State, index: number, variable: number): Bounds | undefined {
  const relation = state.model.relation(index);
  const own = state.model.incident(variable).find((incidence) => incidence.relation === index);
  if (relation.kind === 'ratio' || !own) return undefined;
  return implied(state, index, relation, variable, own.coefficient);
}

/**
 * Widest bounds of what could be printed; whether an end itself will do, judging decides. They are as much
 * wider than those of the exact amount as a figure may be off (`model.reachOf`).
 */
export function implied(
  state: State,
  index: number,
  { comparator }: LinearModel,
  variable: number,
  coefficient: bigint,
): Bounds {
  const { rest, lo, hi } = state.without(index, variable, coefficient);
  const own = abs(coefficient) * state.model.reachOf(variable);
  return divided(coefficient, {
    ...(comparator !== 'le' && { lo: -rest - hi - own }),
    ...(comparator !== 'ge' && { hi: -rest - lo + own }),
  });
}

/** Bounds of a variable from bounds of a multiple of it. */
function divided(coefficient: bigint, { lo, hi }: Bounds): Bounds {
  const [from, to] = coefficient > 0n ? [lo, hi] : [hi, lo];
  return {
    ...(from !== undefined && { lo: ceilDivide(from * sign(coefficient), abs(coefficient)) }),
    ...(to !== undefined && { hi: floorDivide(to * sign(coefficient), abs(coefficient)) }),
  };
}

/** The same as {@link implied} of a ratio, or of what it is made of. */
export function impliedByRatio(state: State, relation: RatioModel, variable: number): Bounds {
  const { ratio, numerator, denominator } = relation;
  if (variable === ratio) return quotientBounds(state, relation);
  if (state.value[ratio] === 0n) return {};
  const at = denominator.variables.indexOf(variable);
  if (at < 0) {
    const direction = signOf(state, denominator);
    return direction === 0 ? {} : impliedByQuotient(state, relation, variable, direction);
  }
  // The base is what is searched: where it is nothing else, the others tell its sign.
  const isKnown = denominator.variables.length === 1 && !numerator.variables.includes(variable);
  const directions = isKnown
    ? [signOf(state, numerator) * (state.value[ratio]! < 0n ? -1 : 1)]
    : BOTH;
  const rest = rangeOf(state, asMap(denominator), variable);
  const times = denominator.coefficients[at]!;
  const own = abs(times) * state.model.reachOf(variable);
  const found = directions.flatMap((direction) => {
    if (direction === 0) return [{}];
    const base: Bounds = direction > 0 ? { lo: 1n - rest.hi - own } : { hi: own - 1n - rest.lo };
    const bounds = intersect(
      divided(times, base),
      impliedByQuotient(state, relation, variable, direction),
    );
    return isEmpty(bounds) ? [] : [bounds];
  });
  return found.length > 0 ? found.reduce(hull) : { lo: 1n, hi: 0n };
}

const BOTH = [1, -1] as const;

/** What the quotient leaves a figure, where the base has a sign. */
function impliedByQuotient(
  state: State,
  relation: RatioModel,
  variable: number,
  direction: number,
): Bounds {
  const { lo, hi } = endsOf(state, relation);
  const own = (times: bigint) => abs(times) * state.model.reachOf(variable);
  const end = (q: bigint, upper: boolean): Bounds => {
    const form = weights(state, relation, q);
    const times = form.get(variable) ?? 0n;
    if (times === 0n) return {};
    const range = rangeOf(state, form, variable);
    return divided(times, upper ? { lo: -range.hi - own(times) } : { hi: -range.lo + own(times) });
  };
  return direction > 0
    ? intersect(end(lo, true), end(hi, false))
    : intersect(end(hi, true), end(lo, false));
}

/** The quotient of numerator and denominator, as wide as both make it. */
function quotientBounds(state: State, { ratio, numerator, denominator }: RatioModel): Bounds {
  const direction = signOf(state, denominator);
  if (direction === 0) return {};
  const scale = state.model.scale[ratio]!;
  const n = rangeOf(state, asMap(numerator));
  const d = rangeOf(state, asMap(denominator));
  const [timesN, timesD] =
    scale <= 0 ? [2n * 10n ** BigInt(-scale), 1n] : [2n, 10n ** BigInt(scale)];
  const quotients = [n.lo, n.hi].flatMap((top) =>
    [d.lo, d.hi].map((base) => [top * timesN * sign(base), abs(base) * timesD] as const),
  );
  const { lo } = hullOf(quotients.map(([top, base]) => ceilDivide(top, base)));
  const { hi } = hullOf(quotients.map(([top, base]) => floorDivide(top, base)));
  // Cut off is tolerated, but nobody is told to print it: half a place either way.
  const half = state.model.printHalf[ratio]!;
  return { lo: lo - half, hi: hi + half };
}

const sign = (n: bigint) => (n < 0n ? -1n : 1n);
