import type { Entry, MapNode, SyntaxNode } from '../syntax/tree';
import { parseAmount, ZERO, type Amount } from './amount';
import type { Cell, CellState, Problem, Row, Table, Unit } from './model';
import { readUnit } from './unit';
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

const tableKeys = new KeyIndex(
  Object.entries(vocabulary.tableKeys).map(([id, named]) => [named, id]),
);
const rowKeys = new KeyIndex(Object.entries(vocabulary.rowKeys).map(([id, named]) => [named, id]));
const markers = new Set(vocabulary.markers.map(normalizeKey));

interface Context {
  readonly spec: TableSpec;
  readonly entry: Entry;
  readonly unit: Unit;
  readonly layout: Layout;
  readonly year: number | undefined;
  readonly problems: Problem[];
}

interface SectionIndexes {
  readonly rows: KeyIndex<RowSpec>;
  readonly columns: KeyIndex<ColumnSpec>;
}

const indexes = new Map<SectionSpec, SectionIndexes>(
  vocabulary.tables.flatMap(({ sections }) =>
    sections.map((section) => [
      section,
      {
        rows: new KeyIndex(section.rows.map((row) => [row, row])),
        columns: new KeyIndex(section.columns.map((column) => [column, column])),
      },
    ]),
  ),
);

const rowId = (section: SectionSpec, id: string) => (section.id ? `${section.id}.${id}` : id);

/** Reads a table; undefined where it cannot be read, which a problem then says. */
export function readTable(context: Context): TableData | undefined {
  return new TableReader(context).read();
}

class TableReader {
  private readonly rows = new Map<string, Row>();
  private readonly usedColumns = new Set<string>();
  private readonly writtenSides = new Set<SectionSpec>();
  private written = 0;
  private unit: Unit;
  /** False when the amounts cannot be told: the table says nothing then, right or wrong. */
  private readable = true;

  constructor(private readonly context: Context) {
    this.unit = context.unit;
  }

  read(): TableData | undefined {
    const { spec, entry, layout } = this.context;
    const { value } = entry;
    if (value && value.kind !== 'map' && !(value.kind === 'sequence' && value.items.length === 0)) {
      this.problem('input.table-not-a-map', value);
      return undefined;
    }
    if (value?.kind === 'map') this.readBody(value);
    if (!this.readable) return undefined;
    for (const section of spec.sections) this.supplyRows(section);
    const unwritten = spec.sections.filter((section) => !this.isWritten(section));
    const columns = layout.tables.find(({ id }) => id === spec.id)?.columns;
    const empty = this.written === 0;
    return new TableData(
      spec,
      entry,
      this.unit,
      this.rows,
      empty,
      columns,
      this.usedColumns,
      unwritten,
    );
  }

  /** A side that is not there says nothing, where the other one is; in an empty table both are. */
  private isWritten(section: SectionSpec): boolean {
    return section.id === '' || this.written === 0 || this.writtenSides.has(section);
  }

  private readBody(body: MapNode): void {
    const sides = this.context.spec.sections.filter(({ id }) => id !== '');
    const main = this.context.spec.sections.find(({ id }) => id === '');
    for (const entry of body.entries) {
      const tableKey = tableKeys.get(entry.key.text);
      if (tableKey === 'unit') {
        const { length } = this.context.problems;
        this.unit = readUnit(entry, this.context.unit, this.context.problems);
        this.readable = this.context.problems.length === length;
      } else if (!tableKey) {
        const side = sides.find(({ key }) => key === normalizeKey(entry.key.text));
        if (side) this.readSide(side, entry);
        else if (main) this.readRow(main, entry);
        else this.problem('input.unknown-row', entry.key, { key: entry.key.text });
      }
    }
  }

  private readSide(section: SectionSpec, { value }: Entry): void {
    if (value?.kind === 'map') this.writtenSides.add(section);
    else if (value) this.problem('input.table-not-a-map', value);
    for (const entry of value?.kind === 'map' ? value.entries : []) this.readRow(section, entry);
  }

  private readRow(section: SectionSpec, entry: Entry): void {
    const spec = indexes.get(section)!.rows.get(entry.key.text);
    if (spec?.parts && entry.value?.kind === 'map') return this.readParts(section, spec, entry);
    const code = spec ? undefined : this.codeOf(section, entry);
    if (spec) this.addRow(section, entry, rowId(section, spec.id), spec, undefined);
    else if (code) this.addRow(section, entry, rowId(section, code), undefined, code);
    else this.problem('input.unknown-row', entry.key, { key: entry.key.text });
  }

  /** A subject code of this section; digits of a wrong length are reported and still kept as a row. */
  private codeOf(section: SectionSpec, { key }: Entry): string | undefined {
    const text = key.text.trim();
    if (!section.codes || !/^\d+$/.test(text)) return undefined;
    if (section.codes.levels.includes(text.length)) return text;
    this.problem('input.code-length', key, {
      code: text,
      lengths: section.codes.levels.join('、'),
    });
    return text.length > Math.min(...section.codes.levels) ? text : undefined;
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
      else this.problem('input.unknown-row', child.key, { key: child.key.text });
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
    if (value?.kind === 'map') {
      for (const child of value.entries) {
        const column = indexes.get(section)!.columns.get(child.key.text);
        const rowKey = rowKeys.get(child.key.text);
        if (column) {
          values.set(column.id, child);
          this.usedColumns.add(column.id);
        } else if (rowKey === 'name') {
          if (child.value?.kind === 'scalar') name = child.value;
        } else if (!rowKey) {
          this.problem('input.unknown-column', child.key, { key: child.key.text });
        }
      }
    } else if (only) {
      values.set(only.id, entry);
    } else if (value) {
      this.problem('input.row-not-a-map', value, { row: entry.key.text });
    }
    this.written++;
    this.rows.set(id, { id, section, spec, code, entry, values, name, printed: true });
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

  private problem(code: string, at: SyntaxNode, args: Record<string, string> = {}): void {
    const table = this.context.entry.key.text;
    this.context.problems.push({ code, at, args: { table, ...args } });
  }
}

export class TableData implements Table {
  private readonly cache = new Map<string, Cell>();

  constructor(
    readonly spec: TableSpec,
    readonly entry: Entry,
    readonly unit: Unit,
    readonly rows: ReadonlyMap<string, Row>,
    readonly empty: boolean,
    private readonly layoutColumns: readonly string[] | undefined,
    private readonly usedColumns: ReadonlySet<string>,
    private readonly unwrittenSides: readonly SectionSpec[],
  ) {}

  columnsOf(section: SectionSpec): readonly ColumnSpec[] {
    const { layoutColumns, usedColumns } = this;
    if (!layoutColumns) return section.columns;
    return section.columns.filter(({ id }) => layoutColumns.includes(id) || usedColumns.has(id));
  }

  cell(rowIdentity: string, columnId: string): Cell | undefined {
    const id = `${this.spec.id}/${rowIdentity}/${columnId}`;
    const known = this.cache.get(id);
    if (known) return known;
    const row = this.rows.get(rowIdentity) ?? this.absentRow(rowIdentity);
    const column = row && this.columnsOf(row.section).find((spec) => spec.id === columnId);
    if (!column) return undefined;
    const entry = row.values.get(columnId);
    const cell: Cell = { id, table: this, row, column, entry, ...this.read(row, column, entry) };
    this.cache.set(id, cell);
    return cell;
  }

  *cells(): Iterable<Cell> {
    for (const row of this.rows.values()) {
      if (!row.printed) continue;
      for (const { id } of this.columnsOf(row.section)) {
        const cell = this.cell(row.id, id);
        if (cell) yield cell;
      }
    }
  }

  private read(
    row: Row,
    column: ColumnSpec,
    entry: Entry | undefined,
  ): { state: CellState; printed: string; amount: Amount | undefined; node: Cell['node'] } {
    if (!entry) {
      const state = this.unwritten(row, column);
      const amount = state === 'missing' ? undefined : ZERO;
      return { state, printed: '', amount, node: undefined };
    }
    // A line of a one-column table may be a map with a name beside the amount.
    const { value: node } = entry;
    if (!node) return { state: 'blank', printed: '', amount: ZERO, node };
    if (node.kind !== 'scalar') return { state: 'invalid', printed: '', amount: undefined, node };
    const printed = node.text.trim();
    if (printed === '') return { state: 'blank', printed, amount: ZERO, node };
    if (markers.has(normalizeKey(printed))) return { state: 'marker', printed, amount: ZERO, node };
    if (printed === vocabulary.derived)
      return { state: 'derived', printed, amount: undefined, node };
    const amount = parseAmount(printed, this.unit.exponent);
    return { state: amount ? 'amount' : 'invalid', printed, amount, node };
  }

  /**
   * A column left out is blank; a total column left out of a row that has others is not implied, nor
   * is anything of a row without columns or of a side that is not there.
   */
  private unwritten(row: Row, column: ColumnSpec): CellState {
    if (this.unwrittenSides.includes(row.section)) return 'missing';
    if (row.entry?.value && row.entry.value.kind !== 'map') return 'missing';
    if (!row.printed) return row.spec?.total ? 'missing' : 'absent';
    return column.total && row.values.size > 0 ? 'missing' : 'blank';
  }

  /** A row that nobody printed: of a code, an absent one; of anything else, none. */
  private absentRow(id: string): Row | undefined {
    const [, side = '', code] = /^(?:(\w+)\.)?(\d+)$/.exec(id) ?? [];
    const section = this.spec.sections.find((candidate) => candidate.id === side);
    if (!code || !section?.codes) return undefined;
    return {
      id,
      section,
      spec: undefined,
      code,
      entry: undefined,
      values: new Map(),
      name: undefined,
      printed: false,
    };
  }
}
