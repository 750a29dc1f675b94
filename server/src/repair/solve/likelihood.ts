/** How likely mistakes are beside each other, in bits: the fewer, the likelier. */
import { formatHalves } from '../../disclosure/amount';
import { intersect } from './bounds';
import type { Certainty } from './certainty';
import type { Group, GroupKind } from './groups/group';
import type { Model } from './model';
import { isNewlyNegative } from './options';
import { optionsFor, type Proposal, type RankedSet } from './proposal';
import { isOverAnother, wholesOf } from './ratio';
import type { Situation } from './situation';
import {
  calculated,
  digitsOf,
  isTelling,
  ofYear,
  OMITTED_BITS,
  OTHER_BITS,
  slipBetween,
  type Slip,
  type Surroundings,
} from './slips';
import type { State } from './state';

/** What an ordinary figure costs to be called wrong, in bits: one figure in five hundred is. */
const PRIOR_BITS = 9;

/** Of those that print more places than others of their kind, one in four. */
const FINER_BITS = 2;

/**
 * What one mistake of many figures costs beside one figure wrong: how seldom it is, and among how many
 * places it was made. A wrong figure that was copied has to be mistyped first.
 */
const GROUP_BITS: Readonly<Record<GroupKind, number>> = {
  swapped: 10,
  repeated: 5,
  signs: 8,
  shifted: 12,
  rotated: 12,
  columns: 8,
  'lost-row': 10,
  unit: 6,
  foreign: 8,
  'unit-row': 8,
};

/** Of a figure and its copies the copies are what stands around. */
export const NOTHING_AROUND: Surroundings = { neighbours: [], namesakes: [], totals: [] };

/** Each further place to which a wrong figure was copied is one more where nobody saw it. */
const COPY_BITS = 5;

/** Of what is open on a side nothing tells what it is: as unlikely as a figure of six digits. */
const NO_VALUE_BITS = 25;

/** One amount in some thousands is below zero, as transfers that are given back are. */
const NEGATIVE_BITS = 12;

export class Likelihood {
  private readonly model: Model;
  private readonly state: State;

  constructor(
    situation: Situation,
    private readonly certainty: Certainty,
  ) {
    this.model = situation.model;
    this.state = situation.state;
  }

  /** Independent slips, or one of which the others are copies. */
  bitsOfSet(set: readonly Proposal[]): number {
    const [first, ...others] = set;
    const independent = set.reduce(
      (sum, proposal) => sum + this.bitsOf(proposal, set.length > 1),
      0,
    );
    const isOne = others.length > 0 && this.certainty.isOneChange(set);
    if (!isOne) return independent;
    const { variable, values } = first!;
    const copied =
      this.model.weightOf(variable) * PRIOR_BITS +
      (values[0] ? this.bitsOfCopied(variable, values[0].value) : this.bitsOfOthers(first!)) +
      GROUP_BITS.repeated +
      COPY_BITS * (set.length - 2);
    return Math.min(independent, copied);
  }

  bitsOfGroup({ kind, changes }: Group): number {
    const own = PRIOR_BITS + GROUP_BITS[kind];
    const [first] = changes;
    if (kind !== 'repeated' || !first) return own;
    return own + this.bitsOfCopied(...first) + COPY_BITS * (changes.size - 2);
  }

  /** The slip in the first place of a wrong figure that was copied. */
  private bitsOfCopied(variable: number, right: bigint): number {
    const printed = this.model.printed(variable);
    const slip = slipBetween(writeAs(this.model, variable, right), printed, NOTHING_AROUND);
    return this.madeOf(variable, right, slip).bits;
  }

  private bitsOf(proposal: Proposal, isBound: boolean): number {
    const { variable } = proposal;
    const isFiner = this.certainty.isFiner(variable);
    const prior = isFiner ? FINER_BITS : this.model.weightOf(variable) * PRIOR_BITS;
    return prior + this.bitsOfValues(proposal, isBound);
  }

  /** The slip that made what is printed of its likeliest value, or of one of the many that are not told. */
  private bitsOfValues(proposal: Proposal, isBound: boolean): number {
    const [first] = proposal.values;
    // Whatever a blank should print, it was left out; but nobody leaves out what would be below zero.
    const isBlank = !first && !this.state.isNonZero(proposal.variable);
    if (isBlank && !isNewlyNegative(this.state, optionsFor(proposal))) return OMITTED_BITS;
    const others = this.bitsOfOthers(proposal);
    if (!first) return others;
    // Where many slips would do, that one does tells little.
    const told = first.slip.bits + Math.log2(proposal.among ?? 1);
    // What one of several is leaves the others no choice.
    return isBound ? told : -Math.log2(probabilityOf([told, others]));
  }

  /** The share of probability of a set's first values; nothing where one is hardly ever. */
  shareOfFirst({ proposals }: RankedSet): number {
    return proposals.reduce(
      (all, one) => all * (this.isOdd(one) ? 0 : this.shareOfFirstValue(one)),
      1,
    );
  }

  /** Its share among all that would do. */
  private shareOfFirstValue(proposal: Proposal): number {
    const [first] = proposal.values;
    if (!first) return 0;
    // Two places that print the same amount are the best evidence there is.
    if (proposal.twin) return 1;
    const bits = proposal.values.map(({ slip }) => slip.bits);
    return 2 ** -first.slip.bits / probabilityOf([...bits, this.bitsOfOthers(proposal)]);
  }

  /** What values cost together that are too many to be told: as many of all there are as would do. */
  private bitsOfOthers({ variable, interval, open }: Proposal): number {
    if (!open) return Infinity;
    // Those that would be below zero hardly count.
    const { lo, hi } = this.isPositive(variable) ? intersect(interval, { lo: 0n }) : interval;
    const { printStep } = this.model;
    if (lo === undefined || hi === undefined) return NO_VALUE_BITS;
    if (lo > hi) return NO_VALUE_BITS + NEGATIVE_BITS;
    const digits = ((hi - lo) / printStep[variable]!).toString().length;
    const fewer = digitsOf(this.model.printed(variable)) - digits;
    return OTHER_BITS + Math.max(0, fewer) * DIGIT_BITS;
  }

  /** What figures print that stand for the same under another scope, and that no relation binds to this one. */
  elsewhere(variable: number): readonly bigint[] {
    const { model, state } = this;
    const isBound = (other: number) =>
      model
        .incident(variable)
        .some(({ relation }) =>
          model.incident(other).some((incidence) => incidence.relation === relation),
        );
    return model.source.namesakesOf(variable).flatMap((other) => {
      if (other < 0 || model.scale[other] !== model.scale[variable]) return [];
      if (!isTelling(model.printed(other)) || isBound(other)) return [];
      return [state.value[other]!];
    });
  }

  /** Whether a figure would hardly be below zero, as it is not and such figures are rare. */
  private isPositive(variable: number): boolean {
    return this.model.negative > 0 && this.model.value[variable]! >= 0n;
  }

  /** Whether a value would be below zero where hardly any is, and nothing else prints it. */
  private isOdd({ variable, twin, values: [first] }: Proposal): boolean {
    return first !== undefined && first.value < 0n && !twin && this.isPositive(variable);
  }

  /** How a figure came of the right one: as it was typed, or as a ratio was worked out. */
  madeOf(variable: number, right: bigint, typed: Slip, isOpen = false): Slip {
    const own = this.workedOut(variable, right, typed);
    // Of a figure that others tell anyway it says nothing that one more prints it.
    const made = isOpen ? this.agreed(variable, right, own) : own;
    if (this.model.negative === 0) return made;
    // Amounts below zero are as rare where they are printed as where they would have to be.
    const isBelow = this.model.value[variable]! < 0n;
    if (isBelow === right < 0n) return made;
    return { ...made, bits: made.bits + (isBelow ? -NEGATIVE_BITS : NEGATIVE_BITS) };
  }

  /** A slip of a figure that stands elsewhere too. */
  private agreed(variable: number, right: bigint, made: Slip): Slip {
    const elsewhere = this.elsewhere(variable);
    if (!elsewhere.includes(right)) return made;
    // Of all figures it is the one that stands there too.
    const agreeing = digitsOf(writeAs(this.model, variable, right)) * DIGIT_BITS;
    return { ...made, bits: made.bits - agreeing + Math.log2(elsewhere.length) + AGREEING_BITS };
  }

  /** Whether what is printed for a change is the amount of last year that the right one leaves. */
  private isOfYear(variable: number, right: bigint): boolean {
    const printed = this.state.value[variable]!;
    return wholesOf(this.state, variable).some((whole) => {
      const last = whole - right;
      return printed === last || printed === -last;
    });
  }

  private workedOut(variable: number, right: bigint, typed: Slip): Slip {
    const { model, state } = this;
    if (!model.isRatio(variable)) return this.isOfYear(variable, right) ? ofYear(typed) : typed;
    const gap = state.value[variable]! - right;
    const places = (gap < 0n ? -gap : gap) / model.printStep[variable]!;
    const printed = model.printed(variable);
    return calculated(typed, printed, places, isOverAnother(state, variable));
  }
}

/** Which of all figures it is, by digit; and how seldom it is the same under another scope. */
const DIGIT_BITS = Math.log2(10);
const AGREEING_BITS = 2;

const probabilityOf = (bits: readonly number[]) => bits.reduce((sum, each) => sum + 2 ** -each, 0);

/** As a variable would print a value. */
export function writeAs(model: Model, variable: number, value: bigint): string {
  const { printPlace, scale } = model;
  const finer = 10n ** BigInt(printPlace[variable]! - scale[variable]!);
  return formatHalves(value / finer, printPlace[variable]!, model.unitOf(variable));
}
