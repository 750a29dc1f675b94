/**
 * Joint feasibility: every relation may hold by itself and all of them together still have no solution.
 * Each printed figure stands for the exact amounts that round to it; bounds are propagated through the
 * relations that do not fail until one variable has no amount left. What led there is then thinned out
 * to a set of relations that is irreducible: without any one of them there is a solution by propagation.
 */
import { spanAround } from '../../relations/rounding';
import type { LinearModel } from './relationModel';
import type { Situation } from './situation';
import type { State } from './state';

export interface Conflict {
  readonly relations: readonly number[];
  /** The variable for which nothing is left. */
  readonly variable: number;
  /**
   * True where it remains although totals that are plainly the sum of their printed parts are allowed to
   * be as far off as those parts together. Else the conflict is such a total's: a tail, no contradiction.
   */
  readonly proven: boolean;
}

/** A relation is not narrowed by more often than this: bounds may creep for ever. */
const MOST_PASSES = 16;

/**
 * So many terms of relations are gone through in all; what is left then is not found. A document of a thousand
 * figures takes some two thousand.
 */
const MOST_TERMS = 200_000;

interface Work {
  left: number;
}

/**
 * All conflicts among relations that hold or hold within rounding, each with relations of its own. What
 * is suspected of being wrong anyway is left out, for it would only be found a second time.
 */
export function conflictsIn(situation: Situation, suspected: ReadonlySet<number>): Conflict[] {
  // Adjusted sums hold to the digit in each table, and stand for no exact amounts.
  if (situation.model.mode === 'exact') return [];
  const conflicts: Conflict[] = [];

  const used = new Set<number>();
  const work: Work = { left: MOST_TERMS };
  for (;;) {
    const usable = (index: number) => isTelling(situation, index) && !used.has(index);
    const found = firstConflict(situation, usable, suspected, work);
    if (!found) return conflicts;
    conflicts.push(found);
    for (const index of found.relations) used.add(index);
  }
}

/** Two figures are copies of each other: they were cut alike. */
const COPIES = 2;

/**
 * Whether a relation tells anything of the exact amounts. A quotient may have been worked out from figures as they are
 * printed, there or in another unit, by an author who has no others; and of amounts that are cut off nobody knows
 * whether what a text works out from them is.
 */
function isTelling(situation: Situation, index: number): boolean {
  const { model } = situation;
  const relation = model.relation(index);
  if (relation.kind === 'ratio' || situation.standingOf(index) === 'fails') return false;
  return model.mode === 'nearest' || relation.structural || relation.variables.length <= COPIES;
}

function firstConflict(
  situation: Situation,
  usable: (relation: number) => boolean,
  suspected: ReadonlySet<number>,
  work: Work,
): Conflict | undefined {
  const { state } = situation;
  // What holds plainly is satisfied by the printed figures: a conflict needs one that does not.
  const tails = situation.standing('rounding').filter(usable);
  if (tails.length === 0) return undefined;
  const uneven = [...situation.uneven].filter(usable);
  const start = [...new Set([...tails, ...uneven])].sort((a, b) => a - b);
  for (const wide of [true, false]) {
    const all = new Propagation(state, usable, suspected, wide, work);
    const variable = all.run(start);
    if (variable === undefined) continue;
    const relations = irreducible(all.behind(variable), (kept) => {
      const few = new Set(kept);
      const isUsable = (index: number) => few.has(index);
      return new Propagation(state, isUsable, suspected, wide, work).run(kept) !== undefined;
    });
    // What was not thinned out to its end says nothing.
    if (work.left > 0) return { relations, variable, proven: wide };
  }
  return undefined;
}

/**
 * A part of some relations that conflicts, and no part of which does (Junker's QuickXplain): whole halves are
 * left out at a time, for of thousands a few are to blame.
 */
function irreducible(
  relations: readonly number[],
  conflicts: (kept: readonly number[]) => boolean,
): number[] {
  const needed = (known: readonly number[], isNew: boolean, open: readonly number[]): number[] => {
    if (isNew && conflicts(known)) return [];
    if (open.length <= 1) return [...open];
    const middle = open.length >> 1;
    const [first, second] = [open.slice(0, middle), open.slice(middle)];
    const ofSecond = needed([...known, ...first], true, second);
    const ofFirst = needed([...known, ...ofSecond], ofSecond.length > 0, first);
    return [...ofFirst, ...ofSecond];
  };
  return needed([], false, relations);
}

class Propagation {
  private readonly lo = new Map<number, bigint>();
  private readonly hi = new Map<number, bigint>();
  /** By variable, the relations that narrowed it. */
  private readonly reasons = new Map<number, Set<number>>();
  private readonly passes = new Map<number, number>();

  constructor(
    private readonly state: State,
    private readonly usable: (relation: number) => boolean,
    private readonly suspected: ReadonlySet<number>,
    private readonly wide: boolean,
    private readonly work: Work,
  ) {}

  /** The first variable for which nothing is left. */
  run(start: readonly number[]): number | undefined {
    const queue = [...start];
    const queued = new Set(queue);
    for (const index of queue) {
      queued.delete(index);
      const passes = (this.passes.get(index) ?? 0) + 1;
      this.passes.set(index, passes);
      if (passes > MOST_PASSES) continue;
      const relation = this.state.model.relation(index);
      if (relation.kind === 'ratio') continue;
      if ((this.work.left -= relation.variables.length) < 0) return undefined;
      for (const variable of this.narrow(relation, index)) {
        const [lo, hi] = this.domain(variable);
        if (lo !== undefined && hi !== undefined && lo > hi) return variable;
        for (const { relation: other } of this.state.model.incident(variable)) {
          if (other === index || queued.has(other) || !this.usable(other)) continue;
          queued.add(other);
          queue.push(other);
        }
      }
    }
    return undefined;
  }

  /** All relations by which a variable's bounds came about. */
  behind(variable: number): number[] {
    const relations = new Set<number>();
    const variables = new Set([variable]);
    for (const narrowed of variables) {
      for (const index of this.reasons.get(narrowed) ?? []) {
        relations.add(index);
        for (const other of this.state.model.relation(index).variables) variables.add(other);
      }
    }
    return [...relations];
  }

  private domain(variable: number): readonly [bigint | undefined, bigint | undefined] {
    if (this.suspected.has(variable)) return [this.lo.get(variable), this.hi.get(variable)];
    const known = this.lo.get(variable);
    if (known !== undefined) return [known, this.hi.get(variable)];
    const [lo, hi] = this.printedDomain(variable);
    this.lo.set(variable, lo);
    this.hi.set(variable, hi);
    return [lo, hi];
  }

  /** What a printed figure stands for, excluded ends included: the next conflict is a whole place away. */
  private printedDomain(variable: number): readonly [bigint, bigint] {
    const { state } = this;
    const { model } = state;
    const value = state.value[variable]!;
    let half = state.half[variable]!;
    // A printed zero may be less than half a place of money; a blank is none.
    const isPrintedZero = value === 0n && half === 0n && model.printed(variable).trim();
    if (isPrintedZero) half = model.printHalf[variable]!;
    const parts = this.wide ? BigInt(state.partsOfSum(variable)) : 0n;
    if (parts > 1n) half *= parts;
    if (value === 0n) return [-half, half];
    const { lo, hi } = spanAround(half, value < 0n, model.mode, false);
    // A sum of truncated parts falls short of the truth; it is never above it.
    return [value + lo, value + hi];
  }

  /** Narrows every variable of a relation by all the others; those that became narrower. */
  private narrow({ variables, coefficients, comparator }: LinearModel, index: number): number[] {
    const [least, most] = [comparator !== 'le', comparator !== 'ge'];
    // Sums of the greatest and the least each term can be, and how many terms have no bound.
    let [top, bottom, noTop, noBottom] = [0n, 0n, 0, 0];
    const ends = variables.map((variable, at) => {
      const times = coefficients[at]!;
      const [lo, hi] = this.domain(variable);
      const [low, high] = times < 0n ? [hi, lo] : [lo, hi];
      const min = low === undefined ? undefined : times * low;
      const max = high === undefined ? undefined : times * high;
      if (max === undefined) noTop++;
      else top += max;
      if (min === undefined) noBottom++;
      else bottom += min;
      return { min, max };
    });
    const changed: number[] = [];
    variables.forEach((variable, at) => {
      const times = coefficients[at]!;
      if (times === 0n) return;
      const { min, max } = ends[at]!;
      // times·v ≥ −(the rest at its greatest), times·v ≤ −(the rest at its least)
      const from =
        least && noTop === (max === undefined ? 1 : 0) ? -(top - (max ?? 0n)) : undefined;
      const to =
        most && noBottom === (min === undefined ? 1 : 0) ? -(bottom - (min ?? 0n)) : undefined;
      const [lower, upper] = times > 0n ? [from, to] : [to, from];
      const narrowed = this.tighten(
        variable,
        lower === undefined ? undefined : outwardBelow(lower, times),
        upper === undefined ? undefined : outwardAbove(upper, times),
      );
      if (!narrowed) return;
      changed.push(variable);
      const reasons = this.reasons.get(variable) ?? new Set<number>();
      this.reasons.set(variable, reasons.add(index));
    });
    return changed;
  }

  private tighten(variable: number, lo: bigint | undefined, hi: bigint | undefined): boolean {
    const [known, above] = this.domain(variable);
    let changed = false;
    if (lo !== undefined && (known === undefined || lo > known)) {
      this.lo.set(variable, lo);
      changed = true;
    }
    if (hi !== undefined && (above === undefined || hi < above)) {
      this.hi.set(variable, hi);
      changed = true;
    }
    return changed;
  }
}

/** The greatest half not above a bound: exact amounts lie between halves too, and none may be lost. */
function outwardBelow(n: bigint, divisor: bigint): bigint {
  const quotient = n / divisor;
  const exact = quotient * divisor === n;
  const negative = n < 0n !== divisor < 0n;
  return exact || !negative ? quotient : quotient - 1n;
}

function outwardAbove(n: bigint, divisor: bigint): bigint {
  return -outwardBelow(-n, divisor);
}
