import type { Amount } from '../disclosure/amount';
import { amountOf, type Cell } from '../disclosure/model';
import { evaluate, type Evaluation } from '../relations/evaluate';
import { cellsOf, type Network } from '../relations/network';
import { isBinding } from './binding';
import { rightValues, type RightValues } from './values';

/** What each cell of a set would have to print for every relation of the set to hold. */
export type Assignment = ReadonlyMap<Cell, RightValues>;

/** More combinations than this are not gone through; what they leave open counts as possible. */
const MOST_TRIALS = 256;

/**
 * Whether a set of cells, freed together, can satisfy every relation it touches and all that fail, and
 * with which values; undefined if it cannot. Cells without a bound keep an empty list of values.
 */
export function assign(
  network: Network,
  cells: readonly Cell[],
  failing: readonly Evaluation[],
): Assignment | undefined {
  const search = new Joint(network, cells, failing);
  search.run();
  return search.result();
}

class Joint {
  private readonly found = new Map<Cell, Map<bigint, RightValues>>();
  private solutions = 0;
  private trials = 0;

  constructor(
    private readonly network: Network,
    private readonly cells: readonly Cell[],
    private readonly failing: readonly Evaluation[],
  ) {}

  run(): void {
    this.extend(new Map(), new Set(this.cells));
  }

  result(): Assignment | undefined {
    if (this.solutions === 0) return undefined;
    return new Map(
      this.cells.map((cell) => {
        const options = [...(this.found.get(cell)?.values() ?? [])];
        const values = options.flatMap((option) => option.values);
        const bounds = options[0]?.bounds ?? { place: cell.unit.exponent };
        // Among several cells a twin is no proof: its value hangs on the others.
        const twin = this.cells.length === 1 ? options[0]?.twin : undefined;
        return [cell, { cell, values, bounds, ...(twin && { twin }) }];
      }),
    );
  }

  /** Gives the most constrained free cell each of its values in turn. */
  private extend(given: ReadonlyMap<Cell, RightValues>, free: ReadonlySet<Cell>): void {
    if (this.trials++ > MOST_TRIALS) return;
    const amount = (cell: Cell) => given.get(cell)?.values[0] ?? amountOf(cell);
    if (free.size === 0) {
      if (this.consistent(amount, free)) this.record(given);
      return;
    }
    let best: RightValues | undefined;
    for (const cell of free) {
      const others = new Set([...free].filter((other) => other !== cell));
      const option = rightValues(this.network, cell, { amount, free: others });
      if (!option) return;
      if (option.values.length === 0) continue;
      if (!best || option.values.length < best.values.length) best = option;
    }
    // Nothing bounds what is left: it can be anything, as far as the figures say.
    if (!best) {
      if (this.consistent(amount, free)) this.record(given);
      return;
    }
    const rest = new Set([...free].filter((cell) => cell !== best.cell));
    for (const value of best.values) {
      this.extend(new Map(given).set(best.cell, { ...best, values: [value] }), rest);
    }
  }

  private consistent(amount: (cell: Cell) => Amount, free: ReadonlySet<Cell>): boolean {
    const context = { ...this.network.context, amount };
    const touched = this.cells.flatMap((cell) => this.network.of(cell));
    return [...this.failing, ...touched].every((evaluation) => {
      const { relation } = evaluation;
      if (!isBinding(evaluation)) return true;
      if ([...cellsOf(relation)].some((other) => free.has(other))) return true;
      return evaluate(relation, context).outcome !== 'fails';
    });
  }

  private record(given: ReadonlyMap<Cell, RightValues>): void {
    this.solutions++;
    for (const [cell, option] of given) {
      const known = this.found.get(cell) ?? new Map<bigint, RightValues>();
      this.found.set(cell, known.set(option.values[0]!.units, option));
    }
  }
}
