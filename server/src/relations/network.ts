import { amountOf, type Cell, type Disclosure } from '../disclosure/model';
import type { Underived } from './derive';
import type { Fact } from './fact';
import { judge } from './facts';
import { evaluate, type Context, type Evaluation } from './evaluate';
import { looksExact } from './infer';
import { instantiate } from './instantiate';
import { operandsOf, type Relation, type Unchecked } from './relation';
import type { Pack } from './rule';
import { Tails } from './tails';

/** Of what does not hold, or only within rounding: what the file itself accepts (审核说明). */
export type Accept = (found: readonly (Evaluation | Fact)[]) => ReadonlySet<Evaluation | Fact>;

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
  private readonly acceptedByCell = new Map<Cell, Evaluation[]>();

  constructor(packs: readonly Pack[], disclosure: Disclosure, accept?: Accept) {
    const { relations, unchecked, underived } = instantiate(packs, disclosure);
    this.underived = underived;
    this.context = { mode: disclosure.mode, tails: new Tails(relations), amount: amountOf };
    const evaluations = relations.map((relation) => evaluate(relation, this.context));
    const { facts, unchecked: unjudged } = judge(packs, disclosure);
    this.unchecked = [...unchecked, ...unjudged];
    const found = [...evaluations, ...facts].filter(
      ({ outcome }) => outcome === 'fails' || outcome === 'rounding',
    );
    const accepted = accept?.(found) ?? new Set();
    this.evaluations = evaluations.map((evaluation) =>
      accepted.has(evaluation) ? acceptedOf(evaluation) : evaluation,
    );
    this.facts = facts.map((fact) => (accepted.has(fact) ? acceptedOf(fact) : fact));
    this.looksExact = disclosure.mode === 'nearest' && looksExact(this.evaluations);
    for (const evaluation of this.evaluations) {
      const byCell = evaluation.outcome === 'accepted' ? this.acceptedByCell : this.byCell;
      for (const cell of cellsOf(evaluation.relation)) {
        const known = byCell.get(cell);
        if (known) known.push(evaluation);
        else byCell.set(cell, [evaluation]);
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

  /**
   * The relations that bind a cell, in the order of the rules. What is accepted binds nothing: no cell is
   * accused or cleared by it.
   */
  of(cell: Cell): readonly Evaluation[] {
    return this.byCell.get(cell) ?? [];
  }

  /** The relations of a cell that the file accepts although they do not hold. */
  acceptedOf(cell: Cell): readonly Evaluation[] {
    return this.acceptedByCell.get(cell) ?? [];
  }
}

function acceptedOf<T extends Evaluation | Fact>(found: T): T {
  return { ...found, outcome: 'accepted', otherwise: found.outcome };
}

/** The cells of a relation, each once. */
export function cellsOf(relation: Relation): Set<Cell> {
  return new Set(operandsOf(relation).map(({ cell }) => cell));
}
