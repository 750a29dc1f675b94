import { amountOf, isNonZero, type Disclosure, type Row, type Table } from '../disclosure/model';
import { halves } from '../disclosure/amount';
import { CodeTree } from './codeTree';
import { derive, type Underived } from './derive';
import { reasonOf, type Operand, type Reason, type Relation, type Unchecked } from './relation';
import {
  conditionAddresses,
  tablesOf,
  type Address,
  type BindingSource,
  type Conditions,
  type Pack,
  type Rule,
} from './rule';

type Bindings = Readonly<Record<string, string>>;

export interface Instances {
  readonly relations: readonly Relation[];
  readonly unchecked: readonly Unchecked[];
  readonly underived: readonly Underived[];
}

/** Applies every rule of the packs to a document. */
export function instantiate(packs: readonly Pack[], disclosure: Disclosure): Instances {
  const instantiator = new Instantiator(disclosure);
  const rules = packs.flatMap((pack) => pack.rules).filter(({ kind }) => kind !== 'input');
  const always = rules.filter((rule) => !rule.when && !rule.unless);
  const results = new Map(always.map((rule) => [rule, instantiator.apply(rule)]));
  // Conditions look at amounts, so the computed ones have to be there first.
  const underived = derive([...results.values()].flatMap(({ relations }) => relations));
  for (const rule of rules) if (!results.has(rule)) results.set(rule, instantiator.apply(rule));
  const inOrder = rules.map((rule) => results.get(rule)!);
  return {
    relations: inOrder.flatMap(({ relations }) => relations),
    unchecked: inOrder.flatMap(({ unchecked }) => unchecked),
    underived,
  };
}

/** Thrown inside this file only: an address that cannot be resolved, with the reason. */
class Unresolved extends Error {
  constructor(readonly reason: Reason) {
    super(reason.code);
  }
}

class Instantiator {
  private readonly trees = new Map<string, CodeTree>();

  constructor(private readonly disclosure: Disclosure) {}

  apply(rule: Rule): { relations: Relation[]; unchecked: Unchecked[] } {
    const relations: Relation[] = [];
    const unchecked: Unchecked[] = [];
    const missing = tablesOf(rule).find((id) => !this.disclosure.tables.has(id));
    if (missing) {
      const code = this.disclosure.unreadable.has(missing) ? 'table-unreadable' : 'table-missing';
      unchecked.push({ id: rule.id, rule, reason: { code, table: missing } });
      return { relations, unchecked };
    }
    const fixed = isFixed(rule);
    let applies: boolean | undefined;
    for (const bindings of this.bindings(rule)) {
      const id = `${rule.id}@${this.targetId(rule, bindings)}`;
      try {
        // A condition that speaks of no binding is the same for all instances.
        if (!fixed || applies === undefined) applies = this.applies(rule, bindings);
        if (!applies) continue;
        if (rule.kind === 'hierarchy') this.hierarchy(rule, bindings, relations);
        else this.relation(rule, id, bindings, relations);
      } catch (error) {
        if (!(error instanceof Unresolved)) throw error;
        unchecked.push({ id, rule, reason: error.reason });
      }
    }
    return { relations, unchecked };
  }

  private relation(rule: Rule, id: string, bindings: Bindings, relations: Relation[]): void {
    const target = this.operands(rule.target!, bindings);
    const terms = rule.terms.map((term) => this.operands(term, bindings));
    // A column that this form does not have: nothing is said, so nothing can be wrong.
    if (!target || terms.some((term) => term === undefined)) return;
    const right = terms.flatMap((term) => term ?? []);
    if (target.length === 0 && right.length === 0) return;
    // A total over no line at all is not wrong: the table does not break it down.
    const total = target.find(({ cell }) => isNonZero(cell));
    if (right.length === 0 && total) {
      throw new Unresolved({ code: 'not-detailed', table: rule.target!.table });
    }
    const turned = target.length !== 1 && right.length === 1;
    relations.push({
      id,
      rule,
      left: turned ? right : target,
      right: turned ? target : right,
      comparator: rule.comparator === 'eq' ? 'eq' : turned ? 'le' : 'ge',
    });
  }

  private hierarchy(rule: Rule, bindings: Bindings, relations: Relation[]): void {
    const { table, row, column } = rule.target!;
    const tree = this.tree(this.table(table), row.side);
    for (const parent of tree.parents) {
      const cells = [parent, ...tree.children(parent)].map((member) =>
        this.disclosure.cell(table, member.id, fill(column.name, bindings)),
      );
      const [target, ...parts] = cells.map((cell) => cell && { cell, coefficient: 1 as const });
      if (!target) continue;
      relations.push({
        id: `${rule.id}@${target.cell.id}`,
        rule,
        left: [target],
        right: parts.flatMap((part) => part ?? []),
        comparator: 'eq',
      });
    }
  }

  private applies(rule: Rule, bindings: Bindings): boolean {
    const holds = ({ equal, zero, notNegative }: Conditions) => [
      ...(equal ? [this.isEqual(equal, bindings)] : []),
      ...(zero ? [this.isZero(zero, bindings)] : []),
      ...(notNegative ? [this.isNotNegative(notNegative, bindings)] : []),
    ];
    return (
      (!rule.when || holds(rule.when).every(Boolean)) &&
      (!rule.unless || !holds(rule.unless).some(Boolean))
    );
  }

  private isEqual([first, ...others]: readonly Address[], bindings: Bindings): boolean {
    const signed = [
      ...this.known(first!, bindings),
      ...others
        .flatMap((address) => this.known(address, bindings))
        .map(({ cell, coefficient }) => ({ cell, coefficient: -coefficient })),
    ];
    const place = Math.min(0, ...signed.map(({ cell }) => amountOf(cell).place));
    const sum = signed.reduce(
      (total, { cell, coefficient }) => total + BigInt(coefficient) * halves(amountOf(cell), place),
      0n,
    );
    return sum === 0n;
  }

  private isZero(addresses: readonly Address[], bindings: Bindings): boolean {
    return !addresses.some((a) => this.known(a, bindings).some(({ cell }) => isNonZero(cell)));
  }

  private isNotNegative(addresses: readonly Address[], bindings: Bindings): boolean {
    const below = ({ cell }: Operand) => amountOf(cell).units < 0n;
    return !addresses.some((address) => this.known(address, bindings).some(below));
  }

  /** Operands whose amounts are all known. */
  private known(address: Address, bindings: Bindings): readonly Operand[] {
    const operands = this.operands(address, bindings) ?? [];
    for (const { cell } of operands) {
      const reason = reasonOf(cell);
      if (reason) throw new Unresolved(reason);
    }
    return operands;
  }

  /** The cells an address means; undefined where the form has no such column. */
  private operands(address: Address, bindings: Bindings): readonly Operand[] | undefined {
    const table = this.table(address.table);
    const rows = this.rows(address, table, bindings);
    const cells: Operand[] = [];
    for (const row of rows) {
      const columns =
        address.column.by === 'set'
          ? this.columnSet(table, row, address.column.name)
          : [fill(address.column.name, bindings)];
      for (const column of columns) {
        const cell = this.disclosure.cell(address.table, row, column);
        if (!cell) return undefined;
        cells.push({ cell, coefficient: address.coefficient });
      }
    }
    return cells;
  }

  private columnSet(table: Table, rowId: string, set: string): string[] {
    const side = rowId.includes('.') ? rowId.slice(0, rowId.indexOf('.')) : '';
    const section = table.spec.sections.find(({ id }) => id === side);
    if (!section) return [];
    return table.columnsOf(section).flatMap(({ id, sets }) => (sets?.includes(set) ? [id] : []));
  }

  private rows({ table: id, row }: Address, table: Table, bindings: Bindings): string[] {
    const name = fill(row.name, bindings);
    const full = row.side ? `${row.side}.${name}` : name;
    if (row.by === 'id') return [full];
    const tree = this.tree(table, row.side);
    if (row.by === 'set') {
      if (name !== 'top') return setRows(table, row.side, name);
      return tree.top.filter(({ code }) => inClasses(code!, row)).map((member) => member.id);
    }
    const printed = table.rows.get(full);
    if (printed && !printed.code) return printed.printed ? [full] : tree.top.map((r) => r.id);
    const rolled = tree.rolled(name);
    if (!rolled) throw new Unresolved({ code: 'not-detailed', table: id });
    return rolled.length > 0 ? rolled.map((member) => member.id) : [full];
  }

  private *bindings(rule: Rule): Iterable<Bindings> {
    let all: Record<string, string>[] = [{}];
    for (const { name, sources } of rule.each) {
      const values = new Set(sources.flatMap((source) => this.values(source)));
      all = all.flatMap((known) => [...values].map((value) => ({ ...known, [name]: value })));
    }
    yield* all;
  }

  private values(source: BindingSource): string[] {
    if ('literal' in source) return [source.literal];
    const table = this.table(source.table);
    const tree = this.tree(table, source.side);
    switch (source.set) {
      case 'codes':
        return tree.rows.map(({ code }) => code!);
      case 'classes':
        return tree.classes;
      case 'rows':
        return [...table.rows.values()]
          .filter(({ section, printed }) => section.id === source.side && printed)
          .map(({ id }) => id);
      case 'columns': {
        const section = table.spec.sections.find(({ id }) => id === source.side);
        return section ? table.columnsOf(section).map(({ id }) => id) : [];
      }
    }
  }

  private targetId({ target, each }: Rule, bindings: Bindings): string {
    if (!target || target.row.by === 'set') return each.map(({ name }) => bindings[name]).join(',');
    const row = fill(target.row.name, bindings);
    const full = target.row.side ? `${target.row.side}.${row}` : row;
    return `${target.table}/${full}/${fill(target.column.name, bindings)}`;
  }

  private table(id: string): Table {
    return this.disclosure.tables.get(id)!;
  }

  private tree(table: Table, side: string): CodeTree {
    const key = `${table.spec.id}/${side}`;
    let tree = this.trees.get(key);
    if (!tree) this.trees.set(key, (tree = new CodeTree(table, side)));
    return tree;
  }
}

/** Whether the conditions of a rule are the same for all its instances. */
function isFixed({ when, unless }: Rule): boolean {
  const addresses = [when, unless].flatMap(conditionAddresses);
  return !addresses.some(({ row, column }) => (row.name + column.name).includes('{'));
}

function setRows(table: Table, side: string, set: string): string[] {
  const inSet = ({ section, spec }: Row) => section.id === side && spec?.sets?.includes(set);
  return [...table.rows.values()].filter(inSet).map(({ id }) => id);
}

function inClasses(code: string, { classes, except = false }: Address['row']): boolean {
  // Without a list of classes, `undefined !== false`: every code is in.
  return classes?.includes(code.slice(0, 3)) !== except;
}

function fill(template: string, bindings: Bindings): string {
  // Most names are bound to nothing.
  if (!template.includes('{')) return template;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => bindings[name] ?? '');
}
