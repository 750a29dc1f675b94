import { halves, power, printedAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell, type Mode } from '../disclosure/model';
import { evaluate } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { Relation } from '../relations/relation';
import { spanOf } from '../relations/rounding';

/** More values than this in the implied interval are no proposal but a guess. */
const MOST_VALUES = 64n;

/** What a cell would have to print for all its relations to hold together, the others as they are. */
export interface RightValues {
  readonly cell: Cell;
  /**
   * The value to write where one is singled out: the printed value of a twin that agrees with every
   * relation, else the only value that does. Otherwise all that do, nearest first is not implied.
   */
  readonly values: readonly Amount[];
  /** Bounds of the value in halves of `place`, from interval arithmetic; open sides are undefined. */
  readonly bounds: { readonly lo?: bigint; readonly hi?: bigint; readonly place: number };
}

/** Finds the right value of a cell; undefined when no value makes all its relations hold. */
export function rightValues(network: Network, cell: Cell): RightValues | undefined {
  const relations = network
    .of(cell)
    .filter(({ outcome, relation }) => outcome !== 'unchecked' && occurrences(relation, cell) === 1)
    .map(({ relation }) => relation);
  const place = finestPlace(relations, cell);
  const { context } = network;
  const bounds = intersect(relations, cell, place, context.mode);
  if (bounds.lo !== undefined && bounds.hi !== undefined && bounds.lo > bounds.hi) {
    return undefined;
  }
  const works = (amount: Amount) => {
    const assumed = {
      ...context,
      amount: (other: Cell) => (other === cell ? amount : amountOf(other)),
    };
    return relations.every((relation) => evaluate(relation, assumed).outcome !== 'fails');
  };
  const twins = unique(twinAmounts(relations, cell)).filter(works);
  if (twins.length === 1) return { cell, values: twins, bounds: { ...bounds, place } };
  const values = unique([...twins, ...representable(bounds, place)]).filter(works);
  return values.length > 0 ? { cell, values, bounds: { ...bounds, place } } : undefined;
}

function occurrences({ left, right }: Relation, cell: Cell): number {
  return [...left, ...right].filter((operand) => operand.cell === cell).length;
}

/** The last place a value of the cell would be printed to: its own, or the finest around it. */
function finestPlace(relations: readonly Relation[], cell: Cell): number {
  const places = relations
    .flatMap(({ left, right }) => [...left, ...right])
    .filter((operand) => operand.cell !== cell && amountOf(operand.cell).units !== 0n)
    .map((operand) => amountOf(operand.cell).place);
  const own = cell.state === 'amount' ? [amountOf(cell).place] : [];
  return Math.min(...own, ...places, cell.table.unit.exponent);
}

interface Bounds {
  readonly lo?: bigint;
  readonly hi?: bigint;
}

/** The interval of values, in halves of `place`, that no relation rules out by itself. */
function intersect(relations: readonly Relation[], cell: Cell, place: number, mode: Mode): Bounds {
  let lo: bigint | undefined;
  let hi: bigint | undefined;
  for (const relation of relations) {
    const bounds = implied(relation, cell, place, mode);
    if (bounds.lo !== undefined && (lo === undefined || bounds.lo > lo)) lo = bounds.lo;
    if (bounds.hi !== undefined && (hi === undefined || bounds.hi < hi)) hi = bounds.hi;
  }
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

/** Widest bounds from one relation; whether an end itself will do, evaluation decides. */
function implied(relation: Relation, cell: Cell, place: number, mode: Mode): Bounds {
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
      const amount = amountOf(other);
      const { lo, hi } = spanOf(amount, place, mode, relation.rule.kind);
      rest += factor * halves(amount, place);
      restLo += factor === 1n ? lo : -hi;
      restHi += factor === 1n ? hi : -lo;
    }
  };
  fold(relation.left, 1);
  fold(relation.right, -1);
  // The value's own span is at most one place either way.
  const ends = [-(rest + restLo) * sign, -(rest + restHi) * sign] as const;
  const lo = (ends[0] < ends[1] ? ends[0] : ends[1]) - 2n;
  const hi = (ends[0] < ends[1] ? ends[1] : ends[0]) + 2n;
  if (relation.comparator === 'eq') return { lo, hi };
  const growing = (relation.comparator === 'ge') === (sign === 1n);
  return growing ? { lo } : { hi };
}

/** The printed amounts of the cells that a relation equates with this one alone. */
function twinAmounts(relations: readonly Relation[], cell: Cell): Amount[] {
  return relations.flatMap(({ left, right, comparator }) => {
    if (comparator !== 'eq') return [];
    const others = [...left, ...right].filter((operand) => operand.cell !== cell);
    const nonZero = others.filter((operand) => amountOf(operand.cell).units !== 0n);
    const [twin, ...more] = nonZero;
    const acrossSides = twin && left.some((o) => o.cell === cell) !== left.includes(twin);
    return twin && more.length === 0 && acrossSides && twin.coefficient === 1
      ? [amountOf(twin.cell)]
      : [];
  });
}

function representable({ lo, hi }: Bounds, place: number): Amount[] {
  if (lo === undefined || hi === undefined) return [];
  const first = ceilHalf(lo);
  const last = floorHalf(hi);
  if (last - first >= MOST_VALUES) return [];
  const amounts: Amount[] = [];
  for (let units = first; units <= last; units++) {
    amounts.push(printedAmount(units, place));
  }
  return amounts;
}

const floorHalf = (n: bigint) => (n - (((n % 2n) + 2n) % 2n)) / 2n;
const ceilHalf = (n: bigint) => -floorHalf(-n);

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
