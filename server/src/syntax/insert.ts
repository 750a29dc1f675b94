import { isLineEnd, lineEnd, lineStart } from './traps/characters';
import {
  trimmedRange,
  type Entry,
  type MapNode,
  type SequenceNode,
  type SyntaxNode,
  type SyntaxTree,
  type TextEdit,
} from './tree';

/*
 * Entries and items written into a text in the style of what stands around them: on lines of their own or not,
 * indented as their neighbours are, by blanks or tabs.
 */

/** Writes an entry before another one of a map, as it is to stand there, key and all. */
export function insertBefore(
  next: Entry,
  map: MapNode,
  written: string,
  tree: SyntaxTree,
): TextEdit {
  const { start } = tree.rangeOf(next);
  // In braces, behind others on the same line, the new one goes there too.
  const gap =
    map.style === 'block' || beginsLine(tree, start) ? eolOf(tree) + indentOf(tree, next) : ' ';
  const comma = map.style === 'flow' ? ',' : '';
  return { range: { start, end: start }, newText: `${written}${comma}${gap}` };
}

/** Writes an entry behind another one of a map, as it is to stand there, key and all. */
export const insertAfter = (
  previous: Entry,
  map: MapNode,
  written: string,
  tree: SyntaxTree,
): TextEdit =>
  map.style === 'block'
    ? afterLine(tree, previous, map, written)
    : afterEntry(tree, previous, map, written);

/** Writes entries behind those of a map, or into the place of a blank; values as they are written. */
export function insertEntries(
  parent: Entry,
  entries: readonly (readonly [key: string, value: string])[],
  tree: SyntaxTree,
): TextEdit | undefined {
  const written = entries.map(([key, value]) => `${quoted(key, tree)}: ${value}`);
  const node: SyntaxNode | undefined = parent.value;
  if (!node) {
    return openValue(parent, `{${written.join(', ')}}`, tree);
  }
  if (node.kind !== 'map') return undefined;
  const last = node.entries.at(-1);
  if (!last) {
    const at = tree.rangeOf(node).start + 1;
    return { range: { start: at, end: at }, newText: written.join(', ') };
  }
  const gap = onOwnLines(tree, node) ? `${eolOf(tree)}${indentOf(tree, last)}` : ' ';
  return insertAfter(last, node, written.join(node.style === 'block' ? gap : `,${gap}`), tree);
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
): TextEdit | undefined {
  const last = root.entries.at(-1);
  if (!last) return undefined;
  const indent = onOwnLines(tree, root) ? indentOf(tree, last) : '';
  const written = `${quoted(key, tree)}:${content(indent)}`;
  if (root.style === 'flow') return afterEntry(tree, last, root, written);
  const eol = eolOf(tree);
  const end = tree.text.trimEnd().length;
  const rest = tree.text.slice(tree.rangeOf(last).end);
  const at = { start: end, end };
  // Behind the end of a document nothing more may stand.
  if (/^(?:\.\.\.|---)/m.test(rest)) return afterLine(tree, last, root, written);
  return { range: at, newText: `${eol}${eol}${indent}${written}` };
}

/** Writes an item behind the others of a list. `written` is the item without its dash or comma. */
export function appendItem(tree: SyntaxTree, list: SequenceNode, written: string): TextEdit {
  const items = list.items.flatMap((item) => item ?? []);
  const last = items.at(-1);
  if (!last) {
    const { start, end } = tree.rangeOf(list);
    return { range: { start: start + 1, end: end - 1 }, newText: written };
  }
  const { start, end } = trimmedRange(last, tree);
  const line = tree.text.slice(lineStart(tree.text, start), start);
  if (list.style === 'flow') {
    const gap = /^[ \t]*(?:-[ ]*)?$/.test(line) ? eolOf(tree) + line : ' ';
    return { range: { start: end, end }, newText: `,${gap}${written}` };
  }
  const at = lineEnd(tree.text, end);
  const item = written.startsWith('- ') ? written : `- ${written}`;
  return { range: { start: at, end: at }, newText: eolOf(tree) + leadingBlanks(line) + item };
}

/** A new line behind the last entry's last line, comments of that line included. */
function afterLine(tree: SyntaxTree, last: Entry, map: MapNode, written: string): TextEdit {
  const { text } = tree;
  let end = tree.rangeOf(last).end;
  while (end > 0 && isLineEnd(text[end - 1])) end--;
  const at = lineEnd(text, end);
  const indent = indentOf(tree, map.entries[0]!);
  return { range: { start: at, end: at }, newText: eolOf(tree) + indent + written };
}

function afterEntry(tree: SyntaxTree, last: Entry, map: MapNode, written: string): TextEdit {
  const { end } = tree.rangeOf(last);
  // The blank behind a colon is where its value would be typed.
  const isOpen = !last.value && /^: [,}\r\n]/.test(tree.text.slice(end - 1, end + 2));
  const at = isOpen ? end + 1 : end;
  const gap = onOwnLines(tree, map) ? eolOf(tree) + indentOf(tree, last) : ' ';
  return { range: { start: at, end: at }, newText: `,${gap}${written}` };
}

/** Whether the entries of a map begin on a line of their own, not behind its brace. */
function onOwnLines(tree: SyntaxTree, map: MapNode): boolean {
  if (map.style === 'block') return true;
  const { start } = tree.rangeOf(map);
  return tree.text.slice(start, tree.rangeOf(map.entries[0]!).start).includes('\n');
}

const beginsLine = ({ text }: SyntaxTree, offset: number) =>
  /^\uFEFF?[ \t]*$/.test(text.slice(lineStart(text, offset), offset));

/** What a line begins with for something to stand right below an entry: blanks, or tabs where it has tabs. */
export function indentOf(tree: SyntaxTree, entry: Entry): string {
  const { start } = tree.rangeOf(entry);
  const line = tree.text.slice(lineStart(tree.text, start), start).replace(/^\uFEFF/, '');
  return /^[ \t]*(?:-[ \t]+)*/.exec(line)![0].replaceAll('-', ' ');
}

/** How the lines of a text end. */
export const eolOf = ({ text }: Pick<SyntaxTree, 'text'>) =>
  text.includes('\r\n') ? '\r\n' : '\n';

/** Writes a value into the place of none: into the blank behind the colon, where nothing else lives of it. */
export function openValue(entry: Entry, newText: string, tree: SyntaxTree): TextEdit {
  const range = tree.valueRangeOf(entry);
  if (range.start < range.end || tree.text[range.start - 1] !== ':') return { range, newText };
  if (!/^ (?:[,}\r\n]|$)/.test(tree.text.slice(range.start, range.start + 2))) {
    return { range, newText: ` ${newText}` };
  }
  const at = range.start + 1;
  return { range: { start: at, end: at }, newText };
}

/** A key or a word as the language of a file writes it. */
export const quoted = (text: string, { language }: Pick<SyntaxTree, 'language'>) =>
  language === 'json' ? JSON.stringify(text) : text;

const leadingBlanks = (line: string) => /^[ \t]*/.exec(line)![0];
