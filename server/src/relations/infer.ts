import { isNonZero } from '../disclosure/model';
import type { Evaluation } from './evaluate';
import type { Operand } from './relation';

/** So many different sums have to hold to the digit before it is no accident. */
const ENOUGH = 20;

/**
 * Whether the document looks as if software had adjusted its addends so that printed sums hold
 * (舍位平衡): enough distinct sums of two or more figures, and every one without residue. An
 * inference: it is shown, and changes no verdict.
 * @param open those that do not plainly hold: only they can have a residue
 */
export function looksExact(
  evaluations: readonly Evaluation[],
  open: readonly Evaluation[],
): boolean {
  const isOff = ({ measure }: Evaluation) => measure?.left !== measure?.right;
  if (open.some((evaluation) => isOff(evaluation) && addendsOf(evaluation))) return false;
  const sums = new Set<string>();
  // Short sums are nearly always enough, and the others take long to compare.
  for (const isShort of [true, false]) {
    for (const evaluation of evaluations) {
      if (evaluation.relation.right.length <= SHORT !== isShort) continue;
      const addends = addendsOf(evaluation);
      if (!addends) continue;
      const figures = addends.map(({ cell }) => cell.printed).sort();
      sums.add([evaluation.relation.left[0]!.cell.printed, ...figures].join(' '));
      if (sums.size >= ENOUGH) return true;
    }
  }
  return false;
}

const SHORT = 48;

/** The figures of a sum of at least two. */
function addendsOf({ relation, measure, outcome }: Evaluation): readonly Operand[] | undefined {
  const { kind } = relation.rule;
  if ((kind !== 'sum' && kind !== 'hierarchy') || !measure || outcome === 'unchecked')
    return undefined;
  const addends = relation.right.filter(({ cell }) => isNonZero(cell));
  return addends.length < 2 ? undefined : addends;
}
