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
  private readonly spots = new Map<number, Spot>();
  private readonly printed = new Map<Layout, Layout>();
  private cells: ReadonlyMap<string, ReadonlySet<number>> | undefined;
  private rows: ReadonlyMap<string, readonly RowSpot[]> | undefined;
  /** Of each relation: whether all its variables stand in one table. */
  private readonly inOne = new Map<number, boolean>();

  constructor(private readonly model: Model) {
    const { grids = [], numbers } = model;
    this.all = grids.map(({ id, table = id, rows: described }) => {
      const rows = described.map((row) => ({
        id: row.id,
        absent: row.absent === true,
        cells: row.cells.map((cell) => (cell === null ? -1 : (numbers.get(cell) ?? -1))),
      }));
      const cells = new Set(rows.flatMap((row) => row.cells));
      cells.delete(-1);
      return { id, table, rows, cells };
    });
    this.columns = new Columns(model, this);
  }

  /** Enters where every variable stands, so that the first one that is looked for need not wait. */
  prepare(): void {
    if (this.spots.size === 0) this.enterSpots();
  }

  spotOf(variable: number): Spot | undefined {
    this.prepare();
    return this.spots.get(variable);
  }

  /** The cells of each table. */
  get tables(): ReadonlyMap<string, ReadonlySet<number>> {
    if (this.cells) return this.cells;
    const tables = new Map<string, Set<number>>();
    for (const { table, cells } of this.all) {
      const known = tables.get(table) ?? new Set<number>();
      for (const cell of cells) known.add(cell);
      tables.set(table, known);
    }
    return (this.cells = tables);
  }

  /** The rows of all layouts that are printed under an id. */
  rowsNamed(id: string): readonly RowSpot[] {
    this.rows ??= groupBy(
      this.all.flatMap((layout) => layout.rows.map((row) => ({ layout, row }))),
      ({ row }) => row.id,
    );
    return this.rows.get(id) ?? [];
  }

  /** Whether a relation speaks of one table alone. */
  isWithinTable(relation: number): boolean {
    let known = this.inOne.get(relation);
    if (known === undefined) {
      const [first, ...others] = this.model.relations[relation]!.variables;
      const table = first === undefined ? undefined : this.spotOf(first)?.layout.table;
      known = table !== undefined && others.every((v) => this.spotOf(v)?.layout.table === table);
      this.inOne.set(relation, known);
    }
    return known;
  }

  /** Without rows that are not printed, and where a variable stands in it. */
  printedSpot({ layout, row, column }: Spot): Spot {
    let printed = this.printed.get(layout);
    if (!printed) {
      printed = { ...layout, rows: layout.rows.filter(({ absent }) => !absent) };
      this.printed.set(layout, printed);
    }
    return { layout: printed, row: printed.rows.indexOf(layout.rows[row]!), column };
  }

  private enterSpots(): void {
    for (const layout of this.all) {
      layout.rows.forEach(({ cells }, row) => {
        cells.forEach((cell, column) => {
          if (cell >= 0) this.spots.set(cell, { layout, row, column });
        });
      });
    }
  }
}
