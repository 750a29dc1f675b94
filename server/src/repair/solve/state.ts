/** Figures, printed or supposed, and how every relation stands with them. */
import type { Mode } from '../../disclosure/model';
import { spanAround } from '../../relations/rounding';
import { copiesAgree, type Copy } from '../../relations/copies';
import type { Model } from './model';
import type { LinearModel, RelationModel } from './relationModel';
import { powerOf } from './powers';
import { judgeRatio } from './ratio';

/** As in `relations/evaluate`, without its finer distinctions. */
export type Standing = 'holds' | 'rounding' | 'fails';

/** One relation's sum of left minus right, and what rounding leaves open of it. */
export interface Sum {
  rest: bigint;
  lo: bigint;
  hi: bigint;
  /** How many ends are excluded. */
  openLo: number;
  openHi: number;
  /** How many variables carry a digit. */
  nonZero: number;
}

/** What one variable adds to a relation. */
interface Share {
  readonly rest: bigint;
  readonly lo: bigint;
  readonly hi: bigint;
  readonly openLo: boolean;
  readonly openHi: boolean;
}

/**
 * Sums are kept per relation, once somebody has asked, and changed by difference: so to suppose a figure costs
 * as much as it has relations, however long those are.
 */
export class State {
  readonly value: bigint[];
  readonly half: bigint[];
  readonly place: Int16Array;
  private readonly sums: (Sum | undefined)[];

  constructor(readonly model: Model) {
    this.value = [...model.value];
    this.half = [...model.half];
    this.place = model.place.slice();
    this.sums = new Array<undefined>(model.count);
  }

  isNonZero(variable: number): boolean {
    return this.value[variable] !== 0n || this.half[variable] !== 0n;
  }

  /** Supposes another figure, printed where the variable would print it. */
  suppose(variable: number, value: bigint): void {
    const { printHalf, printPlace } = this.model;
    this.put(variable, value, value === 0n ? 0n : printHalf[variable]!, printPlace[variable]!);
  }

  /** Back to what is printed. */
  restore(variable: number): void {
    const { value, half, place } = this.model;
    this.put(variable, value[variable]!, half[variable]!, place[variable]!);
  }

  put(variable: number, value: bigint, half: bigint, place: number): void {
    this.each(variable, -1);
    this.value[variable] = value;
    this.half[variable] = half;
    this.place[variable] = place;
    this.each(variable, 1);
  }

  /** A relation's sum without one variable of it. */
  without(relation: number, variable: number, coefficient: bigint): Omit<Sum, 'nonZero'> {
    const { rest, lo, hi, openLo, openHi } = this.sumOf(relation);
    const own = this.share(this.model.relation(relation) as LinearModel, variable, coefficient);
    return {
      rest: rest - own.rest,
      lo: lo - own.lo,
      hi: hi - own.hi,
      openLo: openLo - (own.openLo ? 1 : 0),
      openHi: openHi - (own.openHi ? 1 : 0),
    };
  }

  /** Left minus right, and what rounding leaves open of it. */
  sumOf(index: number): Readonly<Sum> {
    return (this.sums[index] ??= this.summed(this.model.relation(index)));
  }

  /** How a relation stands, without keeping its sum if it plainly holds, as most do. */
  judgeOnce(index: number): Standing {
    const variables = this.model.plainFigures(index);
    if (!variables) return this.judge(index);
    const coefficients = this.model.source.incidence.coefficientsOf(index);
    let rest = 0n;
    for (let at = 0; at < variables.length; at++) {
      const value = this.value[variables[at]!]!;
      if (value !== 0n) rest += coefficients[at]! > 0 ? value : -value;
    }
    return rest === 0n ? 'holds' : this.judge(index);
  }

  judge(index: number): Standing {
    const relation = this.model.relation(index);
    if (relation.kind === 'ratio') return judgeRatio(this, relation);
    const sum = this.sumOf(index);
    if (sum.nonZero === 2 && relation.comparator === 'eq' && sum.rest !== 0n) {
      const copies = this.copiesOf(relation);
      if (copies) return this.areSame(copies, relation) ? 'rounding' : 'fails';
    }
    return standingOf(sum, relation.comparator);
  }

  /**
   * How a relation would stand with another figure of one variable, without supposing it: undefined
   * where that takes more than a sum (copies, ratios), also for a single figure.
   */
  supposition(
    index: number,
    variable: number,
  ): ((value: bigint) => Standing | undefined) | undefined {
    const relation = this.model.relation(index);
    const at = relation.variables.indexOf(variable);
    if (relation.kind === 'ratio' || at < 0) return undefined;
    const { comparator, structural } = relation;
    const coefficient = relation.coefficients[at]!;
    const others = this.without(index, variable, coefficient);
    const nonZero = this.sumOf(index).nonZero - (this.isNonZero(variable) ? 1 : 0);
    const { mode, printHalf } = this.model;
    const half = printHalf[variable]!;
    return (value) => {
      if (comparator === 'eq' && nonZero + (value === 0n ? 0 : 1) === 2) return undefined;
      const rest = others.rest + coefficient * value;
      if (rest === 0n) return 'holds';
      const share = shareOf(coefficient, value, value === 0n ? 0n : half, mode, structural);
      const lo = others.lo + share.lo;
      const hi = others.hi + share.hi;
      const openLo = others.openLo + (share.openLo ? 1 : 0);
      const openHi = others.openHi + (share.openHi ? 1 : 0);
      return standingOf({ rest, lo, hi, openLo, openHi }, comparator);
    };
  }

  /**
   * False where a relation certainly fails with other figures of some variables; that is told without
   * supposing them, unless it takes more than a sum.
   */
  mayHold(index: number, changes: ReadonlyMap<number, bigint>): boolean {
    const { mode, printHalf } = this.model;
    const relation = this.model.relation(index);
    if (relation.kind === 'ratio') return true;
    const sum: Sum = { ...this.sumOf(index) };
    for (const [variable, value] of changes) {
      const own = this.model.incident(variable).find((incidence) => incidence.relation === index);
      if (!own) continue;
      const { coefficient } = own;
      if (this.isNonZero(variable))
        this.enter(sum, this.share(relation, variable, coefficient), -1);
      if (value === 0n) continue;
      const half = printHalf[variable]!;
      this.enter(sum, shareOf(coefficient, value, half, mode, relation.structural), 1);
    }
    if (sum.nonZero === 2 && relation.comparator === 'eq') return true;
    return standingOf(sum, relation.comparator) !== 'fails';
  }

  /**
   * The only two variables that carry a digit, where the relation says no more than that they print the
   * same amount to the same place.
   */
  copiesOf({ variables, coefficients }: LinearModel): readonly [number, number] | undefined {
    let first = -1;
    for (let at = 0; at < variables.length; at++) {
      const variable = variables[at]!;
      if (!this.isNonZero(variable)) continue;
      if (first < 0) first = at;
      else {
        const other = variables[first]!;
        const plain =
          coefficients[first] === -coefficients[at]! &&
          this.place[other] === this.place[variable] &&
          !this.isWide(other) &&
          !this.isWide(variable);
        return plain ? [other, variable] : undefined;
      }
    }
    return undefined;
  }

  /** How many parts a variable is plainly the sum of, at the most; a single part counts as its own. */
  partsOfSum(variable: number, seen: ReadonlySet<number> = new Set()): number {
    const sums = this.model.sumsOf(variable);
    const sources = this.model.sourcesOf(variable);
    if ((sums.length === 0 && sources.length === 0) || seen.has(variable)) return 0;
    let most = 0;
    for (const source of sources) {
      if (this.value[source] !== this.value[variable]) continue;
      most = Math.max(most, this.partsOfSum(source, new Set([...seen, variable])));
    }
    for (const index of sums) {
      const { rest, nonZero } = this.sumOf(index);
      if (rest !== 0n) continue;
      const parts = this.value[variable] === 0n ? nonZero : nonZero - 1;
      if (parts > 1) most = Math.max(most, parts);
      else if (parts === 1) {
        const { variables } = this.model.relation(index);
        const only = variables.find((v) => v !== variable && this.value[v] !== 0n);
        if (only === undefined) continue;
        most = Math.max(most, this.partsOfSum(only, new Set([...seen, variable])));
      }
    }
    return most;
  }

  /** The halves of its last printed place that a unit of it has. */
  stepOf(variable: number): bigint {
    return 2n * powerOf(this.place[variable]! - this.model.scale[variable]!);
  }

  private isWide(variable: number): boolean {
    return 2n * this.half[variable]! > this.stepOf(variable);
  }

  private areSame([a, b]: readonly [number, number], relation: LinearModel): boolean {
    const copy = (variable: number): Copy => ({
      units: this.value[variable]! / this.stepOf(variable),
      exact: this.half[variable] === 0n,
      parts: this.partsOfSum(variable),
    });
    return copiesAgree(copy(a), copy(b), this.model.mode, relation.structural);
  }

  private each(variable: number, times: 1 | -1): void {
    if (!this.isNonZero(variable)) return;
    for (const { relation: index, coefficient } of this.model.incident(variable)) {
      const sum = this.sums[index];
      if (!sum) continue;
      const relation = this.model.relation(index);
      if (relation.kind === 'ratio') continue;
      this.enter(sum, this.share(relation, variable, coefficient), times);
    }
  }

  private summed(relation: RelationModel): Sum {
    const sum: Sum = { rest: 0n, lo: 0n, hi: 0n, openLo: 0, openHi: 0, nonZero: 0 };
    if (relation.kind === 'ratio') return sum;
    const { variables, coefficients } = relation;
    variables.forEach((variable, at) => {
      if (!this.isNonZero(variable)) return;
      this.enter(sum, this.share(relation, variable, coefficients[at]!), 1);
    });
    return sum;
  }

  private enter(sum: Sum, share: Share, times: 1 | -1): void {
    sum.nonZero += times;
    if (times === 1) {
      sum.rest += share.rest;
      sum.lo += share.lo;
      sum.hi += share.hi;
    } else {
      sum.rest -= share.rest;
      sum.lo -= share.lo;
      sum.hi -= share.hi;
    }
    if (share.openLo) sum.openLo += times;
    if (share.openHi) sum.openHi += times;
  }

  private share({ structural }: LinearModel, variable: number, coefficient: bigint): Share {
    const half = this.half[variable]!;
    const { mode } = this.model;
    return shareOf(coefficient, this.value[variable]!, half, mode, structural);
  }
}

function shareOf(
  coefficient: bigint,
  value: bigint,
  half: bigint,
  mode: Mode,
  structural: boolean,
): Share {
  const turned = coefficient < 0n;
  const rest = coefficient === 1n ? value : coefficient * value;
  if (mode === 'nearest') {
    // The same either way: by far the most figures of a document are so.
    const reach = coefficient === 1n ? half : (turned ? -coefficient : coefficient) * half;
    return { rest, lo: -reach, hi: reach, openLo: false, openHi: false };
  }
  const span = spanAround(half, value < 0n, mode, structural);
  return {
    rest,
    lo: coefficient * (turned ? span.hi : span.lo),
    hi: coefficient * (turned ? span.lo : span.hi),
    openLo: turned ? span.openHi : span.openLo,
    openHi: turned ? span.openLo : span.openHi,
  };
}

/** How a sum that is no pair of copies stands against zero. */
function standingOf(
  { rest, lo, hi, openLo, openHi }: Omit<Sum, 'nonZero'>,
  comparator: LinearModel['comparator'],
): Standing {
  if (rest === 0n) return 'holds';
  if (comparator === 'ge' ? rest > 0n : comparator === 'le' && rest < 0n) return 'holds';
  const reaches = comparator === 'le' || (openHi > 0 ? rest + hi > 0n : rest + hi >= 0n);
  const stays = comparator === 'ge' || (openLo > 0 ? rest + lo < 0n : rest + lo <= 0n);
  return reaches && stays ? 'rounding' : 'fails';
}
