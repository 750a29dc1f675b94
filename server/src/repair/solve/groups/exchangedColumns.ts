/** Two columns of a table, one under the heading of the other. */
import type { Field } from './field';
import type { Move } from './rearranged';

/** Every two columns, in all rows; or in all but the first or the last one, which may be a total typed by itself. */
export function* exchangedColumns({ layout: { width, length } }: Field): Iterable<Move> {
  const last = length - 1;
  const ranges = [
    [0, last],
    [1, last],
    [0, last - 1],
  ] as const;
  for (let one = 0; one < width; one++) {
    for (let other = one + 1; other < width; other++) {
      const source = (row: number, column: number) => [row, column === one ? other : one] as const;
      for (const range of ranges) {
        yield { kind: 'columns', rows: range, columns: [one, other], source };
      }
    }
  }
}
