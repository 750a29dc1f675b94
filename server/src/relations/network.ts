import { amountOf, type Cell, type Disclosure } from '../disclosure/model';
import type { Underived } from './derive';
import { evaluate, type Context, type Evaluation } from './evaluate';
import { instantiate } from './instantiate';
import type { Relation, Unchecked } from './relation';
import type { Pack } from './rule';
import { Tails } from './tails';

/** Every relation of one document, evaluated, and which cells they bind together. */
export class Network {
  readonly evaluations: readonly Evaluation[];
  readonly unchecked: readonly Unchecked[];
  readonly underived: readonly Underived[];
  readonly context: Context;
  private readonly byCell = new Map<Cell, Evaluation[]>();

  constructor(packs: readonly Pack[], disclosure: Disclosure) {
    const { relations, unchecked, underived } = instantiate(packs, disclosure);
    this.unchecked = unchecked;
    this.underived = underived;
    this.context = { mode: disclosure.mode, tails: new Tails(relations), amount: amountOf };
    this.evaluations = relations.map((relation) => evaluate(relation, this.context));
    for (const evaluation of this.evaluations) {
      for (const cell of cellsOf(evaluation.relation)) {
        const known = this.byCell.get(cell);
        if (known) known.push(evaluation);
        else this.byCell.set(cell, [evaluation]);
      }
    }
  }

  /** The relations a cell stands in, in the order of the rules. */
  of(cell: Cell): readonly Evaluation[] {
    return this.byCell.get(cell) ?? [];
  }
}

/** The cells of a relation, each once. */
export function cellsOf({ left, right }: Relation): Set<Cell> {
  return new Set([...left, ...right].map(({ cell }) => cell));
}
