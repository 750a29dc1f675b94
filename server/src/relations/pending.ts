import { Applier, instanceId } from './applier';
import type { Relation } from './relation';
import type { Resolver, Scope } from './resolve';
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
    private readonly scope: Scope,
  ) {}

  get relation(): Relation {
    const { rule, resolver, scope } = this;
    this.made ??= new Applier(resolver, scope).relation(rule, instanceId(rule, scope))[0]!;
    return this.made;
  }
}

export const relationOf = (one: Relation | Pending): Relation =>
  one instanceof Pending ? one.relation : one;
