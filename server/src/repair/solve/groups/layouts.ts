/** Where the variables of a model are written. */
import { groupBy } from '../../../syntax/multimap';
import type { Model } from '../model';
import { Columns } from './columns';
import type { Layout, Spot } from './group';

/** A row, and where it stands. */
interface RowSpot {
  readonly layout: Layout;
  readonly row: Layout['rows'][number];
}

export class Layouts {
  readonly all: readonly Layout[];
  readonly columns: Columns;
  /** By variable: which layout it stands in, counted from 1, and where; there are too many for objects. */
  private spots: { layout: Int32Array; row: Int32Array; column: Int32Array } | undefined;
  /** Each without its absent rows, and by row of the whole its number then. */
  private readonly printed = new Map<Layout, { layout: Layout; numbers: Int32Array }>();
  private cells: ReadonlyMap<string, Cells> | undefined;
  private rows: ReadonlyMap<string, readonly RowSpot[]> | undefined;
  /** Of each relation: whether all its variables stand in one table. */
  private readonly inOne = new Map<number, boolean>();

  constructor(private readonly model: Model) {
    this.all = model.grids;
    this.columns = new Columns(model, this);
  }

  /** Enters where every variable stands, so that the first one that is looked for need not wait. */
  prepare(): void {
    this.spots ??= this.enterSpots();
  }

  spotOf(variable: number): Spot | undefined {
    const { layout, row, column } = (this.spots ??= this.enterSpots());
    const own = this.all[layout[variable]! - 1];
    return own && { layout: own, row: row[variable]!, column: column[variable]! };
  }

  /** Whether a variable stands in one of them. */
  isIn(layout: Layout, variable: number): boolean {
    const { layout: own } = (this.spots ??= this.enterSpots());
    return this.all[own[variable]! - 1] === layout;
  }

  /** The cells of each table. */
  get tables(): ReadonlyMap<string, Cells> {
    return (this.cells ??= new Map(
      [...groupBy(this.all, ({ table }) => table)].map(([table, own]) => [
        table,
        new Cells(own, (variable) => this.tableOf(variable) === table),
      ]),
    ));
  }

  /** The rows of all layouts that are printed under an id. */
  rowsNamed(id: string): readonly RowSpot[] {
    this.rows ??= groupBy(
      this.all.flatMap((layout) => layout.rows.map((row) => ({ layout, row }))),
      ({ row }) => row.id,
    );
    return this.rows.get(id) ?? [];
  }

  /** The table that a variable stands in. */
  tableOf(variable: number): string | undefined {
    const { layout } = (this.spots ??= this.enterSpots());
    return this.all[layout[variable]! - 1]?.table;
  }

  /** Whether a relation speaks of one table alone. */
  isWithinTable(relation: number): boolean {
    let known = this.inOne.get(relation);
    if (known === undefined) {
      const { variables } = this.model.relations[relation]!;
      const table = variables.length === 0 ? undefined : this.tableOf(variables[0]!);
      known = table !== undefined && variables.every((v) => this.tableOf(v) === table);
      this.inOne.set(relation, known);
    }
    return known;
  }

  /** Without rows that are not printed, and where a variable stands in it; row -1 for one of those. */
  printedSpot({ layout, row, column }: Spot): Spot {
    let printed = this.printed.get(layout);
    if (!printed) {
      const rows = layout.rows.filter(({ absent }) => !absent);
      let next = 0;
      const numbers = Int32Array.from(layout.rows, ({ absent }) => (absent ? -1 : next++));
      this.printed.set(layout, (printed = { layout: { ...layout, rows }, numbers }));
    }
    return { layout: printed.layout, row: printed.numbers[row]!, column };
  }

  private enterSpots() {
    const { length } = this.model.value;
    const spots = {
      layout: new Int32Array(length),
      row: new Int32Array(length),
      column: new Int32Array(length),
    };
    this.all.forEach(({ rows }, layout) => {
      rows.forEach(({ cells }, row) => {
        cells.forEach((cell, column) => {
          if (cell < 0) return;
          spots.layout[cell] = layout + 1;
          spots.row[cell] = row;
          spots.column[cell] = column;
        });
      });
    });
    return spots;
  }
}

/** The variables of one table; there are too many to gather them before somebody goes through them. */
export class Cells {
  constructor(
    private readonly layouts: readonly Layout[],
    readonly has: (variable: number) => boolean,
  ) {}

  *[Symbol.iterator](): Iterator<number> {
    for (const { rows } of this.layouts) {
      for (const { cells } of rows) for (const cell of cells) if (cell >= 0) yield cell;
    }
  }
}
