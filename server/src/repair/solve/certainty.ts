/** What of several explanations is certain: it has to be so whatever mistake was made. */
import { isWithin, onGrid } from './bounds';
import { isFounded } from './founded';
import type { Group } from './groups/group';
import { NOTHING_AROUND, writeAs } from './likelihood';
import type { Model } from './model';
import type { RatioModel } from './relationModel';
import { isOddTail } from './oddTail';
import { isNewlyNegative } from './options';
import { optionsFor, type Proposal, type RankedSet } from './proposal';
import { quotientsOf } from './ratio';
import type { Situation } from './situation';
import { isTelling, slipBetween, type SlipKind } from './slips';
import type { State } from './state';

export class Certainty {
  private readonly model: Model;
  private readonly state: State;
  private rounds: boolean | undefined;

  constructor(private readonly situation: Situation) {
    this.model = situation.model;
    this.state = situation.state;
  }

  /**
   * What all sets say alike, and only one value each. Of figures that changed places, be it with one of
   * another finding, each has to be missed by more than one relation: by a single sum it may as well be
   * one of three.
   */
  agreed(
    sets: readonly RankedSet[],
    groups: readonly Group[],
    failing: readonly number[],
  ): Proposal[] {
    const [first, ...others] = sets;
    if (!first) return [];
    const isExchange = groups.some((group) => isPartOf(first, group));
    if (!this.isOnlyChange(first.proposals)) return [];
    return first.proposals.filter((proposal) => {
      const { variable, values } = proposal;
      const [value, ...more] = values;
      if (!value || more.length > 0 || proposal.open) return false;
      if (this.model.variable(variable)!.unprovable) return false;
      const isPlausible = isExchange
        ? this.telling(proposal, failing).length > 1
        : this.isPlausible(proposal, first.proposals, failing);
      if (!isPlausible) return false;
      if (this.isNewlyNegative(proposal) || this.isTiny(proposal)) return false;
      if (this.isFiner(variable) && value.slip.kind === 'other') return false;
      if (this.isCutOff(proposal)) return false;
      if (!this.isContradicted(proposal, failing)) return false;
      if (this.model.isRatio(variable) && !this.isQuotient(proposal)) return false;
      if (this.leavesTail(proposal, first.proposals)) return false;
      if (this.leavesOddTail(proposal, first.proposals)) return false;
      if (this.isBesideSlip(proposal, first.proposals)) return false;
      return others.every(({ proposals }) => {
        const same = proposals.find((p) => p.variable === variable)?.values;
        return same?.length === 1 && same[0]!.value === value.value;
      });
    });
  }

  /**
   * One figure that explains all is believed whatever it was if more than one sum or copy says so, and so
   * is one that shares no relation with the others of its set, or that all of them repeat where a sum
   * says so: of copies alone the fewer are not always the wrong ones. Of several bound together only
   * independent slips are: where one needs a figure that no slip makes, two of them the same value, or
   * figures from elsewhere, one mistake of another kind (rows moved) is as good an explanation.
   */
  private isPlausible(
    proposal: Proposal,
    set: readonly Proposal[],
    failing: readonly number[],
  ): boolean {
    const own = this.about(proposal, failing);
    const sums = this.telling(proposal, own).filter(
      (index) => this.model.relation(index).kind !== 'ratio',
    );
    const isAlone =
      sums.length > 1 || isTold(proposal) || own.every((i) => this.isOnlyOne(proposal, i));
    if (set.length === 1) return isAlone;
    if (this.isOneChange(set)) {
      const isSlip = this.isSlip(proposal) && !isFromElsewhere(proposal);
      return isSlip && failing.some((index) => this.isSum(index));
    }
    if (!this.isBound(proposal, set)) return isAlone;
    const { values } = proposal;
    const isCopy = (other: Proposal) => other.values[0]?.value === values[0]?.value;
    if (set.some((other) => other !== proposal && isCopy(other))) return false;
    const bound = [proposal, ...set.filter((p) => p !== proposal && this.isBound(p, [proposal]))];
    return bound.every((p) => this.isSlip(p)) && bound.filter(isFromElsewhere).length <= 1;
  }

  /** Which of some relations speak of a figure. */
  private about({ variable }: Proposal, relations: readonly number[]): number[] {
    const own = new Set(this.model.incident(variable).map(({ relation }) => relation));
    return relations.filter((index) => own.has(index));
  }

  /** Of those, what tells which figure it is: a limit tells only which ones it is not. */
  private telling(proposal: Proposal, relations: readonly number[]): number[] {
    return this.about(proposal, relations).filter((index) => {
      const relation = this.model.relation(index);
      return relation.kind === 'ratio' || relation.comparator === 'eq';
    });
  }

  /** Whether nothing else of a relation can be wrong, rather than could not be what it would have to be. */
  private isOnlyOne({ variable }: Proposal, relation: number): boolean {
    return this.model.suspectsOf(relation).every((suspect) => suspect === variable);
  }

  /** Whether a relation is more than a figure told twice. */
  private isSum(index: number): boolean {
    const relation = this.model.relation(index);
    if (relation.kind === 'ratio') return true;
    return relation.comparator === 'eq' && this.state.sumOf(index).nonZero > 2;
  }

  /** Amounts below zero are rare: what would have to become one need not be the wrong figure. */
  private isNewlyNegative(proposal: Proposal): boolean {
    return isNewlyNegative(this.state, optionsFor(proposal));
  }

  /** Whether a figure prints more places than it would: then what it should be may have them as well. */
  isFiner(variable: number): boolean {
    const { value, place, printPlace } = this.model;
    return value[variable] !== 0n && place[variable]! < printPlace[variable]!;
  }

  /** Whether it would be a whole number that is not what the others say: its decimals may have been lost. */
  private isCutOff({ variable, interval, values: [value] }: Proposal): boolean {
    const isWhole = !this.model.printed(variable).includes('.');
    return isWhole && value !== undefined && !isWithin(value.value, interval);
  }

  /** An amount of a few last places comes about by rounding, and by mistakes of any kind. */
  private isTiny({ variable, values: [value] }: Proposal): boolean {
    const few = 10n * this.model.printStep[variable]!;
    if (!value || value.value === 0n || value.slip.kind === 'sign') return false;
    return value.value < few && value.value > -few;
  }

  /**
   * Whether more than copies of it contradict a figure. A wrong figure that was copied everywhere makes the
   * last right one look wrong: what it is copied from has to stand in a sum that holds, and that would not
   * with the figure as it is printed here.
   */
  private isContradicted(proposal: Proposal, failing: readonly number[]): boolean {
    const { variable } = proposal;
    const { model, state } = this;
    const own = this.about(proposal, failing);
    if (own.length === 0 || own.some((index) => this.isSum(index))) return true;
    return own.some((index) =>
      model
        .relation(index)
        .variables.some(
          (other) =>
            other !== variable &&
            state.isNonZero(other) &&
            isFounded(this.situation, other, index, state.value[variable]),
        ),
    );
  }

  /** Whether the printed figure, or the right one, tells of a slip. */
  private isSlip({ variable, values }: Proposal): boolean {
    if (!values[0] || values[0].slip.kind === 'other') return false;
    return isTelling(this.model.printed(variable)) || isTelling(values[0].printed);
  }

  /**
   * Whether copies that agree to the digit would agree only by a tail: then they speak for the figure, and
   * another one is wrong in all places alike.
   */
  private leavesTail({ variable }: Proposal, set: readonly Proposal[]): boolean {
    const { model, state, situation } = this;
    const agreeing = model
      .incident(variable)
      .map(({ relation }) => relation)
      .filter((index) => {
        const relation = model.relation(index);
        if (relation.kind === 'ratio' || relation.comparator !== 'eq') return false;
        return state.sumOf(index).nonZero === 2 && situation.standingOf(index) === 'holds';
      });
    return this.supposing(set, 0n, () =>
      agreeing.some((index) => state.judge(index) === 'rounding'),
    );
  }

  /**
   * Whether a long sum would hold by nothing but a tail that rounding hardly ever makes. It allows each part
   * to be off in the same direction; that most are, says that another figure is wrong as well.
   */
  private leavesOddTail({ variable }: Proposal, set: readonly Proposal[]): boolean {
    const { model, state } = this;
    // Adjusted addends are off as it takes, not by chance.
    if (model.mode === 'exact') return false;
    return this.supposing(set, 0n, () =>
      model.incident(variable).some(({ relation: index }) => {
        const relation = model.relation(index);
        if (relation.kind === 'ratio' || relation.comparator !== 'eq') return false;
        return state.judge(index) === 'rounding' && isOddTail(state, index, relation);
      }),
    );
  }

  /**
   * Whether a relation would hold by a tail alone, and to the digit with a figure of which what is printed is
   * the plainer slip: then as well that one was meant, and what keeps from it is wrong too.
   */
  private isBesideSlip({ variable, values: [first] }: Proposal, set: readonly Proposal[]): boolean {
    const { model, state } = this;
    const printed = model.printed(variable);
    const isPlainer = (value: bigint) => {
      const slip = slipBetween(writeAs(model, variable, value), printed, NOTHING_AROUND);
      return slip.kind !== 'other' && slip.bits < first!.slip.bits;
    };
    return this.supposing(set, 0n, () =>
      model.incident(variable).some(({ relation: index, coefficient }) => {
        const relation = model.relation(index);
        if (relation.kind === 'ratio' || relation.comparator !== 'eq') return false;
        if (state.judge(index) !== 'rounding') return false;
        const meant = state.value[variable]! - state.sumOf(index).rest / coefficient;
        const { lo } = onGrid({ lo: meant }, model.printStep[variable]!);
        return lo === meant && meant !== model.value[variable] && isPlainer(meant);
      }),
    );
  }

  /** Where one wrong figure was copied, copies tell nothing of it: no figure beside the right one may do. */
  private isOnlyChange(set: readonly Proposal[]): boolean {
    if (set.length === 1 || !this.isOneChange(set)) return true;
    const { model, state } = this;
    const touched = new Set(
      set.flatMap(({ variable }) => model.incident(variable).map(({ relation }) => relation)),
    );
    const fails = () => [...touched].some((index) => state.judge(index) === 'fails');
    return [-1n, 1n].every((steps) => this.supposing(set, steps, fails));
  }

  /** What is so with the first values of a set, so many last places off. */
  private supposing(set: readonly Proposal[], steps: bigint, test: () => boolean): boolean {
    const { state, model } = this;
    for (const { variable, values } of set) {
      if (values[0]) state.suppose(variable, values[0].value + steps * model.printStep[variable]!);
    }
    const result = test();
    for (const { variable } of set) state.restore(variable);
    return result;
  }

  /**
   * Whether a ratio's amounts are known from more than their copies, or they may have been copied wrongly
   * everywhere, as a target is, and the ratio is right; and whether it would be rounded, not cut off.
   */
  private isQuotient({ variable, values }: Proposal): boolean {
    const { model, state } = this;
    return model.incident(variable).every(({ relation: index }) => {
      const relation = model.relation(index);
      if (relation.kind !== 'ratio' || relation.ratio !== variable) return true;
      const amounts = relation.variables.filter((v) => v !== variable);
      const isSame = quotientsOf(state, relation)?.cut === values[0]?.value;
      return (
        (isSame || this.isRounding()) && amounts.every((v) => isFounded(this.situation, v, index))
      );
    });
  }

  /** Whether the other ratios that tell it are rounded: who cuts one off may have cut off any. */
  private isRounding(): boolean {
    if (this.rounds !== undefined) return this.rounds;
    const { model, state, situation } = this;
    let rounded = 0;
    const isCut = model.ratios.some((index) => {
      const relation = model.relation(index) as RatioModel;
      if (situation.standingOf(index) === 'fails') return false;
      const quotients = quotientsOf(state, relation);
      if (!quotients || quotients.rounded === quotients.cut) return false;
      const printed = state.value[relation.ratio];
      if (printed === quotients.rounded) rounded++;
      return printed === quotients.cut;
    });
    return (this.rounds = !isCut && rounded > 0);
  }

  /** Whether a variable shares a relation with another of its set. */
  private isBound({ variable }: Proposal, set: readonly Proposal[]): boolean {
    const others = new Set(set.map((other) => other.variable));
    others.delete(variable);
    return this.model
      .incident(variable)
      .some(({ relation }) => this.model.relation(relation).variables.some((v) => others.has(v)));
  }

  /** Whether all of a set print the same and should print the same, as far as that is known. */
  isOneChange(set: readonly Proposal[]): boolean {
    const [first, ...others] = set.map((proposal) => this.change(proposal));
    return first !== undefined && others.every((change) => change === first);
  }

  private change({ variable, values: [value] }: Proposal): string | undefined {
    return value && `${this.model.printed(variable)} → ${value.printed}`;
  }
}

/** Whether a mistake of several figures has all that a set says among what it changes. */
const isPartOf = ({ proposals }: RankedSet, { changes }: Group): boolean =>
  proposals.every(({ variable, values: [value] }) => changes.get(variable) === value?.value);

/** Whether the digits tell how the figure came about. */
const isTold = (proposal: Proposal) => {
  const [value] = proposal.values;
  return value !== undefined && value.slip.kind !== 'other' && !isFromElsewhere(proposal);
};

/** Slips that put the figure of another cell, or none, where one belongs: as rows that moved do. */
const FROM_ELSEWHERE: ReadonlySet<SlipKind> = new Set<SlipKind>([
  'neighbour',
  'namesake',
  'total',
  'omitted',
]);

const isFromElsewhere = ({ values: [value] }: Proposal) =>
  value !== undefined && FROM_ELSEWHERE.has(value.slip.kind);
