/** How a table is laid out: the numbers of its variables, row by row. */
export interface LayoutRow {
  /** The same for the same item in other tables. */
  readonly id: string;
  /** It is not printed, though relations speak of its cells. */
  readonly absent: boolean;
}

export class Layout {
  constructor(
    readonly id: string,
    readonly table: string,
    /** A form with these rows and no others. */
    readonly closed: boolean,
    readonly width: number,
    /** How many rows there are. */
    readonly length: number,
    readonly row: (row: number) => LayoutRow,
    /** The variables of the cells; -1 where a row has none. */
    private readonly numbers: Int32Array,
  ) {}

  *rows(): Iterable<LayoutRow> {
    for (let row = 0; row < this.length; row++) yield this.row(row);
  }

  /** -1 where there is none. */
  cell(row: number, column: number): number {
    const isIn = row >= 0 && row < this.length && column < this.width;
    return isIn ? this.numbers[row * this.width + column]! : -1;
  }

  /** Those of a row, -1 among them. */
  cellsIn(row: number): readonly number[] {
    return Array.from(this.numbers.subarray(row * this.width, (row + 1) * this.width));
  }

  /** Those of a column, -1 among them. */
  cellsBelow(column: number): readonly number[] {
    return Array.from({ length: this.length }, (_, row) => this.cell(row, column));
  }

  /** Every cell in turn, with its place: rows times width, and its column. */
  each(take: (variable: number, place: number) => void): void {
    const { numbers } = this;
    for (let place = 0; place < numbers.length; place++) {
      if (numbers[place]! >= 0) take(numbers[place]!, place);
    }
  }

  *[Symbol.iterator](): Iterator<number> {
    for (const cell of this.numbers) if (cell >= 0) yield cell;
  }

  /** The same of some of its rows. */
  of(rows: readonly number[]): Layout {
    const { id, table, closed, width } = this;
    const numbers = new Int32Array(rows.length * width);
    rows.forEach((row, at) => {
      numbers.set(this.numbers.subarray(row * width, (row + 1) * width), at * width);
    });
    return new Layout(id, table, closed, width, rows.length, (at) => this.row(rows[at]!), numbers);
  }
}
