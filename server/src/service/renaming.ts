/** Another key for an entry that has the one of another entry. */
import type { Cell, Disclosure, Table } from '../disclosure/model';
import type { ScalarNode } from '../syntax/tree';

/** The key, and what the entry would then write. */
export interface Renaming {
  /** Where the key stands. */
  readonly at: ScalarNode;
  readonly key: string;
  /** Of a subject: its code with its name. */
  readonly subject?: string;
  /** Of a subject: it is the only one that would stand there in order. */
  readonly isInOrder?: boolean;
  /** Of a subject: no other place knows it. */
  readonly isGuess?: boolean;
  /** Cells of a document in which it has that key. */
  readonly cells: (disclosure: Disclosure) => readonly Cell[];
  /** Cells that the other entry writes. */
  readonly others: (disclosure: Disclosure) => readonly Cell[];
}

export const cellsIn = (table: Table, row: string): Cell[] =>
  table.spec.sections
    .flatMap(({ columns }) => columns)
    .flatMap(({ id }) => table.cell(row, id) ?? []);

export const ofRow =
  ({ id }: Table, row: string) =>
  (after: Disclosure): Cell[] => {
    const table = after.tables.get(id);
    return table ? cellsIn(table, row) : [];
  };

/** The likeliest of each first. */
export function inTurn<T>(each: readonly (readonly T[])[]): T[] {
  const longest = each.reduce((most, { length }) => Math.max(most, length), 0);
  return Array.from({ length: longest }, (_, at) => each.flatMap((ones) => ones[at] ?? [])).flat();
}
