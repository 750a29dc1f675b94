import type { Cell } from '../disclosure/model';
import type { Entry, MapNode, SequenceNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import type { CellEdit } from './edits';

/**
 * Writes a cell that has no place in the text yet: a column into its row, or a row into its table, in
 * the style of what stands there. Undefined where there is no map to write into.
 */
export function insertCell(cell: Cell, text: string, tree: SyntaxTree): CellEdit | undefined {
  const { row, column, table } = cell;
  const { section, spec, code } = row;
  const single = section.columns.length === 1;
  if (row.entry) {
    return single ? undefined : insertInto(row.entry, column.key, text, tree);
  }
  const rowKey = code ?? spec?.key;
  const parent = section.id === '' ? table.entry : sideEntry(table.entry, section.key);
  // Parts of a row stand in a map of their own, which is then not there either.
  if (!rowKey || !parent || !section.rows.every(({ parts }) => !parts?.includes(spec!))) {
    return undefined;
  }
  const value = single ? text : `{${quoted(column.key, tree)}: ${text}}`;
  return insertInto(parent, rowKey, value, tree);
}

function sideEntry(table: Entry, key: string | undefined): Entry | undefined {
  if (table.value?.kind !== 'map') return undefined;
  return table.value.entries.find((entry) => entry.key.text.trim() === key);
}

/** Writes an entry before the first one of a map. */
export function insertFirst(
  { value: map }: Entry,
  key: string,
  value: string,
  tree: SyntaxTree,
): CellEdit | undefined {
  const first = map?.kind === 'map' ? map.entries[0] : undefined;
  if (map?.kind !== 'map' || !first) return undefined;
  const { start } = tree.rangeOf(first);
  const json = tree.language === 'json';
  const written = `${quoted(key, tree)}: ${json ? `"${value}"` : value}`;
  const onOwnLine = /[\r\n][ \t]*$/.test(tree.text.slice(tree.rangeOf(map).start - 1, start));
  const ownLine = onOwnLine || map.style === 'block';
  const gap = ownLine ? `${lineEnd(tree.text)}${indentOf(tree, first)}` : ' ';
  const comma = map.style === 'flow' ? ',' : '';
  return { range: { start, end: start }, newText: `${written}${comma}${gap}` };
}

function insertInto(
  parent: Entry,
  key: string,
  value: string,
  tree: SyntaxTree,
): CellEdit | undefined {
  return insertEntries(parent, [[key, value]], tree);
}

/** Writes entries behind those of a map, or into the place of a blank; values as they are written. */
export function insertEntries(
  parent: Entry,
  entries: readonly (readonly [key: string, value: string])[],
  tree: SyntaxTree,
): CellEdit | undefined {
  const written = entries.map(([key, value]) => `${quoted(key, tree)}: ${value}`);
  const node: SyntaxNode | undefined = parent.value;
  if (!node) {
    const range = tree.valueRangeOf(parent);
    const glued = tree.text[range.start - 1] === ':' ? ' ' : '';
    return { range, newText: `${glued}{${written.join(', ')}}` };
  }
  if (node.kind !== 'map') return undefined;
  const last = node.entries.at(-1);
  if (!last) {
    const at = tree.rangeOf(node).start + 1;
    return { range: { start: at, end: at }, newText: written.join(', ') };
  }
  const gap = onOwnLines(tree, node) ? `${lineEnd(tree.text)}${indentOf(tree, last)}` : ' ';
  return node.style === 'block'
    ? afterLine(tree, last, node, written.join(gap))
    : afterEntry(tree, last, node, written.join(`,${gap}`));
}

/**
 * Writes an entry behind all others of the file; behind the comments at its end too, where nothing but
 * those follows. `content` is what stands behind the colon, for entries with such an indentation.
 */
export function appendEntry(
  tree: SyntaxTree,
  root: MapNode,
  key: string,
  content: (indent: string) => string,
): CellEdit | undefined {
  const last = root.entries.at(-1);
  if (!last) return undefined;
  const indent = onOwnLines(tree, root) ? indentOf(tree, last) : '';
  const written = `${quoted(key, tree)}:${content(indent)}`;
  if (root.style === 'flow') return afterEntry(tree, last, root, written);
  const eol = lineEnd(tree.text);
  const end = tree.text.trimEnd().length;
  const rest = tree.text.slice(tree.rangeOf(last).end);
  const at = { start: end, end };
  // Behind the end of a document nothing more may stand.
  if (/^(?:\.\.\.|---)/m.test(rest)) return afterLine(tree, last, root, written);
  return { range: at, newText: `${eol}${eol}${indent}${written}` };
}

/** Writes an item behind the others of a list. `written` is the item without its dash or comma. */
export function appendItem(tree: SyntaxTree, list: SequenceNode, written: string): CellEdit {
  const items = list.items.flatMap((item) => item ?? []);
  const last = items.at(-1);
  if (!last) {
    const { start, end } = tree.rangeOf(list);
    return { range: { start: start + 1, end: end - 1 }, newText: written };
  }
  const { start } = tree.rangeOf(last);
  const line = tree.text.slice(tree.text.lastIndexOf('\n', start - 1) + 1, start);
  const onOwnLine = /^[ \t]*(?:-[ ]*)?$/.test(line);
  const end = start + tree.text.slice(start, tree.rangeOf(last).end).trimEnd().length;
  if (list.style === 'flow') {
    const gap = onOwnLine ? `${lineEnd(tree.text)}${line}` : ' ';
    return { range: { start: end, end }, newText: `,${gap}${written}` };
  }
  let at = end;
  while (at < tree.text.length && !/[\r\n]/.test(tree.text[at]!)) at++;
  const item = written.startsWith('- ') ? written : `- ${written}`;
  const indent = /^[ \t]*/.exec(line)![0];
  return { range: { start: at, end: at }, newText: `${lineEnd(tree.text)}${indent}${item}` };
}

/** A new line behind the last entry's last line, comments of that line included. */
function afterLine(tree: SyntaxTree, last: Entry, map: MapNode, written: string): CellEdit {
  const { text } = tree;
  let at = tree.rangeOf(last).end;
  while (at > 0 && /[\r\n]/.test(text[at - 1]!)) at--;
  while (at < text.length && !/[\r\n]/.test(text[at]!)) at++;
  return {
    range: { start: at, end: at },
    newText: `${lineEnd(text)}${indentOf(tree, map.entries[0]!)}${written}`,
  };
}

function afterEntry(tree: SyntaxTree, last: Entry, map: MapNode, written: string): CellEdit {
  const at = tree.rangeOf(last).end;
  const gap = onOwnLines(tree, map) ? `${lineEnd(tree.text)}${indentOf(tree, last)}` : ' ';
  return { range: { start: at, end: at }, newText: `,${gap}${written}` };
}

/** Whether the entries of a map begin on a line of their own, not behind its brace. */
function onOwnLines(tree: SyntaxTree, map: MapNode): boolean {
  if (map.style === 'block') return true;
  const { start } = tree.rangeOf(map);
  return tree.text.slice(start, tree.rangeOf(map.entries[0]!).start).includes('\n');
}

export function indentOf(tree: SyntaxTree, entry: Entry): string {
  const { start } = tree.rangeOf(entry);
  const line = tree.text.slice(tree.text.lastIndexOf('\n', start - 1) + 1, start);
  return ' '.repeat(line.replace(/^\uFEFF/, '').length);
}

export const lineEnd = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');

const quoted = (key: string, tree: SyntaxTree) => (tree.language === 'json' ? `"${key}"` : key);
