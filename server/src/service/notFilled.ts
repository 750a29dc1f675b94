/** Relations that fail only because a table is not filled in yet: they tell of that, and of no error. */
import type { Evaluation } from '../relations/evaluate';
import type { Reason } from '../relations/relation';
import type { Cause } from '../repair/cause';
import { Memo } from '../syntax/memo';
import type { Analysis } from './analysis';
import { isDraft } from './draft';

const REASONS = { unfilled: 'not-filled', unfinished: 'not-finished' } as const;

/** Each with why it is not checked yet: what is said of them is no more than a warning. */
export function notFilledIn(
  causes: readonly Cause[],
  place: Pick<Analysis, 'disclosure' | 'tree'>,
): ReadonlyMap<Evaluation, Reason> {
  const reasons = new Map<Evaluation, Reason>();
  for (const cause of causes) {
    const [group] = cause.groups;
    if (group?.kind !== 'unfilled' && group?.kind !== 'unfinished') continue;
    if (!group.table || !isDraft(cause, place)) continue;
    const reason = { code: REASONS[group.kind], table: group.table.spec.id };
    for (const member of cause.members) reasons.set(member, reason);
  }
  return reasons;
}

const known = new Memo<Analysis, readonly Evaluation[]>();

/** Every relation as it is to be counted and listed: unchecked where a table is still to be filled in. */
export function evaluationsTold(analysis: Analysis): readonly Evaluation[] {
  const before = known.get(analysis);
  if (before) return before;
  const all = analysis.network?.evaluations ?? [];
  const reasons = notFilledIn(analysis.causes, analysis);
  const told =
    reasons.size === 0
      ? all
      : all.map((evaluation): Evaluation => {
          const reason = reasons.get(evaluation);
          return reason ? { ...evaluation, outcome: 'unchecked', reason } : evaluation;
        });
  known.set(analysis, told);
  return told;
}
