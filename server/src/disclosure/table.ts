import { append, leastOf } from '../syntax/arrays';
import type { Entry, MapNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import { brokenRow } from './brokenRow';
import type { BrokenLines, TableDamage } from './damage';
import type { Problem, Row, Unit } from './model';
import { lostColonIn } from './lostColon';
import { halfWidth } from './mistyped';
import { indexOf } from './sectionIndex';
import { hasMoney, TableData, wholeRow } from './tableData';
import { rowId, rowKeys, tableKeys } from './ownKeys';
import { readUnit } from './unit';
import { asTotal, loneFigure } from './wholeFigure';
import { isMerge, misspeltCode, repeated, unknownKey } from './unknown';
import {
  KeyIndex,
  linesOf,
  normalizeKey,
  vocabulary,
  type ColumnSpec,
  type Layout,
  type RowSpec,
  type SectionSpec,
  type TableSpec,
} from './vocabulary';
import { asColumns, rewrite } from './writing';

interface Context {
  readonly tree: SyntaxTree;
  readonly damage: TableDamage | undefined;
  readonly spec: TableSpec;
  readonly entry: Entry;
  readonly unit: Unit;
  readonly layout: Layout;
  readonly year: number | undefined;
  readonly problems: Problem[];
  /** Lines that are broken, where nothing but them is damaged. */
  readonly broken?: BrokenLines | undefined;
}

/** `[]`, `无`, 本表无数据: a table that is kept and has no figures. */
function saysNothing(value: SyntaxNode): boolean {
  if (value.kind === 'sequence') return value.items.length === 0;
  if (value.kind !== 'scalar') return false;
  const said = wholeRow(value.text);
  const text = normalizeKey(value.text);
  return (
    said === 'blank' || said === 'marker' || vocabulary.noData.some((words) => text.includes(words))
  );
}

/** Reads a table; undefined where it cannot be read, which a problem then says. */
export function readTable(context: Context): TableData | undefined {
  const { damage, problems } = context;
  if (damage?.lines) {
    const alone: Problem[] = [];
    const broken = damage.lines;
    const table = readRows({ ...context, damage: undefined, broken, problems: alone });
    if (table) {
      append(problems, alone);
      return table;
    }
  }
  return new TableReader(context).read();
}

/** Reads a table of which nothing is damaged but `broken` lines; undefined where more is. */
export function readRows(context: Context): TableData | undefined {
  const reader = new TableReader(context);
  const table = reader.read();
  return reader.isContained ? table : undefined;
}

class TableReader {
  private readonly rows = new Map<string, Row>();
  private readonly usedColumns = new Set<string>();
  private readonly writtenSides = new Set<SectionSpec>();
  private readonly sides = new Map<SectionSpec, Entry>();
  private written = 0;
  private unit: Unit;
  /** False when the amounts cannot be told: the table says nothing then, right or wrong. */
  private readable = true;
  /** Entries under keys that are not known, looked at when all others have been read. */
  private readonly unknown: (() => Problem)[] = [];
  /** Amounts of which it is not certain what they are amounts of. */
  private readonly doubtful = new Set<Entry>();
  private doubting = false;
  private readonly hiddenSides = new Set<string>();
  private readonly hiddenColumns = new Set<Entry>();
  private readonly ownKeys = new Set<string>();
  /** Every broken line belongs to a row of which it is certain which one it is. */
  isContained = true;

  constructor(private readonly context: Context) {
    this.unit = context.unit;
  }

  read(): TableData | undefined {
    const { spec, entry, layout } = this.context;
    const { value } = entry;
    if (value) this.refuse(value.kind === 'map' ? entry.key : value);
    if (value && value.kind !== 'map' && !saysNothing(value)) {
      this.problem('input.table-not-a-map', value);
      return undefined;
    }
    if (value?.kind === 'map') this.readBody(value);
    this.doubting = true;
    for (const problemOf of this.unknown) this.context.problems.push(problemOf());
    if (!this.readable) return undefined;
    const { broken } = this.context;
    const known = [...this.rows.values()].flatMap((row) => row.entry ?? []);
    const isHalfTyped = broken?.hasMoreThan(known) === true;
    if (isHalfTyped) for (const { id } of spec.sections) this.hiddenSides.add(id);
    for (const section of spec.sections) this.supplyRows(section);
    const unwritten = spec.sections.filter((section) => !this.isWritten(section));
    const columns = layout.tables.find(({ id }) => id === spec.id)?.columns;
    const empty = this.written === 0;
    return new TableData({
      spec,
      title: entry.key.text.trim(),
      entry,
      unit: this.unit,
      rows: this.rows,
      empty,
      layoutColumns: columns,
      usedColumns: this.usedColumns,
      doubtful: this.doubtful,
      unwrittenSides: unwritten,
      incomplete: new Set(spec.sections.filter((s) => this.isIncomplete(s)).map(({ id }) => id)),
      damage: this.context.damage,
      unknown: { sides: this.hiddenSides, rows: this.hiddenColumns, isHalfTyped },
    });
  }

  /** A side that is not there says nothing, where the other one is; in an empty table both are. */
  private isWritten(section: SectionSpec): boolean {
    return section.id === '' || this.written === 0 || this.writtenSides.has(section);
  }

  private isIncomplete(section: SectionSpec): boolean {
    const { damage } = this.context;
    const side = this.sides.get(section);
    return damage !== undefined && (!side || damage.reaches(side));
  }

  private readBody(body: MapNode): void {
    const sides = this.context.spec.sections.filter(({ id }) => id !== '');
    const main = this.context.spec.sections.find(({ id }) => id === '');
    for (const entry of body.entries) {
      const tableKey = tableKeys.get(entry.key.text);
      if (tableKey) {
        this.ownKeys.add(tableKey);
        this.refuse(entry);
      }
      if (tableKey === 'unit') {
        const { length } = this.context.problems;
        this.unit = readUnit(entry, this.context.unit, this.context.problems);
        this.readable = this.context.problems.length === length;
      } else if (!tableKey) {
        const side = sides.find(({ key }) => key === normalizeKey(entry.key.text));
        if (side) this.readSide(side, entry);
        else if (main) this.readRow(main, entry);
        else this.unknownSide(entry);
      }
    }
  }

  /** What is no row must not be broken. */
  private refuse(node: Entry | SyntaxNode): void {
    if (this.isBroken(node)) this.isContained = false;
  }

  private isBroken(node: Entry | SyntaxNode): boolean {
    return this.context.broken?.reach(node) === true;
  }

  private unknownSide(entry: Entry): void {
    this.refuse(entry);
    const sides = this.context.spec.sections.map((side) => [side.key!, side] as const);
    const names = [...sides, ...tableKeys.names];
    const isTaken = (found: SectionSpec | string) =>
      typeof found === 'string' ? this.ownKeys.has(found) : this.sides.has(found);
    this.unknown.push(() => {
      const found = unknownKey('input.unknown-row', entry, names, isTaken, this.args, 2);
      const { meant } = found;
      if (typeof meant === 'object') this.readSide(meant, entry);
      else if (meant === 'unit') this.readable = false;
      else for (const { id } of this.context.spec.sections) this.hide(id, entry);
      return found.problem;
    });
  }

  /** What an unknown key has may belong to any row of the side. */
  private hide(side: string, entry: Entry): void {
    if (hasMoney(entry)) this.hiddenSides.add(side);
  }

  private readSide(section: SectionSpec, side: Entry): void {
    this.repeated(this.sides.get(section), side);
    this.sides.set(section, side);
    this.refuse(side.key);
    const { value } = side;
    if (value?.kind === 'map') this.writtenSides.add(section);
    else if (value) this.problem('input.table-not-a-map', value);
    for (const entry of value?.kind === 'map' ? value.entries : []) this.readRow(section, entry);
  }

  private readRow(section: SectionSpec, entry: Entry): void {
    const spec = indexOf(section).rows.get(entry.key.text);
    if (this.isBroken(entry)) return this.addBroken(section, spec, entry);
    if (!spec && !entry.value && this.context.damage?.reaches(entry)) return;
    if (spec?.parts && entry.value?.kind === 'map') return this.readParts(section, spec, entry);
    const code = spec ? undefined : this.codeOf(section, entry);
    if (spec) this.addRow(section, entry, rowId(section, spec.id), spec, undefined);
    else if (code) this.addRow(section, entry, rowId(section, code), undefined, code);
    else if (this.isColumnOfRows(section, entry)) this.readColumn(section, entry);
    else if (!isMerge(entry)) this.unknown.push(() => this.unknownRow(section, entry));
  }

  /** Of a row with a broken line it is told which one it is, and nothing else. */
  private addBroken(section: SectionSpec, spec: RowSpec | undefined, entry: Entry): void {
    const row = brokenRow(section, spec, entry);
    if (!row || this.rows.has(row.id)) {
      this.isContained = false;
      return;
    }
    for (const column of row.values.keys()) this.usedColumns.add(column);
    this.written++;
    this.rows.set(row.id, row);
  }

  /** Some forms print a table of named rows turned over: `预算数: {合计: …, 公务接待费: …}`. */
  private isColumnOfRows(section: SectionSpec, { key, value }: Entry): boolean {
    return !section.codes && value?.kind === 'map' && !!indexOf(section).columns.get(key.text);
  }

  private readColumn(section: SectionSpec, entry: Entry): void {
    const column = indexOf(section).columns.get(entry.key.text)!;
    this.usedColumns.add(column.id);
    const { rows } = indexOf(section);
    const pending = [{ body: entry.value as MapNode, total: undefined as RowSpec | undefined }];
    for (const { body, total } of pending) {
      for (const child of body.entries) {
        const isTotal = total && normalizeKey(child.key.text) === normalizeKey(total.totalKey!);
        const spec = isTotal ? total : rows.get(child.key.text);
        if (spec?.totalKey && child.value?.kind === 'map') {
          pending.push({ body: child.value, total: spec });
        } else if (spec) this.addFigure(section, spec, column, child);
        else if (!isMerge(child)) {
          this.unknown.push(() => {
            this.hide(section.id, child);
            const isTaken = ({ id }: RowSpec) =>
              this.rows.get(rowId(section, id))?.values.has(column.id) === true;
            return unknownKey('input.unknown-row', child, rows.names, isTaken, this.args).problem;
          });
        }
      }
    }
  }

  /** One figure of a row that is written column by column. */
  private addFigure(section: SectionSpec, spec: RowSpec, column: ColumnSpec, entry: Entry): void {
    const id = rowId(section, spec.id);
    const row = this.rows.get(id);
    if (row?.broken) this.isContained = false;
    this.repeated(row?.values.get(column.id), entry);
    const values = new Map(row?.values).set(column.id, entry);
    const own = { id, section, spec, code: undefined, entry, name: undefined, printed: true };
    this.rows.set(id, { ...own, ...row, values });
    this.written++;
  }

  private unknownRow(section: SectionSpec, entry: Entry): Problem {
    const isWritten = (id: string) => this.rows.get(rowId(section, id))?.entry !== undefined;
    const { codes } = section;
    const isKey = codes && !lostColonIn(entry);
    const code = isKey && misspeltCode(entry, codes.levels, isWritten, this.args);
    if (code) {
      this.addRow(section, entry, rowId(section, code.meant!), undefined, code.meant);
      return code.problem;
    }
    const own = section.id === '' ? tableKeys.names : [];
    const names = [...indexOf(section).rows.names, ...own];
    const isTaken = (found: RowSpec | string) =>
      typeof found === 'string' ? this.ownKeys.has(found) : isWritten(found.id);
    const { problem, meant } = unknownKey('input.unknown-row', entry, names, isTaken, this.args);
    if (meant === 'unit') this.readable = false;
    else if (typeof meant === 'object' && !meant.parts) {
      this.addRow(section, entry, rowId(section, meant.id), meant, undefined);
    } else this.hide(section.id, entry);
    return problem;
  }

  /** A subject code of this section; digits of a wrong length are reported and still kept as a row. */
  private codeOf(section: SectionSpec, entry: Entry): string | undefined {
    const { key } = entry;
    const written = key.text.trim();
    const text = halfWidth(written);
    if (!section.codes || !/^\d+$/.test(text)) return undefined;
    if (text !== written) {
      const fixes = [rewrite(key, text, true)];
      const args = { ...this.args, key: written, code: text };
      this.context.problems.push({ code: 'input.code-width', at: key, args, fixes });
    }
    if (section.codes.levels.includes(text.length)) return text;
    this.problem('input.code-length', key, {
      code: text,
      lengths: section.codes.levels.join('、'),
    });
    // Of which other row it is a part, nobody knows.
    this.hide(section.id, entry);
    return text.length > leastOf(section.codes.levels) ? text : undefined;
  }

  /** `年初财政拨款结转和结余: {合计: …, 一般公共预算财政拨款: …}` */
  private readParts(section: SectionSpec, spec: RowSpec, entry: Entry): void {
    const parts = new KeyIndex(spec.parts!.map((part) => [part, part]));
    const totalKey = normalizeKey(spec.totalKey ?? '');
    let total: Entry | undefined;
    for (const child of (entry.value as MapNode).entries) {
      const part = parts.get(child.key.text);
      if (part) this.addRow(section, child, rowId(section, part.id), part, undefined);
      else if (normalizeKey(child.key.text) === totalKey) total = child;
      else {
        const isTaken = ({ id }: RowSpec) => this.rows.get(rowId(section, id))?.entry !== undefined;
        this.unknown.push(() => {
          this.hide(section.id, child);
          return unknownKey('input.unknown-row', child, parts.names, isTaken, this.args).problem;
        });
      }
    }
    if (total) this.addRow(section, total, rowId(section, spec.id), spec, undefined);
  }

  private addRow(
    section: SectionSpec,
    entry: Entry,
    id: string,
    spec: RowSpec | undefined,
    code: string | undefined,
  ): void {
    const values = new Map<string, Entry>();
    let name: Row['name'];
    const { value } = entry;
    const only = section.columns.length === 1 ? section.columns[0] : undefined;
    const lone = loneFigure(entry, this.placeIn(section), this.args);
    if (lone) {
      this.context.problems.push(lone);
      this.hiddenColumns.add(entry);
    } else if (value?.kind === 'map') {
      for (const child of value.entries) {
        const column = indexOf(section).columns.get(child.key.text);
        const rowKey = rowKeys.get(child.key.text);
        if (column) {
          this.repeated(values.get(column.id), child);
          values.set(column.id, child);
          this.usedColumns.add(column.id);
        } else if (rowKey === 'name') {
          if (child.value?.kind === 'scalar') name = child.value;
        } else if (!rowKey && !isMerge(child)) {
          this.unknown.push(() => this.unknownColumn(section, entry, child, values));
        }
      }
    } else if (only) {
      values.set(only.id, entry);
    } else if (value && !(value.kind === 'scalar' && wholeRow(value.text))) {
      this.context.problems.push({
        code: 'input.row-not-a-map',
        at: value,
        args: { ...this.args, row: entry.key.text },
        ...(value.kind === 'scalar' && { fixes: asTotal(value, this.placeIn(section)) }),
        ...(value.kind === 'sequence' && { fixes: asColumns(value, this.context.tree) }),
      });
    }
    if (this.doubting) for (const written of values.values()) this.doubtful.add(written);
    this.written++;
    if (this.rows.get(id)?.broken) this.isContained = false;
    const first = this.rows.get(id)?.entry;
    this.repeated(first, entry);
    // Which of the two is meant, and for what row the other was, nobody knows.
    if (first) this.hide(section.id, first);
    this.rows.set(id, { id, section, spec, code, entry, values, name, printed: true });
  }

  private placeIn(section: SectionSpec) {
    return { section, tree: this.context.tree, unit: this.unit };
  }

  private unknownColumn(
    section: SectionSpec,
    row: Entry,
    entry: Entry,
    values: Map<string, Entry>,
  ): Problem {
    const names = [...indexOf(section).columns.names, ...rowKeys.names];
    const isTaken = (found: ColumnSpec | string) =>
      typeof found !== 'string' && values.has(found.id);
    const { problem, meant } = unknownKey('input.unknown-column', entry, names, isTaken, this.args);
    if (typeof meant === 'object') {
      values.set(meant.id, entry);
      this.usedColumns.add(meant.id);
      this.doubtful.add(entry);
    } else if (hasMoney(entry)) this.hiddenColumns.add(row);
    return problem;
  }

  /** Lines of the form that the file does not write. A total is a value to check, never supplied. */
  private supplyRows(section: SectionSpec): void {
    const sideWritten = this.isWritten(section);
    const supply = (id: string, spec: RowSpec | undefined, code: string | undefined) => {
      const full = rowId(section, id);
      if (this.rows.has(full)) return;
      const printed = this.written === 0 || (sideWritten && !spec?.total);
      const row = { entry: undefined, values: new Map(), name: undefined };
      this.rows.set(full, { id: full, section, spec, code, printed, ...row });
    };
    if (section.codes?.lines && this.written > 0 && sideWritten) {
      for (const code of linesOf(section.codes.lines, this.context.year)) {
        supply(code, undefined, code);
      }
    }
    for (const spec of section.rows) {
      supply(spec.id, spec, undefined);
      for (const part of spec.parts ?? []) supply(part.id, part, undefined);
    }
  }

  private get args(): { table: string } {
    return { table: this.context.entry.key.text };
  }

  private repeated(first: Entry | undefined, second: Entry): void {
    append(this.context.problems, repeated(first, second, this.args));
  }

  private problem(code: string, at: SyntaxNode, args: Record<string, string> = {}): void {
    this.context.problems.push({ code, at, args: { ...this.args, ...args } });
  }
}
