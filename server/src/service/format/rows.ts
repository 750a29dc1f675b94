import { isLineEnd, lineEnd } from '../../syntax/traps/characters';
import type {
  Entry,
  MapNode,
  SequenceNode,
  SyntaxNode,
  SyntaxTree,
  TextRange,
} from '../../syntax/tree';
import type { WrittenCell } from './columns';

/** A map or list with a line for each of what it holds. */
export type Collection = MapNode | SequenceNode;

/** A child of a collection that takes one line: `key: value`, `key: {…}` or `- {…}`. All ranges hold blanks only. */
export interface Row {
  /** Where the line's content begins. */
  readonly start: number;
  /** The key as it is written; empty for an item of a list. */
  readonly label: string;
  /** Between the colon and the value; undefined for an item of a list. */
  readonly before: TextRange | undefined;
  /** The value as it is written; undefined where it is a map of cells. */
  readonly value: string | undefined;
  readonly cells: readonly Cell[];
  /** Behind the opening brace. */
  readonly open: TextRange | undefined;
  /** Between what is written and a comment behind it. */
  readonly comment: TextRange | undefined;
}

export interface Cell extends WrittenCell {
  readonly beforeColon: TextRange;
  readonly before: TextRange;
  readonly beforeComma: TextRange;
  readonly hasComma: boolean;
  /** Behind the comma; before the closing brace, where no comma stands before that. */
  readonly after: TextRange;
}

/** Rows without anything between them that takes more than a line. */
export function runsOf(collection: Collection, tree: SyntaxTree): Row[][] {
  const runs: Row[][] = [[]];
  for (const child of childrenOf(collection)) {
    const row = rowOf(child, tree);
    if (row) runs.at(-1)!.push(row);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

export function childrenOf(collection: Collection): readonly (Entry | SyntaxNode)[] {
  return collection.kind === 'map'
    ? collection.entries
    : collection.items.filter((item) => item !== undefined);
}

function rowOf(child: Entry | SyntaxNode, tree: SyntaxTree): Row | undefined {
  const { text } = tree;
  const { start } = tree.rangeOf(child);
  if (!beginsLine(text, start)) return undefined;
  const isEntry = child.kind === 'entry';
  const value = isEntry ? child.value : child;
  const place = isEntry ? valuePlace(child, tree) : tree.rangeOf(child);
  const before = isEntry ? colonGap(child, place, tree) : undefined;
  if (isEntry && !before) return undefined;
  const written = text.slice(place.start, place.end);
  const rest = text.slice(place.end, lineEnd(text, place.end));
  const behind = /^(?:[ \t]*,)?([ \t]*)(?=#|$)/.exec(rest);
  if (!behind || /[\r\n]/.test(written)) return undefined;
  const commentAt = place.end + behind[0].length;
  const hasComment = behind[0].length < rest.length;
  // Without a blank before it a `#` belongs to what stands there.
  if (hasComment && behind[1] === '') return undefined;
  const row = {
    start,
    label: isEntry ? sliceOf(child.key, tree) : '',
    before,
    comment: hasComment ? { start: commentAt - behind[1]!.length, end: commentAt } : undefined,
  };
  if (value?.kind !== 'map') {
    // Blocks begin in the line of their dash, and scalars of lists are words.
    return isEntry ? { ...row, value: written, cells: [], open: undefined } : undefined;
  }
  const cells = value.style === 'flow' ? cellsOf(value, place, tree) : undefined;
  return cells && { ...row, value: undefined, ...cells };
}

/** Whether nothing but blanks, and dashes of lists, stands before this in its line. */
export function beginsLine(text: string, at: number): boolean {
  let lineStart = at;
  while (lineStart > 0 && !isLineEnd(text[lineStart - 1])) lineStart--;
  return /^\uFEFF?[ \t]*(?:-[ \t]+)*$/.test(text.slice(lineStart, at));
}

const sliceOf = (node: SyntaxNode, tree: SyntaxTree) => {
  const { start, end } = tree.rangeOf(node);
  return tree.text.slice(start, end);
};

/** Where the value of an entry stands, a written `null` included. */
function valuePlace(entry: Entry, tree: SyntaxTree): TextRange {
  return entry.value ? tree.rangeOf(entry.value) : tree.valueRangeOf(entry);
}

/**
 * Between colon and value; undefined where anything but blanks and a colon stands there. A colon without
 * a blank makes no key in YAML, which is for a person to mend.
 */
function colonGap(entry: Entry, place: TextRange, tree: SyntaxTree): TextRange | undefined {
  const { end } = tree.rangeOf(entry.key);
  const match = /^[ \t]*:(?=([ \t]*)$)/.exec(tree.text.slice(end, place.start));
  if (!match) return undefined;
  if (tree.language === 'yaml' && match[1] === '' && place.end > place.start) return undefined;
  return { start: end + match[0].length, end: place.start };
}

function cellsOf(
  map: MapNode,
  { start, end }: TextRange,
  tree: SyntaxTree,
): Pick<Row, 'open' | 'cells'> | undefined {
  const { text } = tree;
  if (text[start] !== '{' || text[end - 1] !== '}') return undefined;
  const [first] = map.entries;
  const open = { start: start + 1, end: first ? tree.rangeOf(first).start : end - 1 };
  if (!isBlank(text, open)) return undefined;
  const cells: Cell[] = [];
  for (const [index, entry] of map.entries.entries()) {
    const next = map.entries[index + 1];
    const until = next ? tree.rangeOf(next).start : end - 1;
    const gaps = gapsOf(entry, until, tree);
    if (!gaps || (next && !gaps.hasComma)) return undefined;
    const { start: from, end: to } = valuePlace(entry, tree);
    cells.push({
      key: entry.key.text.trim(),
      label: sliceOf(entry.key, tree),
      value: text.slice(from, to),
      ...gaps,
    });
  }
  return { open, cells };
}

/** The blanks around a cell's value, up to the next key or the closing brace. */
function gapsOf(entry: Entry, until: number, tree: SyntaxTree): Gaps | undefined {
  const place = valuePlace(entry, tree);
  const colon = colonGap(entry, place, tree);
  const behind = /^([ \t]*)(?:(,)([ \t]*))?$/.exec(tree.text.slice(place.end, until));
  if (!colon || !behind) return undefined;
  const [, first = '', comma, last = ''] = behind;
  const at = place.end + first.length;
  const isEmpty = place.start === place.end;
  return {
    beforeColon: { start: tree.rangeOf(entry.key).end, end: colon.start - 1 },
    // Of a blank all blanks are before it.
    before: isEmpty ? { start: colon.start, end: at } : colon,
    beforeComma: { start: isEmpty || !comma ? at : place.end, end: at },
    hasComma: comma !== undefined,
    after:
      comma || isEmpty
        ? { start: until - last.length, end: until }
        : { start: place.end, end: until },
  };
}

type Gaps = Omit<Cell, keyof WrittenCell>;

const isBlank = (text: string, { start, end }: TextRange) =>
  /^[ \t]*$/.test(text.slice(start, end));
