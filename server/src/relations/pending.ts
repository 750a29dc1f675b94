import type { PlainFigure } from '../disclosure/plainFigure';
import { Applier, instanceId } from './applier';
import type { Relation } from './relation';
import { isLink, Unresolved, type Resolver, type Scope } from './resolve';
import type { Address, Rule } from './rule';

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

/**
 * The instance of a rule of which the rows alone decide what it is made of; undefined where it does not
 * plainly hold, or where more than plain figures has to be looked at.
 */
export function pendingOf(rule: Rule, resolver: Resolver, scope: Scope): Pending | undefined {
  const { target, terms, comparator } = rule;
  if (!target || rule.base || rule.constant !== undefined || rule.bounded) return undefined;
  const balance = new Balance(resolver, scope);
  let parts = 0;
  try {
    if (balance.add(target, 1) !== 1) return undefined;
    for (const term of terms) {
      const added = balance.add(term, -1);
      if (added === undefined) return undefined;
      parts += added;
    }
  } catch (error) {
    if (!(error instanceof Unresolved)) throw error;
    return undefined;
  }
  const outcome = parts > 0 ? balance.outcome(comparator) : undefined;
  return outcome && new Pending(rule, outcome, resolver, scope);
}

/** What is printed less what it should be, of plain figures to one place. */
class Balance {
  private rest = 0;
  private place: number | undefined;
  private isSaid = false;

  constructor(
    private readonly resolver: Resolver,
    private readonly scope: Scope,
  ) {}

  /** Takes the figures that an address means, and tells how many; undefined where one is not plain. */
  add(address: Address, side: 1 | -1): number | undefined {
    const { resolver, scope } = this;
    const table = resolver.tableOf(address, scope);
    if (!table || isLink(address)) return undefined;
    const columns = resolver.columns(address, table, scope);
    const sign = side * address.coefficient;
    let count = 0;
    for (const row of resolver.rows(address, scope)) {
      for (const column of columns(row)) {
        if (!this.take(table.figure(row, column), sign)) return undefined;
        count++;
      }
    }
    return count;
  }

  private take(figure: PlainFigure | undefined, sign: number): boolean {
    if (!figure) return false;
    if (figure.said) this.isSaid = true;
    const { units, place } = figure;
    if (units === 0) return true;
    this.place ??= place;
    this.rest += sign * units;
    return place === this.place && Number.isSafeInteger(this.rest);
  }

  outcome(comparator: Rule['comparator']): Pending['outcome'] | undefined {
    if (!this.isSaid) return 'empty';
    return this.rest === 0 || (comparator === 'ge' && this.rest > 0) ? 'holds' : undefined;
  }
}
