/** Tries every hypothesis of several wrong figures on a cluster. */
import type { Budget } from '../search';
import type { Verifier } from '../verify';
import { carried } from './carried';
import type { Group, Scene } from './group';
import type { Layouts } from './layouts';
import { lostRow } from './lostRow';
import { repeated } from './repeated';
import { shifted } from './shifted';
import { signs } from './signs';
import { swapped } from './swapped';
import { unitRow } from './unitRow';

/** More than this of one kind are no hint any more. */
const MOST_OF_A_KIND = 8;

const SIMPLE = [swapped, repeated, lostRow];
const ALL = [swapped, repeated, signs, unitRow, lostRow, shifted];

/** What each kind may spend on one cluster, and all of them in one run. */
const SHARE = 2_000;
const MOST = 10_000;

export class Groups {
  private readonly known = new Map<string, Group[]>();
  private left = MOST;

  constructor(
    private readonly layouts: Layouts,
    /** All failing relations of the document. */
    private readonly failing: readonly number[],
  ) {}

  /**
   * Groups that explain a whole cluster. Where one figure explains it, only those are tried that would
   * do it with as little: figures exchanged, one figure repeated, and a row that is not there.
   */
  explaining(
    verifier: Verifier,
    failing: readonly number[],
    { cancelled }: Budget,
    single: boolean,
  ): readonly Group[] {
    const key = [single, ...[...failing].sort((a, b) => a - b)].join();
    let found = this.known.get(key);
    if (!found) this.known.set(key, (found = this.tried(verifier, failing, cancelled, single)));
    return found;
  }

  /** Wrong figures that stand in many places, whatever else fails there; see {@link carried}. */
  carried(verifier: Verifier, failing: readonly number[], { cancelled }: Budget): Group[][] {
    return carried(this.scene(verifier, failing, cancelled));
  }

  private tried(
    verifier: Verifier,
    failing: readonly number[],
    cancelled: Budget['cancelled'],
    single: boolean,
  ): Group[] {
    if (this.left <= 0) return [];
    const found: Group[] = [];
    const whole = this.scene(verifier, failing, cancelled);
    for (const kind of single ? SIMPLE : ALL) {
      const scene = { ...whole, afford: this.share(cancelled) };
      const seen = new Set<string>();
      for (const one of kind(scene)) {
        const key = [...one.changes]
          .map(([v, value]) => `${v}=${value}`)
          .sort()
          .join();
        if (seen.has(key) && one.changes.size > 0) continue;
        seen.add(key);
        found.push(one);
        if (seen.size >= MOST_OF_A_KIND) break;
      }
    }
    return found;
  }

  private scene(
    verifier: Verifier,
    failing: readonly number[],
    cancelled: Budget['cancelled'],
  ): Scene {
    const hits = failing
      .map((index) => ({ index, suspects: verifier.suspectsOf(index) }))
      .sort((a, b) => a.suspects.length - b.suspects.length);
    return {
      model: verifier.state.model,
      state: verifier.state,
      verifier,
      failing: hits.map(({ index }) => index),
      all: this.failing,
      suspects: hits[0]?.suspects ?? [],
      layouts: this.layouts,
      afford: this.share(cancelled),
    };
  }

  private share(cancelled: Budget['cancelled']): Scene['afford'] {
    let left = Math.min(SHARE, this.left);
    return (cost) => {
      left -= cost;
      this.left -= cost;
      return left > 0 && cancelled?.() !== true;
    };
  }
}
