/** What equalities tell of the figures of a text. */
import type { Cell } from '../disclosure/model';
import type { Network } from '../relations/network';
import { Pending } from '../relations/pending';
import { operandsOf, type Relation } from '../relations/relation';
import { push } from '../syntax/multimap';

export class Texts {
  /** By cell of a text, the cells of tables that it repeats; and the other way round. */
  private readonly repeats = new Map<Cell, Cell[]>();
  private readonly repeating = new Map<Cell, Cell[]>();
  /** Cells of texts that stand in an equality of few: a limit does not tell what a figure is. */
  private readonly few = new Set<Cell>();

  /** @param numbers the relations that count */
  constructor({ relations }: Network, numbers: Int32Array) {
    for (const number of numbers) {
      const one = relations[number]!;
      // What is pending is of tables alone.
      if (!(one instanceof Pending)) this.read(one);
    }
    for (const [text, sources] of this.repeats) {
      for (const source of sources) push(this.repeating, source, text);
    }
  }

  private read(relation: Relation): void {
    const operands = operandsOf(relation);
    if (relation.comparator === 'eq' && operands.length <= FEW) {
      for (const { cell } of operands) if (isText(cell)) this.few.add(cell);
    }
    this.repeat(relation);
  }

  /** A text that repeats one cell of a table is as much a sum as that. */
  private repeat({ rule, left, right }: Relation): void {
    const [text, source] = [left[0]?.cell, right[0]?.cell];
    if (rule.kind !== 'equal' || left.length !== 1 || right.length !== 1 || !text || !source)
      return;
    if (isText(text) && !isText(source)) push(this.repeats, text, source);
  }

  /** The cells of tables that a text repeats. */
  repeatedBy(cell: Cell): readonly Cell[] {
    return this.repeats.get(cell) ?? [];
  }

  /** The texts that repeat a cell of a table. */
  repeatingOf(cell: Cell): readonly Cell[] {
    return this.repeating.get(cell) ?? [];
  }

  /**
   * A row that nobody wrote stands in no sum of its table. And where long sums of a text are all that speaks
   * of a figure, a score that was left out fails them in the same way.
   */
  isUnprovable(cell: Cell): boolean {
    return cell.row.entry === undefined || (isText(cell) && !this.few.has(cell));
  }
}

/** More figures than this are not a figure told twice, nor a ratio with its two amounts. */
const FEW = 3;

const isText = ({ table }: Cell) => table.spec.section !== undefined;
