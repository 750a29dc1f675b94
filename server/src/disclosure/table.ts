import { append } from '../syntax/arrays';
import type { Entry, MapNode, SyntaxNode } from '../syntax/tree';
import type { Problem } from './model';
import { rowId, tableKeys } from './ownKeys';
import { RowReader } from './rowReader';
import { TableData, wholeRow } from './tableData';
import { TableState, type TableContext } from './tableState';
import { readUnit } from './unit';
import { unknownKey } from './unknown';
import { linesOf, normalizeKey, vocabulary, type RowSpec, type SectionSpec } from './vocabulary';

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
export function readTable(context: TableContext): TableData | undefined {
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
export function readRows(context: TableContext): TableData | undefined {
  const reader = new TableReader(context);
  const table = reader.read();
  return reader.state.isContained ? table : undefined;
}

/** What is said of lines as rows of a side of a table. */
export function problemsOfRows(
  context: TableContext,
  section: SectionSpec,
  lines: readonly Entry[],
): readonly Problem[] {
  const problems: Problem[] = [];
  const state = new TableState({ ...context, problems });
  const rows = new RowReader(state);
  for (const line of lines) rows.read(section, line);
  return [...problems, ...state.unknown.map((problemOf) => problemOf())];
}

/** Reads a table's own keys and its sides, and supplies what the form prints besides. */
class TableReader {
  readonly state: TableState;
  private readonly rows: RowReader;
  private readonly writtenSides = new Set<SectionSpec>();
  private readonly sides = new Map<SectionSpec, Entry>();

  constructor(private readonly context: TableContext) {
    this.state = new TableState(context);
    this.rows = new RowReader(this.state);
  }

  read(): TableData | undefined {
    const { state } = this;
    const { spec, entry, layout } = this.context;
    const { value } = entry;
    if (value) state.refuse(value.kind === 'map' ? entry.key : value);
    if (value && value.kind !== 'map' && !saysNothing(value)) {
      state.problem('input.table-not-a-map', value);
      return undefined;
    }
    if (value?.kind === 'map') this.readBody(value);
    state.doubting = true;
    for (const problemOf of state.unknown) this.context.problems.push(problemOf());
    if (!state.readable) return undefined;
    const isHalfTyped = this.isHalfTyped();
    if (isHalfTyped) for (const { id } of spec.sections) state.hiddenSides.add(id);
    for (const id of this.context.strays?.ids ?? []) state.hiddenSides.add(id);
    for (const section of spec.sections) this.supplyRows(section);
    const unwritten = spec.sections.filter((section) => !this.isWritten(section));
    const columns = layout.tables.find(({ id }) => id === spec.id)?.columns;
    const empty = state.written === 0;
    return new TableData({
      spec,
      title: entry.key.text.trim(),
      entry,
      note: state.note,
      unit: state.unit,
      rows: state.rows,
      empty,
      layoutColumns: columns,
      usedColumns: state.usedColumns,
      doubtful: state.doubtful,
      unwrittenSides: unwritten,
      incomplete: new Set(spec.sections.filter((s) => this.isIncomplete(s)).map(({ id }) => id)),
      damage: this.context.damage,
      unknown: { sides: state.hiddenSides, rows: state.hiddenColumns, isHalfTyped },
    });
  }

  /** Whether a broken line is of no row that is known. */
  private isHalfTyped(): boolean {
    const { broken } = this.context;
    if (!broken) return false;
    return broken.hasMoreThan([...this.state.rows.values()].flatMap((row) => row.entry ?? []));
  }

  /** A side that is not there says nothing, where the other one is; in an empty table both are. */
  private isWritten(section: SectionSpec): boolean {
    return section.id === '' || this.state.written === 0 || this.writtenSides.has(section);
  }

  private isIncomplete(section: SectionSpec): boolean {
    const { damage } = this.context;
    const side = this.sides.get(section);
    return damage !== undefined && (!side || damage.reaches(side));
  }

  private readBody(body: MapNode): void {
    const { state } = this;
    const sides = this.context.spec.sections.filter(({ id }) => id !== '');
    const main = this.context.spec.sections.find(({ id }) => id === '');
    for (const entry of this.ownLines(body)) {
      const tableKey = tableKeys.get(entry.key.text);
      if (tableKey) {
        state.ownKeys.add(tableKey);
        state.refuse(entry);
      }
      if (tableKey === 'note' && entry.value?.kind === 'scalar') state.note ??= entry.value;
      if (tableKey === 'unit') {
        const { length } = this.context.problems;
        state.unit = readUnit(entry, this.context.unit, this.context.problems);
        state.readable = this.context.problems.length === length;
      } else if (!tableKey) {
        const side = sides.find(({ key }) => key === normalizeKey(entry.key.text));
        if (side) this.readSide(side, entry);
        else if (main) this.rows.read(main, entry);
        else this.unknownSide(entry);
      }
    }
  }

  private unknownSide(entry: Entry): void {
    const { state } = this;
    state.refuse(entry);
    const sides = this.context.spec.sections.map((side) => [side.key!, side] as const);
    const names = [...sides, ...tableKeys.names];
    const isTaken = (found: SectionSpec | string) =>
      typeof found === 'string' ? state.ownKeys.has(found) : this.sides.has(found);
    state.unknown.push(() => {
      const found = unknownKey('input.unknown-row', entry, names, isTaken, state.args, 2);
      const { meant } = found;
      if (typeof meant === 'object') this.readSide(meant, entry);
      else if (meant === 'unit') state.readable = false;
      else for (const { id } of this.context.spec.sections) state.hide(id, entry);
      return found.problem;
    });
  }

  private readSide(section: SectionSpec, side: Entry): void {
    const { state } = this;
    state.repeated(this.sides.get(section), side);
    this.sides.set(section, side);
    state.refuse(side.key);
    const { value } = side;
    if (value?.kind === 'map') this.writtenSides.add(section);
    else if (value) state.problem('input.table-not-a-map', value);
    for (const entry of value?.kind === 'map' ? this.ownLines(value) : [])
      this.rows.read(section, entry);
  }

  private ownLines({ entries }: MapNode): readonly Entry[] {
    const { strays } = this.context;
    return strays ? entries.filter((entry) => !strays.lines.has(entry)) : entries;
  }

  /** Lines of the form that the file does not write. A total is a value to check, never supplied. */
  private supplyRows(section: SectionSpec): void {
    const { state } = this;
    const sideWritten = this.isWritten(section);
    const supply = (id: string, spec: RowSpec | undefined, code: string | undefined) => {
      const full = rowId(section, id);
      if (state.rows.has(full)) return;
      const printed = state.written === 0 || (sideWritten && !spec?.total);
      const row = { entry: undefined, values: new Map(), name: undefined };
      state.rows.set(full, { id: full, section, spec, code, printed, ...row });
    };
    if (section.codes?.lines && state.written > 0 && sideWritten) {
      for (const code of linesOf(section.codes.lines, this.context.year)) {
        supply(code, undefined, code);
      }
    }
    for (const spec of section.rows) {
      supply(spec.id, spec, undefined);
      for (const part of spec.parts ?? []) supply(part.id, part, undefined);
    }
  }
}
