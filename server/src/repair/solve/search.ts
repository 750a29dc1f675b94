/** All smallest sets of figures that explain a cluster of failing relations. */
import { leastOf } from '../../syntax/arrays';
import { isNewlyNegative, type Options } from './options';
import type { State } from './state';
import type { Verifier } from './verify';

export interface Explanation {
  /** In ascending order. */
  readonly variables: readonly number[];
  /** What each of them would have to be, in the same order. */
  readonly options: readonly Options[];
}

export interface Explanations {
  readonly sets: readonly Explanation[];
  /** False when the search ended early: there may be others, so nothing is certain. */
  readonly complete: boolean;
}

/** How much a search may cost, in tests of one figure; shared by all searches of one run. */
export interface Budget {
  left: number;
  /** Asked now and then; true ends every search. */
  readonly cancelled?: () => boolean;
}

/** Larger sets are no explanation a reader would follow. */
const LARGEST_SET = 8;

/** Whether no figure of a set would have to be below zero. */
export const isLikely = (state: State, { options }: Explanation): boolean =>
  !options.some((one) => isNewlyNegative(state, one));

/** How much a set asks to be believed. */
export function weightOf(state: State, { variables, options }: Explanation): number {
  const negative = options.filter((one) => isNewlyNegative(state, one)).length;
  return state.model.weigh(variables) + state.model.negative * negative;
}

/** So many combinations of them cost as much as trying one figure. */
const TRIALS_AT_ONCE = 1;

/** What trying figures that share a relation costs beside trying one. */
const COST_OF_JOINT = 12;

/**
 * A hitting-set tree over the failing relations (Reiter; the smallest change of Fellegi and Holt),
 * deepened one figure at a time. A set that hits all of them is verified with every relation it touches;
 * where it breaks one that holds, that one has to be hit as well.
 */
export class Search {
  private readonly hits: readonly {
    readonly index: number;
    readonly suspects: readonly number[];
  }[];
  private readonly masks = new Map<number, bigint>();
  private readonly tried = new Map<string, Explanation | undefined>();
  private readonly sets = new Set<Explanation>();
  private exhausted = false;

  constructor(
    private readonly verifier: Verifier,
    private readonly failing: readonly number[],
    private readonly budget: Budget,
  ) {
    this.hits = failing
      .map((index) => ({ index, suspects: verifier.suspectsOf(index) }))
      .sort((a, b) => a.suspects.length - b.suspects.length);
  }

  /** Single figures: those that stand in every failing relation, which the shortest of them tells. */
  alone(): Explanations {
    const [shortest, ...others] = this.hits;
    for (const variable of shortest?.suspects ?? []) {
      if (!others.every(({ index }) => this.verifier.isSuspect(index, variable))) continue;
      this.attempt([variable]);
      if (this.exhausted) break;
    }
    return this.found();
  }

  /**
   * Sets of the smallest size there is, up to `largest`; and larger ones as long as they can be lighter, by
   * the weights of variables or because nothing in them would be negative.
   */
  run(largest = LARGEST_SET): Explanations {
    const { state } = this.verifier;
    this.hits.forEach(({ suspects }, bit) => {
      for (const v of suspects) this.masks.set(v, (this.masks.get(v) ?? 0n) | (1n << BigInt(bit)));
    });
    const all = (1n << BigInt(this.hits.length)) - 1n;
    const lightest = leastOf([...this.masks.keys()].map((v) => state.model.weightOf(v)));
    let best = Infinity;
    for (let size = Math.max(1, this.disjoint(all)); size <= largest; size++) {
      if (size * lightest >= best) break;
      this.descend([], all, size);
      if (this.exhausted) break;
      for (const set of this.sets) best = Math.min(best, weightOf(state, set));
    }
    return this.found();
  }

  private found(): Explanations {
    const { state } = this.verifier;
    const sets = [...this.sets].sort((a, b) => weightOf(state, a) - weightOf(state, b));
    return { sets, complete: !this.exhausted && !this.verifier.unfinished };
  }

  private descend(chosen: readonly number[], open: bigint, left: number): void {
    if (this.exhausted) return;
    if (open === 0n) {
      if (left === 0) this.attempt(chosen);
      else this.widen(chosen, left);
      return;
    }
    if (left === 0 || (left > 1 && this.disjoint(open) > left)) return;
    this.spend(1);
    for (const variable of this.firstOpen(open)) {
      const mask = this.masks.get(variable)!;
      if (left === 1 && (mask & open) !== open) continue;
      this.descend([...chosen, variable], open & ~mask, left - 1);
    }
  }

  /** A set that hits everything, but breaks what it touches: that has to be hit too. */
  private widen(chosen: readonly number[], left: number): void {
    if (chosen.length === 0) return;
    const found = this.explanationBy(chosen);
    if (this.exhausted || (found && isLikely(this.verifier.state, found))) return;
    const broken = new Set<number>();
    for (const index of this.verifier.brokenBy(chosen, this.failing)) {
      for (const variable of this.verifier.suspectsOf(index)) {
        if (!chosen.includes(variable)) broken.add(variable);
      }
    }
    for (const variable of broken) this.descend([...chosen, variable], 0n, left - 1);
  }

  private attempt(chosen: readonly number[]): void {
    const found = this.explanationBy(chosen);
    if (found && this.isSmallest(found)) this.sets.add(found);
  }

  /** What fewer figures explain needs no more, unless one of those would be negative and none of these. */
  private isSmallest(found: Explanation): boolean {
    const { state } = this.verifier;
    return ![...this.sets].some(
      (set) =>
        set.variables.length < found.variables.length &&
        set.variables.every((variable) => found.variables.includes(variable)) &&
        (isLikely(state, set) || !isLikely(state, found)),
    );
  }

  /** What a set would have to be, if that explains all; undefined too where the search has to end. */
  private explanationBy(chosen: readonly number[]): Explanation | undefined {
    const variables = [...chosen].sort((a, b) => a - b);
    const key = variables.join(' ');
    if (this.tried.has(key)) return this.tried.get(key);
    const joint = this.verifier.sharing(variables);
    this.spend(joint ? COST_OF_JOINT * variables.length : 1);
    if (this.exhausted) return undefined;
    const { trials } = this.verifier;
    const options = this.verifier.together(variables);
    this.spend(Math.floor((this.verifier.trials - trials) / TRIALS_AT_ONCE));
    const found = options && { variables, options };
    this.tried.set(key, found);
    return found;
  }

  private spend(cost: number): void {
    this.budget.left -= cost;
    if (this.budget.left < 0 || this.budget.cancelled?.() === true) this.exhausted = true;
  }

  private firstOpen(open: bigint): readonly number[] {
    for (let bit = 0; ; bit++) if ((open >> BigInt(bit)) & 1n) return this.hits[bit]!.suspects;
  }

  /** How many open relations share no suspect, taken greedily: so many figures are needed at least. */
  private disjoint(open: bigint): number {
    let used = 0n;
    let count = 0;
    for (let bit = 0; bit < this.hits.length; bit++) {
      const own = 1n << BigInt(bit);
      if ((open & own) === 0n || (used & own) !== 0n) continue;
      count++;
      for (const variable of this.hits[bit]!.suspects) used |= this.masks.get(variable)!;
    }
    return count;
  }
}
