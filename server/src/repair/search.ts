import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { assign, type Assignment } from './assign';

/** The smallest sets of cells that explain a cluster of failing relations. */
export interface Explanation {
  readonly sets: readonly Assignment[];
  /** False when the search ended early: there may be others, so nothing is certain. */
  readonly complete: boolean;
}

/** Larger sets are no explanation a reader would follow. */
const LARGEST_SET = 12;

/** Sets tried, and nodes visited, before the search gives up; both bound the time of a keystroke. */
const MOST_SETS = 150;
const MOST_NODES = 5_000;

/**
 * Finds all smallest sets of cells whose change lets every relation hold (Fellegi and Holt): a
 * hitting-set tree over the failing relations, deepened one cell at a time. A set that touches all of
 * them is an explanation if values for its cells exist that break no other relation either.
 */
export function explainCluster(network: Network, failing: readonly Evaluation[]): Explanation {
  return new Search(network, failing).run();
}

class Search {
  private readonly hits: readonly (readonly Cell[])[];
  private readonly tried = new Set<string>();
  private readonly numbers = new Map<Cell, number>();
  private sets: Assignment[] = [];
  private nodes = 0;

  constructor(
    private readonly network: Network,
    private readonly failing: readonly Evaluation[],
  ) {
    // A computed cell is not wrong by itself.
    this.hits = failing
      .map((evaluation) =>
        [...network.suspectsOf(evaluation)].filter(({ state }) => state !== 'derived'),
      )
      .sort((a, b) => a.length - b.length);
    for (const cell of this.hits.flat()) {
      if (!this.numbers.has(cell)) this.numbers.set(cell, this.numbers.size);
    }
  }

  run(): Explanation {
    for (let size = disjoint(this.hits); size <= LARGEST_SET; size++) {
      this.descend([], size);
      const complete = !this.exhausted();
      if (this.sets.length > 0 || !complete) return { sets: this.sets, complete };
    }
    return { sets: [], complete: false };
  }

  private exhausted(): boolean {
    return this.tried.size > MOST_SETS || this.nodes > MOST_NODES;
  }

  private descend(chosen: readonly Cell[], size: number): void {
    this.nodes++;
    if (this.exhausted()) return;
    const open = this.hits.filter((cells) => !cells.some((cell) => chosen.includes(cell)));
    const left = size - chosen.length;
    if (open.length === 0) {
      // A smaller set was tried at its own depth; this one adds what nothing asks for.
      if (left === 0) this.attempt(chosen);
      return;
    }
    if (left === 0 || disjoint(open) > left) return;
    for (const cell of open[0]!) this.descend([...chosen, cell], size);
  }

  private attempt(chosen: readonly Cell[]): void {
    const cells = [...chosen].sort((a, b) => this.numbers.get(a)! - this.numbers.get(b)!);
    const key = cells.map((cell) => this.numbers.get(cell)).join(' ');
    if (this.tried.has(key)) return;
    this.tried.add(key);
    const assignment = assign(this.network, cells, this.failing);
    if (assignment) this.sets.push(assignment);
  }
}

/** How many relations share no cell, taken greedily: so many cells are needed at the least. */
function disjoint(relations: readonly (readonly Cell[])[]): number {
  const used = new Set<Cell>();
  let count = 0;
  for (const cells of relations) {
    if (cells.some((cell) => used.has(cell))) continue;
    count++;
    for (const cell of cells) used.add(cell);
  }
  return count;
}
