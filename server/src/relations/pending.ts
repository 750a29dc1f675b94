import { Applier, instanceId } from './applier';
import { bindingsOf, type Bound } from './bindings';
import type { Relation } from './relation';
import type { Resolver } from './resolve';
import type { Rule } from './rule';

/**
 * An instance of a rule that plainly holds, as nearly all of a right document do: known from what the
 * figures print alone, and made a relation of when somebody asks for it.
 */
export class Pending {
  private made: Relation | undefined;

  constructor(
    readonly rule: Rule,
    /** `holds` to the digit, or `empty`: no figure of it is said. */
    readonly outcome: 'holds' | 'empty',
    private readonly resolver: Resolver,
    /** What the names of the rule are bound to. */
    private readonly bound: Bound | undefined,
  ) {}

  get relation(): Relation {
    return (this.made ??= this.make());
  }

  private make(): Relation {
    const { rule, resolver } = this;
    const scope = { bindings: bindingsOf(rule, this.bound) };
    return new Applier(resolver, scope).relation(rule, instanceId(rule, scope))[0]!;
  }
}

export const relationOf = (one: Relation | Pending): Relation =>
  one instanceof Pending ? one.relation : one;
