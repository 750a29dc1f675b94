/** What one figure would have to be, the others being as supposed. */
import {
  ceilDivide,
  floorDivide,
  hullOf,
  intersect,
  isEmpty,
  onGrid,
  widened,
  type Bounds,
} from './bounds';
import { implied, impliedByRatio } from './implied';
import type { Model } from './model';
import type { LinearModel } from './relationModel';
import { quotientsOf } from './ratio';
import type { State } from './state';

/** More values than this are no proposal but a guess. */
const MOST_VALUES = 64n;

export interface Options {
  readonly variable: number;
  /** Between these the exact amount lies. */
  readonly bounds: Bounds;
  /**
   * Every value with which all relations hold, those first that leave the fewest tails. If a figure printed
   * elsewhere as the same amount (a twin) is among them it comes first of all.
   */
  readonly values: readonly bigint[];
  /** With each, how many relations hold without a tail; undefined where it is the same with all. */
  readonly plain?: ReadonlyMap<bigint, number>;
  /** They are too many to be tried: there may be others than `values`, which may be none. */
  readonly open?: true;
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
  for (const { relation: index, coefficient } of model.incident(variable)) {
    const relation = model.relation(index);
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
  if (isMixed(working)) working.sort((a, b) => countOf(b.plain) - countOf(a.plain));
  const found = {
    variable,
    bounds: amountWithin(
      model,
      variable,
      bounds,
      working.map(({ value }) => value),
      !all,
    ),
    ...(!all && { open: true as const }),
    ...(isMixed(working) && { plain: new Map(working.map((w) => [w.value, countOf(w.plain)])) }),
  };
  const agreeing = working.filter(({ value }) => twins.includes(value));
  const [twin, ...moreTwins] = agreeing;
  if (!twin || moreTwins.length > 0) {
    const values = [...agreeing, ...working.filter((w) => !agreeing.includes(w))];
    const isUsual = working.some(({ value }) => value === quotient);
    return {
      ...found,
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
  return { ...found, values: values.map(({ value }) => value), twin: twin.value };
}

/**
 * Where the exact amount lies, of which one of the values would be printed between the bounds.
 * @param isOpen there are more values than these
 */
export function amountWithin(
  model: Model,
  variable: number,
  bounds: Bounds,
  values: readonly bigint[],
  isOpen: boolean,
): Bounds {
  const half = model.printHalf[variable]!;
  // What is never rounded is what is printed.
  if (half === 0n) return isOpen ? onGrid(bounds, model.printStep[variable]!) : hullOf(values);
  const amount = widened(bounds, model.isRatio(variable) ? -half : -model.reachOf(variable));
  // No exact amount does for all, but a figure does that is the sum of rounded ones.
  return isEmpty(amount) && values.length > 0 ? widened(hullOf(values), half) : amount;
}

/** Whether nothing but an amount below zero would do where none is printed, and such are rare. */
export function isNewlyNegative(
  { model }: State,
  { variable, values, bounds: { hi }, open }: Omit<Options, 'twin'>,
): boolean {
  if (model.negative === 0) return false;
  const printed = model.value[variable]!;
  // A sign may have been left out.
  const isOdd = (value: bigint) => value < 0n && value !== -printed;
  if (open) return printed >= 0n && hi !== undefined && hi < 0n;
  return printed >= 0n && values.length > 0 && values.every(isOdd);
}

/** The relations that speak of another free variable. */
function boundToOthers(
  model: Model,
  variable: number,
  free: ReadonlySet<number>,
): ReadonlySet<number> | undefined {
  if (free.size === 0) return undefined;
  const found = new Set<number>();
  for (const other of free) {
    if (other === variable) continue;
    for (const { relation } of model.incident(other)) found.add(relation);
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

/** Whether more relations hold plainly with one than with another. */
const isMixed = ([first, ...others]: readonly Working[]) =>
  first !== undefined && others.some(({ plain }) => plain !== first.plain);

function countOf(bits: bigint): number {
  let count = 0;
  for (let left = bits; left !== 0n; left &= left - 1n) count++;
  return count;
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
export function inPlace(value: bigint, step: bigint): bigint {
  const half = step / 2n;
  return value < 0n
    ? -floorDivide(-value + half, step) * step
    : floorDivide(value + half, step) * step;
}

/** Every value between the bounds that could be printed; undefined where they are too many. */
function representable({ lo, hi }: Bounds, step: bigint): bigint[] | undefined {
  if (lo === undefined || hi === undefined) return undefined;
  const first = ceilDivide(lo, step);
  const last = floorDivide(hi, step);
  if (last - first >= MOST_VALUES) return undefined;
  const values: bigint[] = [];
  for (let units = first; units <= last; units++) values.push(units * step);
  return values;
}
