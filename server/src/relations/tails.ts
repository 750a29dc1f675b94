import { halves } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell } from '../disclosure/model';
import type { Relation } from './relation';

/**
 * Knows which cells are, digit for digit, the sum of at least two of their own printed parts. Where
 * one of two copies is, a difference of one last place is a rounding tail: that copy was added up
 * from rounded parts, the other one rounded from the exact amount.
 */
export class Tails {
  private readonly parts = new Map<Cell, (readonly Cell[])[]>();

  constructor(relations: readonly Relation[]) {
    for (const { rule, left, right } of relations) {
      const structural = rule.kind === 'sum' || rule.kind === 'hierarchy';
      if (!structural || left.length !== 1 || right.some((o) => o.coefficient < 0)) continue;
      const { cell } = left[0]!;
      const known = this.parts.get(cell);
      const cells = right.map((operand) => operand.cell);
      if (known) known.push(cells);
      else this.parts.set(cell, [cells]);
    }
  }

  isPlainSum(cell: Cell, seen: ReadonlySet<Cell> = new Set()): boolean {
    if (seen.has(cell)) return false;
    const within = new Set([...seen, cell]);
    return (this.parts.get(cell) ?? []).some((parts) => {
      const nonZero = parts.filter(isNonZero);
      if (!sumsTo(cell, nonZero)) return false;
      return nonZero.length > 1 || (nonZero.length === 1 && this.isPlainSum(nonZero[0]!, within));
    });
  }
}

function sumsTo(total: Cell, parts: readonly Cell[]): boolean {
  const place = Math.min(...[total, ...parts].map((cell) => amountOf(cell).place));
  const sum = parts.reduce((value, part) => value + halves(amountOf(part), place), 0n);
  return sum === halves(amountOf(total), place);
}
