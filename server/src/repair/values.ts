import { halfWidth, halves, power, type Amount } from '../disclosure/amount';
import { amountOf, type Cell } from '../disclosure/model';
import { evaluate } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { AmountOf, Relation } from '../relations/relation';

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
  const bounds = intersect(relations, cell, place);
  if (!bounds || (bounds.lo !== undefined && bounds.hi !== undefined && bounds.lo > bounds.hi)) {
    return undefined;
  }
  const works = (amount: Amount) => {
    const amounts: AmountOf = (other) => (other === cell ? amount : amountOf(other));
    return relations.every((relation) => {
      const { outcome } = evaluate(relation, network.tails, amounts);
      return outcome !== 'fails';
    });
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
function intersect(relations: readonly Relation[], cell: Cell, place: number): Bounds | undefined {
  let lo: bigint | undefined;
  let hi: bigint | undefined;
  for (const relation of relations) {
    const bounds = implied(relation, cell, place);
    if (bounds.lo !== undefined && (lo === undefined || bounds.lo > lo)) lo = bounds.lo;
    if (bounds.hi !== undefined && (hi === undefined || bounds.hi < hi)) hi = bounds.hi;
  }
  return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
}

function implied({ left, right, comparator }: Relation, cell: Cell, place: number): Bounds {
  // left − right as `rest + sign · value`, everything but the cell folded into `rest` and its width.
  let rest = 0n;
  let width = 0n;
  let sign = 1n;
  const fold = (operands: Relation['left'], side: bigint) => {
    for (const { cell: other, coefficient } of operands) {
      const factor = side * BigInt(coefficient);
      if (other === cell) sign = factor;
      else {
        rest += factor * halves(amountOf(other), place);
        width += halfWidth(amountOf(other), place);
      }
    }
  };
  fold(left, 1n);
  fold(right, -1n);
  const middle = -rest * sign;
  // The cell's own half place: it will be printed to `place`.
  const lo = middle - width - 1n;
  const hi = middle + width + 1n;
  if (comparator === 'eq') return { lo, hi };
  const growing = (comparator === 'ge') === (sign === 1n);
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
    amounts.push({ units, place, exact: units === 0n || place <= -2 });
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
