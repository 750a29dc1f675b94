/** One wrong figure that was copied may explain what a figure is accused of, beside the other mistakes of a set. */
import { copiesOf } from './groups/repeated';
import { wantedValues } from './options';
import { firstValues, type Proposal } from './proposal';
import { supposing } from './suppose';
import type { Verifier } from './verify';

/** Of longer relations not all figures are tried. */
const MOST_TRIED = 200;

/** So many values that a failing relation would accept are tried. */
const MOST_VALUES = 4;

/**
 * Whether a figure of a set may be right although all sets change it: with the others as they should be, a
 * figure that several places print alike lets a relation hold that accuses it, and whatever else does so
 * speaks of another figure of the set, which may be otherwise then. Alone it would have been an explanation
 * of its own; beside other mistakes it is none that the search for the fewest figures finds.
 */
export function isRivalled(
  verifier: Verifier,
  { variable }: Proposal,
  set: readonly Proposal[],
): boolean {
  const { state } = verifier;
  const { model } = state;
  const others = firstValues(set.filter((other) => other.variable !== variable));
  if (others.size === 0) return false;
  const fails = (index: number) => state.judge(index) === 'fails';
  const isShared = (index: number) =>
    model.relation(index).variables.some((other) => others.has(other));
  // What speaks of no other figure of the set the copies have to mend, so the shortest such relation has one.
  const tellingOf = (own: readonly number[]) => {
    const unshared = own.filter((index) => !isShared(index));
    const lengthOf = (index: number) => model.relation(index).variables.length;
    return unshared.length === 0
      ? own
      : [unshared.reduce((a, b) => (lengthOf(b) < lengthOf(a) ? b : a))];
  };
  return supposing(state, others, () => {
    const own = model
      .incident(variable)
      .map(({ relation }) => relation)
      .filter(fails);
    return tellingOf(own).some((index) => {
      const beside = model.relation(index).variables.slice(0, MOST_TRIED);
      return beside.some((x) => {
        if (x === variable || others.has(x) || !state.isNonZero(x)) return false;
        const values = wantedValues(state, x, new Set(), new Set([index]));
        return values.slice(0, MOST_VALUES).some((value) => {
          const same = copiesOf(state, x, value, false);
          if (same.length < 2 || same.includes(variable)) return false;
          if (!same.every((one) => model.isFree(one) && !others.has(one))) return false;
          const touched = verifier.relationsOf(same);
          return supposing(state, new Map(same.map((one) => [one, value])), () => {
            const isLeft = (left: number) => own.includes(left) && isShared(left);
            return (
              !fails(index) &&
              touched.every((one) => !fails(one) || isLeft(one)) &&
              own.every((one) => !fails(one) || isShared(one))
            );
          });
        });
      });
    });
  });
}
