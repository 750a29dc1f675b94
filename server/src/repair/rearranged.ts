/** Figures of a whole table in other columns or rows than their own, tried where they belong. */
import type { Network } from '../relations/network';
import { isRearranged, type Cause, type CellGroup } from './cause';
import { causesWith, settledIn } from './supposition';

/** The document evaluated anew with the figures of a group moved; undefined where they cannot be. */
export type Rearranged = (group: CellGroup) => Network | undefined;

/**
 * With all that such a mistake explains told with it: ratios, words and lists that say something else of the right
 * figures, and what does not apply to them. Where the whole document tells that something new fails, it offers no fix.
 */
export function withRearranged(
  causes: readonly Cause[],
  network: Network,
  rearranged: Rearranged,
): Cause[] {
  let told = [...causes];
  for (const cause of causes.filter(({ groups: [group] }) => isRearranged(group))) {
    const others = told.filter((one) => one !== cause);
    const after = rearranged(cause.groups[0]!);
    const settled = after && settledIn(network, after, { isToHold: () => false });
    if (settled) {
      const members = [...new Set([...cause.members, ...settled.relations])];
      const whole = { ...cause, members, facts: settled.facts };
      told = causesWith(others, [{ settled }], () => whole);
    } else told = [...others, withoutFix(cause)];
  }
  return told;
}

const withoutFix = (cause: Cause): Cause => ({
  ...cause,
  groups: cause.groups.map((group) => ({ ...group, isDoubtful: true })),
});
