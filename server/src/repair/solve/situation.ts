/** The figures as they are printed, and how every relation stands with them. */
import { Layouts } from './groups/layouts';
import type { Model } from './model';
import { State, type Standing } from './state';

/** Follows a document that is being edited: what an edit does not touch stays as it is. */
export class Situation {
  readonly state: State;
  readonly layouts: Layouts;
  /** Relations that do not plainly hold, with how they stand. */
  private readonly open = new Map<number, Standing>();
  private mixed: Set<number> | undefined;

  constructor(readonly model: Model) {
    this.state = new State(model);
    this.layouts = new Layouts(model);
    for (let index = 0; index < model.count; index++)
      this.enter(index, this.state.judgeOnce(index));
  }

  standingOf(relation: number): Standing {
    return this.open.get(relation) ?? 'holds';
  }

  private enter(relation: number, standing: Standing): void {
    if (standing === 'holds') this.open.delete(relation);
    else this.open.set(relation, standing);
  }

  /** In ascending order. */
  standing(standing: 'fails' | 'rounding'): number[] {
    return [...this.open.keys()]
      .filter((index) => this.open.get(index) === standing)
      .sort((a, b) => a - b);
  }

  /** Relations in which figures of different precision meet. */
  get uneven(): ReadonlySet<number> {
    if (!this.mixed) {
      this.mixed = new Set();
      for (let index = 0; index < this.model.count; index++) this.compare(index);
    }
    return this.mixed;
  }

  /**
   * Takes variables that print something else. False where they have another scale by that: then
   * everything has to be read anew.
   */
  reprint(variables: ReadonlySet<number>): boolean {
    const { model, state } = this;
    for (const number of variables) {
      const before = model.value[number]!;
      if (!model.reprint(number)) return false;
      this.layouts.columns.follow(number, before);
    }
    // Whether a tail explains why two copies differ hangs on figures that they are the sums of.
    const touched = new Set(this.open.keys());
    for (const number of variables) {
      state.restore(number);
      for (const { relation } of model.incident(number)) touched.add(relation);
      for (const relation of model.conditioned(number)) touched.add(relation);
    }
    for (const index of touched) {
      this.enter(index, state.judge(index));
      if (this.mixed) this.compare(index);
    }
    return true;
  }

  private compare(index: number): void {
    if (isUneven(this.state, index)) this.mixed!.add(index);
    else this.mixed!.delete(index);
  }
}

/** Then a relation narrows what figures may be even where it plainly holds. */
function isUneven({ model, half }: State, index: number): boolean {
  const plain = model.plainFigures(index);
  if (!plain && model.relation(index).kind === 'ratio') return true;
  let first: bigint | undefined;
  for (const variable of plain ?? model.relation(index).variables) {
    if (half[variable] === 0n) continue;
    first ??= half[variable]!;
    if (half[variable] !== first) return true;
  }
  return false;
}
