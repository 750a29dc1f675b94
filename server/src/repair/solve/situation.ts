/** The figures as they are printed, and how every relation stands with them. */
import { Layouts } from './groups/layouts';
import type { Model } from './model';
import type { Variable } from './problem';
import { State, type Standing } from './state';

/** Follows a document that is being edited: what an edit does not touch stays as it is. */
export class Situation {
  readonly state: State;
  readonly layouts: Layouts;
  private readonly standings: Standing[];
  /** Relations that do not plainly hold. */
  private readonly open = new Set<number>();
  private mixed: Set<number> | undefined;

  constructor(readonly model: Model) {
    this.state = new State(model);
    this.layouts = new Layouts(model);
    this.standings = model.relations.map((_, index) => this.state.judgeOnce(index));
    this.standings.forEach((standing, index) => {
      if (standing !== 'holds') this.open.add(index);
    });
  }

  standingOf(relation: number): Standing {
    return this.standings[relation]!;
  }

  /** In ascending order. */
  standing(standing: 'fails' | 'rounding'): number[] {
    return [...this.open]
      .filter((index) => this.standings[index] === standing)
      .sort((a, b) => a - b);
  }

  /** Relations in which figures of different precision meet. */
  get uneven(): ReadonlySet<number> {
    if (!this.mixed) {
      this.mixed = new Set();
      this.model.relations.forEach((_, index) => this.compare(index));
    }
    return this.mixed;
  }

  /**
   * Takes variables that print something else. False where they have another scale by that: then
   * everything has to be read anew.
   */
  reprint(variables: ReadonlyMap<number, Variable>): boolean {
    const { model, state } = this;
    for (const [number, variable] of variables) {
      const before = model.value[number]!;
      if (!model.reprint(number, variable)) return false;
      this.layouts.columns.follow(number, before);
    }
    // Whether a tail explains why two copies differ hangs on figures that they are the sums of.
    const touched = new Set(this.open);
    for (const number of variables.keys()) {
      state.restore(number);
      for (const { relation } of model.incident[number]!) touched.add(relation);
      for (const relation of model.conditioned[number]!) touched.add(relation);
    }
    for (const index of touched) {
      const standing = state.judge(index);
      this.standings[index] = standing;
      if (standing === 'holds') this.open.delete(index);
      else this.open.add(index);
      if (this.mixed) this.compare(index);
    }
    return true;
  }

  private compare(index: number): void {
    if (isUneven(this.state, this.model.relations[index]!)) this.mixed!.add(index);
    else this.mixed!.delete(index);
  }
}

/** Then a relation narrows what figures may be even where it plainly holds. */
function isUneven(state: State, relation: Model['relations'][number]): boolean {
  if (relation.kind === 'ratio') return true;
  let first: bigint | undefined;
  return relation.variables.some((variable) => {
    const half = state.half[variable]!;
    if (half === 0n) return false;
    first ??= half;
    return half !== first;
  });
}
