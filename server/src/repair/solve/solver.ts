/** From a model to findings, in numbers; `solve.ts` writes them out. */
import { groupBy } from '../../syntax/multimap';
import { Groups } from './groups';
import type { Group } from './groups/group';
import { units } from './groups/unit';
import { explainAll, explainRest, type Cluster } from './clusters';
import { Certainty } from './certainty';
import { Likelihood, writeAs } from './likelihood';
import type { Proposal, RankedSet, Value } from './proposal';
import type { LinearModel, Model } from './model';
import type { Bounds, Options } from './options';
import { isUntold, sharesOf, uncertain, UNTOLD, verdictOf, type Finding } from './finding';
import { peel } from './peel';
import type { Budget } from './search';
import { slipsTo, type Surroundings } from './slips';
import type { Situation } from './situation';
import type { State } from './state';
import { supposing } from './suppose';
import { toldOnce } from './told';
import { partsBehind, Verifier } from './verify';

export interface Limits {
  /** In tests of one figure; unless given, what an editor can afford at each key. */
  readonly budget?: number;
  readonly cancelled?: () => boolean;
}

const BUDGET = 8_000;

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
    const trial = { verifier: new Verifier(state, tails), groups: new Groups(layouts, failing) };
    const slips = units(this.model, state, layouts, new Set(failing));
    const found = this.explained(trial, besides(slips, failing), shared);
    const told = this.carried(trial.verifier, found, shared, tails);
    return [...slips.map((rivals) => this.ofGroups(rivals)), ...told];
  }

  /** Findings of which nothing is known, where one wrong figure explains them that was carried far. */
  private carried(
    verifier: Verifier,
    found: readonly Finding[],
    shared: Budget,
    tails: readonly number[],
  ): readonly Finding[] {
    const open = new Set(found.filter(isUntold).flatMap(({ failing }) => failing));
    if (open.size === 0 || shared.cancelled?.() === true) return found;
    const doubtful = found.filter(({ certain }) => certain.length === 0);
    const failing = doubtful.flatMap((finding) => finding.failing);
    const groups = new Groups(this.situation.layouts, failing);
    const mistakes = groups
      .carried(verifier, failing, shared)
      .filter(([first]) => first!.explains.some((index) => open.has(index)));
    if (mistakes.length === 0) return found;
    const explained = new Set(mistakes.flat().flatMap(({ explains }) => explains));
    const isTouched = (finding: Finding) => finding.failing.some((index) => explained.has(index));
    const touched = new Set(doubtful.filter(isTouched));
    const rest = [...touched]
      .flatMap((finding) => finding.failing)
      .filter((index) => !explained.has(index));
    const told = mistakes.map((rivals) => this.ofGroups(rivals));
    const known = new Map(
      told.flatMap(({ verdict, groups: [first] }) =>
        verdict === 'likely' ? [...first!.changes] : [],
      ),
    );
    // What else is wrong is so beside the right figures.
    const others = supposing(this.state, known, () =>
      this.explained({ verifier: new Verifier(this.state, tails), groups }, rest, {
        ...shared,
        left: this.limits.budget ?? BUDGET,
      }),
    );
    return [
      ...told,
      ...others.map((finding) => this.beside(known, finding)),
      ...found.filter((finding) => !touched.has(finding)),
    ];
  }

  private explained({ verifier, groups }: Trial, failing: readonly number[], shared: Budget) {
    const found = explainAll(verifier, groups, failing, shared).flatMap((cluster) => {
      const single = isSingle(cluster);
      const mistakes = groups.explaining(verifier, cluster.failing, shared, single);
      const whole = this.finding(cluster, mistakes);
      if (!isUntold(whole) || shared.cancelled?.() === true) return whole;
      const peeled = peel(verifier, cluster);
      if (!peeled) return whole;
      const rest = explainRest(verifier, peeled.rest, shared);
      return [peeled.part, ...rest].map((part) => this.ofPart(part));
    });
    return toldOnce(this.situation, found);
  }

  /** A finding that hangs on figures which are wrong themselves is no more certain than those are. */
  private beside(known: ReadonlyMap<number, bigint>, finding: Finding): Finding {
    const { model } = this;
    const isKnown = ({ variable }: Proposal) => known.has(variable);
    const sets = finding.sets.filter(({ proposals }) => !proposals.some(isKnown));
    const incident = (variable: number) =>
      model.incident[variable]!.map(({ relation }) => relation);
    const proposed = sets.flatMap(({ proposals }) => proposals);
    const touched = [
      ...finding.failing,
      ...proposed.flatMap(({ variable }) => incident(variable)),
    ].some((index) => model.relations[index]!.variables.some((variable) => known.has(variable)));
    return touched ? { ...finding, ...uncertain(finding), sets } : finding;
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
    const share = sharesOf([...priced, ...mistakes]);
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

  /** Mistakes of many figures, any one of which explains the same; of values for the same figures the likeliest. */
  private ofGroups(rivals: readonly Group[]): Finding {
    const mistakes = rivals
      .map((group) => ({ group, bits: this.likelihood.bitsOfGroup(group) }))
      .sort((a, b) => a.bits - b.bits);
    const named = ({ kind, table, changes }: Group) => [kind, table, ...changes.keys()].join();
    const distinct = [...groupBy(mistakes, ({ group }) => named(group)).values()].map(
      ([first]) => first!,
    );
    const share = sharesOf(distinct);
    const groups = distinct.map(({ bits, group }) => ({ ...group, probability: share(bits) }));
    const failing = [...new Set(rivals.flatMap(({ explains }) => explains))];
    const verdict = verdictOf([], [], groups, true);
    return { verdict, failing, sets: [], certain: [], groups, complete: true };
  }

  /** What is told part by part hangs on how the other parts are explained: nothing of it is certain. */
  private ofPart(part: Cluster): Finding {
    const finding = this.finding(part, []);
    return { ...finding, ...uncertain(finding), complete: false };
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

/** What the search works with: together they know what has been tried. */
interface Trial {
  readonly verifier: Verifier;
  readonly groups: Groups;
}

/** Relations that none of these mistakes explains. */
function besides(found: readonly Group[][], all: readonly number[]): readonly number[] {
  const told = new Set(found.flat().flatMap(({ explains }) => explains));
  return all.filter((index) => !told.has(index));
}

const isSingle = ({ sets }: Cluster) => sets[0]?.variables.length === 1;
