/** From a model to findings, in numbers; `solve.ts` writes them out. */
import { formatHalves } from '../../disclosure/amount';
import { Groups } from './groups';
import type { Group } from './groups/group';
import { units } from './groups/unit';
import { explainAll, type Cluster } from './clusters';
import type { LinearModel, Model } from './model';
import type { Bounds, Options } from './options';
import type { Budget } from './search';
import { slipBetween, type SlipKind, type Surroundings } from './slips';
import { State, type Standing } from './state';
import { partsBehind, Verifier } from './verify';

/**
 * - `certain`: the figures leave one variable and one value
 * - `likely`: one explanation stands out
 * - `undecided`: several do, or none
 */
export type Verdict = 'certain' | 'likely' | 'undecided';

export interface Value {
  /** In halves of the variable's scale. */
  readonly value: bigint;
  readonly printed: string;
  readonly slip: SlipKind;
  readonly bits: number;
}

/** What a variable would have to be. */
export interface Proposal {
  readonly variable: number;
  readonly bounds: Bounds;
  /** The likeliest first; empty where they are too many to be told apart. */
  readonly values: readonly Value[];
  readonly twin: boolean;
}

/** One smallest set that explains a finding. */
export interface RankedSet {
  readonly proposals: readonly Proposal[];
  readonly weight: number;
  /** The share of probability among the sets of this finding, by the model of slips. */
  readonly probability: number;
}

export interface Finding {
  readonly verdict: Verdict;
  readonly failing: readonly number[];
  /** Ranked, the likeliest first. */
  readonly sets: readonly RankedSet[];
  /** Variables on which all sets agree, with the one value each can have. */
  readonly certain: readonly Proposal[];
  /** Mistakes of several figures at once that explain it too. */
  readonly groups: readonly Group[];
  readonly complete: boolean;
}

export interface Limits {
  /** In tests of one figure; unless given, what an editor can afford at each key. */
  readonly budget?: number;
  readonly cancelled?: () => boolean;
}

const BUDGET = 40_000;

/** What an ordinary figure costs to be called wrong, in bits: one figure in five hundred is. */
const PRIOR_BITS = 9;

/** From this share of probability on, one of several sets is called likely. */
const LIKELY = 0.95;

export class Solver {
  readonly state: State;
  readonly standings: readonly Standing[];

  constructor(
    readonly model: Model,
    private readonly limits: Limits = {},
  ) {
    this.state = new State(model);
    this.standings = model.relations.map((_, index) => this.state.judge(index));
  }

  findings(): Finding[] {
    const failing = this.indicesOf('fails');
    if (failing.length === 0) return [];
    const { state } = this;
    const doubtful = [...failing, ...this.indicesOf('rounding')];
    const tails = doubtful.filter((index) => partsBehind(state, index).size > 0);
    const { budget = BUDGET, cancelled } = this.limits;
    const shared: Budget = { left: budget, ...(cancelled && { cancelled }) };
    const verifier = new Verifier(state, tails);
    const groups = new Groups(this.model, this.model.grids);
    const slips = [...units(this.model, state, groups.layouts, new Set(failing))];
    const scaled = new Set(slips.flatMap(({ explains }) => explains));
    const clusters = explainAll(
      verifier,
      failing.filter((index) => !scaled.has(index)),
      shared,
    );
    return [
      ...slips.map((slip) => this.ofUnit(slip)),
      ...clusters.map((cluster) => {
        const single = isSingle(cluster);
        return this.finding(cluster, groups.explaining(verifier, cluster.failing, shared, single));
      }),
    ];
  }

  private ofUnit(group: Group): Finding {
    const { explains: failing } = group;
    return { verdict: 'likely', failing, sets: [], certain: [], groups: [group], complete: true };
  }

  private indicesOf(standing: Standing): number[] {
    return this.standings.flatMap((s, index) => (s === standing ? [index] : []));
  }

  private finding({ failing, sets, complete }: Cluster, groups: readonly Group[]): Finding {
    const known = new Map<Options, Proposal>();
    const proposal = (options: Options) => {
      const proposed = known.get(options) ?? this.proposal(options);
      known.set(options, proposed);
      return proposed;
    };
    const priced = sets.map(({ options }) => {
      const proposals = options.map(proposal);
      const weight = this.model.weigh(proposals.map(({ variable }) => variable));
      return { proposals, weight, bits: proposals.reduce((sum, p) => sum + this.bitsOf(p), 0) };
    });
    const least = Math.min(...priced.map(({ bits }) => bits));
    const total = priced.reduce((sum, { bits }) => sum + 2 ** (least - bits), 0);
    const ranked = priced
      .sort((a, b) => a.bits - b.bits)
      .map(({ proposals, weight, bits }) => ({
        proposals,
        weight,
        probability: 2 ** (least - bits) / total,
      }));
    // A mistake of several figures at once is as simple as one figure wrong: it has to agree.
    const certain = (complete ? this.agreed(ranked) : []).filter(({ variable, values }) =>
      groups.every(({ changes }) => changes.get(variable) === values[0]!.value),
    );
    const verdict = verdictOf(ranked, certain, groups, complete);
    return { verdict, failing, sets: ranked, certain, groups, complete };
  }

  /** What all sets say alike, and only one value each. */
  private agreed(sets: readonly RankedSet[]): Proposal[] {
    const [first, ...others] = sets;
    if (!first) return [];
    return first.proposals.filter((proposal) => {
      const { variable, values } = proposal;
      const [value, ...more] = values;
      if (!value || more.length > 0 || this.model.variables[variable]!.unprovable) return false;
      if (!this.isPlausible(proposal, first.proposals)) return false;
      return others.every(({ proposals }) => {
        const same = proposals.find((p) => p.variable === variable)?.values;
        return same?.length === 1 && same[0]!.value === value.value;
      });
    });
  }

  /**
   * One figure that explains all is believed whatever it was; several at once only as independent slips.
   * Where one needs a figure that no slip makes, or two of them the same change, one mistake of another
   * kind (rows moved, a wrong figure copied) is as good an explanation.
   */
  private isPlausible(proposal: Proposal, set: readonly Proposal[]): boolean {
    if (set.length === 1) return true;
    const change = (p: Proposal) =>
      `${this.model.variables[p.variable]!.printed} → ${p.values[0]?.printed ?? ''}`;
    if (proposal.values[0]?.slip === 'other') return false;
    return !set.some((other) => other !== proposal && change(other) === change(proposal));
  }

  private bitsOf({ variable, values }: Proposal): number {
    return this.model.weightOf(variable) * PRIOR_BITS + (values[0]?.bits ?? NO_VALUE_BITS);
  }

  private proposal({ variable, bounds, values, twin }: Options): Proposal {
    const around = this.surroundings(variable);
    const { printed } = this.model.variables[variable]!;
    const rated = values.map((value) => {
      const text = this.write(variable, value);
      const { kind, bits } = slipBetween(text, printed, around);
      return { value, printed: text, slip: kind, bits };
    });
    // The twin comes first: two places that print the same amount are the best evidence there is.
    const first = (v: Value) => (v.value === twin ? 0 : 1);
    rated.sort((a, b) => first(a) - first(b) || a.bits - b.bits);
    return { variable, bounds, values: rated, twin: twin !== undefined };
  }

  private surroundings(variable: number): Surroundings {
    const { model, state } = this;
    const { neighbours = [], namesakes = [] } = model.variables[variable]!;
    const printed = (ids: readonly string[]) =>
      ids.map((id) => model.variables[model.numbers.get(id) ?? -1]?.printed ?? '');
    const totals = model.sumsOf(variable).map((index) => {
      const { coefficients, variables } = model.relations[index] as LinearModel;
      const own = coefficients[variables.indexOf(variable)]!;
      return this.write(variable, state.value[variable]! - state.sumOf(index).rest / own);
    });
    return { neighbours: printed(neighbours), namesakes: printed(namesakes), totals };
  }

  /** As the variable would print it. */
  write(variable: number, value: bigint): string {
    const { printPlace, scale, variables } = this.model;
    const finer = 10n ** BigInt(printPlace[variable]! - scale[variable]!);
    return formatHalves(value / finer, printPlace[variable]!, variables[variable]!.unit ?? 0);
  }
}

const isSingle = ({ sets }: Cluster) => sets[0]?.variables.length === 1;

/** Where too many values would do, none is proposed: as unlikely as a figure of six digits. */
const NO_VALUE_BITS = 25;

function verdictOf(
  sets: readonly RankedSet[],
  certain: readonly Proposal[],
  groups: readonly Group[],
  complete: boolean,
): Verdict {
  const [first] = sets;
  if (!first || !complete) return 'undecided';
  const others = groups.some(({ changes }) =>
    first.proposals.some(({ variable, values }) => changes.get(variable) !== values[0]?.value),
  );
  if (others) return 'undecided';
  if (certain.length === first.proposals.length) return 'certain';
  const alone =
    sets.length === 1 && first.proposals.every(({ values, twin }) => values.length === 1 || twin);
  return alone || first.probability >= LIKELY ? 'likely' : 'undecided';
}
