import { amountOf, type Cell, type Disclosure } from '../disclosure/model';
import type { Underived } from './derive';
import { judge, type Fact } from './facts';
import { evaluate, type Context, type Evaluation } from './evaluate';
import { looksExact } from './infer';
import { instantiate } from './instantiate';
import { operandsOf, type Relation, type Unchecked } from './relation';
import type { Pack } from './rule';
import { Tails } from './tails';

/** Every relation of one document, evaluated, and which cells they bind together. */
export class Network {
  readonly evaluations: readonly Evaluation[];
  readonly facts: readonly Fact[];
  readonly unchecked: readonly Unchecked[];
  readonly underived: readonly Underived[];
  readonly context: Context;
  /** Whether printed sums hold to the digit so often that the file might have declared it. */
  readonly looksExact: boolean;
  private readonly byCell = new Map<Cell, Evaluation[]>();

  constructor(packs: readonly Pack[], disclosure: Disclosure) {
    const { relations, unchecked, underived } = instantiate(packs, disclosure);
    this.unchecked = unchecked;
    this.underived = underived;
    this.context = { mode: disclosure.mode, tails: new Tails(relations), amount: amountOf };
    this.evaluations = relations.map((relation) => evaluate(relation, this.context));
    this.facts = judge(packs, disclosure);
    this.looksExact = disclosure.mode === 'nearest' && looksExact(this.evaluations);
    for (const evaluation of this.evaluations) {
      for (const cell of cellsOf(evaluation.relation)) {
        const known = this.byCell.get(cell);
        if (known) known.push(evaluation);
        else this.byCell.set(cell, [evaluation]);
      }
    }
  }

  /**
   * The cells whose change can mend a failing relation. Beside its operands these are, where two copies
   * differ by one last place, the parts of both: whether a tail explains the difference hangs on them.
   */
  suspectsOf({ relation, measure, copy }: Evaluation): ReadonlySet<Cell> {
    const cells = cellsOf(relation);
    const gap = measure ? measure.left - measure.right : 0n;
    if (!copy || gap < -2n || gap > 2n) return cells;
    const parts = [...cells].flatMap((cell) => [...this.context.tails.partsOf(cell)]);
    return new Set([...cells, ...parts]);
  }

  /** The relations a cell stands in, in the order of the rules. */
  of(cell: Cell): readonly Evaluation[] {
    return this.byCell.get(cell) ?? [];
  }
}

/** The cells of a relation, each once. */
export function cellsOf(relation: Relation): Set<Cell> {
  return new Set(operandsOf(relation).map(({ cell }) => cell));
}
