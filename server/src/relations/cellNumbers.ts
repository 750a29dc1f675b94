import { printedAmount, ZERO } from '../disclosure/amount';
import type { Cell, Row, Table } from '../disclosure/model';
import type { ColumnSpec, SectionSpec } from '../disclosure/vocabulary';

/** One side of a table: its cells are numbered row by row. */
export interface Side {
  readonly table: Table;
  readonly section: SectionSpec;
  readonly columns: readonly ColumnSpec[];
  readonly rows: readonly Row[];
  /** The number of its first cell. */
  readonly first: number;
}

/** What a cell prints, as far as it is added up. */
export type Printed = Pick<Cell, 'amount' | 'state'>;

/**
 * Numbers for the cells of a document, by where they stand. There are too many for an object each: what has to be
 * known of all of them is kept in lists of numbers, and a cell is made when somebody asks for it.
 */
export class CellNumbers {
  /** Sides in the order of tables and of their parts. */
  readonly sides: readonly Side[];
  private readonly byTable = new Map<Table, readonly Side[]>();
  private readonly rows = new Map<Side, ReadonlyMap<string, number>>();
  /** The number of the first cell that stands in no row of its table: behind all others. */
  private readonly outside: number;
  private readonly others: Cell[] = [];
  private readonly numbers = new Map<Cell, number>();

  constructor(tables: Iterable<Table>) {
    const sides: Side[] = [];
    let first = 0;
    for (const table of tables) {
      const own = table.spec.sections.map((section): Side => {
        const rows = [...table.rows.values()].filter((row) => row.section === section);
        const side = { table, section, columns: table.columnsOf(section), rows, first };
        first += rows.length * side.columns.length;
        this.rows.set(side, new Map(rows.map(({ id }, at) => [id, at])));
        return side;
      });
      this.byTable.set(table, own);
      for (const side of own) sides.push(side);
    }
    this.sides = sides;
    this.outside = first;
  }

  /** How many there are so far: one that stands in no row of its table is numbered when it is met. */
  get count(): number {
    return this.outside + this.others.length;
  }

  of(cell: Cell): number {
    const { table, row, column } = cell;
    const side = this.sideOf(table, row.section);
    const place = side && this.rows.get(side)!.get(row.id);
    const at = side ? side.columns.indexOf(column) : -1;
    if (place !== undefined && at >= 0) return side!.first + place * side!.columns.length + at;
    let number = this.numbers.get(cell);
    if (number === undefined) {
      number = this.outside + this.others.push(cell) - 1;
      this.numbers.set(cell, number);
    }
    return number;
  }

  /** The first cell of a row that its table has. */
  firstIn(table: Table, { id, section }: Row): number {
    const side = this.sideOf(table, section)!;
    return side.first + this.rows.get(side)!.get(id)! * side.columns.length;
  }

  cell(number: number): Cell {
    const side = this.sideAt(number);
    if (!side) return this.others[number - this.outside]!;
    const width = side.columns.length;
    const at = number - side.first;
    return side.table.cell(side.rows[Math.floor(at / width)]!.id, side.columns[at % width]!.id)!;
  }

  /** What a cell prints; of plain digits none is made for that. */
  printed(number: number): Printed {
    const side = this.sideAt(number);
    if (!side) return this.cell(number);
    const width = side.columns.length;
    const at = number - side.first;
    const figures = side.table.figures(side.rows[Math.floor(at / width)]!.id)?.figures;
    const figure = figures?.[at % width];
    if (!figure) return this.cell(number);
    if (!figure.said) return UNSAID;
    return { state: 'amount', amount: printedAmount(BigInt(figure.units), figure.place) };
  }

  tableOf(number: number): Table {
    return (this.sideAt(number) ?? this.others[number - this.outside]!).table;
  }

  /** The side that a cell stands in; undefined of one that stands in no row of its table. */
  sideAt(number: number): Side | undefined {
    if (number >= this.outside) return undefined;
    let [low, high] = [0, this.sides.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.sides[middle]!.first <= number) low = middle;
      else high = middle - 1;
    }
    return this.sides[low];
  }

  private sideOf(table: Table, section: SectionSpec): Side | undefined {
    return this.byTable.get(table)?.find((side) => side.section === section);
  }
}

/** Which kind of nothing it is makes no difference to a sum. */
const UNSAID: Printed = { state: 'blank', amount: ZERO };
