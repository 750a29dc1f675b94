/** What is found of failing relations that have one origin. */
import { leastOf } from '../../syntax/arrays';
import type { Group } from './groups/group';
import type { Proposal, RankedSet } from './proposal';
import type { SlipKind } from './slips';

/**
 * - `certain`: the figures leave one variable and one value
 * - `likely`: one explanation stands out
 * - `undecided`: several do, or none
 */
export type Verdict = 'certain' | 'likely' | 'undecided';

export interface RankedGroup extends Group {
  /** Its share beside the sets and the other groups. */
  readonly probability: number;
}

export interface Finding {
  readonly verdict: Verdict;
  readonly failing: readonly number[];
  /** Ranked, the likeliest first. */
  readonly sets: readonly RankedSet[];
  /** Variables on which all sets agree, with the one value each can have. */
  readonly certain: readonly Proposal[];
  /** Mistakes of several figures at once that explain it too, the likeliest first. */
  readonly groups: readonly RankedGroup[];
  readonly complete: boolean;
}

/** Whether nothing is known of what is wrong. */
export const isUntold = ({ verdict, certain, groups }: Finding) =>
  verdict === 'undecided' && certain.length + groups.length === 0;

/** What is left of a verdict that hangs on something else. */
export const uncertain = ({ verdict }: Finding): Pick<Finding, 'verdict' | 'certain'> => ({
  verdict: verdict === 'certain' ? 'likely' : verdict,
  certain: [],
});

/** From this share of probability on, one of several sets is called likely. */
const LIKELY = 0.95;

/** Shares of probability among explanations, by their bits. */
export function sharesOf(
  explanations: readonly { readonly bits: number }[],
): (bits: number) => number {
  const least = leastOf(explanations.map(({ bits }) => bits));
  const total = explanations.reduce((sum, { bits }) => sum + 2 ** (least - bits), 0);
  return (bits) => 2 ** (least - bits) / total;
}

/** Of what came about in these ways, nothing tells. */
export const UNTOLD: ReadonlySet<SlipKind> = new Set<SlipKind>(['other', 'calculated']);

/** @param shareOfFirst of all that a set may come to, how much probability its first values have */
export function verdictOf(
  [first]: readonly RankedSet[],
  certain: readonly Proposal[],
  groups: readonly RankedGroup[],
  complete: boolean,
  shareOfFirst: (set: RankedSet) => number,
): Verdict {
  if ((groups[0]?.probability ?? 0) >= LIKELY) return 'likely';
  if (!first || !complete) return 'undecided';
  if (certain.length === first.proposals.length) return 'certain';
  return first.probability * shareOfFirst(first) >= LIKELY ? 'likely' : 'undecided';
}
