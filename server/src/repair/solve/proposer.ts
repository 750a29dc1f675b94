/** What figures would have to be, rated by how what is printed may have come of it. */
import { hullOf, isWithin, onGrid, type Bounds } from './bounds';
import { writeAs, type Likelihood } from './likelihood';
import type { LinearModel } from './relationModel';
import type { Options } from './options';
import { originsOf } from './origins';
import { firstValues, type Proposal, type Value } from './proposal';
import type { Explanation } from './search';
import type { Situation } from './situation';
import { wholesOf } from './ratio';
import { slipsTo, type Slip, type Surroundings } from './slips';
import type { Verifier } from './verify';

/** Of more values that would do, no more are told: of one figure, and of several that are bound together. */
const MOST_TOLD = 16;
const MOST_BOUND = 4;

/** One of some sixteen copies of a sum is a last place off. */
const TAIL_BITS = 4;

/** So many steps inwards an end of an interval is looked for that the others of a set allow. */
const MOST_STEPS = 6;

/** So many figures of a set, and values of each, are tried with what the others have to be then. */
const MOST_PIVOTS = 2;

/** So often it is asked, in one finding, what the others of a set would be. */
const MOST_ASKED = 250;

export class Proposer {
  private readonly known = new Map<Options, Proposal>();
  private readonly slips = new Map<number, (right: string) => Slip>();
  private asked = 0;

  constructor(
    private readonly situation: Situation,
    private readonly likelihood: Likelihood,
    private readonly verifier: Verifier,
  ) {}

  /** What a set would have to be, the first values such that they go together. */
  proposeAll({ variables, options }: Explanation): Proposal[] {
    const proposals = options.map((one) => {
      const proposed = this.known.get(one) ?? this.propose(one, variables);
      this.known.set(one, proposed);
      return proposed;
    });
    if (variables.length === 1 || this.goTogether(variables, proposals)) return proposals;
    const open = proposals.filter((one) => one.open);
    let best: ReadonlyMap<number, Value> | undefined;
    for (const pivot of (open.length > 0 ? open : proposals).slice(0, MOST_PIVOTS)) {
      for (const value of pivot.values.slice(0, MOST_PIVOTS)) {
        const chosen = this.completed(variables, proposals, pivot.variable, value);
        if (chosen && (!best || bitsOf(chosen) < bitsOf(best))) best = chosen;
      }
    }
    return proposals.map((one) => withFirst(one, best?.get(one.variable)));
  }

  /** Whether nothing has to be chosen: no figure may be many, and the likeliest of each do for all. */
  private goTogether(variables: readonly number[], proposals: readonly Proposal[]): boolean {
    if (proposals.some(({ open }) => open)) return false;
    if (!this.verifier.sharing(variables)) return true;
    return this.verifier.holdsWith(firstValues(proposals));
  }

  /** One figure of a set given, the likeliest of what each of the others can be then. */
  private completed(
    set: readonly number[],
    proposals: readonly Proposal[],
    pivot: number,
    value: Value,
  ): ReadonlyMap<number, Value> | undefined {
    const chosen = new Map([[pivot, value]]);
    for (const group of this.verifier.groups(set)) {
      for (const variable of group) {
        if (chosen.has(variable)) continue;
        const known = new Map(
          group.flatMap((v): [number, bigint][] =>
            chosen.has(v) ? [[v, chosen.get(v)!.value]] : [],
          ),
        );
        const first =
          known.size === 0
            ? proposals.find((one) => one.variable === variable)!.values[0]
            : this.best(variable, this.given(group, known)?.get(variable) ?? []);
        // One of which nothing can be told has no place beside the others.
        if (!first) return undefined;
        chosen.set(variable, first);
      }
    }
    return chosen;
  }

  /** The likeliest of some values; of those that nothing else tells apart the one in the middle. */
  private best(variable: number, values: readonly bigint[]): Value | undefined {
    if (values.length === 0) return undefined;
    const { lo, hi } = hullOf(values);
    const middle = [...values].sort((a, b) =>
      offCentre(a, { lo, hi }) < offCentre(b, { lo, hi }) ? -1 : 1,
    );
    return this.rated(variable, middle).reduce(likelier);
  }

  private allows(set: readonly number[], variable: number, value: bigint): boolean {
    const group = this.verifier.groups(set).find((one) => one.includes(variable))!;
    return this.given(group, new Map([[variable, value]])) !== undefined;
  }

  /** What the others of a bound set can be if some are certain figures; none where too much has been asked. */
  private given(group: readonly number[], known: ReadonlyMap<number, bigint>) {
    return this.asked++ < MOST_ASKED ? this.verifier.given(group, known) : undefined;
  }

  /** What the options of a figure come to, which is one of a set that is changed together. */
  private propose(options: Options, set: readonly number[]): Proposal {
    const { variable, bounds, values, open, twin, plain } = options;
    const interval = open ? this.allowed(variable, bounds, set) : bounds;
    const rated = this.rated(variable, open ? this.origins(options) : values, open);
    // Two places that print the same amount are evidence, though a tail may stand between them.
    const apart = ({ value }: Value) => (twin === undefined || value === twin ? 0 : TAIL_BITS);
    // Of values that nothing else tells apart the one that leaves the fewest tails, and that rounding explains best.
    const tails = ({ value }: Value) => -(plain?.get(value) ?? 0);
    const off = (v: Value) => offCentre(v.value, interval);
    const isBefore = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
    rated.sort(
      (a, b) =>
        apart(a) + a.slip.bits - apart(b) - b.slip.bits ||
        tails(a) - tails(b) ||
        isBefore(off(a), off(b)),
    );
    const isTwin = twin !== undefined && rated[0]?.value === twin;
    if (!open) return { variable, interval, values: rated, twin: isTwin };
    const told = this.firstAllowed(rated, options, set);
    // What the others of the set leave it may be none of these.
    const among = Math.max(rated.length, 1);
    return { variable, interval, values: told, open, among, twin: isTwin };
  }

  private rated(variable: number, values: Iterable<bigint>, isOpen = false): Value[] {
    const { model } = this.situation;
    const slipTo = this.slipTo(variable);
    return Array.from(values, (value) => {
      const text = writeAs(model, variable, value);
      const slip = this.likelihood.madeOf(variable, value, slipTo(text), isOpen);
      return { value, printed: text, slip };
    });
  }

  /** Of too many values those that tell how they became what is printed, or that stand elsewhere too. */
  private origins({ variable, bounds, values }: Options): ReadonlySet<bigint> {
    const { model } = this.situation;
    const step = model.printStep[variable]!;
    const printed = model.value[variable]!;
    const found = new Set(values);
    const reached = onGrid(bounds, step);
    const enter = (value: bigint) => {
      if (value !== printed && isWithin(value, reached)) found.add(value);
    };
    for (const units of originsOf(printed / step)) enter(units * step);
    for (const value of this.likelihood.elsewhere(variable)) enter(value);
    // Last year's amount may be printed for the change, with its sign or without.
    for (const whole of wholesOf(this.situation.state, variable)) {
      enter(whole - printed);
      enter(whole + printed);
    }
    return found;
  }

  /** The likeliest values that the others of the set allow. */
  private firstAllowed(
    rated: readonly Value[],
    { variable, values }: Options,
    set: readonly number[],
  ): Value[] {
    const found: Value[] = [];
    const most = set.length > 1 ? MOST_BOUND : MOST_TOLD;
    for (const one of set.length > 1 ? rated.slice(0, 2 * most) : rated) {
      if (found.length === most) break;
      const isKnown = values.includes(one.value);
      if (isKnown || this.allows(set, variable, one.value)) found.push(one);
    }
    return found;
  }

  /** Of what is never rounded, the interval as far as the others of the set can follow to its ends. */
  private allowed(variable: number, { lo, hi }: Bounds, set: readonly number[]): Bounds {
    const { printHalf, printStep } = this.situation.model;
    if (printHalf[variable] !== 0n)
      return { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) };
    const end = (from: bigint, step: bigint) => {
      for (let at = from, steps = 0; steps < MOST_STEPS; at += step, steps++) {
        if (this.allows(set, variable, at)) return at;
      }
      return from;
    };
    const step = printStep[variable]!;
    return {
      ...(lo !== undefined && { lo: end(lo, step) }),
      ...(hi !== undefined && { hi: end(hi, -step) }),
    };
  }

  /** By which slip a figure is printed for another; what stands around it is read once. */
  private slipTo(variable: number): (right: string) => Slip {
    let slipTo = this.slips.get(variable);
    if (!slipTo) {
      const printed = this.situation.model.printed(variable);
      this.slips.set(variable, (slipTo = slipsTo(printed, this.surroundings(variable))));
    }
    return slipTo;
  }

  private surroundings(variable: number): Surroundings {
    const { model, state } = this.situation;
    const { source } = model;
    const printed = (others: readonly number[]) => others.map((other) => model.printed(other));
    const totals = model.sumsOf(variable).map((index) => {
      const { coefficients, variables } = model.relation(index) as LinearModel;
      const own = coefficients[variables.indexOf(variable)]!;
      return writeAs(model, variable, state.value[variable]! - state.sumOf(index).rest / own);
    });
    return {
      neighbours: printed(source.neighboursOf(variable)),
      namesakes: printed(source.namesakesOf(variable)),
      totals,
    };
  }
}

const likelier = (a: Value, b: Value) => (b.slip.bits < a.slip.bits ? b : a);

const bitsOf = (chosen: ReadonlyMap<number, Value>) =>
  [...chosen.values()].reduce((sum, { slip }) => sum + slip.bits, 0);

function withFirst(proposal: Proposal, first: Value | undefined): Proposal {
  // Nothing that was tried goes together: then nothing is proposed.
  if (!first) return { ...proposal, values: proposal.open ? [] : proposal.values };
  const others = proposal.values.filter(({ value }) => value !== first.value);
  return { ...proposal, values: [first, ...others].slice(0, proposal.open ? MOST_TOLD : Infinity) };
}

/** Twice how far a value is from the middle of an interval; nothing where a side of it is open. */
function offCentre(value: bigint, { lo, hi }: Bounds): bigint {
  if (lo === undefined || hi === undefined) return 0n;
  const off = 2n * value - lo - hi;
  return off < 0n ? -off : off;
}
