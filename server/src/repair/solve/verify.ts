/** Whether figures, freed together, can be such that everything they touch holds. */
import { append, leastOf } from '../../syntax/arrays';
import { push } from '../../syntax/multimap';
import { isLimit } from './relationModel';
import { optionsOf, type Options } from './options';
import type { State } from './state';
import { supposing } from './suppose';
import { Together } from './together';

export class Verifier {
  /** True once something was left open: then nothing is certain. */
  unfinished = false;
  /** How many combinations of figures that are bound together have been gone through. */
  trials = 0;
  private readonly single = new Map<number, Options | undefined>();
  private grouped:
    | { readonly set: readonly number[]; readonly groups: readonly (readonly number[])[] }
    | undefined;
  private readonly reaches = new Map<number, ReadonlySet<number>>();
  /** Copies one last place apart, by the parts on whose sum it hangs whether that is a tail. */
  private readonly tails = new Map<number, number[]>();
  /** By such a pair, those parts. */
  private readonly parts = new Map<number, ReadonlySet<number>>();

  constructor(
    readonly state: State,
    /** Relations that do not plainly hold. */
    doubtful: readonly number[],
  ) {
    for (const index of doubtful) {
      const parts = partsBehind(state, index);
      if (parts.size > 0) this.parts.set(index, parts);
      for (const part of parts) push(this.tails, part, index);
    }
  }

  /** The variables whose change can mend a relation that does not hold. */
  suspectsOf(index: number): readonly number[] {
    const { model } = this.state;
    const own = model.suspectsOf(index);
    const parts = this.parts.get(index);
    if (!parts) return own;
    return [...new Set([...own, ...[...parts].filter((variable) => model.isFree(variable))])];
  }

  /** What the lightest of these weighs. */
  lightestOf(index: number): number {
    const { model } = this.state;
    const parts = [...(this.parts.get(index) ?? [])].filter((variable) => model.isFree(variable));
    return leastOf(
      parts.map((variable) => model.weightOf(variable)),
      model.lightestOf(index),
    );
  }

  /** Whether a variable is one of those, without going through them. */
  isSuspect(index: number, variable: number): boolean {
    const { model } = this.state;
    return (
      model.isFree(variable) &&
      (model.incident(variable).some(({ relation }) => relation === index) ||
        model.conditioned(variable).includes(index) ||
        this.parts.get(index)?.has(variable) === true)
    );
  }

  /** What a variable alone would have to be; undefined where it mends nothing without breaking another. */
  alone(variable: number): Options | undefined {
    if (!this.single.has(variable)) {
      const others = this.tails.get(variable);
      const options = optionsOf(this.state, variable, undefined, others);
      this.single.set(variable, options?.open ? this.witnessed(options) : options);
    }
    return this.single.get(variable);
  }

  /** Of a figure that may be many, whether it can be any that is tried. */
  private witnessed(options: Options): Options | undefined {
    const { variable, values } = options;
    const relations = this.relationsOf([variable]);
    if (values.length > 0 || relations.every((index) => isLimit(this.state.model.relation(index))))
      return options;
    const trial = new Together(this.state, [variable], relations);
    const found = trial.run() !== undefined;
    if (trial.unfinished) this.unfinished = true;
    return found ? options : undefined;
  }

  /** What the others of some figures that are bound together can be, if some of them are certain ones. */
  given(
    group: readonly number[],
    known: ReadonlyMap<number, bigint>,
  ): ReadonlyMap<number, readonly bigint[]> | undefined {
    return new Together(this.state, group, this.relationsOf(group)).given(known);
  }

  /** Whether all that some figures touch holds with others in their place. */
  holdsWith(changes: ReadonlyMap<number, bigint>): boolean {
    const touched = this.relationsOf([...changes.keys()]);
    const { state } = this;
    return supposing(state, changes, () =>
      touched.every((index) => state.judge(index) !== 'fails'),
    );
  }

  /** What each of a set has to be, or undefined. */
  together(set: readonly number[]): readonly Options[] | undefined {
    const found: Options[] = [];
    for (const group of this.groups(set)) {
      const [only, ...more] = group;
      if (only !== undefined && more.length === 0) {
        const options = this.alone(only);
        if (!options) return undefined;
        found.push(options);
      } else {
        const joint = new Together(this.state, group, this.relationsOf(group));
        const options = joint.run();
        if (joint.unfinished) this.unfinished = true;
        this.trials += joint.trials;
        if (!options) return undefined;
        append(found, options);
      }
    }
    return found.sort((a, b) => set.indexOf(a.variable) - set.indexOf(b.variable));
  }

  /** Whether some of a set share a relation, so that they cannot be tried one by one. */
  sharing(set: readonly number[]): boolean {
    return set.length > 1 && this.groups(set).length < set.length;
  }

  /**
   * What keeps a set from explaining, one more of whose variables has to be freed: relations that hold as
   * printed, but not with what the failing ones want of a variable, and those failing ones. Where no
   * variable shows it by itself, it is any relation that the set touches.
   */
  brokenBy(set: readonly number[], failing: readonly number[]): readonly number[] {
    const { state } = this;
    const wanted = new Set(failing);
    for (const variable of set) {
      const others = new Set(set.filter((other) => other !== variable));
      const agree = (also: number) =>
        optionsOf(state, variable, others, [], {}, (r) => r === also || wanted.has(r)) !==
        undefined;
      const touched = this.relationsOf([variable]);
      const own = touched.filter((index) => wanted.has(index));
      if (!agree(-1)) return own;
      const broken = touched.find((index) => !wanted.has(index) && !agree(index));
      // Every explanation that holds this set frees one of these: so one such variable is enough.
      if (broken !== undefined) return [...own, broken];
    }
    return this.relationsOf(set);
  }

  /** Every relation whose standing can change with one of the set. */
  relationsOf(set: readonly number[]): number[] {
    const found = new Set<number>();
    for (const variable of set) {
      for (const { relation } of this.state.model.incident(variable)) found.add(relation);
      for (const relation of this.tails.get(variable) ?? []) found.add(relation);
    }
    return [...found];
  }

  /** Those of a set that share a relation, directly or through others. */
  groups(set: readonly number[]): readonly (readonly number[])[] {
    if (set.length === 1) return [set];
    // Who tries a set asks first whether some of it share a relation.
    if (this.grouped?.set !== set) this.grouped = { set, groups: this.grouping(set) };
    return this.grouped.groups;
  }

  private grouping(set: readonly number[]): number[][] {
    let groups: { variables: number[]; relations: ReadonlySet<number> }[] = [];
    for (const variable of set) {
      const own = this.reachOf(variable);
      const touching = groups.filter(({ relations }) => meet(own, relations));
      if (touching.length === 0) {
        groups.push({ variables: [variable], relations: own });
        continue;
      }
      groups = groups.filter((group) => !touching.includes(group));
      const relations = new Set(own);
      for (const group of touching) for (const relation of group.relations) relations.add(relation);
      groups.push({
        variables: [...touching.flatMap(({ variables }) => variables), variable],
        relations,
      });
    }
    return groups.map(({ variables }) => variables);
  }

  /** Relations through which a variable is bound to others. */
  private reachOf(variable: number): ReadonlySet<number> {
    const known = this.reaches.get(variable);
    if (known) return known;
    const reach = new Set(this.relationsOf([variable]));
    for (const relation of this.state.model.conditioned(variable)) reach.add(relation);
    this.reaches.set(variable, reach);
    return reach;
  }
}

function meet(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  for (const one of few) if (many.has(one)) return true;
  return false;
}

/** The parts of both sides, where two copies differ by no more than one last place. */
export function partsBehind(state: State, index: number): ReadonlySet<number> {
  const relation = state.model.relation(index);
  const parts = new Set<number>();
  if (relation.kind === 'ratio' || relation.comparator !== 'eq') return parts;
  const copies = state.copiesOf(relation);
  if (!copies) return parts;
  const gap = state.value[copies[0]]! - state.value[copies[1]]!;
  const step = state.stepOf(copies[0]);
  if (gap > step || gap < -step) return parts;
  for (const copy of copies) state.model.partsOf(copy, parts);
  return parts;
}
