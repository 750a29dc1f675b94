import { wantedValues } from '../options';
import { group, type Group, type Scene } from './group';

/** So many values that a failing relation would accept are tried. */
const MOST_VALUES = 4;

/** One wrong figure that stands in several places, all of which repeat it. */
export function* repeated(scene: Scene): Iterable<Group> {
  const { failing, suspects, state, model } = scene;
  const tried = new Set<string>();
  for (const x of suspects) {
    if (!state.isNonZero(x)) continue;
    const same = copiesOf(scene, x);
    if (same.length < 2) continue;
    const others = new Set(same.filter((variable) => variable !== x));
    for (const index of failing) {
      if (!model.relations[index]!.variables.includes(x)) continue;
      if (!scene.afford(4)) return;
      for (const value of wantedValues(state, x, others, new Set([index])).slice(0, MOST_VALUES)) {
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

/** The variable and all that print the same, as far as relations of two figures bind them together. */
function copiesOf({ model, state }: Scene, x: number): number[] {
  const found = new Set([x]);
  for (const variable of found) {
    for (const { relation: index } of model.incident[variable]!) {
      const relation = model.relations[index]!;
      if (relation.kind === 'ratio' || state.sumOf(index).rest !== 0n) continue;
      if (state.sumOf(index).nonZero !== 2) continue;
      const other = relation.variables.find((v) => v !== variable && state.isNonZero(v));
      if (other !== undefined && state.value[other] === state.value[x]) found.add(other);
    }
  }
  return [...found].sort((a, b) => a - b);
}
