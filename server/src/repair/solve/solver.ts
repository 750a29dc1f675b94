/** From a model to findings, in numbers; `solve.ts` writes them out. */
import { append } from '../../syntax/arrays';
import { groupBy } from '../../syntax/multimap';
import { Groups } from './groups';
import { foreign } from './groups/foreign';
import type { Group } from './groups/group';
import { rearranged } from './groups/rearranged';
import { unitsIn } from './groups/unit';
import { explainAll, explainRest, type Cluster } from './clusters';
import { Certainty } from './certainty';
import { Likelihood } from './likelihood';
import { firstValues, type Proposal, type RankedSet } from './proposal';
import { Proposer } from './proposer';
import type { Model } from './model';
import { isUntold, sharesOf, uncertain, UNTOLD, verdictOf, type Finding } from './finding';
import { peel } from './peel';
import { isRivalled } from './rivals';
import type { Budget } from './search';
import type { Situation } from './situation';
import type { State } from './state';
import { supposing } from './suppose';
import { toldOnce } from './told';
import { toldByCopies } from './toldByCopies';
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
    const slips = this.ofTables(trial.verifier, failing);
    const found = this.explained(trial, besides(slips, failing), shared);
    const told = this.carried(trial.verifier, found, shared, tails);
    const settled = this.byCopies(trial.verifier, told, shared, tails);
    return [...slips.map((rivals) => this.ofGroups(rivals)), ...settled];
  }

  /** What is wrong with whole tables: no figure of it is searched by itself. */
  private ofTables(verifier: Verifier, failing: readonly number[]): Group[][] {
    const { model, state } = this;
    const { layouts } = this.situation;
    const found = unitsIn(model, state, layouts, new Set(failing));
    for (const groups of [rearranged, foreign]) {
      const left = besides(found, failing);
      append(found, groups({ model, state, verifier, layouts, failing: left }));
    }
    return found;
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
    const told = mistakes.map((rivals) => this.ofGroups(rivals));
    return this.beside(found, told, tails, groups, shared);
  }

  /** Findings that the search has left open, where copies of the wrong figures tell them. */
  private byCopies(
    verifier: Verifier,
    found: readonly Finding[],
    shared: Budget,
    tails: readonly number[],
  ): readonly Finding[] {
    const isOpen = ({ verdict, complete }: Finding) => verdict === 'undecided' && !complete;
    const open = new Set(found.filter(isOpen).flatMap(({ failing }) => failing));
    if (open.size === 0 || shared.cancelled?.() === true) return found;
    const doubtful = found.filter(({ certain }) => certain.length === 0);
    const failing = doubtful.flatMap((finding) => finding.failing);
    const told = toldByCopies(this.situation, verifier, failing)
      .filter((cluster) => cluster.failing.some((index) => open.has(index)))
      .map((cluster) => this.ofPart(verifier, cluster));
    if (told.length === 0) return found;
    return this.beside(found, told, tails, new Groups(this.situation.layouts, failing), shared);
  }

  /** What has been told, and what else is wrong beside the right figures; all that is certain stays. */
  private beside(
    found: readonly Finding[],
    told: readonly Finding[],
    tails: readonly number[],
    groups: Groups,
    shared: Budget,
  ): readonly Finding[] {
    const explained = new Set(
      told.flatMap(({ failing, groups: own }) => [
        ...failing,
        ...own.flatMap(({ explains }) => explains),
      ]),
    );
    const isTouched = ({ certain, complete, failing }: Finding) =>
      certain.length === 0 && (!complete || failing.some((index) => explained.has(index)));
    const touched = new Set(found.filter(isTouched));
    const rest = [...touched]
      .flatMap((finding) => finding.failing)
      .filter((index) => !explained.has(index));
    const known = new Map(
      told.flatMap(({ verdict, ...finding }) =>
        verdict === 'likely' ? [...changesOf(finding)] : [],
      ),
    );
    const others = supposing(this.state, known, () =>
      this.explained({ verifier: new Verifier(this.state, tails), groups }, rest, {
        ...shared,
        left: this.limits.budget ?? BUDGET,
      }),
    );
    return [
      ...told,
      ...others.map((finding) => this.hanging(known, finding)),
      ...found.filter((finding) => !touched.has(finding)),
    ];
  }

  private explained({ verifier, groups }: Trial, failing: readonly number[], shared: Budget) {
    const found = explainAll(verifier, groups, failing, shared).flatMap((cluster) => {
      const single = isSingle(cluster);
      const mistakes = groups.explaining(verifier, cluster.failing, shared, single);
      const whole = this.finding(verifier, cluster, mistakes);
      if (!isUntold(whole) || shared.cancelled?.() === true) return whole;
      const peeled = peel(verifier, cluster);
      if (!peeled) return whole;
      const rest = explainRest(verifier, peeled.rest, shared);
      return [peeled.part, ...rest].map((part) => this.ofPart(verifier, part));
    });
    return toldOnce(this.situation, found);
  }

  /** A finding that hangs on figures which are wrong themselves is no more certain than those are. */
  private hanging(known: ReadonlyMap<number, bigint>, finding: Finding): Finding {
    const { model } = this;
    const isKnown = ({ variable }: Proposal) => known.has(variable);
    const sets = finding.sets.filter(({ proposals }) => !proposals.some(isKnown));
    const incident = (variable: number) => model.incident(variable).map(({ relation }) => relation);
    const proposed = sets.flatMap(({ proposals }) => proposals);
    const touched = [
      ...finding.failing,
      ...proposed.flatMap(({ variable }) => incident(variable)),
    ].some((index) => model.relation(index).variables.some((variable) => known.has(variable)));
    return touched ? { ...finding, ...uncertain(finding), sets } : finding;
  }

  private finding(
    verifier: Verifier,
    { failing, sets, complete }: Cluster,
    found: readonly Group[],
  ): Finding {
    const proposer = new Proposer(this.situation, this.likelihood, verifier);
    const priced = sets.map((set) => {
      const proposals = proposer.proposeAll(set);
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
      (proposal) =>
        groups.every(
          ({ changes }) => changes.get(proposal.variable) === proposal.values[0]!.value,
        ) && !isRivalled(verifier, proposal, ranked[0]!.proposals),
    );
    const verdict = this.isAsGood(ranked, failing)
      ? 'undecided'
      : verdictOf(ranked, certain, groups, complete, (set) => this.likelihood.shareOfFirst(set));
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
    const verdict = verdictOf([], [], groups, true, () => 0);
    return { verdict, failing, sets: [], certain: [], groups, complete: true };
  }

  /** What is told part by part hangs on how the other parts are explained: nothing of it is certain. */
  private ofPart(verifier: Verifier, part: Cluster): Finding {
    const finding = this.finding(verifier, part, []);
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
    return this.model.relation(only).kind === 'ratio' && !told;
  }
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

/** What its first explanation changes. */
function changesOf({
  sets: [set],
  groups: [group],
}: Pick<Finding, 'sets' | 'groups'>): ReadonlyMap<number, bigint> {
  return group ? group.changes : firstValues(set?.proposals ?? []);
}

const isSingle = ({ sets }: Cluster) => sets[0]?.variables.length === 1;
