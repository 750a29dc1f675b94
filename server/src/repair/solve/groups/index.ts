/** Tries every hypothesis of several wrong figures on a cluster. */
import type { Problem } from '../problem';
import type { Model } from '../model';
import type { Budget } from '../search';
import { suspectsOf } from '../search';
import type { Verifier } from '../verify';
import type { Group, Layout, Scene, Spot } from './group';
import { lostRow } from './lostRow';
import { repeated } from './repeated';
import { shifted } from './shifted';
import { signs } from './signs';
import { swapped } from './swapped';

/** More than this of one kind are no hint any more. */
const MOST_OF_A_KIND = 8;

const SIMPLE = [swapped, repeated];
const ALL = [swapped, repeated, signs, lostRow, shifted];

/** What each kind may spend on one cluster, and all of them in one run. */
const SHARE = 2_000;
const MOST = 30_000;

export class Groups {
  readonly layouts: readonly Layout[];
  private readonly spots = new Map<number, Spot>();
  private readonly known = new Map<string, Group[]>();
  private left = MOST;

  constructor(
    private readonly model: Model,
    grids: Problem['grids'] = [],
  ) {
    this.layouts = grids.map(({ id, table = id, rows: described }) => {
      const rows = described.map((row) => ({
        id: row.id,
        absent: row.absent === true,
        cells: row.cells.map((cell) => (cell === null ? -1 : (model.numbers.get(cell) ?? -1))),
      }));
      const cells = new Set(rows.flatMap((row) => row.cells));
      cells.delete(-1);
      return { id, table, rows, cells };
    });
  }

  private spotOf(variable: number): Spot | undefined {
    if (this.spots.size === 0) {
      for (const layout of this.layouts) {
        layout.rows.forEach(({ cells }, row) => {
          cells.forEach((cell, column) => {
            if (cell >= 0) this.spots.set(cell, { layout, row, column });
          });
        });
      }
    }
    return this.spots.get(variable);
  }

  /**
   * Groups that explain a whole cluster. Where one figure explains it, only those are tried that would
   * do it with as little: figures exchanged, and one figure repeated.
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

  private tried(
    verifier: Verifier,
    failing: readonly number[],
    cancelled: Budget['cancelled'],
    single: boolean,
  ): Group[] {
    const hits = failing
      .map((index) => ({ index, suspects: suspectsOf(verifier, index) }))
      .sort((a, b) => a.suspects.length - b.suspects.length);
    const suspects = hits[0]?.suspects ?? [];
    const members = hits.map((hit) => new Set(hit.suspects));
    const found: Group[] = [];
    for (const kind of single ? SIMPLE : ALL) {
      let left = Math.min(SHARE, this.left);
      const scene: Scene = {
        model: this.model,
        state: verifier.state,
        verifier,
        failing: hits.map(({ index }) => index),
        hits: members,
        suspects,
        layouts: this.layouts,
        spot: (variable) => this.spotOf(variable),
        afford: (cost) => {
          left -= cost;
          this.left -= cost;
          return left > 0 && cancelled?.() !== true;
        },
      };
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
}
