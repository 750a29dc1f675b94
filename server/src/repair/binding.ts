import { ruleOf, type Evaluation } from '../relations/evaluate';

/** A relation whose failing is worth knowing, and no more: it accuses nobody. */
const isSoft = (evaluation: Evaluation) => {
  const { severity } = ruleOf(evaluation);
  return severity === 'information' || severity === 'hint';
};

/** A share that a form leaves empty is not compared, whatever its amounts become. */
const isUnsaid = (evaluation: Evaluation) =>
  ruleOf(evaluation).base !== undefined && evaluation.relation.left[0]!.cell.state === 'blank';

/**
 * Whether a relation has a say in what a figure must be. 100 % of nothing is a custom, a share that was
 * made to fit is no quotient, what is accepted is so for a reason, and what is soft may stay as it is.
 */
export const isBinding = (evaluation: Evaluation) =>
  evaluation.outcome !== 'unchecked' &&
  evaluation.outcome !== 'accepted' &&
  evaluation.reading !== 'zero-base' &&
  evaluation.reading !== 'plugged' &&
  !isUnsaid(evaluation) &&
  !isSoft(evaluation);
