import { greatestOf } from '../syntax/arrays';
import { halves } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import type { AmountOf, Relation } from './relation';

/**
 * Knows which cells are, digit for digit, the sum of at least two of their own printed parts. Where
 * one of two copies is, a difference of one last place is a rounding tail: that copy was added up
 * from rounded parts, the other one rounded from the exact amount.
 */
export class Tails {
  private readonly known = new Map<Cell, Made>();

  /** @param relationsOf those that have a cell on the left alone, or before others */
  constructor(private readonly relationsOf: (cell: Cell) => Iterable<Relation>) {}

  /** What a cell is made of; most documents have no copies that differ, so nothing is known of most cells. */
  private madeOf(cell: Cell): Made {
    let made = this.known.get(cell);
    if (!made) {
      made = { parts: [], sources: [] };
      for (const relation of this.relationsOf(cell)) {
        if (relation.left.length === 1 && relation.left[0]!.cell === cell) enter(relation, made);
      }
      this.known.set(cell, made);
    }
    return made;
  }

  /**
   * The cells that a cell is the sum of, by any relation of its own table, or that it repeats; and what
   * those are sums of.
   */
  partsOf(cell: Cell, found = new Set<Cell>()): ReadonlySet<Cell> {
    const { parts, sources } = this.madeOf(cell);
    for (const part of [...sources, ...parts.flat()]) {
      if (found.has(part)) continue;
      found.add(part);
      this.partsOf(part, found);
    }
    return found;
  }

  /**
   * How many parts a cell is plainly the sum of, at the most; a single part counts as its own parts.
   * 0 where the cell is no plain sum.
   */
  partsOfSum(cell: Cell, amount: AmountOf, seen: ReadonlySet<Cell> = new Set()): number {
    if (seen.has(cell)) return 0;
    const { parts: sums, sources } = this.madeOf(cell);
    const within = new Set([...seen, cell]);
    const counts = sums.map((parts) => {
      const nonZero = parts.filter((part) => amount(part).units !== 0n);
      if (!sumsTo(cell, nonZero, amount)) return 0;
      const [first, ...more] = nonZero;
      if (!first) return 0;
      return more.length > 0 ? nonZero.length : this.partsOfSum(first, amount, within);
    });
    // A text has no parts of its own: it repeats, digit for digit, a table that may be such a sum.
    const repeated = sources
      .filter((source) => sumsTo(cell, [source], amount))
      .map((source) => this.partsOfSum(source, amount, within));
    return greatestOf([...counts, ...repeated], 0);
  }
}

/** What one cell is made of. */
interface Made {
  /** The cells that it is the sum of, by each relation that says so. */
  readonly parts: (readonly Cell[])[];
  /** Cells of tables that a text repeats. */
  readonly sources: Cell[];
}

/** Takes in what a relation says of the only cell on its left. */
function enter({ rule, left, right, constant }: Relation, { parts, sources }: Made): void {
  const cells = right.map(({ cell }) => cell);
  const isAdded = right.every(({ coefficient }) => coefficient > 0);
  const [source] = cells;
  const isText = left[0]!.cell.table.spec.section !== undefined;
  if (rule.kind === 'equal' && isText && source && !source.table.spec.section) {
    // Several rows of a table that a text adds up are its parts.
    if (cells.length > 1 && isAdded) parts.push(cells);
    if (cells.length === 1) sources.push(source);
  }
  const isSum = rule.kind === 'sum' || rule.kind === 'hierarchy';
  if (isSum && !constant && isAdded) parts.push(cells);
}

function sumsTo(total: Cell, parts: readonly Cell[], amount: AmountOf): boolean {
  const place = parts.reduce(
    (least, part) => Math.min(least, amount(part).place),
    amount(total).place,
  );
  const sum = parts.reduce((value, part) => value + halves(amount(part), place), 0n);
  return sum === halves(amount(total), place);
}
