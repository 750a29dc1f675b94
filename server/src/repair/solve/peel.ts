/** Single figures that explain a good part of a cluster, where nothing simple explains all of it. */
import { groupBy } from '../../syntax/multimap';
import type { Cluster } from './clusters';
import { isLikely, type Explanation } from './search';
import type { Verifier } from './verify';

/** A figure that mends fewer relations may do so by chance. */
const FEWEST_MENDED = 3;

/** The part that single figures explain, and what is left of the cluster; undefined where none does. */
export function peel(
  verifier: Verifier,
  { failing, sets }: Cluster,
): { readonly part: Cluster; readonly rest: readonly number[] } | undefined {
  const mended = new Map<number, number[]>();
  for (const index of failing) {
    for (const variable of verifier.suspectsOf(index)) {
      const known = mended.get(variable);
      if (known) known.push(index);
      else mended.set(variable, [index]);
    }
  }
  const found = [...mended].flatMap(([variable, own]) => {
    const options = own.length >= FEWEST_MENDED ? verifier.alone(variable) : undefined;
    const set: Explanation | undefined = options && { variables: [variable], options: [options] };
    return set && isLikely(verifier.state, set) ? { set, own } : [];
  });
  const [first, ...others] = groupBy(found, ({ own }) => own.join()).values();
  // Figures that mend different parts of it speak against each other.
  if (!first || others.length > 0) return undefined;
  const { own } = first[0]!;
  // What explains all of it by one figure, or by others than this one, is not put aside.
  const isAmong = ({ variables }: Explanation) =>
    variables.length > 1 && first.some(({ set }) => variables.includes(set.variables[0]!));
  if (!sets.every(isAmong)) return undefined;
  const part = { failing: own, sets: first.map(({ set }) => set), complete: true };
  return { part, rest: failing.filter((index) => !own.includes(index)) };
}
