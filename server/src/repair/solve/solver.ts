/** From a model to findings, in numbers; `solve.ts` writes them out. */
import { leastOf } from '../../syntax/arrays';
import { Groups } from './groups';
import type { Group } from './groups/group';
import { units } from './groups/unit';
import { explainAll, explainRest, type Cluster } from './clusters';
import { Certainty } from './certainty';
import { Likelihood, writeAs } from './likelihood';
import type { Proposal, RankedSet, Value } from './proposal';
import type { LinearModel, Model } from './model';
import type { Bounds, Options } from './options';
import { peel } from './peel';
import type { Budget } from './search';
import { slipsTo, type SlipKind, type Surroundings } from './slips';
import type { Situation } from './situation';
import type { State } from './state';
import { toldOnce } from './told';
import { partsBehind, Verifier } from './verify';

/**
 * - `certain`: the figures leave one variable and one value
 * - `likely`: one explanation stands out
 * - `undecided`: several do, or none
 */
export type Verdict = 'certain' | 'likely' | 'undecided';

export interface RankedGroup extends Group {
  /** Its share beside the sets and the other groups. */
  readonly probability: number;
}

export interface Finding {
  readonly verdict: Verdict;
  readonly failing: readonly number[];
  /** Ranked, the likeliest first. */
  readonly sets: readonly RankedSet[];
  /** Variables on which all sets agree, with the one value each can have. */
  readonly certain: readonly Proposal[];
  /** Mistakes of several figures at once that explain it too, the likeliest first. */
  readonly groups: readonly RankedGroup[];
  readonly complete: boolean;
}

export interface Limits {
  /** In tests of one figure; unless given, what an editor can afford at each key. */
  readonly budget?: number;
  readonly cancelled?: () => boolean;
}

const BUDGET = 8_000;

/** From this share of probability on, one of several sets is called likely. */
const LIKELY = 0.95;

export class Solver {
  readonly model: Model;
  private readonly state: State;
  private readonly certainty: Certainty;
  private readonly likelihood: Likelihood;

  constructor(
    private readonly situation: Situation,
    private readonly limits: Limits = {},
  ) {
    this.model = situation.model;
    this.state = situation.state;
    this.certainty = new Certainty(situation);
    this.likelihood = new Likelihood(situation, this.certainty);
  }

  findings(): Finding[] {
    const failing = this.situation.standing('fails');
    if (failing.length === 0) return [];
    const { state } = this;
    const { layouts } = this.situation;
    const doubtful = [...failing, ...this.situation.standing('rounding')];
    const tails = doubtful.filter((index) => partsBehind(state, index).size > 0);
    const { budget = BUDGET, cancelled } = this.limits;
    const shared: Budget = { left: budget, ...(cancelled && { cancelled }) };
    const verifier = new Verifier(state, tails);
    const groups = new Groups(layouts, failing);
    const slips = units(this.model, state, layouts, new Set(failing));
    const scaled = new Set(slips.flat().flatMap(({ explains }) => explains));
    const clusters = explainAll(
      verifier,
      groups,
      failing.filter((index) => !scaled.has(index)),
      shared,
    );
    const found = clusters.flatMap((cluster) => {
      const single = isSingle(cluster);
      const mistakes = groups.explaining(verifier, cluster.failing, shared, single);
      const whole = this.finding(cluster, mistakes);
      const isTold = whole.verdict !== 'undecided' || whole.certain.length + mistakes.length > 0;
      if (isTold || cancelled?.() === true) return whole;
      const peeled = peel(verifier, cluster);
      if (!peeled) return whole;
      const rest = explainRest(verifier, peeled.rest, shared);
      return [peeled.part, ...rest].map((part) => this.ofPart(part));
    });
    return [...slips.map(ofUnits), ...toldOnce(this.situation, found)];
  }

  private finding({ failing, sets, complete }: Cluster, found: readonly Group[]): Finding {
    const known = new Map<Options, Proposal>();
    const proposal = (options: Options) => {
      const proposed = known.get(options) ?? this.proposal(options);
      known.set(options, proposed);
      return proposed;
    };
    const priced = sets.map(({ options }) => {
      const proposals = options.map(proposal);
      const weight = this.model.weigh(proposals.map(({ variable }) => variable));
      return { proposals, weight, bits: this.likelihood.bitsOfSet(proposals) };
    });
    // A figure and its copies may be among the sets already.
    const isSet = ({ kind, changes }: Group) =>
      kind === 'repeated' &&
      priced.some(
        ({ proposals }) =>
          proposals.length === changes.size &&
          proposals.every(({ variable, values }) => changes.get(variable) === values[0]?.value),
      );
    // Of mistakes that nothing else tells apart it is the later table that repeats.
    const mistakes = found
      .filter((group) => !isSet(group))
      .reverse()
      .map((group) => ({ group, bits: this.likelihood.bitsOfGroup(group) }));
    const all = [...priced, ...mistakes].map(({ bits }) => bits);
    const least = leastOf(all);
    const total = all.reduce((sum, bits) => sum + 2 ** (least - bits), 0);
    const share = (bits: number) => 2 ** (least - bits) / total;
    const ranked = priced
      .sort((a, b) => a.bits - b.bits)
      .map(({ bits, ...set }) => ({ ...set, probability: share(bits) }));
    const groups = mistakes
      .sort((a, b) => a.bits - b.bits)
      .map(({ bits, group }) => ({ ...group, probability: share(bits) }));
    // A mistake of several figures at once is as simple as one figure wrong: it has to agree.
    const certain = (complete ? this.certainty.agreed(ranked, groups, failing) : []).filter(
      ({ variable, values }) =>
        groups.every(({ changes }) => changes.get(variable) === values[0]!.value),
    );
    const verdict = this.isAsGood(ranked, failing)
      ? 'undecided'
      : verdictOf(ranked, certain, groups, complete);
    return { verdict, failing, sets: ranked, certain, groups, complete };
  }

  /** What is told part by part hangs on how the other parts are explained: nothing of it is certain. */
  private ofPart(part: Cluster): Finding {
    const finding = this.finding(part, []);
    const verdict = finding.verdict === 'certain' ? 'likely' : finding.verdict;
    return { ...finding, verdict, certain: [], complete: false };
  }

  /**
   * Whether a ratio is all that fails, and one of its amounts stands in nothing that holds it: then neither is
   * likelier, unless digits tell of a slip.
   */
  private isAsGood([first, ...others]: readonly RankedSet[], failing: readonly number[]): boolean {
    const [only, ...more] = failing;
    if (!first || others.length === 0 || only === undefined || more.length > 0) return false;
    const told = first.proposals.every(
      ({ values: [value] }) => value && !UNTOLD.has(value.slip.kind),
    );
    return this.model.relations[only]!.kind === 'ratio' && !told;
  }

  private proposal({ variable, bounds, values, twin }: Options): Proposal {
    const { printed } = this.model.variables[variable]!;
    const slipTo = slipsTo(printed, this.surroundings(variable));
    const rated = values.map((value) => {
      const text = this.write(variable, value);
      return { value, printed: text, slip: this.likelihood.madeOf(variable, value, slipTo(text)) };
    });
    // The twin comes first: two places that print the same amount are the best evidence there is.
    const first = (v: Value) => (v.value === twin ? 0 : 1);
    const interval = this.intervalOf(variable, bounds, values);
    // Of values that nothing else tells apart the one that rounding explains best.
    const off = (v: Value) => offCentre(v.value, interval);
    const isBefore = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
    rated.sort(
      (a, b) => first(a) - first(b) || a.slip.bits - b.slip.bits || isBefore(off(a), off(b)),
    );
    return { variable, interval, values: rated, twin: twin !== undefined };
  }

  /** Bounds are widened by what a value itself may be off by: that is taken back. */
  private intervalOf(variable: number, { lo, hi }: Bounds, values: readonly bigint[]): Bounds {
    const { printStep, printHalf } = this.model;
    const own = this.model.isRatio(variable) ? printStep[variable]! / 2n : printStep[variable]!;
    const [from, to] = [lo && lo + own, hi && hi - own];
    if (from === undefined || to === undefined || from <= to) {
      return { ...(from !== undefined && { lo: from }), ...(to !== undefined && { hi: to }) };
    }
    // No exact amount does for all, but a figure does that is the sum of rounded ones.
    const half = printHalf[variable]!;
    const sorted = [...values].sort((a, b) => (a < b ? -1 : 1));
    const [least = from, greatest = to] = [sorted[0], sorted.at(-1)];
    return { lo: least - half, hi: greatest + half };
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
    return writeAs(this.model, variable, value);
  }
}

/** Twice how far a value is from the middle of an interval; nothing where a side of it is open. */
function offCentre(value: bigint, { lo, hi }: Bounds): bigint {
  if (lo === undefined || hi === undefined) return 0n;
  const off = 2n * value - lo - hi;
  return off < 0n ? -off : off;
}

/** Tables any one of which may be in another unit. */
function ofUnits(found: readonly Group[]): Finding {
  const probability = 1 / found.length;
  const groups = found.map((group) => ({ ...group, probability }));
  const failing = [...new Set(found.flatMap(({ explains }) => explains))];
  const verdict = found.length === 1 ? 'likely' : 'undecided';
  return { verdict, failing, sets: [], certain: [], groups, complete: true };
}

const isSingle = ({ sets }: Cluster) => sets[0]?.variables.length === 1;

/** Of what came about in these ways, nothing tells. */
const UNTOLD: ReadonlySet<SlipKind> = new Set<SlipKind>(['other', 'calculated']);

function verdictOf(
  sets: readonly RankedSet[],
  certain: readonly Proposal[],
  groups: readonly RankedGroup[],
  complete: boolean,
): Verdict {
  const [first] = sets;
  if ((groups[0]?.probability ?? 0) >= LIKELY) return 'likely';
  if (!first || !complete) return 'undecided';
  if (certain.length === first.proposals.length) return 'certain';
  const share = first.proposals.reduce((all, proposal) => all * shareOfFirst(proposal), 1);
  return first.probability * share >= LIKELY ? 'likely' : 'undecided';
}

/** The first value's share of probability among all that would do. */
function shareOfFirst({ values, twin }: Proposal): number {
  const [first, ...others] = values;
  if (!first) return 0;
  // Two places that print the same amount are the best evidence there is.
  if (twin) return 1;
  return 1 / others.reduce((sum, { slip }) => sum + 2 ** (first.slip.bits - slip.bits), 1);
}
