/** Figures that stand in other rows or columns than their own, moved as they are written. */
import { isSameAmount, type Amount } from '../disclosure/amount';
import { amountOf, type Cell, type Row, type Table } from '../disclosure/model';
import type { CellGroup } from '../repair/cause';
import { append } from '../syntax/arrays';
import { groupBy } from '../syntax/multimap';
import type { SyntaxTree } from '../syntax/tree';
import { editCell, textFor, type CellEdit } from './edits';

/** The edits that move them; undefined where figures are to be written one by one. */
export function movedEdits(group: CellGroup, tree: SyntaxTree): CellEdit[] | undefined {
  const [cell] = group.changes.keys();
  if (!cell) return undefined;
  if (group.kind === 'columns') return exchanged(group, tree);
  if (group.kind === 'rotated') return rotated(group, cell.table, tree);
  const by = group.kind === 'shifted' ? group.moved?.by : undefined;
  return by === undefined ? undefined : shifted(group, cell.table, by, tree);
}

/** Of each row the two figures change places; where one alone is written, its key is the other's. */
function exchanged({ changes }: CellGroup, tree: SyntaxTree): CellEdit[] | undefined {
  const edits: CellEdit[] = [];
  for (const pair of groupBy([...changes.keys()], ({ row }) => row).values()) {
    const [one, other, ...more] = pair;
    if (!one || !other || more.length > 0) return undefined;
    const written = pair.filter(({ entry }) => entry !== undefined);
    const [only] = written;
    if (!only?.entry) return undefined;
    if (written.length === 1) {
      const { key } = (only === one ? other : one).column;
      const range = tree.rangeOf(only.entry.key);
      const quote = /^["']?/.exec(tree.text.slice(range.start, range.end))![0];
      edits.push({ range, newText: `${quote}${key}${quote}` });
      continue;
    }
    for (const [cell, from] of [
      [one, other],
      [other, one],
    ] as const) {
      const edit = editCell(cell, from.state === 'blank' ? '' : from.printed, tree);
      if (!edit) return undefined;
      edits.push(edit);
    }
  }
  return edits;
}

/** What rows say goes to the rows above or below; what was lost at the end is written anew. */
function shifted(
  { changes }: CellGroup,
  table: Table,
  by: number,
  tree: SyntaxTree,
): CellEdit[] | undefined {
  const touched = new Set(Array.from(changes.keys(), ({ row }) => row));
  const [first] = touched;
  const all = [...table.rows.values()].filter(
    (row) => row.section === first!.section && row.printed,
  );
  const isTouched = (row: Row) => touched.has(row);
  const [from, to] = [all.findIndex(isTouched), all.findLastIndex(isTouched)];
  const [start, end] = by > 0 ? [from, to] : [to, from];
  const edits: CellEdit[] = [];
  for (let at = from; at <= to; at++) {
    const row = all[at]!;
    const sources = [all[at + by], ...(at === end ? [all[start]] : [])];
    const source = sources.find((one) => one && movesTo(row, one, table, changes));
    const moved = source
      ? moveRow(row, source, table, tree)
      : at === end
        ? written(row, changes, tree)
        : undefined;
    if (!moved) return undefined;
    append(edits, moved);
  }
  return edits;
}

/** Each row says what another one of them said. */
function rotated({ changes }: CellGroup, table: Table, tree: SyntaxTree): CellEdit[] | undefined {
  const rows = [...new Set(Array.from(changes.keys(), ({ row }) => row))];
  const edits = rows.map((row) => {
    const source = rows.find((one) => one !== row && movesTo(row, one, table, changes));
    return source && moveRow(row, source, table, tree);
  });
  return edits.every((edit) => edit !== undefined) ? edits.flat() : undefined;
}

const cellsOf = (row: Row, table: Table): Cell[] =>
  table.columnsOf(row.section).flatMap(({ id }) => table.cell(row.id, id) ?? []);

/** Whether a row would say all that another one says. */
function movesTo(row: Row, from: Row, table: Table, changes: CellGroup['changes']): boolean {
  return cellsOf(row, table).every((cell) => {
    const source = table.cell(from.id, cell.column.id);
    // What is computed follows by itself.
    if (cell.state === 'derived') return source?.state === 'derived';
    const wanted = changes.get(cell) ?? amountOf(cell);
    return source !== undefined && isSameAmount(amountOf(source), wanted);
  });
}

function moveRow(row: Row, from: Row, table: Table, tree: SyntaxTree): CellEdit[] | undefined {
  const [own, other] = [row.entry?.value, from.entry?.value];
  if (own?.kind === 'map' && other?.kind === 'map') {
    // What stands on lines of its own would have to be indented anew.
    if (own.style !== 'flow' || other.style !== 'flow') return undefined;
    const { start, end } = tree.rangeOf(other);
    return [{ range: tree.rangeOf(own), newText: tree.text.slice(start, end) }];
  }
  const [cell, ...more] = cellsOf(row, table);
  const source = cell && table.cell(from.id, cell.column.id);
  if (!source || more.length > 0) return undefined;
  const edit = editCell(cell, source.state === 'blank' ? '' : source.printed, tree);
  return edit && [edit];
}

function written(
  row: Row,
  changes: ReadonlyMap<Cell, Amount>,
  tree: SyntaxTree,
): CellEdit[] | undefined {
  const edits = [...changes].flatMap(([cell, amount]) =>
    cell.row === row ? [editCell(cell, textFor(amount, cell), tree)] : [],
  );
  const done = edits.filter((edit) => edit !== undefined);
  const places = new Set(done.map(({ range }) => range.start));
  return places.size === edits.length ? done : undefined;
}
