import { halves, isNonZeroAmount, power, printedAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell } from '../disclosure/model';
import { evaluate, type Context } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { AmountOf, Relation } from '../relations/relation';
import { spanOf } from '../relations/rounding';

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
    .filter(({ outcome }) => outcome !== 'unchecked')
    .map(({ relation }) => relation)
    .filter((relation) => knows(relation, cell, free));
  const { context } = network;
  const place = printPlace(cell);
  const fine = finestPlace(relations, place, amount);
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
  const twins = twinAmounts(relations, cell, amount).map((twin) => inPlace(twin, place));
  const all = representable(bounds, fine, place);
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

/** Whether a relation speaks of the cell, once, and of nothing else that is unknown. */
function knows({ left, right }: Relation, cell: Cell, free: ReadonlySet<Cell>): boolean {
  let times = 0;
  for (const operand of [...left, ...right]) {
    if (operand.cell === cell) times++;
    else if (free.has(operand.cell)) return false;
  }
  return times === 1;
}

/** The last place the cell would be printed to: its own, or the finest its table prints. */
function printPlace(cell: Cell): number {
  const { table } = cell;
  let place = table.unit.exponent;
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const amount = table.cell(row.id, column)?.amount;
      if (amount && amount.units !== 0n && amount.place < place) ({ place } = amount);
    }
  }
  return place;
}

/** The finest place at which the cell and all it stands in relation with can be told apart. */
function finestPlace(relations: readonly Relation[], place: number, amount: AmountOf): number {
  const places = relations
    .flatMap(({ left, right }) => [...left, ...right])
    .filter((operand) => isNonZeroAmount(amount(operand.cell)))
    .map((operand) => amount(operand.cell).place);
  return Math.min(place, ...places);
}

/** An amount of another table as this cell would print it, rounded to its place if that is coarser. */
function inPlace({ units, place: finer }: Amount, place: number): Amount {
  if (finer >= place) return printedAmount(units * power(finer - place), place);
  const scale = power(place - finer);
  const half = units < 0n ? -scale / 2n : scale / 2n;
  return printedAmount((units + half) / scale, place);
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
  const { mode, amount } = given;
  // left − right as `rest + sign · value`, everything but the cell folded into `rest`.
  let rest = 0n;
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

/** The printed amounts of the cells that a relation equates with this one alone. */
function twinAmounts(relations: readonly Relation[], cell: Cell, amount: AmountOf): Amount[] {
  return relations.flatMap(({ left, right, comparator }) => {
    if (comparator !== 'eq') return [];
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
function representable({ lo, hi }: Bounds, fine: number, place: number): Amount[] | undefined {
  if (lo === undefined || hi === undefined) return undefined;
  const step = 2n * power(place - fine);
  const first = -floorDivide(-lo, step);
  const last = floorDivide(hi, step);
  if (last - first >= MOST_VALUES) return undefined;
  const amounts: Amount[] = [];
  for (let units = first; units <= last; units++) amounts.push(printedAmount(units, place));
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
