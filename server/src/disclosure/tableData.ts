import type { Entry } from '../syntax/tree';
import { parseAmount, ZERO, type Amount } from './amount';
import type { Cell, CellState, Row, Table, Unit } from './model';
import {
  normalizeKey,
  vocabulary,
  type ColumnSpec,
  type SectionSpec,
  type TableSpec,
} from './vocabulary';

const markers = new Set(vocabulary.markers.map(normalizeKey));

/** A table that was read; its cells are made when they are asked for. */
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
    private readonly doubtful: ReadonlySet<Entry>,
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
    if (node.doubtful || this.doubtful.has(entry))
      return { state: 'invalid', printed, amount: undefined, node };
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
