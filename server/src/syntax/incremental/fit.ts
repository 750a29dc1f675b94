import { LineEntry, VALUE } from './nodes';
import type { Line } from './store';
import type { Row } from './unit';

/** The columns of the maps that are open, and whether the last row awaits a value. */
export interface Columns {
  readonly columns: readonly number[];
  readonly open: boolean;
  /** The column of the root's bracket (JSON). */
  readonly root: number | undefined;
}

/** What can be used of rows that a parser made of a text that it refuses. */
export function fittingRows(
  state: Columns,
  read: readonly Row[],
  first: Line,
  next: Line | undefined,
): readonly Row[] {
  let rows = read;
  while (rows.length > 0 && !columnsAfter(state, rows)) rows = rows.slice(0, -1);
  const own = first.scanned?.rows;
  if (rows.length === 0 && own && columnsAfter(state, own)) rows = own;
  if (!next || fits(state, rows, next)) return rows;
  const under = rows.findIndex(({ indent }) => indent < rows[0]!.indent);
  if (under > 0) rows = rows.slice(0, under);
  if (fits(state, rows, next)) return rows;
  // What follows is deeper: it stands below the last row before it, whatever that holds.
  for (let i = rows.length - 1; i >= 0; i--) {
    const { indent, entry } = rows[i]!;
    if (indent >= next.indent) continue;
    const bare = new LineEntry(entry.key, undefined, entry[VALUE], entry[VALUE]);
    const opened = [...rows.slice(0, i), { indent, entry: bare, open: true }];
    if (fits(state, opened, next)) return opened;
  }
  return [];
}

/** Whether a line can be taken after some rows, perhaps with maps closed before it. */
export function fits(state: Columns, rows: readonly Row[], next: Line | undefined): boolean {
  const after = columnsAfter(state, rows);
  if (!after || !next) return after !== undefined;
  const { columns, open, root } = after;
  const { indent } = next;
  if (next.kind === 'close') return indent === root || columns.slice(0, -1).includes(indent);
  return columns.includes(indent) || (open && indent > (columns.at(-1) ?? -1));
}

/** What is open after some rows; undefined if they make no maps. */
function columnsAfter(state: Columns, rows: readonly Row[]): Columns | undefined {
  const columns = [...state.columns];
  let open = state.open || columns.length === 0;
  for (const row of rows) {
    while (columns.length > 0 && columns.at(-1)! > row.indent) {
      columns.pop();
      open = false;
    }
    if (columns.at(-1) !== row.indent) {
      if (!open) return undefined;
      columns.push(row.indent);
    }
    ({ open } = row);
  }
  return { columns, open, root: state.root };
}
