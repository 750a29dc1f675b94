import type { Row, RowFigures, Table } from '../disclosure/model';
import type { Steps } from '../syntax/steps';
import type { CellNumbers } from './cellNumbers';
import { Incidence, PlaceList } from './incidence';
import { Pending } from './pending';
import type { Taker } from './plainRule';
import type { Relation } from './relation';

/** So many relations a step. */
const STEP = 2000;

/** Reads which cells relations speak of; what is pending is made none for that. */
export function* readIncidence(
  relations: readonly (Relation | Pending)[],
  numbers: CellNumbers,
): Steps<Incidence> {
  const list = new PlaceList(relations.length);
  const reader = new Reader(list, numbers);
  for (const [number, one] of relations.entries()) {
    if (number % STEP === STEP - 1) yield;
    if (one instanceof Pending) one.visit(reader);
    else reader.read(one);
    list.end();
  }
  yield;
  return new Incidence(list, numbers.count);
}

class Reader implements Taker {
  /** The row that was read last, and the number of its first cell: its figures follow each other. */
  private row: Row | undefined;
  private first = 0;

  constructor(
    private readonly list: PlaceList,
    private readonly numbers: CellNumbers,
  ) {}

  take({ row }: RowFigures, column: number, coefficient: number, table: Table): boolean {
    if (row !== this.row) {
      this.row = row;
      this.first = this.numbers.firstIn(table, row);
    }
    this.list.add(this.first + column, coefficient);
    return true;
  }

  read({ left, right, base }: Relation): void {
    const { list, numbers } = this;
    const sign = base ? 0 : 1;
    for (const { cell, coefficient } of left) list.add(numbers.of(cell), sign * coefficient);
    for (const { cell, coefficient } of right) list.add(numbers.of(cell), -sign * coefficient);
    for (const { cell } of base ?? []) list.add(numbers.of(cell), 0);
  }
}
