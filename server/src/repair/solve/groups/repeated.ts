import { optionsOf } from '../options';
import type { State } from '../state';
import { covers, group, type Group, type Scene } from './group';

/** So many values that a failing relation would accept are tried. */
const MOST_VALUES = 4;

/** One wrong figure that stands in several places, all of which repeat it. */
export function* repeated(scene: Scene): Iterable<Group> {
  const { failing, suspects, state, model } = scene;
  const tried = new Set<string>();
  for (const x of suspects) {
    if (!state.isNonZero(x)) continue;
    const bound = [...boundTo(state, x, true)];
    if (bound.length < 2 || !covers(scene, bound)) continue;
    const own = new Set(model.incident(x).map(({ relation }) => relation));
    for (const index of failing) {
      if (!own.has(index)) continue;
      if (!scene.afford(4)) return;
      const options = optionsOf(state, x, new Set(), [], {}, (one) => one === index);
      const values = options?.values ?? [];
      for (const value of values.slice(0, MOST_VALUES)) {
        // A copy in a table that a limit alone binds may be one by chance.
        for (const limits of [false, true]) {
          const same = copiesOf(state, x, value, limits);
          if (same.length < 2) continue;
          const key = `${value} ${same.join()}`;
          if (tried.has(key)) continue;
          tried.add(key);
          const found = group(
            scene,
            'repeated',
            same.map((variable) => [variable, value] as const),
          );
          if (found) yield found;
        }
      }
      // The others have to accept one of these too.
      const isAll = options?.open !== true && values.length <= MOST_VALUES;
      if (isAll && isOnlyCopy(state, index, x)) break;
    }
  }
}

/** Whether no other figure of a relation prints the same as one of it. */
const isOnlyCopy = ({ model, value }: State, index: number, x: number): boolean =>
  model.relation(index).variables.every((v) => v === x || value[v] !== value[x]);

/**
 * All that print the same as a variable, as far as relations of two figures bind them together, be it
 * through places that print the other figure already; with `limits`, also a figure that is as much as
 * another one may be at most.
 */
export function copiesOf(state: State, x: number, value: bigint, limits: boolean): number[] {
  const own = state.value[x]!;
  const bound = boundTo(state, x, limits, (other) => {
    const printed = state.value[other]!;
    return printed === own || printed === value;
  });
  return [...bound].filter((v) => state.value[v] === own).sort((a, b) => a - b);
}

/** What relations of two figures bind to a variable, directly or through others that may stand between. */
function boundTo(
  state: State,
  x: number,
  limits: boolean,
  may: (other: number) => boolean = () => true,
): ReadonlySet<number> {
  const { model } = state;
  const found = new Set([x]);
  for (const variable of found) {
    for (const { relation: index } of model.incident(variable)) {
      const relation = model.relation(index);
      if (relation.kind === 'ratio' || (relation.comparator !== 'eq' && !limits)) continue;
      if (state.sumOf(index).nonZero !== 2) continue;
      const other = relation.variables.find((v) => v !== variable && state.isNonZero(v));
      if (other !== undefined && may(other)) found.add(other);
    }
  }
  return found;
}
