import { instanceId } from './applier';
import { bindingsOf, type Bound } from './bindings';
import { PlainOperand } from './plainOperand';
import type { PlainRule, Taker } from './plainRule';
import type { Relation } from './relation';
import type { Rule } from './rule';

/**
 * An instance of a rule that plainly holds, as nearly all of a right document do: known from what the
 * figures print alone, and made a relation of when somebody asks for it.
 */
export class Pending {
  private made: Relation | undefined;

  constructor(
    private readonly plain: PlainRule,
    /** `holds` to the digit, or `empty`: no figure of it is said. */
    readonly outcome: 'holds' | 'empty',
    /** What the names of the rule are bound to. */
    private readonly bound: Bound | undefined,
  ) {}

  get rule(): Rule {
    return this.plain.rule;
  }

  get comparator(): Relation['comparator'] {
    return this.rule.comparator === 'eq' ? 'eq' : 'ge';
  }

  get id(): string {
    return instanceId(this.rule, { bindings: bindingsOf(this.rule, this.bound) });
  }

  get relation(): Relation {
    return (this.made ??= this.make());
  }

  /** The figures that it is made of, the one on the left first; it is made no relation for that. */
  visit(taker: Taker): void {
    this.plain.visit(this.bound, taker);
  }

  private make(): Relation {
    const operands: PlainOperand[] = [];
    this.visit({
      take({ row, columns }, column, coefficient, table) {
        const sign = operands.length === 0 ? coefficient : -coefficient;
        return operands.push(new PlainOperand(table, row, columns[column]!, sign as 1 | -1)) > 0;
      },
    });
    const { id, rule, comparator } = this;
    return { id, rule, left: operands.slice(0, 1), right: operands.slice(1), comparator };
  }
}

export const relationOf = (one: Relation | Pending): Relation =>
  one instanceof Pending ? one.relation : one;
