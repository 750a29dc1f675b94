import { greatestOf } from '../syntax/arrays';
import { halves } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import { push } from '../syntax/multimap';
import type { AmountOf, Relation } from './relation';

/**
 * Knows which cells are, digit for digit, the sum of at least two of their own printed parts. Where
 * one of two copies is, a difference of one last place is a rounding tail: that copy was added up
 * from rounded parts, the other one rounded from the exact amount.
 */
export class Tails {
  private readonly parts = new Map<Cell, (readonly Cell[])[]>();
  /** Cells of tables that a text repeats. */
  private readonly sources = new Map<Cell, Cell[]>();

  /** @param unread asked for when somebody asks about a tail: most documents have no copies that differ */
  constructor(private unread: (() => readonly Relation[]) | undefined) {}

  /** Reads what there is to read, if there is time for it before somebody asks. */
  read(): void {
    const relations = this.unread?.() ?? [];
    this.unread = undefined;
    for (const { rule, left, right, constant } of relations) {
      if (rule.kind === 'equal') this.addSource(left, right);
      const structural = rule.kind === 'sum' || rule.kind === 'hierarchy';
      if (!structural || constant || left.length !== 1 || right.some((o) => o.coefficient < 0))
        continue;
      const { cell } = left[0]!;
      push(
        this.parts,
        cell,
        right.map((operand) => operand.cell),
      );
    }
  }

  private addSource(left: Relation['left'], right: Relation['right']): void {
    const [text, source] = [left[0]?.cell, right[0]?.cell];
    if (!text?.table.spec.section || !source || source.table.spec.section) return;
    // Several rows of a table that a text adds up are its parts.
    if (left.length === 1 && right.length > 1 && right.every((o) => o.coefficient > 0)) {
      const cells = right.map((operand) => operand.cell);
      push(this.parts, text, cells);
    }
    if (left.length === 1 && right.length === 1) {
      push(this.sources, text, source);
    }
  }

  /**
   * The cells that a cell is the sum of, by any relation of its own table, or that it repeats; and what
   * those are sums of.
   */
  partsOf(cell: Cell, found = new Set<Cell>()): ReadonlySet<Cell> {
    this.read();
    const sources = this.sources.get(cell) ?? [];
    for (const part of [...sources, ...(this.parts.get(cell) ?? []).flat()]) {
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
    this.read();
    const within = new Set([...seen, cell]);
    const counts = (this.parts.get(cell) ?? []).map((parts) => {
      const nonZero = parts.filter((part) => amount(part).units !== 0n);
      if (!sumsTo(cell, nonZero, amount)) return 0;
      const [first, ...more] = nonZero;
      if (!first) return 0;
      return more.length > 0 ? nonZero.length : this.partsOfSum(first, amount, within);
    });
    // A text has no parts of its own: it repeats, digit for digit, a table that may be such a sum.
    const repeated = (this.sources.get(cell) ?? [])
      .filter((source) => sumsTo(cell, [source], amount))
      .map((source) => this.partsOfSum(source, amount, within));
    return greatestOf([...counts, ...repeated], 0);
  }
}

function sumsTo(total: Cell, parts: readonly Cell[], amount: AmountOf): boolean {
  const place = parts.reduce(
    (least, part) => Math.min(least, amount(part).place),
    amount(total).place,
  );
  const sum = parts.reduce((value, part) => value + halves(amount(part), place), 0n);
  return sum === halves(amount(total), place);
}
