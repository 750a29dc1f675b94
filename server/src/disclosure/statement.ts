import { append } from '../syntax/arrays';
import type { Entry, MapNode, ScalarNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import type { Damage, TableDamage } from './damage';
import { halfWidth } from './mistyped';
import type { Problem, Project, Row, Unit } from './model';
import { itemKeys, rowId, rowsOf, sidesOf, tableKeys } from './ownKeys';
import { facetsOf, isNamedAfterFigure, StatementData } from './statementData';
import { FacetReader } from './statementFacets';
import { codeIn, identityOf, projectOf, type Identity } from './statementItems';
import { hasMoney } from './tableData';
import { readUnit } from './unit';
import { isMerge, repeated, unknownKey } from './unknown';
import { rewrite } from './writing';
import {
  type KeyIndex,
  normalizeKey,
  vocabulary,
  type SectionSpec,
  type TableSpec,
} from './vocabulary';

/** What reading is done in. */
export interface Context {
  readonly tree: SyntaxTree;
  readonly damage: Damage;
  readonly unit: Unit;
  readonly problems: Problem[];
}

/** Reads the rows of one statement. */
export class StatementReader {
  private readonly rows = new Map<string, Row>();
  private readonly doubtful = new Set<Entry>();
  private readonly sides: KeyIndex<SectionSpec>;
  private readonly written = new Map<SectionSpec, Entry>();
  /** Sides with figures under names that are not known. */
  private readonly hiddenSides = new Set<string>();
  private unit: Unit;
  private project: Project | undefined;

  constructor(
    private readonly spec: TableSpec,
    private readonly entry: Entry,
    private readonly context: Context,
    private readonly within: readonly string[],
    private readonly damage: TableDamage | undefined,
  ) {
    this.unit = context.unit;
    this.sides = sidesOf(spec);
  }

  read(body: SyntaxNode | undefined): StatementData {
    const main = this.spec.sections.find(({ id }) => id === '');
    if (body?.kind === 'map') this.readBody(body, main);
    else if (main?.flat && body?.kind === 'scalar') this.readFlat(main, this.entry);
    for (const section of this.spec.sections) this.supplyRows(section);
    const fields = {
      spec: this.spec,
      title: this.spec.key,
      entry: this.entry,
      unit: this.unit,
      rows: this.rows,
      empty: ![...this.rows.values()].some(({ printed }) => printed),
      layoutColumns: undefined,
      usedColumns: new Set<string>(),
      doubtful: this.doubtful,
      unwrittenSides: [],
      incomplete: new Set(this.damage ? this.spec.sections.map(({ id }) => id) : []),
      damage: this.damage,
      unknown: { sides: this.hiddenSides, rows: new Set<Entry>() },
    };
    return new StatementData(fields, this.within, this.project);
  }

  /** A form; one that names no project is known by its number. */
  readForm(body: SyntaxNode | undefined, index: number): StatementData {
    const node = body?.kind === 'scalar' ? body : this.entry.key;
    this.project = { code: String(index + 1), node, printedAs: undefined };
    return this.read(body);
  }

  private readBody(body: MapNode, main: SectionSpec | undefined): void {
    const own: Entry[] = [];
    for (const entry of body.entries) {
      const side = this.sides.get(entry.key.text);
      const known = main && facetsOf(main).get(entry.key.text) ? undefined : this.ownKey(entry);
      if (side) this.readSide(side, entry);
      else if (known === 'unit') this.unit = readUnit(entry, this.unit, this.context.problems);
      else if (known === 'project') this.project = projectOf(entry) ?? this.project;
      else if (known !== 'note' && !this.isText(entry)) own.push(entry);
    }
    if (main?.flat && own.length > 0) this.addRow(main, main.flat, {}, this.entry, own);
    else if (main) for (const entry of own) this.readRow(main, entry);
    else for (const entry of own) this.unknown(entry, this.sides.names, this.written);
  }

  private isText({ key }: Entry): boolean {
    const name = normalizeKey(key.text);
    return (this.spec.texts ?? []).some((text) => normalizeKey(text) === name);
  }

  private ownKey({ key }: Entry): string | undefined {
    if (this.spec.repeated && itemKeys.get(key.text) === 'project') return 'project';
    return tableKeys.get(key.text);
  }

  private readSide(side: SectionSpec, entry: Entry): void {
    append(this.context.problems, repeated(this.written.get(side), entry, this.args));
    this.written.set(side, entry);
    const { value } = entry;
    if (side.items) {
      for (const item of value?.kind === 'sequence' ? value.items : []) {
        if (item?.kind === 'map') this.readItem(side, item, entry);
      }
    } else if (side.flat) this.readFlat(side, entry);
    else if (value?.kind !== 'map') return;
    else if (side.transposed) this.readTransposed(side, value);
    else for (const child of value.entries) this.readRow(side, child);
  }

  private readFlat(section: SectionSpec, entry: Entry): void {
    const { value } = entry;
    // A single figure stands for the section's first; words are text, but where a figure is what it is called after.
    const isFigure =
      isNamedAfterFigure(section) || (value?.kind === 'scalar' && isAmount(value.text));
    const isText = value?.kind !== 'map' && !isFigure;
    const facets = value?.kind === 'map' ? value.entries : [entry];
    if (!isText) this.addRow(section, section.flat!, {}, entry, facets);
  }

  private readRow(section: SectionSpec, entry: Entry): void {
    const spec = rowsOf(section).get(entry.key.text);
    const code = spec ? undefined : codeIn(section, entry.key);
    const facets = entry.value?.kind === 'map' ? entry.value.entries : [entry];
    if (spec) this.addRow(section, spec.id, { spec }, entry, facets);
    else if (code) {
      this.checkWidth(entry.key);
      this.addRow(section, code, { code, titleNode: entry.key }, entry, facets);
    } else if (section.names) {
      const title = entry.key.text.trim();
      this.addRow(section, title, { title, titleNode: entry.key }, entry, facets);
    } else if (!isMerge(entry)) {
      this.unknown(entry, rowsOf(section).names, new Map());
      if (hasMoney(entry)) this.hiddenSides.add(section.id);
    }
  }

  /** An item of a list, told apart by its code, its project or its indicator. */
  private readItem(section: SectionSpec, item: MapNode, list: Entry): void {
    const identity = identityOf(section, item);
    if (!identity) {
      this.problem('input.item-unnamed', item, { by: vocabulary.itemKeys[section.items!]!.key });
      return;
    }
    if (identity.code) this.checkWidth(identity.titleNode!);
    const id = identity.code ?? identity.title!;
    if (this.rows.has(rowId(section, id))) {
      this.problem('input.duplicate-item', identity.titleNode!, { key: id });
    }
    this.addRow(section, id, identity, list, item.entries);
  }

  private checkWidth(node: ScalarNode): void {
    const key = node.text.trim();
    const code = halfWidth(key);
    if (code === key) return;
    const fixes = [rewrite(node, code, true)];
    const args = { ...this.args, key, code };
    this.context.problems.push({ code: 'input.code-width', at: node, args, fixes });
  }

  /** `预期: {新增就业: 7500}`: columns that hold rows. */
  private readTransposed(section: SectionSpec, body: MapNode): void {
    const values = new Map<string, { key: ScalarNode; facets: Map<string, Entry> }>();
    for (const entry of body.entries) {
      const facet = facetsOf(section).get(entry.key.text);
      if (!facet) this.unknown(entry, facetsOf(section).names, new Map());
      for (const child of facet && entry.value?.kind === 'map' ? entry.value.entries : []) {
        const title = child.key.text.trim();
        const row = values.get(title) ?? { key: child.key, facets: new Map<string, Entry>() };
        row.facets.set(facet!.column.id, child);
        values.set(title, row);
      }
    }
    for (const [title, { key, facets }] of values) {
      const id = rowId(section, title);
      const base = { spec: undefined, code: undefined, name: undefined, printed: true };
      const entry = [...facets.values()][0];
      this.rows.set(id, { ...base, id, section, entry, values: facets, title, titleNode: key });
    }
  }

  private addRow(
    section: SectionSpec,
    id: string,
    { spec, code, title, titleNode }: Partial<Identity>,
    entry: Entry,
    facets: readonly Entry[],
  ): void {
    const full = rowId(section, id);
    const body = new FacetReader(section, this.args, this.context.problems);
    const nested: Entry[] = [];
    for (const facet of facets) {
      // A row that is written as a figure alone.
      if (facet === entry) body.readOnly(entry);
      else if (section.nested && itemKeys.get(facet.key.text) === 'nested') nested.push(facet);
      else body.read(facet);
    }
    const { values, name, printedAs, project } = body;
    const before = this.rows.get(full);
    if (!section.items) append(this.context.problems, repeated(before?.entry, entry, this.args));
    const isDoubled = before && [...before.values.values(), ...values.values()].some(hasMoney);
    if (isDoubled) this.hiddenSides.add(section.id);
    this.rows.set(full, {
      ...{ id: full, section, spec, code, entry, values, name, printed: true },
      ...(title !== undefined && { title }),
      ...(titleNode && { titleNode }),
      ...(printedAs && { printedAs }),
      ...(project && { project }),
      ...(isDoubled && { doubled: true }),
    });
    for (const { value } of nested) {
      for (const child of value?.kind === 'map' ? value.entries : []) this.readRow(section, child);
    }
  }

  private supplyRows(section: SectionSpec): void {
    const specs = section.flat ? [] : section.rows;
    for (const spec of specs) {
      const id = rowId(section, spec.id);
      if (this.rows.has(id)) continue;
      const row = { entry: undefined, values: new Map(), name: undefined, code: undefined };
      this.rows.set(id, { id, section, spec, ...row, printed: false });
    }
  }

  private unknown(
    entry: Entry,
    names: readonly (readonly [string, unknown])[],
    taken: ReadonlyMap<unknown, Entry>,
  ): void {
    const isTaken = (value: unknown) => taken.has(value);
    const { problem } = unknownKey('input.unknown-row', entry, names, isTaken, this.args);
    this.context.problems.push(problem);
  }

  private get args(): { table: string } {
    return { table: this.entry.key.text };
  }

  private problem(code: string, at: SyntaxNode, args: Record<string, string> = {}): void {
    this.context.problems.push({ code, at, args: { ...this.args, ...args } });
  }
}

const isAmount = (text: string) => /^[+-]?\d[\d,.]*$/.test(halfWidth(text).trim());
