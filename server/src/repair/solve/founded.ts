import type { Situation } from './situation';
import type { State } from './state';

/**
 * Whether a figure, or one that it is a copy of, stands in a sum or another ratio that holds, and does
 * not with another figure in its place.
 */
export function isFounded(
  situation: Situation,
  variable: number,
  except: number,
  instead?: bigint,
): boolean {
  const { model, state } = situation;
  if (!model.isFree(variable)) return true;
  const copies = new Set([variable]);
  for (const copy of copies) {
    for (const { relation: index } of model.incident(copy)) {
      const relation = model.relation(index);
      if (index === except || situation.standingOf(index) === 'fails') continue;
      if (relation.kind !== 'ratio' && relation.comparator !== 'eq') continue;
      if (relation.kind === 'ratio' || state.sumOf(index).nonZero !== 2) {
        if (instead === undefined || failsWith(state, copy, instead, index)) return true;
        continue;
      }
      const other = relation.variables.find((v) => v !== copy && state.isNonZero(v));
      if (other !== undefined && model.isFree(other)) copies.add(other);
    }
  }
  return false;
}

function failsWith(state: State, variable: number, value: bigint, relation: number): boolean {
  state.suppose(variable, value);
  const fails = state.judge(relation) === 'fails';
  state.restore(variable);
  return fails;
}
