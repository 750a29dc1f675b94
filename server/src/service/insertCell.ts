import type { Cell } from '../disclosure/model';
import { standsAlone } from '../disclosure/statementData';
import { insertEntries, quoted } from '../syntax/insert';
import type { Entry, SyntaxTree, TextEdit } from '../syntax/tree';

/**
 * Writes a cell that has no place in the text yet: a column into its row, or a row into its table, in
 * the style of what stands there. Undefined where there is no map to write into.
 */
export function insertCell(cell: Cell, text: string, tree: SyntaxTree): TextEdit | undefined {
  const { row, column, table } = cell;
  const { section, spec, code } = row;
  const single = section.columns.length === 1;
  // Its key means another thing outside its group.
  if (!standsAlone(column)) return undefined;
  if (row.entry) {
    return single ? undefined : insertEntries(row.entry, [[column.key, text]], tree);
  }
  const rowKey = code ?? spec?.key;
  const parent = section.id === '' ? table.entry : sideEntry(table.entry, section.key);
  // Parts of a row stand in a map of their own, which is then not there either.
  if (!rowKey || !parent || !section.rows.every(({ parts }) => !parts?.includes(spec!))) {
    return undefined;
  }
  const value = single ? text : `{${quoted(column.key, tree)}: ${text}}`;
  return insertEntries(parent, [[rowKey, value]], tree);
}

/** Where a side of a table is written. */
export function sideEntry(table: Entry, key: string | undefined): Entry | undefined {
  if (table.value?.kind !== 'map') return undefined;
  return table.value.entries.find((entry) => entry.key.text.trim() === key);
}
