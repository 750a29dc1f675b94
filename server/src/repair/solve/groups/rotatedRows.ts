/** The figures of three rows that went around: each row prints what belongs to another one of them. */
import { greatestOf, leastOf } from '../../../syntax/arrays';
import type { Field } from './field';
import type { Move } from './rearranged';

/** So often a figure is supposed in another's place, while somebody types. */
const MOST_LOOKED = 2_000;

/** What fails in the first row tells which row has its figures, and so on until the first one's are found. */
export function* rotatedRows({ model, state, layout, own, spots }: Field): Iterable<Move> {
  const [first] = own;
  if (first === undefined) return;
  let left = MOST_LOOKED;
  const isIn = (index: number, variable: number) =>
    model.relation(index).variables.includes(variable);
  /** Rows whose figure a failing relation would accept in a row's place. */
  function* sourcesOf(index: number, cell: number, column: number): Iterable<number> {
    for (let row = 0; row < layout.length && left > 0; row++) {
      const other = layout.cell(row, column);
      if (other < 0 || state.value[other] === state.value[cell]) continue;
      left--;
      if (isIn(index, other)) continue;
      if (state.mayHold(index, new Map([[cell, state.value[other]!]]))) yield row;
    }
  }
  const failingOf = (cell: number) => own.find((index) => isIn(index, cell));
  for (const x of model.relation(first).variables) {
    const spot = spots.get(x);
    if (!spot) continue;
    const { row: one, column } = spot;
    for (const two of sourcesOf(first, x, column)) {
      const y = layout.cell(two, column);
      const second = failingOf(y);
      if (second === undefined) continue;
      for (const three of sourcesOf(second, y, column)) {
        const z = layout.cell(three, column);
        const third = three === one ? undefined : failingOf(z);
        if (third === undefined || !state.mayHold(third, new Map([[z, state.value[x]!]]))) continue;
        yield around([one, two, three], layout.width);
      }
    }
  }
}

/** The right figures of each row stand in the next one. */
function around(rows: readonly [number, number, number], width: number): Move {
  const next = new Map(rows.map((row, at) => [row, rows[(at + 1) % rows.length]!]));
  return {
    kind: 'rotated',
    rows: [leastOf(rows), greatestOf(rows)],
    columns: Array.from({ length: width }, (_, column) => column),
    source: (row, column) => [next.get(row) ?? row, column],
    place: rows.join(' '),
  };
}
