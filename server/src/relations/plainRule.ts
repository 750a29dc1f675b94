import type { Table } from '../disclosure/model';
import type { PlainFigure } from '../disclosure/plainFigure';
import type { SectionSpec } from '../disclosure/vocabulary';
import { Pending } from './pending';
import { columnSet, fill, isLink, Unresolved, type Resolver, type Scope } from './resolve';
import type { Address, Rule } from './rule';

/**
 * A rule of which the rows alone decide what its instances are made of, to be tried on the plain figures of
 * one instance after the other: in a long table that is nearly all there is to do.
 */
export class PlainRule {
  private constructor(
    private readonly rule: Rule,
    private readonly resolver: Resolver,
    private readonly target: Figures,
    private readonly terms: readonly Figures[],
  ) {}

  /** Undefined for a rule that says more than that a figure is, or is at least, the sum of others. */
  static of(rule: Rule, resolver: Resolver): PlainRule | undefined {
    if (rule.base || rule.constant !== undefined || rule.bounded) return undefined;
    const target = rule.target && Figures.of(rule.target, resolver);
    const terms = rule.terms.flatMap((term) => Figures.of(term, resolver) ?? []);
    if (!target || terms.length < rule.terms.length) return undefined;
    return new PlainRule(rule, resolver, target, terms);
  }

  /** Undefined where it does not plainly hold, or where more than plain figures has to be looked at. */
  pending(scope: Scope): Pending | undefined {
    const balance = new Balance();
    let parts = 0;
    try {
      if (this.target.addTo(balance, 1, scope) !== 1) return undefined;
      for (const term of this.terms) {
        const added = term.addTo(balance, -1, scope);
        if (added === undefined) return undefined;
        parts += added;
      }
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      return undefined;
    }
    const outcome = parts > 0 ? balance.outcome(this.rule.comparator) : undefined;
    return outcome && new Pending(this.rule, outcome, this.resolver, scope);
  }
}

/** The figures that an address means. */
class Figures {
  private readonly row: Name;
  private readonly column: Name;
  /** Of an address by a set of columns: which those are. */
  private readonly columns = new Map<SectionSpec, readonly string[]>();

  private constructor(
    private readonly address: Address,
    private readonly table: Table,
    private readonly resolver: Resolver,
  ) {
    this.row = new Name(address.row.name);
    this.column = new Name(address.column.name);
  }

  static of(address: Address, resolver: Resolver): Figures | undefined {
    const table = resolver.find(address.table);
    if (!table || address.row.by === 'place' || isLink(address)) return undefined;
    return new Figures(address, table, resolver);
  }

  /** Tells how many; undefined where one is not plain. */
  addTo(balance: Balance, side: 1 | -1, scope: Scope): number | undefined {
    const { address, resolver } = this;
    const sign = side * address.coefficient;
    const only = this.single(scope);
    if (only !== undefined) return this.addRow(only, balance, sign, scope);
    let count = 0;
    for (const row of resolver.rows(address, scope)) {
      const added = this.addRow(row, balance, sign, scope);
      if (added === undefined) return undefined;
      count += added;
    }
    return count;
  }

  /** The id of the row, where it is certain without a look at others. */
  private single(scope: Scope): string | undefined {
    const { by, side } = this.address.row;
    if (by !== 'id' && by !== 'rolled') return undefined;
    const name = this.row.in(scope);
    const id = side === '' ? name : `${side}.${name}`;
    if (by === 'id') return id;
    const row = this.table.rows.get(id);
    return row?.code !== undefined && row.entry ? id : undefined;
  }

  private addRow(row: string, balance: Balance, sign: number, scope: Scope): number | undefined {
    const { table } = this;
    if (this.address.column.by === 'id') {
      return balance.take(table.figure(row, this.column.in(scope)), sign) ? 1 : undefined;
    }
    const columns = this.columnsOf(row);
    if (!columns) return undefined;
    for (const column of columns) {
      if (!balance.take(table.figure(row, column), sign)) return undefined;
    }
    return columns.length;
  }

  private columnsOf(id: string): readonly string[] | undefined {
    const row = this.table.rows.get(id);
    if (!row) return undefined;
    let columns = this.columns.get(row.section);
    if (!columns) {
      columns = columnSet(this.table, id, this.address.column.name);
      this.columns.set(row.section, columns);
    }
    return columns;
  }
}

/** A name in an address, nearly always a word or `{binding}` alone. */
class Name {
  private readonly binding: string | undefined;

  constructor(private readonly template: string) {
    this.binding = /^\{(\w+)\}$/.exec(template)?.[1];
  }

  in(scope: Scope): string {
    return this.binding === undefined
      ? fill(this.template, scope)
      : (scope.bindings[this.binding] ?? '');
  }
}

/** What is printed less what it should be, of plain figures to one place. */
class Balance {
  private rest = 0;
  private place: number | undefined;
  private isSaid = false;

  /** False where a figure is not plain, or cannot be added exactly. */
  take(figure: PlainFigure | undefined, sign: number): boolean {
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
