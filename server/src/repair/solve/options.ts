/** What one figure would have to be, the others being as supposed. */
import { endsOf, quotientsOf, rangeOf, signOf, weights } from './ratio';
import type { LinearModel, Model, RatioModel } from './model';
import type { State } from './state';

/** More values than this are no proposal but a guess. */
const MOST_VALUES = 64n;

/** Bounds in the variable's halves, both included; open sides are undefined. */
export interface Bounds {
  readonly lo?: bigint;
  readonly hi?: bigint;
}

export interface Options {
  readonly variable: number;
  readonly bounds: Bounds;
  /**
   * Every value with which all relations hold. If a figure printed elsewhere as the same amount (a twin)
   * is among them it comes first. Empty where they are too many to be tried.
   */
  readonly values: readonly bigint[];
  /** The value of the one twin that agrees with every relation; of a ratio, its plain quotient. */
  readonly twin?: bigint;
}

const NO_ONE: ReadonlySet<number> = new Set();

/**
 * What a variable has to be for all its relations to hold that speak of no other free variable;
 * undefined where nothing will do. `others` are relations to hold as well, though it is not in them.
 */
export function optionsOf(
  state: State,
  variable: number,
  free: ReadonlySet<number> = NO_ONE,
  others: readonly number[] = [],
  within: Bounds = {},
  counts: (relation: number) => boolean = () => true,
): Options | undefined {
  const { model } = state;
  const bound = boundToOthers(model, variable, free);
  const relations: number[] = [];
  let bounds = within;
  const twins: bigint[] = [];
  let quotient: bigint | undefined;
  for (const { relation: index, coefficient } of model.incident[variable]!) {
    const relation = model.relations[index]!;
    if (bound?.has(index)) continue;
    if (!counts(index) || hangsOn(relation.conditions, variable, free)) continue;
    relations.push(index);
    if (relation.kind === 'ratio') {
      bounds = intersect(bounds, impliedByRatio(state, relation, variable));
      if (variable === relation.ratio) quotient = quotientsOf(state, relation)?.rounded;
    } else {
      bounds = intersect(bounds, implied(state, index, relation, variable, coefficient));
      const twin = twinIn(state, index, relation, variable, coefficient);
      if (twin !== undefined) twins.push(inPlace(twin, model.printStep[variable]!));
    }
    if (isEmpty(bounds)) return undefined;
  }
  const all = representable(bounds, model.printStep[variable]!);
  const tried = new Set([...twins, ...(all ?? [])]);
  const working = workingOf(state, variable, tried, [...relations, ...others]);
  if (working.length === 0 && all) return undefined;
  const agreeing = working.filter(({ value }) => twins.includes(value));
  const [twin, ...moreTwins] = agreeing;
  if (!twin || moreTwins.length > 0) {
    const values = [...agreeing, ...working.filter((w) => !agreeing.includes(w))];
    const isUsual = working.some(({ value }) => value === quotient);
    return {
      variable,
      bounds,
      values: values.map(({ value }) => value),
      ...(!twin && isUsual && quotient !== undefined && { twin: quotient }),
    };
  }
  // A twin is the right value unless another one lets a relation hold plainly that the twin does not, or
  // only one relation prefers the twin: where a tail explains that, the other may have been printed.
  const best = working.every(
    (w) => w === twin || ((w.plain & ~twin.plain) === 0n && isMany(twin.plain & ~w.plain)),
  );
  const values = best ? [twin] : [twin, ...working.filter((w) => w !== twin)];
  return { variable, bounds, values: values.map(({ value }) => value), twin: twin.value };
}

/** Whether nothing but an amount below zero would do where none is printed, and such are rare. */
export function isNewlyNegative(
  { model }: State,
  { variable, values }: Pick<Options, 'variable' | 'values'>,
): boolean {
  if (model.negative === 0) return false;
  const printed = model.value[variable]!;
  // A sign may have been left out.
  const isOdd = (value: bigint) => value < 0n && value !== -printed;
  return printed >= 0n && values.length > 0 && values.every(isOdd);
}

/** The relations that speak of another free variable. */
function boundToOthers(
  { incident }: Model,
  variable: number,
  free: ReadonlySet<number>,
): ReadonlySet<number> | undefined {
  if (free.size === 0) return undefined;
  const found = new Set<number>();
  for (const other of free) {
    if (other === variable) continue;
    for (const { relation } of incident[other]!) found.add(relation);
  }
  return found;
}

/** What some relations alone want a variable to be: the values that let each of them hold. */
export function wantedValues(
  state: State,
  variable: number,
  free: ReadonlySet<number>,
  relations: ReadonlySet<number>,
): readonly bigint[] {
  return optionsOf(state, variable, free, [], {}, (index) => relations.has(index))?.values ?? [];
}

/** Whether one of the freed variables decides if a relation applies: then it says nothing. */
export function hangsOn(
  conditions: readonly number[],
  variable: number,
  free: ReadonlySet<number>,
): boolean {
  return conditions.length > 0 && conditions.some((c) => c === variable || free.has(c));
}

/** Whether more than one bit is set. */
const isMany = (bits: bigint) => (bits & (bits - 1n)) !== 0n;

interface Working {
  readonly value: bigint;
  /** The relations that plainly hold with it, as bits. */
  readonly plain: bigint;
}

/** The values with which no relation fails. */
function workingOf(
  state: State,
  variable: number,
  values: Iterable<bigint>,
  relations: readonly number[],
): Working[] {
  const tests = relations.map((index) => state.supposition(index, variable));
  const before = [state.value[variable]!, state.half[variable]!, state.place[variable]!] as const;
  const working: Working[] = [];
  next: for (const value of values) {
    let plain = 0n;
    let bit = 1n;
    let supposed = false;
    for (let at = 0; at < tests.length; at++) {
      let standing = tests[at]?.(value);
      if (standing === undefined) {
        if (!supposed) state.suppose(variable, value);
        supposed = true;
        standing = state.judge(relations[at]!);
      }
      if (standing === 'fails') continue next;
      if (standing === 'holds') plain |= bit;
      bit <<= 1n;
    }
    working.push({ value, plain });
  }
  state.put(variable, ...before);
  return working;
}

/** What one relation leaves a variable; undefined where it is not in it, and for ratios. */
export function impliedBy(state: State, index: number, variable: number): Bounds | undefined {
  const relation = state.model.relations[index]!;
  const own = state.model.incident[variable]!.find((incidence) => incidence.relation === index);
  if (relation.kind === 'ratio' || !own) return undefined;
  return implied(state, index, relation, variable, own.coefficient);
}

/** Widest bounds from one relation; whether an end itself will do, judging decides. */
function implied(
  state: State,
  index: number,
  { comparator }: LinearModel,
  variable: number,
  coefficient: bigint,
): Bounds {
  const { rest, lo, hi } = state.without(index, variable, coefficient);
  // What the value itself stands for is at most one place either way.
  const own = abs(coefficient) * state.model.printStep[variable]!;
  return solve(coefficient, {
    ...(comparator !== 'le' && { lo: -rest - hi - own }),
    ...(comparator !== 'ge' && { hi: -rest - lo + own }),
  });
}

/** Bounds of a variable from bounds of a multiple of it. */
function solve(coefficient: bigint, { lo, hi }: Bounds): Bounds {
  const [from, to] = coefficient > 0n ? [lo, hi] : [hi, lo];
  return {
    ...(from !== undefined && { lo: -floorDivide(-from * sign(coefficient), abs(coefficient)) }),
    ...(to !== undefined && { hi: floorDivide(to * sign(coefficient), abs(coefficient)) }),
  };
}

function impliedByRatio(state: State, relation: RatioModel, variable: number): Bounds {
  if (variable === relation.ratio) return quotientBounds(state, relation);
  // The base may be what is searched: then it has the sign that the ratio and the numerator give it.
  const inBase = relation.denominator.variables.includes(variable);
  const direction =
    inBase && relation.denominator.variables.length === 1
      ? signOf(state, relation.numerator) * (state.value[relation.ratio]! < 0n ? -1 : 1)
      : signOf(state, relation.denominator);
  if (direction === 0 || state.value[relation.ratio] === 0n) return {};
  const { lo, hi } = endsOf(state, relation);
  const own = (times: bigint) => abs(times) * state.model.printStep[variable]!;
  const end = (q: bigint, upper: boolean): Bounds => {
    const form = weights(state, relation, q);
    const times = form.get(variable) ?? 0n;
    if (times === 0n) return {};
    const range = rangeOf(state, form, variable);
    return solve(times, upper ? { lo: -range.hi - own(times) } : { hi: -range.lo + own(times) });
  };
  return direction > 0
    ? intersect(end(lo, true), end(hi, false))
    : intersect(end(hi, true), end(lo, false));
}

/** The quotient of numerator and denominator, as wide as both make it. */
function quotientBounds(state: State, relation: RatioModel): Bounds {
  const direction = signOf(state, relation.denominator);
  if (direction === 0) return {};
  const scale = state.model.scale[relation.ratio]!;
  const range = (form: RatioModel['numerator']) =>
    rangeOf(state, new Map(form.variables.map((v, at) => [v, form.coefficients[at]!])));
  const n = range(relation.numerator);
  const d = range(relation.denominator);
  const [timesN, timesD] =
    scale <= 0 ? [2n * 10n ** BigInt(-scale), 1n] : [2n, 10n ** BigInt(scale)];
  const quotients = [n.lo, n.hi].flatMap((top) =>
    [d.lo, d.hi].map((base) => [top * timesN * sign(base), abs(base) * timesD] as const),
  );
  // Cut off is tolerated, but nobody is told to print it: half a place either way.
  const half = state.model.printStep[relation.ratio]! / 2n;
  const lo = least(quotients.map(([top, base]) => -floorDivide(-top, base)));
  const hi = greatest(quotients.map(([top, base]) => floorDivide(top, base)));
  return { lo: lo - half, hi: hi + half };
}

/** The only other figure that carries a digit, where the relation equates it with this variable. */
function twinIn(
  state: State,
  index: number,
  { variables, coefficients, comparator }: LinearModel,
  variable: number,
  coefficient: bigint,
): bigint | undefined {
  if (comparator !== 'eq') return undefined;
  if (state.sumOf(index).nonZero - (state.isNonZero(variable) ? 1 : 0) !== 1) return undefined;
  const at = variables.findIndex((v) => v !== variable && state.isNonZero(v));
  return coefficients[at] === -coefficient ? state.value[variables[at]!] : undefined;
}

/** An amount as the variable would print it, rounded to its place if that is coarser. */
function inPlace(value: bigint, step: bigint): bigint {
  const half = step / 2n;
  return value < 0n
    ? -floorDivide(-value + half, step) * step
    : floorDivide(value + half, step) * step;
}

/** Every value between the bounds that could be printed; undefined where they are too many. */
function representable({ lo, hi }: Bounds, step: bigint): bigint[] | undefined {
  if (lo === undefined || hi === undefined) return undefined;
  const first = -floorDivide(-lo, step);
  const last = floorDivide(hi, step);
  if (last - first >= MOST_VALUES) return undefined;
  const values: bigint[] = [];
  for (let units = first; units <= last; units++) values.push(units * step);
  return values;
}

export function intersect(a: Bounds, b: Bounds): Bounds {
  const lo = a.lo === undefined ? b.lo : b.lo === undefined || b.lo < a.lo ? a.lo : b.lo;
  const hi = a.hi === undefined ? b.hi : b.hi === undefined || b.hi > a.hi ? a.hi : b.hi;
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

/** What lies between the widest ends of both. */
export function hull(a: Bounds, b: Bounds): Bounds {
  const lo = a.lo === undefined || b.lo === undefined ? undefined : b.lo < a.lo ? b.lo : a.lo;
  const hi = a.hi === undefined || b.hi === undefined ? undefined : b.hi > a.hi ? b.hi : a.hi;
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

export function isEmpty({ lo, hi }: Bounds): boolean {
  return lo !== undefined && hi !== undefined && lo > hi;
}

/** Division towards minus infinity; the divisor is positive. */
export function floorDivide(n: bigint, divisor: bigint): bigint {
  const remainder = ((n % divisor) + divisor) % divisor;
  return (n - remainder) / divisor;
}

const abs = (n: bigint) => (n < 0n ? -n : n);
const sign = (n: bigint) => (n < 0n ? -1n : 1n);
const least = (values: readonly bigint[]) => values.reduce((a, b) => (b < a ? b : a));
const greatest = (values: readonly bigint[]) => values.reduce((a, b) => (b > a ? b : a));
