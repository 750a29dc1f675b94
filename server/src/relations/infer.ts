import { isNonZero } from '../disclosure/model';
import type { Evaluation } from './evaluate';

/** So many different sums have to hold to the digit before it is no accident. */
const ENOUGH = 20;

/**
 * Whether the document looks as if software had adjusted its addends so that printed sums hold
 * (舍位平衡): enough distinct sums of two or more figures, and every one without residue. An
 * inference: it is shown, and changes no verdict.
 */
export function looksExact(evaluations: readonly Evaluation[]): boolean {
  const sums = new Set<string>();
  for (const { relation, measure, outcome } of evaluations) {
    const { kind } = relation.rule;
    if ((kind !== 'sum' && kind !== 'hierarchy') || !measure || outcome === 'unchecked') continue;
    const addends = relation.right.filter(({ cell }) => isNonZero(cell));
    if (addends.length < 2) continue;
    if (measure.left !== measure.right) return false;
    const figures = addends.map(({ cell }) => cell.printed).sort();
    sums.add([relation.left[0]!.cell.printed, ...figures].join(' '));
  }
  return sums.size >= ENOUGH;
}
