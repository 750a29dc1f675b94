import { halves, isNonZeroAmount, power, type Amount } from '../disclosure/amount';
import { amountIn, amountOf, type Cell, type Table } from '../disclosure/model';
import { evaluate, type Context } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { measureRatio, solveRatio } from '../relations/ratio';
import { operandsOf, type AmountOf, type Relation } from '../relations/relation';
import { spanOf } from '../relations/rounding';
import { isBinding } from './binding';

/** More values than this in the implied interval are no proposal but a guess. */
const MOST_VALUES = 64n;

/** What a cell would have to print for all its relations to hold together, the others as they are. */
export interface RightValues {
  readonly cell: Cell;
  /**
   * Every value with which all relations of the cell hold; those that a twin of the cell prints come
   * first, for they are the likeliest. One value alone is the right one.
   */
  readonly values: readonly Amount[];
  /** The printed value of the one twin that agrees with every relation: the right one by custom. */
  readonly twin?: Amount;
  /** Bounds of the value in halves of `place`, from interval arithmetic; open sides are undefined. */
  readonly bounds: { readonly lo?: bigint; readonly hi?: bigint; readonly place: number };
}

/** What is taken for given while a cell is searched. */
export interface Assumption {
  /** Amounts of the other cells. */
  readonly amount: AmountOf;
  /** Cells whose amount is unknown too: a relation with one of them says nothing yet. */
  readonly free: ReadonlySet<Cell>;
}

const AS_PRINTED: Assumption = { amount: amountOf, free: new Set() };

/**
 * Finds what a cell has to print, the others being as assumed; undefined when no value makes all its
 * relations hold. Without bounds on both sides and without a twin the list of values is empty.
 */
export function rightValues(
  network: Network,
  cell: Cell,
  { amount, free }: Assumption = AS_PRINTED,
): RightValues | undefined {
  const relations = network
    .of(cell)
    .filter(isBinding)
    .map(({ relation }) => relation)
    .filter((relation) => knows(relation, cell, free));
  const { context } = network;
  const place = printPlace(cell, relations, amount);
  const fine = finestPlace(relations, cell, place, amount);
  const bounds = intersect(relations, cell, fine, { ...context, amount, place });
  const { lo, hi } = bounds;
  if (lo !== undefined && hi !== undefined && lo > hi) return undefined;
  /** The relations that plainly hold with a value; undefined if one fails. */
  const plain = (value: Amount): ReadonlySet<Relation> | undefined => {
    const assumed = {
      ...context,
      amount: (other: Cell) => (other === cell ? value : amount(other)),
    };
    const held = new Set<Relation>();
    for (const relation of relations) {
      const { outcome } = evaluate(relation, assumed);
      if (outcome === 'fails') return undefined;
      if (outcome === 'holds') held.add(relation);
    }
    return held;
  };
  const twins = [
    ...twinAmounts(relations, cell, amount).map((twin) => inPlace(twin, cell, place)),
    ...ratioAmounts(relations, cell, { ...context, amount, place }),
  ];
  const all = representable(bounds, fine, cell, place);
  const working = unique([...twins, ...(all ?? [])]).flatMap((value) => {
    const held = plain(value);
    return held ? [{ value, held }] : [];
  });
  if (working.length === 0 && all) return undefined;
  const isTwin = ({ units }: Amount) => twins.some((twin) => twin.units === units);
  const [twin, ...moreTwins] = working.filter(({ value }) => isTwin(value));
  return {
    cell,
    ...(twin && moreTwins.length === 0 && { twin: twin.value }),
    bounds: { ...bounds, place: fine },
    values: singledOut(working, isTwin).map(({ value }) => value),
  };
}

interface Working {
  readonly value: Amount;
  readonly held: ReadonlySet<Relation>;
}

/**
 * The printed value of a twin that agrees with every relation is the right one, unless another value
 * lets a relation hold plainly that the twin only lets hold within rounding: then both remain.
 */
function singledOut(
  working: readonly Working[],
  isTwin: (value: Amount) => boolean,
): readonly Working[] {
  const [twin, ...moreTwins] = working.filter(({ value }) => isTwin(value));
  if (!twin || moreTwins.length > 0) return working;
  const best = working.every(({ held }) => [...held].every((relation) => twin.held.has(relation)));
  return best ? [twin] : working;
}

/** Whether a relation speaks of nothing but the cell that is unknown. */
function knows(relation: Relation, cell: Cell, free: ReadonlySet<Cell>): boolean {
  return operandsOf(relation).every((other) => other.cell === cell || !free.has(other.cell));
}

/** The last place the cell would be printed to: its own, or the finest its table prints. */
function printPlace(cell: Cell, relations: readonly Relation[], amount: AmountOf): number {
  const { table } = cell;
  const place = Math.min(cell.unit.exponent, tablePlace(cell));
  if (!table.spec.section) return place;
  // A text that repeats a table prints what the table does.
  return Math.min(place, ...twinAmounts(relations, cell, amount).map((twin) => twin.place));
}

/** By how a table prints: the finest places that are printed in it, by what is measured and, of a text, by column. */
const printedPlaces = new WeakMap<object, ReadonlyMap<string, number>>();

function tablePlace(cell: Cell): number {
  const { table } = cell;
  let places = printedPlaces.get(table.manner);
  if (!places) printedPlaces.set(table.manner, (places = placesOf(table)));
  return places.get(placeKey(cell)) ?? cell.unit.exponent;
}

// A text prints each kind of figure in its own way.
const placeKey = ({ table, unit, column }: Cell) =>
  `${unit.measure ?? ''}/${table.spec.section ? column.id : ''}`;

function placesOf(table: Table): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const other = table.cell(row.id, column);
      if (!other?.amount || other.amount.units === 0n) continue;
      const key = placeKey(other);
      places.set(key, Math.min(places.get(key) ?? other.amount.place, other.amount.place));
    }
  }
  return places;
}

/** The finest place at which the cell and all it stands in relation with can be told apart. */
function finestPlace(
  relations: readonly Relation[],
  cell: Cell,
  place: number,
  amount: AmountOf,
): number {
  const places = relations
    .flatMap(operandsOf)
    .filter((o) => o.cell.unit.measure === cell.unit.measure && isNonZeroAmount(amount(o.cell)))
    .map((operand) => amount(operand.cell).place);
  // A rule may compare with less than any cell prints: 0.0001 万元 is more than nothing.
  const constants = relations.flatMap(({ constant }) => constant?.place ?? []);
  return Math.min(place, ...places, ...constants);
}

/** An amount of another table as this cell would print it, rounded to its place if that is coarser. */
function inPlace({ units, place: finer }: Amount, cell: Cell, place: number): Amount {
  if (finer >= place) return amountIn(cell, units * power(finer - place), place);
  const scale = power(place - finer);
  const half = units < 0n ? -scale / 2n : scale / 2n;
  return amountIn(cell, (units + half) / scale, place);
}

/** `place`: where the cell is printed to. */
type Given = Pick<Context, 'mode' | 'amount'> & { readonly place: number };

interface Bounds {
  readonly lo?: bigint;
  readonly hi?: bigint;
}

/** The interval of values, in halves of `fine`, that no relation rules out by itself. */
function intersect(relations: readonly Relation[], cell: Cell, fine: number, given: Given): Bounds {
  let lo: bigint | undefined;
  let hi: bigint | undefined;
  for (const relation of relations) {
    const bounds = implied(relation, cell, fine, given);
    if (bounds.lo !== undefined && (lo === undefined || bounds.lo > lo)) lo = bounds.lo;
    if (bounds.hi !== undefined && (hi === undefined || bounds.hi < hi)) hi = bounds.hi;
  }
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

/** Widest bounds from one relation; whether an end itself will do, evaluation decides. */
function implied(relation: Relation, cell: Cell, fine: number, given: Given): Bounds {
  if (relation.base) return impliedRatio(relation, cell, fine, given);
  const { mode, amount } = given;
  const times = operandsOf(relation).filter((operand) => operand.cell === cell).length;
  if (times > 1) return {};
  // left − right as `rest + sign · value`, everything but the cell folded into `rest`.
  let rest = relation.constant ? -halves(relation.constant, fine) : 0n;
  let restLo = 0n;
  let restHi = 0n;
  let sign = 1n;
  const fold = (operands: Relation['left'], side: 1 | -1) => {
    for (const { cell: other, coefficient } of operands) {
      const factor = BigInt(side * coefficient);
      if (other === cell) {
        sign = factor;
        continue;
      }
      const value = amount(other);
      const { lo, hi } = spanOf(value, fine, mode, relation.rule.kind);
      rest += factor * halves(value, fine);
      restLo += factor === 1n ? lo : -hi;
      restHi += factor === 1n ? hi : -lo;
    }
  };
  fold(relation.left, 1);
  fold(relation.right, -1);
  // The value's own span is at most one place either way.
  const own = 2n * power(given.place - fine);
  const ends = [-(rest + restLo) * sign, -(rest + restHi) * sign] as const;
  const lo = (ends[0] < ends[1] ? ends[0] : ends[1]) - own;
  const hi = (ends[0] < ends[1] ? ends[1] : ends[0]) + own;
  if (relation.comparator === 'eq') return { lo, hi };
  const growing = (relation.comparator === 'ge') === (sign === 1n);
  return growing ? { lo } : { hi };
}

/** Bounds of a printed ratio, or of an amount it is made of, and one place more for ways of printing. */
function impliedRatio(relation: Relation, cell: Cell, fine: number, given: Given): Bounds {
  const own = 2n * power(given.place - fine);
  if (relation.left.some((operand) => operand.cell === cell)) {
    const { lo, hi } = measureRatio(relation, withPlace(cell, given));
    const step = power(given.place - fine);
    return { lo: lo * step - own, hi: hi * step + own };
  }
  const { lo, hi } = solveRatio(relation, (operand) => operand.cell === cell, fine, given);
  return lo === undefined || hi === undefined ? {} : { lo: lo - own, hi: hi + own };
}

/** Takes a cell for printed to its place, whatever it prints now. */
function withPlace(cell: Cell, given: Given): Given {
  const any = { ...amountIn(cell, 1n, given.place) };
  return { ...given, amount: (other) => (other === cell ? any : given.amount(other)) };
}

/** What a ratio is, plainly rounded: the value it has by custom. */
function ratioAmounts(relations: readonly Relation[], cell: Cell, given: Given): Amount[] {
  return relations
    .filter(({ base, left }) => base && left.length === 1 && left[0]!.cell === cell)
    .map((relation) => measureRatio(relation, withPlace(cell, given)))
    .map(({ right }) => amountIn(cell, right / 2n, given.place));
}

/** The printed amounts of the cells that a relation equates with this one alone. */
function twinAmounts(relations: readonly Relation[], cell: Cell, amount: AmountOf): Amount[] {
  return relations.flatMap(({ left, right, comparator, base, constant }) => {
    if (comparator !== 'eq' || base || constant) return [];
    const others = [...left, ...right].filter((operand) => operand.cell !== cell);
    const nonZero = others.filter((operand) => amount(operand.cell).units !== 0n);
    const [twin, ...more] = nonZero;
    const acrossSides = twin && left.some((o) => o.cell === cell) !== left.includes(twin);
    return twin && more.length === 0 && acrossSides && twin.coefficient === 1
      ? [amount(twin.cell)]
      : [];
  });
}

/** Every value between the bounds that a cell could print; undefined where they are too many. */
function representable(
  { lo, hi }: Bounds,
  fine: number,
  cell: Cell,
  place: number,
): Amount[] | undefined {
  if (lo === undefined || hi === undefined) return undefined;
  const step = 2n * power(place - fine);
  const first = -floorDivide(-lo, step);
  const last = floorDivide(hi, step);
  if (last - first >= MOST_VALUES) return undefined;
  const amounts: Amount[] = [];
  for (let units = first; units <= last; units++) amounts.push(amountIn(cell, units, place));
  return amounts;
}

/** Division of integers towards minus infinity; the divisor is positive. */
function floorDivide(n: bigint, divisor: bigint): bigint {
  const remainder = ((n % divisor) + divisor) % divisor;
  return (n - remainder) / divisor;
}

/** Amounts that print differently; an amount and the same with more zeros are one. */
function unique(amounts: readonly Amount[]): Amount[] {
  const seen = new Map<bigint, Amount>();
  const finest = Math.min(0, ...amounts.map(({ place }) => place));
  for (const amount of amounts) {
    const key = amount.units * power(amount.place - finest);
    if (!seen.has(key)) seen.set(key, amount);
  }
  return [...seen.values()];
}
