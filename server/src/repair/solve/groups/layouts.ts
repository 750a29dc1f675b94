/** Where the variables of a model are written. */
import type { Model } from '../model';
import type { Layout, Spot } from './group';

export class Layouts {
  readonly all: readonly Layout[];
  private readonly spots = new Map<number, Spot>();
  private readonly printed = new Map<Layout, Layout>();

  constructor({ grids = [], numbers }: Model) {
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
  }

  spotOf(variable: number): Spot | undefined {
    if (this.spots.size === 0) this.enterSpots(this.all, this.spots);
    return this.spots.get(variable);
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

  private enterSpots(layouts: readonly Layout[], spots: Map<number, Spot>): void {
    for (const layout of layouts) {
      layout.rows.forEach(({ cells }, row) => {
        cells.forEach((cell, column) => {
          if (cell >= 0) spots.set(cell, { layout, row, column });
        });
      });
    }
  }
}
