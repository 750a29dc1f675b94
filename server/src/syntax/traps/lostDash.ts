import { isBlank, isRestEmpty, skip } from './characters';
import type { Item, Last, Level } from './items';
import { findKey } from './keys';
import { edit, type Trap } from './trap';
import { above, below, MOST_LINES, valueEnd, written, type Written } from './written';

/** The dash and the blank of an item, which may have been exchanged for blanks or taken away. */
const DASH = '- ';

/** No code, which rows of tables begin with. */
const NAME = /^\p{L}/u;

/** `{科目: 2080101, 决算: 250.04}` */
const ROW = /^\{[^{}[\]]*(?:[{[][^{}[\]]*[}\]][^{}[\]]*)*\}$/u;

/**
 * An item that lost its dash: a row, or the key that the items of its list begin with, where YAML takes
 * nothing but an item of the list, or would have the same key twice.
 */
export function lostDash(
  text: string,
  item: Item,
  levels: readonly Level[],
  last: Last,
): { readonly indent: number; readonly trap: Trap } | undefined {
  const { from, end, indent } = item;
  if (text[from] === '-' || text[from] === '#') return undefined;
  const found =
    last.value === 'empty' && indent > last.indent
      ? ofFirst(text, item, last)
      : ofNext(text, item, levels, last);
  if (!found) return undefined;
  const start = from - indent;
  const edits = [edit(start, from, `${' '.repeat(found.indent)}${DASH}`)];
  const fixes = [{ title: 'dash-lost', edits, certain: found.certain }];
  const range = { start: from, end: valueEnd(text, from, end) };
  const trap = { problem: { code: 'syntax.dash-lost', range, args: {}, fixes }, reading: edits };
  return { indent: found.indent, trap };
}

interface Found {
  /** The column of the list. */
  readonly indent: number;
  readonly certain: boolean;
}

/** The first item, which the next one shows to be one. */
function ofFirst(text: string, item: Item, last: Last): Found | undefined {
  const { from, end, indent } = item;
  const key = keyAt(text, from, end);
  if (key === undefined ? !isRow(text, from, end) : !NAME.test(key)) return undefined;
  const next = nextItem(text, item);
  if (!next || next.indent < Math.max(last.indent, indent - DASH.length)) return undefined;
  const start = skip(text, next.from + 1, next.end, isBlank);
  const isAlike = key ? keyAt(text, start, next.end) === key : isRow(text, start, next.end);
  return isAlike ? { indent: next.indent, certain: true } : undefined;
}

/** The item below that stands no deeper than a line, whatever stands between them being deeper or beside it. */
function nextItem(text: string, { from, indent }: Item): Written | undefined {
  let before = written(text, from - indent);
  for (let i = 0; before && i < MOST_LINES; i++) {
    const line = below(text, before);
    if (!line || line.indent < indent - DASH.length) return undefined;
    if (line.indent <= indent && isItem(text, line))
      return isListOf(text, before, line) ? undefined : line;
    if (line.indent < indent) return undefined;
    before = line;
  }
  return undefined;
}

const isItem = (text: string, { from, end }: Written) =>
  text[from] === '-' && (from + 1 === end || isBlank(text[from + 1]));

/** Whether an item begins the list of the key above it, in whose column it may stand. */
function isListOf(text: string, { from, end, indent }: Written, item: Written): boolean {
  const key = indent === item.indent ? findKey(text, from, end) : undefined;
  return key?.separates === true && isRestEmpty(text, key.colon + 1);
}

/** Another item of a list that is open. */
function ofNext(
  text: string,
  { from, end, indent }: Item,
  levels: readonly Level[],
  last: Last,
): Found | undefined {
  const open = levels.filter((level) => level.indent <= indent);
  const at = open.findLastIndex(({ map, list }) => !map || list === true);
  const list = open[at];
  if (!list || indent - list.indent > DASH.length) return undefined;
  // What stands in the column of a list that stands in the column of its key goes on with that key's map.
  if (indent === list.indent && list.map) return undefined;
  const isInItem = at < open.length - 1;
  const found = (certain: boolean) => ({ indent: list.indent, certain });
  if (text[from] === '{') {
    const isMeant = !isInItem && last.value === 'other' && isRow(text, from, end);
    return isMeant ? found(true) : undefined;
  }
  const key = keyAt(text, from, end);
  if (key === undefined) {
    const isText = !isInItem && list.first === undefined && indent === list.indent;
    // It may go on with the text of the item before it as well.
    return isText && isWord(text, from, end) ? found(false) : undefined;
  }
  if (key !== list.first) return undefined;
  // Twice at the beginning of an item is a line that was doubled.
  const line = written(text, from - indent);
  const before = line && above(text, line);
  const isDoubled = before !== undefined && text.startsWith(DASH, before.from);
  return isInItem && isDoubled ? undefined : found(true);
}

const isWord = (text: string, from: number, end: number) =>
  /^[\p{L}\p{N}“"']/u.test(text.slice(from, end)) && findKey(text, from, end) === undefined;

const isRow = (text: string, from: number, end: number) =>
  ROW.test(text.slice(from, valueEnd(text, from, end)));

/** The key with which a line goes on. */
export function keyAt(text: string, from: number, end: number): string | undefined {
  const key = findKey(text, from, end);
  return key?.separates ? text.slice(from, key.colon).trim() : undefined;
}
