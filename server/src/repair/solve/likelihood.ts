/** How likely mistakes are beside each other, in bits: the fewer, the likelier. */
import { formatHalves } from '../../disclosure/amount';
import type { Certainty } from './certainty';
import type { Group, GroupKind } from './groups/group';
import type { Model } from './model';
import { isNewlyNegative } from './options';
import type { Proposal } from './proposal';
import { isOverAnother } from './ratio';
import type { Situation } from './situation';
import { calculated, OMITTED_BITS, slipBetween, type Slip, type Surroundings } from './slips';
import type { State } from './state';

/** What an ordinary figure costs to be called wrong, in bits: one figure in five hundred is. */
const PRIOR_BITS = 9;

/**
 * What one mistake of many figures costs beside one figure wrong: how seldom it is, and among how many
 * places it was made. A wrong figure that was copied has to be mistyped first.
 */
const GROUP_BITS: Readonly<Record<GroupKind, number>> = {
  swapped: 10,
  repeated: 5,
  signs: 8,
  shifted: 12,
  'lost-row': 10,
  unit: 6,
};

/** Of a figure and its copies the copies are what stands around. */
const NOTHING_AROUND: Surroundings = { neighbours: [], namesakes: [], totals: [] };

/** Each further place to which a wrong figure was copied is one more where nobody saw it. */
const COPY_BITS = 5;

/** Where too many values would do, none is proposed: as unlikely as a figure of six digits. */
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
    const independent = set.reduce((sum, proposal) => sum + this.bitsOf(proposal), 0);
    const isOne = others.length > 0 && this.certainty.isOneChange(set);
    if (!isOne) return independent;
    const { variable, values } = first!;
    const copied =
      this.model.weightOf(variable) * PRIOR_BITS +
      (values[0] ? this.bitsOfCopied(variable, values[0].value) : NO_VALUE_BITS) +
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
    const { printed } = this.model.variables[variable]!;
    const slip = slipBetween(writeAs(this.model, variable, right), printed, NOTHING_AROUND);
    return this.madeOf(variable, right, slip).bits;
  }

  private bitsOf({ variable, values }: Proposal): number {
    const prior = this.model.weightOf(variable) * PRIOR_BITS;
    const [first] = values;
    // Whatever a blank should print, it was left out.
    if (!first) return prior + (this.state.isNonZero(variable) ? NO_VALUE_BITS : OMITTED_BITS);
    const units = values.map(({ value }) => value);
    const isOdd = isNewlyNegative(this.state, { variable, values: units });
    return prior + first.slip.bits + (isOdd ? NEGATIVE_BITS : 0);
  }

  /** How a figure came of the right one: as it was typed, or as a ratio was worked out. */
  madeOf(variable: number, right: bigint, typed: Slip): Slip {
    const { model, state } = this;
    if (!model.isRatio(variable)) return typed;
    const gap = state.value[variable]! - right;
    const places = (gap < 0n ? -gap : gap) / model.printStep[variable]!;
    const { printed } = model.variables[variable]!;
    return calculated(typed, printed, places, isOverAnother(state, variable));
  }
}

/** As a variable would print a value. */
export function writeAs(
  { printPlace, scale, variables }: Model,
  variable: number,
  value: bigint,
): string {
  const finer = 10n ** BigInt(printPlace[variable]! - scale[variable]!);
  return formatHalves(value / finer, printPlace[variable]!, variables[variable]!.unit ?? 0);
}
