import { isNonZero } from '../disclosure/model';
import type { Evaluation } from './evaluate';
import type { Operand, Relation } from './relation';
import { isLong } from './totals';

/** So many different sums have to hold to the digit before it is no accident. */
const ENOUGH = 20;

/** Of all relations those that count, the short ones first: they are nearly always enough. */
export function sumsAmong(relations: readonly Relation[]): number[] {
  const sums = [...relations.keys()].filter((number) => isSum(relations[number]!));
  const short = sums.filter((number) => !isLong(relations[number]!));
  const long = sums.filter((number) => isLong(relations[number]!));
  return [...short, ...long];
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

const isSum = ({ rule: { kind } }: Relation) => kind === 'sum' || kind === 'hierarchy';

/** The figures of a sum of at least two. */
function addendsOf({ relation, outcome }: Evaluation): readonly Operand[] | undefined {
  if (!isSum(relation) || outcome === 'unchecked') return undefined;
  const addends = relation.right.filter(({ cell }) => isNonZero(cell));
  return addends.length < 2 ? undefined : addends;
}
