/** The figures of many rows of a table that stand one row above or below the one they belong to. */
import type { Field } from './field';
import type { Move } from './rearranged';

/** A relation over more rows than these does not tell in which of them it fails. */
const MOST_OF_A_SUM = 2;

/** So many rows before and behind those that fail may have moved as well: what is moved may be within its limits. */
const BESIDE = 4;

/** Two rows would be exchanged, or two figures wrong. */
const FEWEST_ROWS = 3;

/** In all columns, or in one: what failing relations of single rows tell where the block begins and ends. */
export function* movedBlocks(field: Field): Iterable<Move> {
  const { width, length } = field.layout;
  const last = length - 1;
  const each = Array.from({ length: width }, (_, column) => [column]);
  for (const columns of width > 1 ? [each.flat(), ...each] : each) {
    const failed = failedRows(field, columns);
    const [first, final] = [failed[0], failed.at(-1)];
    if (first === undefined || final === undefined || failed.length < FEWEST_ROWS) continue;
    const starts = [...below(first), 0].filter(
      (row, at, all) => row >= 0 && all.indexOf(row) === at,
    );
    const ends = [...above(final), last].filter(
      (row, at, all) => row <= last && all.indexOf(row) === at,
    );
    for (const by of [1, -1]) {
      for (const from of starts) {
        for (const to of ends) {
          if (to - from + 1 >= FEWEST_ROWS) yield block(from, to, by, columns);
        }
      }
    }
  }
}

const below = (row: number) => Array.from({ length: BESIDE + 1 }, (_, at) => row - at);
const above = (row: number) => Array.from({ length: BESIDE + 1 }, (_, at) => row + at);

function failedRows({ model, own, spots }: Field, columns: readonly number[]): number[] {
  const found = own.flatMap((index) => {
    const spoken = model.relation(index).variables.flatMap((v) => spots.get(v) ?? []);
    const rows = new Set(spoken.flatMap((s) => (columns.includes(s.column) ? s.row : [])));
    return rows.size <= MOST_OF_A_SUM ? [...rows] : [];
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** What fell out at one end may have come in at the other. */
function block(from: number, to: number, by: number, columns: readonly number[]): Move {
  const [end, start] = by > 0 ? [to, from] : [from, to];
  const source = (row: number, column: number) => [row === end ? start : row + by, column] as const;
  return { kind: 'shifted', rows: [from, to], columns, source, end, by };
}
