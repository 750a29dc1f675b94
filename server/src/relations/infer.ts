import { isNonZero } from '../disclosure/model';
import { ruleOf, type Evaluation } from './evaluate';
import type { Operand } from './relation';
import type { Address, Rule } from './rule';

/** So many different sums have to hold to the digit before it is no accident. */
const ENOUGH = 20;

/**
 * Of all evaluations those that count, by number: the sums over whole sets of rows last, which may be long.
 * The others are nearly always enough.
 */
export function sumsAmong(all: readonly Evaluation[]): number[] {
  const sums: number[] = [];
  const sumsOfSets: number[] = [];
  for (let number = 0; number < all.length; number++) {
    const rule = ruleOf(all[number]!);
    if (isSum(rule)) (rule.terms.some(isOfSet) ? sumsOfSets : sums).push(number);
  }
  return [...sums, ...sumsOfSets];
}

/**
 * Whether the document looks as if software had adjusted its addends so that printed sums hold
 * (舍位平衡): enough distinct sums of two or more figures, and every one without residue. An
 * inference: it is shown, and changes no verdict.
 * @param sums those that count, as {@link sumsAmong} has them
 * @param open those that do not plainly hold: only they can have a residue
 */
export function looksExact(sums: Iterable<Evaluation>, open: readonly Evaluation[]): boolean {
  const isOff = ({ measure }: Evaluation) => measure?.left !== measure?.right;
  if (open.some((evaluation) => isOff(evaluation) && addendsOf(evaluation))) return false;
  const distinct = new Set<string>();
  for (const evaluation of sums) {
    const addends = addendsOf(evaluation);
    if (!addends) continue;
    const figures = addends.map(({ cell }) => cell.printed).sort();
    distinct.add([evaluation.relation.left[0]!.cell.printed, ...figures].join(' '));
    if (distinct.size >= ENOUGH) return true;
  }
  return false;
}

const isOfSet = ({ row }: Address) => row.by === 'set';

const isSum = ({ kind }: Rule) => kind === 'sum' || kind === 'hierarchy';

/** The figures of a printed sum of at least two. What is computed comes to its parts however those are rounded. */
function addendsOf({ relation, outcome }: Evaluation): readonly Operand[] | undefined {
  if (!isSum(relation.rule) || outcome === 'unchecked') return undefined;
  if (relation.left.some(({ cell }) => cell.state === 'derived')) return undefined;
  const addends = relation.right.filter(({ cell }) => isNonZero(cell));
  return addends.length < 2 ? undefined : addends;
}
