/** One relation of a document as the solver takes it: between printed cells alone. */
import { writeAmount } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { difference, type Expansion, type Sum } from '../relations/expansion';
import { gathersRows } from '../relations/hidden';
import type { Network } from '../relations/network';
import { measureRatio } from '../relations/ratio';
import type { Operand, Relation as Instance } from '../relations/relation';
import { isAdjusted } from '../relations/rounding';
import type { Rule } from '../relations/rule';
import { Pending } from '../relations/pending';
import type { LinearModel } from './solve/relationModel';
import type * as plain from './solve/problem';

type Relation = plain.Relation<Cell>;
type LinearRelation = plain.LinearRelation<Cell>;
type RatioRelation = plain.RatioRelation<Cell>;

/** What a relation is beside the figures that it adds up. */
export type Traits = Pick<LinearModel, 'id' | 'kind' | 'comparator' | 'open'>;

export function traitsOf(one: Instance | Pending): Traits {
  const { id, rule, comparator } = one;
  // A text is never pending.
  const isText = !(one instanceof Pending) && isAddedUp(one, one.right.length);
  return { id, comparator, kind: kindOf(rule, isText), open: gathersRows(rule) };
}

/** Undefined where printed cells have no say in it: it holds whatever they are. */
export function plainRelation(
  { relation, outcome }: Evaluation,
  { context, expansion }: Network,
): Relation | undefined {
  const { base, or } = relation;
  if (!base) return expansion.isIn(relation) ? expanded(relation, expansion) : linear(relation);
  // Of two bases the one that explains what is printed.
  const other = or && outcome !== 'fails' && measureRatio(relation, context).reading === undefined;
  return ratio(relation, other ? or : base, expansion);
}

function ratio(
  { id, left, right }: Instance,
  base: readonly Operand[],
  expansion: Expansion,
): RatioRelation | undefined {
  const [[printed, coefficient] = [], ...more] = expansion.of(left[0]!.cell);
  if (!printed || coefficient !== 1 || more.length > 0) return undefined;
  // What is printed is in per cent.
  const times = (sum: Sum, factor: number) =>
    Array.from(sum, ([cell, count]) => ({ variable: cell, coefficient: factor * count }));
  return {
    id,
    kind: 'ratio',
    ratio: printed,
    numerator: times(expansion.sum(right), 100),
    denominator: terms(expansion.sum(base)),
  };
}

function linear(relation: Instance): LinearRelation {
  const { left, right, constant } = relation;
  const { id, kind, comparator, open } = traitsOf(relation);
  const added = constant ? [{ constant: writeAmount(constant, 0) }] : [];
  return {
    id,
    kind,
    left: left.map(operand),
    comparator: COMPARATORS[comparator],
    right: [...right.map(operand), ...added],
    open,
  };
}

/**
 * With computed cells read as what they are computed from. The side that takes what rows there are stands
 * on the right, as in any sum.
 */
function expanded(relation: Instance, expansion: Expansion): LinearRelation | undefined {
  const { id, rule, left, right, constant, comparator } = relation;
  const isTurned =
    !gathersRows(rule) && expansion.gathersRows(left) && !expansion.gathersRows(right);
  const [first, second] = isTurned ? [right, left] : [left, right];
  const sum = expansion.sum(first);
  const rest = difference(sum, expansion.sum(second));
  if (rest.size === 0 && !constant) return undefined;
  const own = new Map([...rest].filter(([cell]) => sum.has(cell)));
  const others = new Map([...rest].flatMap(([cell, n]) => (sum.has(cell) ? [] : [[cell, -n]])));
  const added = constant ? [{ constant: writeAmount(constant, 0) }] : [];
  const direction = COMPARATORS[comparator];
  const isText = !isTurned && isAddedUp(relation, others.size);
  return {
    id,
    kind: kindOf(rule, isText),
    left: [...terms(own), ...(isTurned ? added : [])],
    comparator: isTurned ? TURNED[direction] : direction,
    right: [...terms(others), ...(isTurned ? [] : added)],
    ...((gathersRows(rule) || expansion.gathersRows(second)) && { open: true }),
  };
}

const COMPARATORS = { eq: '=', ge: '>=', le: '<=' } as const;
const TURNED = { '=': '=', '>=': '<=', '<=': '>=' } as const;

/** Only what is adjusted, where a document is, holds to the digit there. */
function kindOf(rule: Rule, isAddedUp: boolean): LinearModel['kind'] {
  const isSum = rule.kind === 'sum' || rule.kind === 'hierarchy';
  if (isAdjusted(rule)) return isSum ? 'sum' : 'balance';
  return isSum || isAddedUp ? 'added' : 'equal';
}

/** Several figures of a table that a text adds up are its parts. */
function isAddedUp({ rule, left, right }: Instance, parts: number): boolean {
  if (rule.kind !== 'equal' || left.length !== 1 || right.length === 0 || parts < 2) return false;
  const [text, source] = [left[0]!.cell, right[0]!.cell];
  if (!text.table.spec.section || source.table.spec.section) return false;
  return right.every(({ coefficient }) => coefficient > 0);
}

const operand = ({ cell, coefficient }: Operand): plain.Operand<Cell> => termOf(cell, coefficient);

const terms = (sum: Sum): plain.Operand<Cell>[] =>
  Array.from(sum, ([cell, coefficient]) => termOf(cell, coefficient));

const termOf = (cell: Cell, coefficient: number): plain.Operand<Cell> =>
  coefficient === 1 ? cell : { variable: cell, coefficient };

/** The same for two relations that say the same of the same printed cells, whichever way round. */
export function formOf(
  { id, left, right, base, constant, comparator }: Instance,
  expansion: Expansion,
): string {
  if (base) return id;
  const rest = difference(expansion.sum(left), expansion.sum(right));
  const sorted = [...rest].sort(([a], [b]) => (a.id < b.id ? -1 : 1));
  const isTurned = (sorted[0]?.[1] ?? 1) < 0;
  const direction = COMPARATORS[comparator];
  return [
    isTurned ? TURNED[direction] : direction,
    ...sorted.map(([cell, count]) => `${isTurned ? -count : count}*${cell.id}`),
    ...(constant ? [`${isTurned ? '-' : ''}${writeAmount(constant, 0)}`] : []),
  ].join(' ');
}
