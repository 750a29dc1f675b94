import type { Cell } from '../disclosure/model';
import type { Definition, Definitions } from './derive';
import { sidesOf, type Operand, type Relation } from './relation';

/** Printed cells, each once, with how often it is counted; never not at all. */
export type Sum = ReadonlyMap<Cell, number>;

/**
 * Cells left to the server print nothing: each stands for the printed cells that it is computed from. Read
 * so, a relation speaks of printed cells alone.
 */
export class Expansion {
  private readonly known = new Map<Cell, Sum>();
  private counted: ReadonlySet<Cell> | undefined;

  constructor(private readonly definitions: Definitions) {}

  /** Whether a document leaves any cell to the server. */
  get isEmpty(): boolean {
    return this.definitions.size === 0;
  }

  /** The printed cells that some operands come to. */
  sum(operands: readonly Operand[]): Sum {
    const sum = new Map<Cell, number>();
    const add = (cell: Cell, count: number) => {
      const all = (sum.get(cell) ?? 0) + count;
      if (all === 0) sum.delete(cell);
      else sum.set(cell, all);
    };
    for (const { cell, coefficient } of operands) {
      if (!this.definitions.has(cell)) add(cell, coefficient);
      else for (const [part, count] of this.of(cell)) add(part, coefficient * count);
    }
    return sum;
  }

  /** How a cell is computed; undefined for a printed one. */
  definitionOf(cell: Cell): Definition | undefined {
    return this.definitions.get(cell);
  }

  /** What a computed cell is made of; a printed one is made of itself. */
  of(cell: Cell): Sum {
    const definition = this.definitions.get(cell);
    if (!definition) return new Map([[cell, 1]]);
    let sum = this.known.get(cell);
    if (!sum) this.known.set(cell, (sum = this.sum(definition.terms)));
    return sum;
  }

  /** Whether a cell is counted in one that is left to the server. */
  counts(cell: Cell): boolean {
    this.counted ??= new Set(
      [...this.definitions.values()].flatMap(({ terms }) => terms.map((term) => term.cell)),
    );
    return this.counted.has(cell);
  }

  /** The cells that some operands hang on, whatever they print: those that nothing else computes. */
  *sourcesOf(operands: readonly Operand[]): Iterable<Cell> {
    for (const { cell } of operands) {
      const terms = this.definitions.get(cell)?.terms ?? [];
      if (terms.length > 0) yield* this.sourcesOf(terms);
      else yield cell;
    }
  }

  /** Whether one of the operands is a computed cell. */
  isIn(relation: Relation): boolean {
    if (this.isEmpty) return false;
    return sidesOf(relation).some((side) => side.some(({ cell }) => this.definitions.has(cell)));
  }

  /** Whether a cell of a relation is computed from a printed one. */
  reaches(relation: Relation, printed: Cell): boolean {
    if (this.isEmpty) return false;
    return sidesOf(relation).some((side) =>
      side.some(({ cell }) => this.definitions.has(cell) && this.of(cell).has(printed)),
    );
  }

  /** Whether what rows a table has decides what some operands come to. */
  gathersRows(operands: readonly Operand[]): boolean {
    return operands.some(({ cell }) => {
      const definition = this.definitions.get(cell);
      if (!definition) return false;
      return definition.gathersRows || this.gathersRows(definition.terms);
    });
  }
}

/** Left less right of two sums. */
export function difference(left: Sum, right: Sum): Map<Cell, number> {
  const rest = new Map(left);
  for (const [cell, count] of right) {
    const all = (rest.get(cell) ?? 0) - count;
    if (all === 0) rest.delete(cell);
    else rest.set(cell, all);
  }
  return rest;
}
