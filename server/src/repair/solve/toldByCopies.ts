/** Wrong figures that copies elsewhere tell, where so many are wrong that no search finds them. */
import { widened } from './bounds';
import type { Cluster } from './clusters';
import { disputesIn, settled, type Dispute } from './disputes';
import { UNTOLD } from './finding';
import { isFounded } from './founded';
import { NOTHING_AROUND, writeAs } from './likelihood';
import type { Options } from './options';
import type { Situation } from './situation';
import { slipBetween } from './slips';
import { supposing } from './suppose';
import type { Verifier } from './verify';

/** What may still fail beside all that is mended, where another figure is wrong besides: a small part of it. */
const LARGEST_REST = 0.25;

/** So often it is asked whether other sides of the disputes let more hold, and of so many disputes at most. */
const MOST_ASKED = 200;
const MOST_DISPUTES = 32;

/**
 * Figures that copies of them tell. Tables print an amount twice in a row, and texts repeat it: a row that is typed
 * wrongly is wrong in several cells, and two such rows are more than a search can afford. But of each amount on
 * which places disagree only few can be right, so those are tried all at once: the wrong ones are the fewer, or
 * those whose sums fail. It is told if nothing that holds breaks by it, and nearly all that these figures touch
 * holds then.
 */
export function toldByCopies(
  situation: Situation,
  verifier: Verifier,
  failing: readonly number[],
): Cluster[] {
  const disputes = disputesIn(situation, failing);
  if (disputes.length === 0 || disputes.length > MOST_DISPUTES) return [];
  return new Settling(situation, verifier, failing, disputes).run();
}

type Changes = ReadonlyMap<number, bigint>;

interface Side {
  readonly right: readonly number[];
  readonly changes: Changes;
  readonly isLimited: boolean;
}

class Settling {
  private readonly failing: ReadonlySet<number>;
  private asked = 0;

  constructor(
    private readonly situation: Situation,
    private readonly verifier: Verifier,
    failing: readonly number[],
    private readonly disputes: readonly Dispute[],
  ) {
    this.failing = new Set(failing);
  }

  run(): Cluster[] {
    const sides = this.disputes.map((dispute) => this.sidesOf(dispute));
    const chosen = this.bettered(
      sides,
      sides.map((own) => this.first(own)),
    );
    const changes = merged(chosen);
    // Each by itself: what another amount leaves open does not speak against it.
    const told = this.verifier.groups([...changes.keys()].sort((a, b) => a - b));
    return told.flatMap((variables) => {
      const own = new Map(variables.map((variable) => [variable, changes.get(variable)!]));
      const sidesOfOwn = chosen.filter(
        (side) => side && variables.some((v) => side.changes.has(v)),
      );
      if (!sidesOfOwn.every((side) => this.isFounded(side!, own))) return [];
      const isLimited = sidesOfOwn.some((side) => side!.isLimited);
      const found = this.told(this.needed(own));
      return found ? { ...found, complete: !isLimited || this.areSlips(own) } : [];
    });
  }

  /** Who may be right, those first by whom fewer are wrong. */
  private sidesOf(dispute: Dispute): Side[] {
    const { model } = this.situation;
    const weigh = ({ changes }: Side) => model.weigh([...changes.keys()]);
    return dispute.camps
      .flatMap((right): Side[] => {
        const changes = settled(this.situation, dispute, right);
        return changes ? [{ right, changes, isLimited: dispute.isLimited }] : [];
      })
      .sort((a, b) => weigh(a) - weigh(b) || this.failingSums(a) - this.failingSums(b));
  }

  /** None where nothing tells the first from another one. */
  private first([first, second]: readonly Side[]): Side | undefined {
    if (!first || !second) return first;
    const { model } = this.situation;
    const isAlike =
      model.weigh([...first.changes.keys()]) === model.weigh([...second.changes.keys()]) &&
      this.failingSums(first) === this.failingSums(second);
    return isAlike ? undefined : first;
  }

  /** How many sums fail with those that are right by it. */
  private failingSums({ right }: Side): number {
    const { state } = this.situation;
    return this.verifier
      .relationsOf(right)
      .filter((index) => this.failing.has(index) && state.sumOf(index).nonZero !== 2).length;
  }

  /** As long as another side of one dispute, or none, lets more hold. */
  private bettered(
    sides: readonly (readonly Side[])[],
    chosen: readonly (Side | undefined)[],
  ): readonly (Side | undefined)[] {
    let best = chosen;
    let left = this.leftBy(best);
    for (let isBetter = true; isBetter && left.length > 0;) {
      isBetter = false;
      const open = this.variablesOf(left);
      for (const [at, own] of sides.entries()) {
        if (
          !own.some(({ right, changes }) => [...right, ...changes.keys()].some((v) => open.has(v)))
        )
          continue;
        for (const side of [...own, undefined]) {
          if (side === best[at] || this.asked++ >= MOST_ASKED) continue;
          const other = best.map((one, i) => (i === at ? side : one));
          const after = this.leftBy(other);
          if (after.length >= left.length) continue;
          [best, left, isBetter] = [other, after, true];
        }
      }
    }
    return best;
  }

  private variablesOf(relations: readonly number[]): ReadonlySet<number> {
    const { model } = this.situation;
    return new Set(relations.flatMap((index) => model.relation(index).variables));
  }

  /** What fails if these are right. */
  private leftBy(chosen: readonly (Side | undefined)[]): number[] {
    const changes = merged(chosen);
    return this.failingWith(changes, [
      ...new Set([...this.failing, ...this.verifier.relationsOf([...changes.keys()])]),
    ]);
  }

  private failingWith(changes: Changes, relations: readonly number[]): number[] {
    const { state } = this.situation;
    return supposing(state, changes, () =>
      relations.filter((index) => state.judge(index) === 'fails'),
    );
  }

  /** Whether more than one place says so, or a sum that holds. */
  private isFounded({ right }: Side, changes: Changes): boolean {
    const { state } = this.situation;
    return (
      right.length > 1 ||
      supposing(state, changes, () => right.some((v) => isFounded(this.situation, v, -1)))
    );
  }

  /** Without what need not change. */
  private needed(changes: Changes): Changes {
    const all = this.verifier.relationsOf([...changes.keys()]);
    const left = this.failingWith(changes, all).length;
    const needed = new Map(changes);
    for (const [variable, value] of changes) {
      needed.delete(variable);
      if (this.failingWith(needed, all).length > left) needed.set(variable, value);
    }
    return needed;
  }

  private told(changes: Changes): Cluster | undefined {
    const { situation, verifier } = this;
    const touched = verifier.relationsOf([...changes.keys()]);
    const left = new Set(this.failingWith(changes, touched));
    const isFailing = (index: number) => situation.standingOf(index) === 'fails';
    if (![...left].every(isFailing)) return undefined;
    const mended = touched.filter((index) => isFailing(index) && !left.has(index));
    const variables = [...changes.keys()].sort((a, b) => a - b);
    // By one relation each, others may be wrong as well.
    if (mended.length <= variables.length) return undefined;
    if (left.size > LARGEST_REST * mended.length) return undefined;
    const options = this.printed(variables, changes);
    const failing = mended.filter((index) => this.failing.has(index));
    return { failing, sets: [{ variables, options }], complete: true };
  }

  /** Whether one slip made of each what is printed: then a limit tells it as well as a copy. */
  private areSlips(changes: Changes): boolean {
    const { model } = this.situation;
    return [...changes].every(([variable, value]) => {
      const printed = model.printed(variable);
      const { kind } = slipBetween(writeAs(model, variable, value), printed, NOTHING_AROUND);
      return !UNTOLD.has(kind);
    });
  }

  /** What the copies print. */
  private printed(variables: readonly number[], changes: Changes): Options[] {
    const { printHalf } = this.situation.model;
    return variables.map((variable) => {
      const value = changes.get(variable)!;
      const bounds = widened({ lo: value, hi: value }, printHalf[variable]!);
      return { variable, bounds, values: [value], twin: value };
    });
  }
}

const merged = (chosen: readonly (Side | undefined)[]): Map<number, bigint> =>
  new Map(chosen.flatMap((side) => (side ? [...side.changes] : [])));
