/** Where the variables of a model are written. */
import { groupBy } from '../../../syntax/multimap';
import type { Model } from '../model';
import { Columns } from './columns';
import type { Spot } from './group';
import type { Layout } from './layout';

/** A row, and where it stands. */
interface RowSpot {
  readonly layout: Layout;
  readonly row: number;
}

export class Layouts {
  readonly all: readonly Layout[];
  readonly columns: Columns;
  /** By variable: which layout it stands in, counted from 1, and where; there are too many for objects. */
  private spots: { layout: Int32Array; place: Int32Array } | undefined;
  /** Each without its absent rows, and by row of the whole its number then. */
  private readonly printed = new Map<Layout, { layout: Layout; numbers: Int32Array }>();
  private cells: ReadonlyMap<string, Cells> | undefined;
  private rows: ReadonlyMap<string, readonly RowSpot[]> | undefined;
  /** Of each relation: whether all its variables stand in one table. */
  private readonly inOne = new Map<number, boolean>();

  constructor(private readonly model: Model) {
    this.all = model.layouts;
    this.columns = new Columns(model, this);
  }

  /** Enters where every variable stands, so that the first one that is looked for need not wait. */
  prepare(): void {
    this.spots ??= this.enterSpots();
  }

  spotOf(variable: number): Spot | undefined {
    const own = this.layoutOf(variable);
    if (!own) return undefined;
    const place = this.spots!.place[variable]!;
    const column = place % own.width;
    return { layout: own, row: (place - column) / own.width, column };
  }

  /** Whether a variable stands in one of them. */
  isIn(layout: Layout, variable: number): boolean {
    return this.layoutOf(variable) === layout;
  }

  private layoutOf(variable: number): Layout | undefined {
    const { layout } = (this.spots ??= this.enterSpots());
    return this.all[layout[variable]! - 1];
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
      this.all.flatMap((layout) =>
        Array.from({ length: layout.length }, (_, row): RowSpot => ({ layout, row })),
      ),
      ({ layout, row }) => layout.row(row).id,
    );
    return this.rows.get(id) ?? [];
  }

  /** The table that a variable stands in. */
  tableOf(variable: number): string | undefined {
    return this.layoutOf(variable)?.table;
  }

  /** Whether a relation speaks of one table alone. */
  isWithinTable(relation: number): boolean {
    let known = this.inOne.get(relation);
    if (known === undefined) {
      const { variables } = this.model.relation(relation);
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
      const rows: number[] = [];
      const numbers = new Int32Array(layout.length).fill(-1);
      for (let own = 0; own < layout.length; own++) {
        if (!layout.row(own).absent) numbers[own] = rows.push(own) - 1;
      }
      this.printed.set(layout, (printed = { layout: layout.of(rows), numbers }));
    }
    return { layout: printed.layout, row: printed.numbers[row]!, column };
  }

  private enterSpots() {
    const { length } = this.model.value;
    const spots = { layout: new Int32Array(length), place: new Int32Array(length) };
    this.all.forEach((layout, at) => {
      layout.each((variable, place) => {
        spots.layout[variable] = at + 1;
        spots.place[variable] = place;
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
    for (const layout of this.layouts) yield* layout;
  }
}
