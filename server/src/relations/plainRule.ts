import type { RowFigures, Table } from '../disclosure/model';
import type { SectionSpec } from '../disclosure/vocabulary';
import { bindingsOf, type Bound } from './bindings';
import { Pending } from './pending';
import { type Resolver } from './resolve';
import { columnSet, isLink } from './rowsOf';
import { Unresolved } from './scope';
import type { Address, Rule } from './rule';

/**
 * A rule of which the rows alone decide what its instances are made of, to be tried on the plain figures of
 * one instance after the other: in a long table that is nearly all there is to do.
 */
export class PlainRule {
  private constructor(
    readonly rule: Rule,
    private readonly target: Figures,
    private readonly terms: readonly Figures[],
  ) {}

  /** Undefined for a rule that says more than that a figure is, or is at least, the sum of others. */
  static of(rule: Rule, resolver: Resolver): PlainRule | undefined {
    if (rule.base || rule.constant !== undefined || rule.bounded || rule.whole) return undefined;
    const target = rule.target && Figures.of(rule.target, rule, resolver);
    const terms = rule.terms.flatMap((term) => Figures.of(term, rule, resolver) ?? []);
    if (!target || terms.length < rule.terms.length) return undefined;
    return new PlainRule(rule, target, terms);
  }

  /**
   * Undefined where it does not plainly hold, or where more than plain figures has to be looked at.
   * @param bound what the names of the rule are bound to
   */
  pending(bound: Bound | undefined): Pending | undefined {
    const balance = new Balance();
    let parts = 0;
    try {
      if (this.target.addTo(balance, 1, bound) !== 1) return undefined;
      for (const term of this.terms) {
        const added = term.addTo(balance, -1, bound);
        if (added === undefined) return undefined;
        parts += added;
      }
    } catch (error) {
      if (!(error instanceof Unresolved)) throw error;
      return undefined;
    }
    const outcome = parts > 0 ? balance.outcome(this.rule.comparator) : undefined;
    return outcome && new Pending(this, outcome, bound);
  }

  /** The figures of one instance, the target first. */
  visit(bound: Bound | undefined, taker: Taker): void {
    this.target.addTo(taker, 1, bound);
    for (const term of this.terms) term.addTo(taker, -1, bound);
  }
}

/** Takes one figure after the other, with how often it counts; false where it wants no more. */
export interface Taker {
  take(read: RowFigures, column: number, coefficient: number, table: Table): boolean;
}

/** The figures that an address means. */
class Figures {
  private readonly row: Name;
  private readonly column: Name;
  /** Of an address by a set of columns: where among the columns of a section they are. */
  private readonly columns = new Map<SectionSpec, readonly number[]>();
  /** Of an address that is bound to nothing: its rows, once they have been asked for. */
  private fixed: readonly (RowFigures | undefined)[] | undefined;
  /** The row that was read last: instances that differ in the column alone follow each other. */
  private last: RowFigures | undefined;

  private constructor(
    private readonly address: Address,
    private readonly rule: Rule,
    private readonly table: Table,
    private readonly resolver: Resolver,
  ) {
    this.row = new Name(address.row.name, rule);
    this.column = new Name(address.column.name, rule);
  }

  static of(address: Address, rule: Rule, resolver: Resolver): Figures | undefined {
    const table = resolver.find(address.table);
    if (!table || address.row.by === 'place' || isLink(address)) return undefined;
    return new Figures(address, rule, table, resolver);
  }

  /** Tells how many; undefined where one is not plain. */
  addTo(taker: Taker, side: 1 | -1, bound: Bound | undefined): number | undefined {
    const sign = side * this.address.coefficient;
    if (this.address.row.by === 'set') return this.addAll(taker, sign, bound);
    const { by, side: part } = this.address.row;
    const name = this.row.in(bound);
    const read = this.read(part === '' ? name : `${part}.${name}`);
    // A row that is printed with its code is what it is made of; of others more has to be looked at.
    const isAlone = by === 'id' || (read?.row.code !== undefined && read.row.entry !== undefined);
    return isAlone ? this.addRow(read, taker, sign, bound) : this.addAll(taker, sign, bound);
  }

  private addAll(taker: Taker, sign: number, bound: Bound | undefined): number | undefined {
    let count = 0;
    for (const row of this.rows(bound)) {
      const added = this.addRow(row, taker, sign, bound);
      if (added === undefined) return undefined;
      count += added;
    }
    return count;
  }

  private rows(bound: Bound | undefined): readonly (RowFigures | undefined)[] {
    if (this.fixed) return this.fixed;
    const { address, resolver, table } = this;
    const ids = resolver.rows(address, { bindings: bindingsOf(this.rule, bound) });
    const rows = ids.map((id) => table.figures(id));
    if (!isBound(address)) this.fixed = rows;
    return rows;
  }

  private read(id: string): RowFigures | undefined {
    if (this.last?.row.id !== id) this.last = this.table.figures(id);
    return this.last;
  }

  private addRow(
    read: RowFigures | undefined,
    taker: Taker,
    sign: number,
    bound: Bound | undefined,
  ): number | undefined {
    if (!read) return undefined;
    const { columns } = read;
    if (this.address.column.by === 'id') {
      const id = this.column.in(bound);
      for (let i = 0; i < columns.length; i++) {
        if (columns[i]!.id === id) return taker.take(read, i, sign, this.table) ? 1 : undefined;
      }
      return undefined;
    }
    const set = this.columnsOf(read);
    for (const i of set) if (!taker.take(read, i, sign, this.table)) return undefined;
    return set.length;
  }

  private columnsOf({ row, columns }: RowFigures): readonly number[] {
    let set = this.columns.get(row.section);
    if (!set) {
      const ids = columnSet(this.table, row.id, this.address.column.name);
      set = ids.map((id) => columns.findIndex((column) => column.id === id));
      this.columns.set(row.section, set);
    }
    return set;
  }
}

/** Whether the rows of an address are others where other values are bound. */
const isBound = ({ row: { name, classes = [] } }: Address) =>
  [name, ...classes].some((text) => text.includes('{'));

/** A name in an address: text and bound values in turn; nearly always a word or `{binding}` alone. */
class Name {
  private readonly parts: readonly string[];
  /** Of what stands between the parts: how many names of the rule are bound behind it. */
  private readonly steps: readonly number[];

  constructor(template: string, { each }: Rule) {
    const pieces = template.split(/\{(\w+)\}/);
    const names = each.map(({ name }) => name).reverse();
    this.parts = pieces.filter((_, i) => i % 2 === 0);
    this.steps = pieces.filter((_, i) => i % 2 === 1).map((name) => names.indexOf(name));
  }

  in(bound: Bound | undefined): string {
    const { parts, steps } = this;
    let name = parts[0]!;
    for (let i = 0; i < steps.length; i++) {
      const value = valueOf(bound, steps[i]!);
      const rest = parts[i + 1]!;
      // What is put together is another string, and slower to find.
      name = name === '' && rest === '' ? value : name + value + rest;
    }
    return name;
  }
}

function valueOf(bound: Bound | undefined, steps: number): string {
  let one = steps < 0 ? undefined : bound;
  for (let i = 0; i < steps; i++) one = one?.before;
  return one?.value ?? '';
}

/** What is printed less what it should be, of plain figures to one place. */
class Balance implements Taker {
  private rest = 0;
  private place: number | undefined;
  private isSaid = false;

  /** False where a figure is not plain, or cannot be added exactly. */
  take({ figures }: RowFigures, column: number, sign: number): boolean {
    const figure = figures[column];
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
