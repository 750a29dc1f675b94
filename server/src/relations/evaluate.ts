import { halves, isNonZeroAmount, type Amount } from '../disclosure/amount';
import type { Cell, Mode } from '../disclosure/model';
import { copiesAgree, type Copy } from './copies';
import { hiddenFrom } from './hidden';
import { Pending } from './pending';
import { measureRatio, type Reading } from './ratio';
import {
  brokenIn,
  operandsOf,
  reasonOf,
  type AmountOf,
  type Operand,
  type Reason,
  type Relation,
} from './relation';
import type { Rule } from './rule';
import { isAdjusted, spanOf, SpanSum, type Measure } from './rounding';
import type { Tails } from './tails';
import { unsaidIn } from './unsaid';

/** `accepted` is given by the service, from what the file itself accepts. */
export type Outcome = 'holds' | 'rounding' | 'fails' | 'empty' | 'unchecked' | 'accepted';

/** To count up from. */
export const noOutcomes = (): Record<Outcome, number> => ({
  holds: 0,
  rounding: 0,
  fails: 0,
  empty: 0,
  unchecked: 0,
  accepted: 0,
});

export interface Evaluation {
  readonly relation: Relation;
  readonly outcome: Outcome;
  readonly measure: Measure | undefined;
  readonly reason: Reason | undefined;
  /** The same amount printed twice at one precision: the digits must agree. */
  readonly copy: boolean;
  /** Of what is accepted: what it would be otherwise. */
  readonly otherwise?: Outcome;
  /** Of a ratio: how what is printed can be understood. */
  readonly reading?: Reading;
}

/** What an evaluation depends on beside the relation. */
export interface Context {
  readonly mode: Mode;
  readonly tails: Tails;
  readonly amount: AmountOf;
}

/**
 * Evaluates one relation. Amounts stand for the intervals of the document's way of rounding, zero for
 * itself; the relation is consistent where both sides can be the same. Copies of one amount must agree
 * to the digit unless a tail explains the difference.
 */
export function evaluate(relation: Relation, context: Context): Evaluation {
  if (isEqualToTheDigit(relation, context.amount)) {
    const { rule, comparator } = relation;
    return new Plain({ relation, rule, comparator, outcome: 'holds' }, context);
  }
  return unlessHidden(judge(relation, context));
}

/** The evaluation of what is known to hold without being a relation yet. */
export const evaluatePending = (pending: Pending, context: Context): Evaluation =>
  new Plain(pending, context);

/** The rule that was evaluated; nothing is made a relation for that. */
export const ruleOf = (evaluation: Evaluation): Rule =>
  evaluation instanceof Held ? evaluation.held.rule : evaluation.relation.rule;

export const comparatorOf = (evaluation: Evaluation): Relation['comparator'] =>
  evaluation instanceof Held ? evaluation.held.comparator : evaluation.relation.comparator;

/** Of what holds, or may, the relation is made when somebody asks for it. */
abstract class Held {
  readonly reason = undefined;

  constructor(readonly held: Pick<Pending, 'relation' | 'rule' | 'comparator'>) {}

  get relation(): Relation {
    return this.held.relation;
  }
}

/** Where figures are equal to the digit, as they nearly always are, they are measured when that is asked for. */
class Plain extends Held implements Evaluation {
  /** Another evaluation takes its place as soon as one of its figures is another. */
  private judged: Evaluation | undefined;

  constructor(
    override readonly held: Held['held'] & Pick<Pending, 'outcome'>,
    private readonly context: Context,
  ) {
    super(held);
  }

  get outcome(): Outcome {
    return this.held.outcome;
  }

  get measure(): Evaluation['measure'] {
    return this.judgedOnce.measure;
  }

  get copy(): boolean {
    return this.judgedOnce.copy;
  }

  private get judgedOnce(): Evaluation {
    return (this.judged ??= judge(this.relation, this.context));
  }
}

/** Of figures that can all be calculated with, printed to one place, and that are not all left empty. */
function isEqualToTheDigit(relation: Relation, amount: AmountOf): boolean {
  if (relation.base || relation.constant) return false;
  let place: number | undefined;
  let rest = 0n;
  let isSaid = false;
  for (const side of [relation.left, relation.right]) {
    for (const { cell, coefficient } of side) {
      if (reasonOf(cell)) return false;
      const value = amount(cell);
      if (cell.state === 'amount') isSaid = true;
      if (!isNonZeroAmount(value)) continue;
      place ??= value.place;
      if (value.place !== place) return false;
      const isAdded = coefficient > 0 === (side === relation.left);
      rest += isAdded ? value.units : -value.units;
    }
  }
  return isSaid && rest === 0n;
}

/** One whose figures are added up. */
class Summed extends Held implements Evaluation {
  readonly copy = false;

  constructor(
    held: Held['held'],
    readonly outcome: Outcome,
    readonly measure: Measure,
  ) {
    super(held);
  }
}

/**
 * The same of a relation whose figures are added up already: more than two that are not zero.
 * @param isWhole whether each of its cells prints a figure, and no table of it has keys that are not known
 */
export function evaluateSums(
  one: Relation | Pending,
  measure: Measure,
  isWhole: boolean,
): Evaluation {
  const { rule, comparator } = one;
  const held = one instanceof Pending ? one : { relation: one, rule, comparator };
  const outcome = outcomeOf(comparator, measure);
  if (outcome !== 'fails') return new Summed(held, outcome, measure);
  const { relation } = held;
  const failing = { relation, outcome, measure, reason: undefined, copy: false };
  return isWhole ? failing : unlessHidden(failing);
}

function unlessHidden(evaluation: Evaluation): Evaluation {
  const { relation, outcome, measure } = evaluation;
  if (outcome !== 'fails' && outcome !== 'rounding') return evaluation;
  const hidden = outcome === 'fails' ? hiddenFrom(relation) : undefined;
  const reason = hidden ?? (measure && unsaidIn(relation, measure));
  return reason ? { ...evaluation, outcome: 'unchecked', reason } : evaluation;
}

function judge(relation: Relation, context: Context): Evaluation {
  const { amount } = context;
  const operands = operandsOf(relation);
  for (const { cell } of operands) {
    const reason = reasonOf(cell);
    if (reason) return { relation, outcome: 'unchecked', measure: undefined, reason, copy: false };
  }
  if (relation.base) return unlessEmpty(evaluateRatio(relation, context));
  const measure = measureOf(relation, context);
  const copy = relation.comparator === 'eq' ? copiesOf(relation, amount) : undefined;
  const isCopy = copy !== undefined;
  const done = (outcome: Outcome): Evaluation => ({
    relation,
    outcome,
    measure,
    reason: undefined,
    copy: isCopy,
  });
  if (isEmpty(operands, amount)) return done('empty');
  const outcome = outcomeOf(relation.comparator, measure);
  if (copy && outcome !== 'holds') {
    if (explained(copy, relation, context)) return done('rounding');
    const unread = isOneApart(measure) && copy.find((cell) => mayHaveParts(cell, context));
    const reason = unread ? brokenIn(unread.table) : undefined;
    return reason ? { ...done('unchecked'), reason } : done('fails');
  }
  return done(outcome);
}

/** A share that a form leaves empty is not said to be nothing. */
function unlessEmpty(evaluation: Evaluation): Evaluation {
  const { outcome, relation } = evaluation;
  const empty = relation.left.find(({ cell }) => cell.state === 'blank');
  if (outcome === 'holds' || outcome === 'empty' || !empty) return evaluation;
  return {
    ...evaluation,
    outcome: 'unchecked',
    reason: { code: 'total-missing', cell: empty.cell },
  };
}

function outcomeOf(comparator: Relation['comparator'], { left, right, lo, hi }: Measure): Outcome {
  if (left === right || (comparator === 'ge' && left > right)) return 'holds';
  if (comparator === 'le' && left < right) return 'holds';
  const consistent = (comparator === 'le' || left >= lo) && (comparator === 'ge' || left <= hi);
  return consistent ? 'rounding' : 'fails';
}

const isEmpty = (operands: readonly Operand[], amount: AmountOf) =>
  operands.every(({ cell }) => cell.state !== 'amount' && amount(cell).units === 0n);

/** What a ratio prints is consistent when it can be understood in any of the ways people print ratios. */
function evaluateRatio(relation: Relation, context: Context): Evaluation {
  const own = measureRatio(relation, context);
  const other =
    own.reading === undefined && relation.or
      ? measureRatio({ ...relation, base: relation.or }, context)
      : own;
  const { reading, ...measure } = other.reading === undefined ? own : other;
  const empty = isEmpty(operandsOf(relation), context.amount);
  const outcome = empty
    ? 'empty'
    : reading === 'rounded'
      ? 'holds'
      : reading
        ? 'rounding'
        : 'fails';
  return {
    relation,
    outcome,
    measure,
    reason: undefined,
    copy: false,
    ...(reading && { reading }),
  };
}

function measureOf(relation: Relation, { amount, mode }: Context): Measure {
  const { left, right, rule, constant } = relation;
  const place = finestPlace(relation, amount);
  const side = (operands: readonly Operand[]) => {
    const total = new SpanSum();
    for (const { cell, coefficient } of operands) {
      const value = amount(cell);
      if (!isNonZeroAmount(value)) continue;
      total.add(halves(value, place), spanOf(value, place, mode, rule), coefficient);
    }
    return total;
  };
  const printed = side(left);
  const computed = side(right);
  if (constant) computed.add(halves(constant, place), spanOf(constant, place, mode, rule), 1);
  return measureSides(place, printed, computed);
}

/** The finest place that carries a digit; zeros have no width and do not make the others finer. */
function finestPlace({ left, right, constant }: Relation, amount: AmountOf): number {
  let finest: number | undefined;
  const take = (value: Amount) => {
    if (isNonZeroAmount(value) && (finest === undefined || value.place < finest)) {
      finest = value.place;
    }
  };
  for (const { cell } of left) take(amount(cell));
  for (const { cell } of right) take(amount(cell));
  if (constant) take(constant);
  const first = left[0] ?? right[0];
  return finest ?? (first ? amount(first.cell).place : constant?.place) ?? 0;
}

/** A printed side beside what it should be, both in halves of a place. */
export function measureSides(place: number, printed: SpanSum, computed: SpanSum): Measure {
  const own = printed.span;
  const other = computed.span;
  // Printed values are whole places, two halves; an excluded end leaves the next one inside.
  return {
    place,
    left: printed.sum,
    right: computed.sum,
    rightLo: computed.sum + other.lo,
    rightHi: computed.sum + other.hi,
    lo: computed.sum + other.lo - own.hi + (other.openLo || own.openHi ? 2n : 0n),
    hi: computed.sum + other.hi - own.lo - (other.openHi || own.openLo ? 2n : 0n),
  };
}

/**
 * The only two cells that are not zero, where the relation says no more than that they print the same
 * amount: a total with a single addend, income all of which was spent.
 */
function copiesOf({ left, right, constant }: Relation, amount: AmountOf): [Cell, Cell] | undefined {
  if (constant) return undefined;
  const signed: { readonly cell: Cell; readonly sign: number }[] = [];
  for (const [side, turn] of [
    [left, 1],
    [right, -1],
  ] as const) {
    for (const { cell, coefficient } of side) {
      if (!isNonZeroAmount(amount(cell))) continue;
      if (signed.length === 2) return undefined;
      signed.push({ cell, sign: Math.sign(turn * coefficient) });
    }
  }
  const [a, b] = signed;
  if (!a || !b || a.sign === b.sign) return undefined;
  const [first, second] = [amount(a.cell), amount(b.cell)];
  // A sum computed of rounded parts is no copy: it is as wide as its parts.
  if (first.width > 1n || second.width > 1n) return undefined;
  return first.place === second.place ? [a.cell, b.cell] : undefined;
}

const isOneApart = ({ left, right }: Measure) => left - right === 2n || right - left === 2n;

/** Parts that a syntax error keeps from being read could explain a last place. */
const mayHaveParts = (cell: Cell, { tails }: Context) =>
  cell.table.isIncomplete(cell.row.section.id) ||
  [...tails.partsOf(cell)].some(({ row }) => row.broken);

/** Whether two copies that differ may still be the same amount. */
function explained(
  copies: readonly [Cell, Cell],
  { rule }: Relation,
  { mode, tails, amount }: Context,
): boolean {
  const [a, b] = copies.map((cell) => ({
    units: amount(cell).units,
    exact: amount(cell).width === 0n,
    parts: tails.partsOfSum(cell, amount),
  })) as [Copy, Copy];
  return copiesAgree(a, b, mode, isAdjusted(rule));
}
