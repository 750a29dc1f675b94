import { halfWidth, halves } from '../disclosure/amount';
import { amountOf, type Cell } from '../disclosure/model';
import { reasonOf, type AmountOf, type Operand, type Reason, type Relation } from './relation';
import type { Tails } from './tails';

/** `accepted` is given by the service, from what the file itself accepts. */
export type Outcome = 'holds' | 'rounding' | 'fails' | 'empty' | 'unchecked' | 'accepted';

/** Numbers in halves of `place`, a power of ten of 元: exact, without fractions. */
export interface Measure {
  readonly place: number;
  /** Σ left and Σ right as printed. */
  readonly left: bigint;
  readonly right: bigint;
  /** How far both sides together may be off by rounding alone. */
  readonly tolerance: bigint;
  /** How far the right side alone may be off. */
  readonly rightTolerance: bigint;
}

export interface Evaluation {
  readonly relation: Relation;
  readonly outcome: Outcome;
  readonly measure: Measure | undefined;
  readonly reason: Reason | undefined;
  /** The same amount printed twice at one precision: the digits must agree. */
  readonly copy: boolean;
}

/**
 * Evaluates one relation by the rounding rules of the domain: a non-zero amount stands for half its
 * last place either way, zero for itself; copies must agree to the digit unless a tail explains them.
 */
export function evaluate(
  relation: Relation,
  tails: Tails,
  amount: AmountOf = amountOf,
): Evaluation {
  const operands = [...relation.left, ...relation.right];
  for (const { cell } of operands) {
    const reason = reasonOf(cell);
    if (reason) return { relation, outcome: 'unchecked', measure: undefined, reason, copy: false };
  }
  const measure = measureOf(relation, amount);
  const copy = isCopy(relation, amount);
  const done = (outcome: Outcome): Evaluation => ({
    relation,
    outcome,
    measure,
    reason: undefined,
    copy: copy !== undefined,
  });
  if (operands.every(({ cell }) => cell.state !== 'amount' && amount(cell).units === 0n)) {
    return done('empty');
  }
  const gap = measure.left - measure.right;
  const beyond =
    relation.comparator === 'ge' ? -gap : relation.comparator === 'le' ? gap : abs(gap);
  if (beyond <= 0n) return done('holds');
  if (beyond > measure.tolerance) return done('fails');
  if (!copy || relation.comparator !== 'eq') return done('rounding');
  return done(
    beyond === 2n && copy.some((cell) => tails.isPlainSum(cell, amount)) ? 'rounding' : 'fails',
  );
}

function measureOf({ left, right }: Relation, amount: AmountOf): Measure {
  const amounts = [...left, ...right].map(({ cell }) => amount(cell));
  // The finest place that carries a digit; zeros have no width and do not make the others finer.
  const places = amounts.filter(({ units }) => units !== 0n).map((a) => a.place);
  const place = places.length > 0 ? Math.min(...places) : (amounts[0]?.place ?? 0);
  const side = (operands: readonly Operand[]) => {
    let sum = 0n;
    let width = 0n;
    for (const { cell, coefficient } of operands) {
      const value = amount(cell);
      if (value.units === 0n) continue;
      sum += BigInt(coefficient) * halves(value, place);
      width += halfWidth(value, place);
    }
    return { sum, width };
  };
  const printed = side(left);
  const computed = side(right);
  return {
    place,
    left: printed.sum,
    right: computed.sum,
    tolerance: printed.width + computed.width,
    rightTolerance: computed.width,
  };
}

/** The two non-zero cells of a relation that says no more than that they print the same amount. */
function isCopy({ left, right }: Relation, amount: AmountOf): [Cell, Cell] | undefined {
  const nonZero = (operands: readonly Operand[]) =>
    operands.filter(({ cell }) => amount(cell).units !== 0n);
  const [a, ...moreLeft] = nonZero(left);
  const [b, ...moreRight] = nonZero(right);
  if (!a || !b || moreLeft.length > 0 || moreRight.length > 0) return undefined;
  if (a.coefficient !== b.coefficient || amount(a.cell).place !== amount(b.cell).place)
    return undefined;
  return [a.cell, b.cell];
}

export const abs = (n: bigint): bigint => (n < 0n ? -n : n);
