/** Several figures that are bound to each other: whether they can be such that everything they touch holds. */
import { hullOf, intersect, isEmpty, isWithin, onGrid, widened, type Bounds } from './bounds';
import { boundsTogether } from './eliminate';
import { hangsOn, optionsOf, type Options } from './options';
import type { State } from './state';
import { supposing } from './suppose';

/** More combinations than this are not gone through; what they leave open counts as unfinished. */
const MOST_TRIALS = 256;

/**
 * Gives the most constrained of the figures each of its values in turn. Where none has few enough, it is
 * given some that may do: one solution is enough to say that there are any.
 */
export class Together {
  unfinished = false;
  private readonly values = new Map<number, Set<bigint>>();
  /** What may be more than its values. */
  private readonly open = new Set<number>();
  private readonly relations: readonly number[];
  private solutions = 0;
  /** How many combinations have been gone through. */
  trials = 0;

  constructor(
    private readonly state: State,
    private readonly set: readonly number[],
    relations: readonly number[],
  ) {
    const free = new Set(set);
    this.relations = relations.filter(
      (index) => !hangsOn(state.model.relation(index).conditions, -1, free),
    );
  }

  run(): Options[] | undefined {
    this.extend(new Set(this.set));
    if (this.solutions === 0) return undefined;
    const amounts = boundsTogether(this.state, this.set, this.relations, () => 0n);
    return this.set.map((variable) => {
      const isOpen = this.open.has(variable);
      return {
        variable,
        bounds: this.amount(variable, amounts?.get(variable)),
        values: isOpen ? [] : [...this.values.get(variable)!],
        ...(isOpen && { open: true as const }),
      };
    });
  }

  /** What the others can be, if some are certain figures; of what may be many, one value. */
  given(known: ReadonlyMap<number, bigint>): ReadonlyMap<number, readonly bigint[]> | undefined {
    const others = this.set.filter((other) => !known.has(other));
    supposing(this.state, known, () => this.extend(new Set(others)));
    if (this.solutions === 0) return undefined;
    return new Map(
      others.map((other) => [
        other,
        [...this.values.get(other)!].slice(0, this.open.has(other) ? 1 : undefined),
      ]),
    );
  }

  /** Where the exact amount of one lies, from where it would lie by bounds alone. */
  private amount(variable: number, known: Bounds = {}): Bounds {
    const { printHalf, printStep } = this.state.model;
    const half = printHalf[variable]!;
    const printed = hullOf(this.values.get(variable)!);
    if (!this.open.has(variable)) {
      const amount = intersect(known, widened(printed, half));
      return isEmpty(amount) || half === 0n ? widened(printed, half) : amount;
    }
    return half === 0n ? onGrid(known, printStep[variable]!) : known;
  }

  private extend(free: ReadonlySet<number>): void {
    if (this.trials++ > MOST_TRIALS) {
      this.unfinished = true;
      return;
    }
    if (free.size === 0) {
      if (this.holds()) this.record();
      return;
    }
    const best = this.mostConstrained(free);
    if (best === null) return;
    if (best.options) this.tryAll(free, best.options);
    else this.trySome(free, best.together);
  }

  private tryAll(free: ReadonlySet<number>, { variable, values }: Options): void {
    const rest = new Set([...free].filter((other) => other !== variable));
    this.each(variable, values, () => {
      this.extend(rest);
      return false;
    });
  }

  /** Of a figure that may be many, some that are likely to do for the others too. */
  private trySome(free: ReadonlySet<number>, together: ReadonlyMap<number, Bounds>): void {
    for (const variable of free) this.open.add(variable);
    const [variable] = [...free].sort(
      (a, b) => openness(together.get(a)) - openness(together.get(b)),
    );
    const rest = new Set([...free].filter((other) => other !== variable));
    const { solutions } = this;
    const isFound = this.each(variable!, this.someOf(variable!, together.get(variable!)), () => {
      this.extend(rest);
      return this.solutions > solutions;
    });
    if (!isFound) this.unfinished = true;
  }

  /** What is printed, or what is nearest to it; the ends; and, for figures that go in steps, what is beside. */
  private *someOf(variable: number, bounds: Bounds = {}): Iterable<bigint> {
    const { value, printStep } = this.state.model;
    const step = printStep[variable]!;
    const { lo, hi } = onGrid(bounds, step);
    const printed = onGrid({ lo: value[variable]! }, step).lo!;
    const [low, high] = [lo ?? printed, hi ?? printed];
    const near = printed < low ? low : printed > high ? high : printed;
    const seen = new Set<bigint>();
    for (let steps = 0n; steps < MOST_STEPS; steps++) {
      for (const from of [near, low, high]) {
        for (const each of [from + steps * step, from - steps * step]) {
          if (
            seen.has(each) ||
            !isWithin(each, { ...(lo !== undefined && { lo }), ...(hi !== undefined && { hi }) })
          )
            continue;
          seen.add(each);
          yield each;
        }
      }
    }
  }

  /** Supposes values one after another until one is enough; whether one was. */
  private each(variable: number, values: Iterable<bigint>, isEnough: () => boolean): boolean {
    const { state } = this;
    const before = [state.value[variable]!, state.half[variable]!, state.place[variable]!] as const;
    let found = false;
    for (const value of values) {
      state.suppose(variable, value);
      found = isEnough();
      if (found) break;
    }
    state.put(variable, ...before);
    return found;
  }

  /**
   * The variable with the fewest values; null where one has none. Where none has few enough, what bounds all
   * of them.
   */
  private mostConstrained(
    free: ReadonlySet<number>,
  ): { options?: Options; together: ReadonlyMap<number, Bounds> } | null {
    const consider = (within: ReadonlyMap<number, Bounds> = NOWHERE) => {
      let best: Options | undefined;
      const own = new Map<number, Bounds>();
      for (const variable of free) {
        const options = optionsOf(this.state, variable, free, [], within.get(variable));
        if (!options) return null;
        own.set(variable, options.bounds);
        if (options.open) continue;
        if (!best || options.values.length < best.values.length) best = options;
      }
      return { ...(best && { options: best }), together: own };
    };
    const alone = consider();
    if (alone === null || alone.options) return alone;
    const { model } = this.state;
    const together = boundsTogether(this.state, [...free], this.relations, (v) => model.reachOf(v));
    return together ? consider(together) : null;
  }

  private holds(): boolean {
    return this.relations.every((index) => this.state.judge(index) !== 'fails');
  }

  private record(): void {
    this.solutions++;
    for (const variable of this.set) {
      const known = this.values.get(variable) ?? new Set<bigint>();
      this.values.set(variable, known.add(this.state.value[variable]!));
    }
  }
}

const NOWHERE: ReadonlyMap<number, Bounds> = new Map();

/** So many steps to either side are tried where figures go in steps. */
const MOST_STEPS = 6n;

/** How many sides of it are open. */
const openness = ({ lo, hi }: Bounds = {}) =>
  (lo === undefined ? 1 : 0) + (hi === undefined ? 1 : 0);
