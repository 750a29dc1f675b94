import type { Disclosure, Mode, Row, Table } from '../disclosure/model';
import { rowId } from '../disclosure/ownKeys';
import { normalizeKey } from '../disclosure/vocabulary';
import { push } from '../syntax/multimap';
import { CodeTree } from './codeTree';
import { Log, type Judgement } from './log';
import { brokenIn, reasonOf, type Operand } from './relation';
import {
  beside,
  columnSet,
  groupRows,
  hasMoney,
  inClasses,
  isLink,
  namesIn,
  printedRows,
  projectRows,
  setRows,
} from './rowsOf';
import type { Address, BindingSource, PlaceSource } from './rule';
import { fill, Unresolved, type Place, type Scope } from './scope';

/** Resolves addresses by meaning to the cells of one document. */
export class Resolver {
  private readonly trees = new Map<string, CodeTree>();
  private readonly titles = new Map<Table, ReadonlyMap<string, readonly string[]>>();
  private readonly wholes = new Map<string, readonly Operand[]>();
  /** Conditions that are the same for all instances of a rule, by what they speak of. */
  readonly judged = new Map<readonly Address[], Judgement>();

  /** @param form which of the forms a rule about forms is applied to */
  constructor(
    private readonly disclosure: Disclosure,
    private readonly form?: Table,
    readonly log = new Log(),
  ) {}

  /** The same for one form. */
  within(form: Table): Resolver {
    return new Resolver(this.disclosure, form, this.log);
  }

  /** How the document rounds. */
  get mode(): Mode {
    return this.disclosure.mode;
  }

  table(id: string): Table {
    return this.find(id)!;
  }

  find(id: string): Table | undefined {
    return this.form?.spec.id === id ? this.form : this.disclosure.tables.get(id);
  }

  /** The cells an address means; undefined where the form has no such column. */
  operands(address: Address, scope: Scope): readonly Operand[] | undefined {
    const table = this.tableOf(address, scope);
    if (!table) return undefined;
    const printed = this.rows(address, scope);
    // What a text names is not there: nothing is said of it.
    if (printed.length === 0 && isLink(address)) return undefined;
    const { by, name } = address.column;
    const only = by === 'id' ? [fill(name, scope)] : undefined;
    const rows = only ? this.instead(table, address, printed, only[0]!) : printed;
    const cells: Operand[] = [];
    for (const row of rows) {
      for (const column of only ?? columnSet(table, row, name)) {
        const cell = table.cell(row, column);
        if (!cell) return undefined;
        this.log.add(cell);
        const operand = { cell, coefficient: address.coefficient };
        // A list of one has no room for more, as one that grows has.
        if (only && rows.length === 1) return [operand];
        cells.push(operand);
      }
    }
    return cells.slice();
  }

  /** A total that its row leaves out is what the topmost codes are together, as without the row. */
  private instead(
    table: Table,
    { row: { by, side } }: Address,
    rows: readonly string[],
    column: string,
  ): readonly string[] {
    const row = by === 'rolled' && rows.length === 1 ? table.rows.get(rows[0]!) : undefined;
    if (!row?.entry || row.code || row.broken || row.values.size === 0) return rows;
    if (table.cell(row.id, column)?.state !== 'missing' || row.values.has(column)) return rows;
    if (table.isIncomplete(side)) return rows;
    const { top } = this.tree(table, side);
    return top.length > 0 ? top.map(({ id }) => id) : rows;
  }

  /** Operands whose amounts are all known. */
  known(address: Address, scope: Scope): readonly Operand[] {
    const operands = this.operands(address, scope) ?? [];
    for (const { cell } of operands) {
      const reason = reasonOf(cell);
      if (reason) throw new Unresolved(reason);
    }
    return operands;
  }

  /** Ids of the rows an address means. */
  rows(address: Address, scope: Scope): string[] {
    const { row } = address;
    const table = this.tableOf(address, scope);
    if (!table) return [];
    const name = fill(row.name, scope);
    if (row.by === 'place')
      return [name === '' ? scope.place!.row : beside(scope.place!.row, name)];
    if (row.by === 'title') return this.titled(table, [this.placeRow(scope)?.title]);
    if (row.by === 'named') return this.titled(table, namesIn(this.placeRow(scope), name));
    const full = row.side ? `${row.side}.${name}` : name;
    if (row.by === 'id') return [full];
    const tree = this.tree(table, row.side);
    const incomplete = table.isIncomplete(row.side);
    if (row.by === 'set') {
      if (incomplete) throw new Unresolved(brokenIn(table));
      if (name === 'in') return groupRows(table, row.side, fill(row.classes?.[0] ?? '', scope));
      if (name === 'project')
        return projectRows(table, row.side, fill(row.classes?.[0] ?? '', scope));
      if (name === 'top') return tree.top.filter(inClasses(row)).map(({ id }) => id);
      if (name === 'codes') return tree.rows.filter(inClasses(row)).map(({ id }) => id);
      return setRows(table, row.side, name);
    }
    const printed = table.rows.get(full);
    if (printed?.entry && incomplete) return [full];
    if (incomplete) throw new Unresolved(brokenIn(table));
    if (printed && !printed.code) return printed.printed ? [full] : tree.top.map((r) => r.id);
    const rolled = tree.rolled(name);
    if (!rolled || (tree.rows.length === 0 && hasMoney(table, row.side, this.log)))
      throw new Unresolved({ code: 'not-detailed', table: table.id });
    return rolled.length > 0 ? rolled.map((member) => member.id) : [full];
  }

  /** The shares that stand beside the one of a place, together with it; not totals, nor parts of parts. */
  whole(scope: Scope, column: string): readonly Operand[] {
    const row = this.placeRow(scope);
    const table = scope.place && this.find(scope.place.table);
    if (!row || !table) return [];
    const key = `${table.id}/${row.section.id}/${column}`;
    const known = this.wholes.get(key);
    if (known) return known;
    const tree = this.tree(table, row.section.id);
    const top = new Set(tree.top);
    const isTold = (id: string) => table.cell(rowId(row.section, id), column)?.entry !== undefined;
    const rows = printedRows(table, row.section.id).filter(
      (other) =>
        !other.spec?.total &&
        (!other.code || top.has(other)) &&
        !(other.spec?.of !== undefined && isTold(other.spec.of)),
    );
    const whole = rows.flatMap(({ id }) => {
      const cell = table.cell(id, column);
      return cell?.entry ? [{ cell, coefficient: 1 as const }] : [];
    });
    this.wholes.set(key, whole);
    return whole;
  }

  private placeRow({ place }: Scope): Row | undefined {
    return place && this.find(place.table)?.rows.get(place.row);
  }

  /** Rows by what they are called: an indicator of the register, a line by its key. */
  private titled(table: Table, names: readonly (string | undefined)[]): string[] {
    const titles = this.titlesOf(table);
    const found = names.flatMap((name) =>
      name === undefined ? [] : (titles.get(normalizeKey(name)) ?? []),
    );
    if (found.length < 2) return found;
    const wanted = new Set(found);
    return [...table.rows.keys()].filter((id) => wanted.has(id));
  }

  /** The rows of a table by what they are called. */
  private titlesOf(table: Table): ReadonlyMap<string, readonly string[]> {
    const known = this.titles.get(table);
    if (known) return known;
    const titles = new Map<string, string[]>();
    for (const { id, title, spec } of table.rows.values()) {
      const own = [title, spec?.key, ...(spec?.alias ?? [])];
      for (const name of new Set(own.flatMap((n) => (n === undefined ? [] : normalizeKey(n))))) {
        push(titles, name, id);
      }
    }
    this.titles.set(table, titles);
    return titles;
  }

  tableOf({ table, row }: Address, { place }: Scope): Table | undefined {
    return row.by === 'place' ? this.find(place?.table ?? '') : this.find(table);
  }

  /** The values of a binding. */
  values(source: BindingSource): string[] {
    if ('literal' in source) return [source.literal];
    const table = this.find(source.table);
    if (!table) return [];
    switch (source.set) {
      case 'codes':
        return this.tree(table, source.side).rows.map(({ code }) => code!);
      case 'leaves': {
        const tree = this.tree(table, source.side);
        return tree.rows.flatMap((row) => (tree.children(row).length > 0 ? [] : row.code!));
      }
      case 'classes':
        return this.tree(table, source.side).classes;
      case 'rows':
        return printedRows(table, source.side).map(({ id }) => id);
      case 'titles':
        return printedRows(table, source.side).flatMap(({ title }) => title ?? []);
      case 'columns': {
        const section = table.spec.sections.find(({ id }) => id === source.side);
        return section ? table.columnsOf(section).map(({ id }) => id) : [];
      }
    }
  }

  /** The printed rows that a rule is at. */
  places({ table: id, side, row }: PlaceSource): Place[] {
    const table = this.find(id);
    if (!table) return [];
    const rows = row === '' ? printedRows(table, side) : [table.rows.get(row)];
    return rows.flatMap((found) => (found?.printed ? { table: id, row: found.id } : []));
  }

  tree(table: Table, side: string): CodeTree {
    const key = `${table.id}/${side}`;
    let tree = this.trees.get(key);
    if (!tree) this.trees.set(key, (tree = new CodeTree(table, side)));
    return tree;
  }
}
