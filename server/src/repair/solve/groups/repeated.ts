import { wantedValues } from '../options';
import type { State } from '../state';
import { group, type Group, type Scene } from './group';

/** So many values that a failing relation would accept are tried. */
const MOST_VALUES = 4;

/** One wrong figure that stands in several places, all of which repeat it. */
export function* repeated(scene: Scene): Iterable<Group> {
  const { failing, suspects, state, model } = scene;
  const tried = new Set<string>();
  for (const x of suspects) {
    if (!state.isNonZero(x)) continue;
    for (const index of failing) {
      if (!model.relations[index]!.variables.includes(x)) continue;
      if (!scene.afford(4)) return;
      const values = wantedValues(state, x, new Set(), new Set([index]));
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
    }
  }
}

/**
 * All that print the same as a variable, as far as relations of two figures bind them together, be it
 * through places that print the other figure already; with `limits`, also a figure that is as much as
 * another one may be at most.
 */
export function copiesOf(state: State, x: number, value: bigint, limits: boolean): number[] {
  const { model } = state;
  const found = new Set([x]);
  const own = state.value[x]!;
  for (const variable of found) {
    for (const { relation: index } of model.incident[variable]!) {
      const relation = model.relations[index]!;
      if (relation.kind === 'ratio' || (relation.comparator !== 'eq' && !limits)) continue;
      if (state.sumOf(index).nonZero !== 2) continue;
      const other = relation.variables.find((v) => v !== variable && state.isNonZero(v));
      if (other === undefined) continue;
      if (state.value[other] === own || state.value[other] === value) found.add(other);
    }
  }
  return [...found].filter((v) => state.value[v] === own).sort((a, b) => a - b);
}
