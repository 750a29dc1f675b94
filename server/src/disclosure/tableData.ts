import { append } from '../syntax/arrays';
import type { Entry, ScalarNode } from '../syntax/tree';
import type { TableDamage } from './damage';
import { parseAmount, ZERO, type Amount } from './amount';
import { CellData, type CellValue } from './cellData';
import { lostColonIn } from './lostColon';
import { halfWidth } from './mistyped';
import { plainFigure, UNSAID, type PlainFigure } from './plainFigure';
import {
  isNonZero,
  type Cell,
  type CellState,
  type Row,
  type RowFigures,
  type Table,
  type Unit,
} from './model';
import {
  normalizeKey,
  vocabulary,
  type ColumnSpec,
  type SectionSpec,
  type TableSpec,
} from './vocabulary';

const markers = new Set(vocabulary.markers.map(normalizeKey));

/** `—`, 无, 不适用: there is no figure, for there is nothing that it could be of. */
export const isMarker = (printed: string) => markers.has(normalizeKey(printed));

/** What a reader has found out of a table. */
export interface TableFields {
  readonly spec: TableSpec;
  readonly title: string;
  readonly entry: Entry;
  readonly note?: ScalarNode | undefined;
  readonly unit: Unit;
  readonly rows: ReadonlyMap<string, Row>;
  readonly empty: boolean;
  readonly layoutColumns: readonly string[] | undefined;
  readonly usedColumns: ReadonlySet<string>;
  readonly doubtful: ReadonlySet<Entry>;
  readonly unwrittenSides: readonly SectionSpec[];
  /** Sides, by id, that a syntax error reaches into, and how far. */
  readonly incomplete: ReadonlySet<string>;
  readonly damage: TableDamage | undefined;
  readonly unknown: UnknownMoney;
}

/** Figures under keys that are not known: they may be what seems to be left out. */
export interface UnknownMoney {
  /** Sides, by id, with rows of unknown names. */
  readonly sides: ReadonlySet<string>;
  /** Rows with columns of unknown names. */
  readonly rows: ReadonlySet<Entry>;
  /** One of them is a row whose key is just being typed. */
  readonly isHalfTyped?: boolean;
}

/** Whether an entry holds a figure other than zero. */
export const hasMoney = (entry: Entry): boolean =>
  lostColonIn(entry) !== undefined ||
  holds(entry, (text) => /\d/.test(text) && parseAmount(text, 0)?.units !== 0n);

/** The same of what certainly is a figure, and no text with digits in it. */
export const hasFigure = (entry: Entry): boolean =>
  holds(entry, (text) => (parseAmount(text, 0)?.units ?? 0n) !== 0n);

function holds(entry: Entry, isMoney: (text: string) => boolean): boolean {
  const pending = [entry.value];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.kind === 'map')
      append(
        pending,
        node.entries.flatMap((entry) => entry.value ?? []),
      );
    else if (node.kind === 'scalar') {
      const text = halfWidth(node.text.trim());
      if (text === vocabulary.derived || isMoney(text)) return true;
    }
  }
  return false;
}

/** `202: 0`, `202: 无`: what one word says of every column of a row. Undefined for anything else. */
export function wholeRow(text: string): 'amount' | 'blank' | 'marker' | undefined {
  const printed = text.trim();
  if (printed === '') return 'blank';
  if (isMarker(printed)) return 'marker';
  return parseAmount(printed, 0)?.units === 0n ? 'amount' : undefined;
}

/** A table that was read; its cells are made when they are asked for. */
export class TableData implements Table {
  readonly id: string;
  readonly spec: TableSpec;
  readonly title: string;
  readonly within: readonly string[] = [];
  private current: Entry;
  readonly unit: Unit;
  readonly rows: ReadonlyMap<string, Row>;
  readonly empty: boolean;
  private printing: object = {};
  /** Cells that have been asked for, by row; of one row there are few. */
  private readonly cache = new Map<string, CellData[]>();
  private readonly columns = new Map<SectionSpec, readonly ColumnSpec[]>();
  /** Plain figures that have been asked for, by row. */
  private readonly plain = new Map<string, RowFigures>();

  constructor(protected readonly fields: TableFields) {
    const { spec, title, unit, rows, empty } = fields;
    this.id = spec.id;
    this.spec = spec;
    this.title = title;
    this.current = fields.entry;
    this.unit = unit;
    this.rows = rows;
    this.empty = empty;
  }

  get entry(): Entry {
    return this.current;
  }

  get note(): ScalarNode | undefined {
    return this.fields.note;
  }

  get manner(): object {
    return this.printing;
  }

  /**
   * Takes a row as it is written now, in the same columns as before, and the entry that the table has
   * become by that. Answers with the cells that print something else, as they were before; the cells
   * themselves are the same objects.
   */
  rewrite(fresh: Row, entry: Entry): ReadonlyMap<Cell, Cell> {
    this.current = entry;
    const row = this.rows.get(fresh.id)!;
    // What speaks of plain figures has made no cells of them.
    for (const { id } of this.plain.get(row.id)?.columns ?? []) this.cell(row.id, id);
    Object.assign(row, { broken: false }, fresh);
    this.plain.delete(row.id);
    const changed = new Map<Cell, Cell>();
    for (const cell of this.cache.get(row.id) ?? []) {
      const { column } = cell;
      const written = row.values.get(column.id);
      const before = cell.rewrite(written, this.read(row, column, written));
      if (cell.printed === before.printed && cell.state === before.state) continue;
      changed.set(cell, before);
      if (!isPrintedAlike(cell, before)) this.printing = {};
    }
    return changed;
  }

  /** Takes the entry that the table has become; its rows are the same. */
  protected follow(entry: Entry): void {
    this.current = entry;
  }

  isIncomplete(side: string): boolean {
    return this.fields.incomplete.has(side);
  }

  get hasUnknown(): boolean {
    const { sides, rows } = this.fields.unknown;
    return sides.size + rows.size > 0;
  }

  get isHalfTyped(): boolean {
    return this.fields.unknown.isHalfTyped === true;
  }

  hidesRows(side: string): boolean {
    return this.fields.unknown.sides.has(side);
  }

  hides({ row, entry }: Cell): boolean {
    if (row.doubled) return true;
    if (entry?.value) return false;
    if (row.entry && this.fields.unknown.rows.has(row.entry)) return true;
    return row.entry === undefined && this.hidesRows(row.section.id);
  }

  /** Whether what a row does not write may have been swallowed. */
  protected isSwallowed({ section, entry }: Row, value?: Entry): boolean {
    if (!this.isIncomplete(section.id)) return false;
    const place = value ?? entry;
    return !place || this.fields.damage?.reaches(place) === true;
  }

  /** Whether a column is of the form, be it written or not. */
  hasColumn(id: string): boolean {
    return this.fields.layoutColumns?.includes(id) ?? true;
  }

  columnsOf(section: SectionSpec): readonly ColumnSpec[] {
    const { layoutColumns, usedColumns } = this.fields;
    if (!layoutColumns) return section.columns;
    let columns = this.columns.get(section);
    if (!columns) {
      columns = section.columns.filter(
        ({ id }) => layoutColumns.includes(id) || usedColumns.has(id),
      );
      this.columns.set(section, columns);
    }
    return columns;
  }

  cell(rowIdentity: string, columnId: string): Cell | undefined {
    const cells = this.cache.get(rowIdentity);
    if (cells) for (const cell of cells) if (cell.column.id === columnId) return cell;
    const row = this.rows.get(rowIdentity) ?? this.absentRow(rowIdentity);
    const column = row && this.columnsOf(row.section).find((spec) => spec.id === columnId);
    if (!column) return undefined;
    const entry = row.values.get(columnId);
    const cell = new CellData(this, row, column, entry, this.read(row, column, entry));
    // A list that has grown by `push` has room for sixteen items more.
    this.cache.set(rowIdentity, cells ? [...cells, cell] : [cell]);
    return cell;
  }

  figures(row: string): RowFigures | undefined {
    return this.plain.get(row) ?? this.readFigures(row);
  }

  private readFigures(identity: string): RowFigures | undefined {
    const row = this.rows.get(identity);
    if (!row) return undefined;
    const columns = this.columnsOf(row.section);
    const figures = columns.map((column) => this.plainIn(row, column));
    const read = { row, columns, figures, isPlain: !figures.includes(undefined) };
    this.plain.set(identity, read);
    return read;
  }

  private plainIn(row: Row, column: ColumnSpec): PlainFigure | undefined {
    if (row.broken || this.fields.damage) return undefined;
    const entry = row.values.get(column.id);
    if (!entry) return this.isLeftEmpty(row, column) ? UNSAID : undefined;
    const { value } = entry;
    if (!value) return UNSAID;
    if (value.kind !== 'scalar' || value.doubtful || this.fields.doubtful.has(entry)) {
      return undefined;
    }
    return plainFigure(value.text, this.unit.exponent);
  }

  leave(cell: Cell): void {
    const left: Pick<Cell, 'state' | 'amount'> = { state: 'derived', amount: undefined };
    Object.assign(cell, left);
    const { row, columns, figures } = this.figures(cell.row.id)!;
    const rest = figures.map((figure, at) => (columns[at] === cell.column ? undefined : figure));
    this.plain.set(row.id, { row, columns, figures: rest, isPlain: false });
  }

  /** Whether a row writes nothing in a column, which counts as zero. */
  private isLeftEmpty(row: Row, column: ColumnSpec): boolean {
    const whole = row.entry?.value;
    if (whole && whole.kind !== 'map') return false;
    return this.unwritten(row, column) !== 'missing';
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

  *unusual(): Iterable<Cell> {
    for (const { id, printed } of this.rows.values()) {
      const known = printed ? this.figures(id) : undefined;
      if (!known || known.isPlain) continue;
      const { figures, columns } = known;
      for (let i = 0; i < figures.length; i++) {
        const cell = figures[i] ? undefined : this.cell(id, columns[i]!.id);
        if (cell) yield cell;
      }
    }
  }

  protected read(row: Row, column: ColumnSpec, entry: Entry | undefined): CellValue {
    const { unit } = this;
    const value = (state: CellState, printed: string, amount: Amount | undefined): CellValue => ({
      state,
      printed,
      amount,
      node: entry?.value,
      unit,
      sign: 1,
    });
    if (row.broken) return value('missing', '', undefined);
    if (!entry) {
      const whole = row.entry?.value?.kind === 'scalar' ? row.entry.value.text.trim() : '';
      const said = whole === '' ? undefined : wholeRow(whole);
      if (said) return value(said, whole, ZERO);
      const state = this.unwritten(row, column);
      return value(state, '', state === 'missing' ? undefined : ZERO);
    }
    // A line of a one-column table may be a map with a name beside the amount.
    const { value: node } = entry;
    if (node ? this.fields.damage?.cuts(node) : this.isSwallowed(row, entry)) {
      return value('missing', '', undefined);
    }
    if (!node) return value('blank', '', ZERO);
    if (node.kind !== 'scalar') return value('invalid', '', undefined);
    const printed = node.text.trim();
    if (printed === '') return value('blank', printed, ZERO);
    if (node.doubtful || this.fields.doubtful.has(entry)) {
      return value('invalid', printed, undefined);
    }
    if (isMarker(printed)) return value('marker', printed, ZERO);
    if (printed === vocabulary.derived) return value('derived', printed, undefined);
    const amount = parseAmount(printed, unit.exponent);
    return value(amount ? 'amount' : 'invalid', printed, amount);
  }

  /**
   * A column left out is blank; a total column left out of a row that has others is not implied, nor
   * is anything of a row without columns or of a side that is not there. In a total row all of a sum
   * may be left out together: forms print its headings there.
   */
  protected unwritten(row: Row, column: ColumnSpec): CellState {
    if (this.isSwallowed(row)) return 'missing';
    if (this.fields.unwrittenSides.includes(row.section)) return 'missing';
    if (row.entry?.value && row.entry.value.kind !== 'map') return 'missing';
    if (!row.printed) return row.spec?.total ? 'missing' : 'absent';
    if (row.values.size === 0) return 'blank';
    if (column.total) return 'missing';
    return isAddend(column) && this.leavesOutSum(row) ? 'missing' : 'blank';
  }

  private leavesOutSum({ spec, section, values }: Row): boolean {
    if (!spec?.total) return false;
    const columns = this.columnsOf(section);
    return (
      columns.some(({ total }) => total) &&
      columns.every((column) => !(column.total ?? isAddend(column)) || !values.has(column.id))
    );
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

const isAddend = ({ sets }: ColumnSpec) => sets?.includes('parts') === true;

const isPrintedAlike = (a: Cell, b: Cell) =>
  a.state === b.state &&
  a.amount?.place === b.amount?.place &&
  isNonZero(a) === isNonZero(b) &&
  a.printed.includes(',') === b.printed.includes(',');
