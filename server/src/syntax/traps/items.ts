import { isBlank, isLineEnd, isRestEmpty, lineEnd, nextLine, skip } from './characters';
import { hasKey } from './keys';
import { edit, trap, type Trap } from './trap';

/** A map or a list that is open: its column. */
export interface Level {
  readonly indent: number;
  readonly map: boolean;
  /** A list stands in the column of the map's last key. */
  readonly list?: true;
  /** The key that the items of a list begin with. */
  readonly first?: string | undefined;
}

/** The last entry or item: its column, and what can follow it in the next lines. */
export interface Last {
  readonly indent: number;
  /** `text` goes on in lines that are indented deeper; `empty` has its value there. */
  readonly value: 'empty' | 'text' | 'other';
}

/** The line of an item: where it begins behind its blanks, and how many these are. */
export interface Item {
  readonly from: number;
  readonly end: number;
  readonly indent: number;
}

/**
 * An item that lost its indentation: `- {科目: 2080101}` where neither a list is open nor one can begin. It
 * is meant to be in the list before it, or in the one that the key above it has no other item of yet.
 */
export function columnOfItem(
  text: string,
  { from, end, indent }: Item,
  levels: readonly Level[],
  last: Last,
): { readonly indent: number; readonly trap: Trap } | undefined {
  const top = levels.findLast((level) => level.indent <= indent);
  if (!top) return undefined;
  const inList = !top.map || top.list === true;
  const isOpen = top.indent === indent && inList;
  const isFirst = last.value === 'empty' && last.indent <= indent;
  // What is deeper than a list goes on with the text of its item.
  const goesOn = last.value === 'text' && inList && top.indent < indent;
  if (isOpen || isFirst || goesOn) return undefined;
  const columns = levels.filter(({ map, list }) => !map || list).map((level) => level.indent);
  const meant = last.value === 'empty' ? firstOf(text, end, last) : nearest(columns, indent);
  if (meant === undefined) return undefined;
  const start = from - indent;
  const certain = last.value === 'empty' || columns.length === 1;
  const edits = [edit(start, from, ' '.repeat(meant))];
  const trap: Trap = {
    problem: {
      code: 'syntax.indent',
      range: { start, end: indent > 0 ? from : end },
      args: {},
      fixes: [{ title: 'indent', edits, certain }],
    },
    reading: edits,
  };
  return { indent: meant, trap };
}

const nearest = (columns: readonly number[], indent: number) =>
  columns.reduce<number | undefined>(
    (best, column) =>
      best === undefined || Math.abs(column - indent) <= Math.abs(best - indent) ? column : best,
    undefined,
  );

/** The column of the list below a key, as its next item shows it. */
function firstOf(text: string, end: number, { indent }: Last): number {
  let at = nextLine(text, end);
  while (at < text.length && isRestEmpty(text, at)) at = nextLine(text, at);
  const from = skip(text, at, text.length, (c) => c === ' ');
  const isItem = text[from] === '-' && !isLineEnd(text[from + 1]) && from < lineEnd(text, at);
  return isItem && from - at >= indent ? from - at : indent + 2;
}

const TIGHT = /-(?=[\p{L}“"'{])/uy;

/**
 * `-科目: 2010507`, which YAML takes for a key that begins with a dash: an item where a list is open in its column,
 * or where the lines below it show that one begins.
 */
export function tightItem(
  text: string,
  [at, end]: readonly [at: number, end: number],
  column: number,
  top: Level | undefined,
  last: Last,
): Trap | undefined {
  TIGHT.lastIndex = at;
  if (!TIGHT.test(text)) return undefined;
  const isOpen = top?.indent === column && !top.map;
  const isFirst = last.value === 'empty' && column > last.indent && beginsList(text, end, column);
  if (!isOpen && !isFirst) return undefined;
  const edits = [edit(at + 1, at + 1, ' ')];
  return trap('syntax.dash-blank', [at, at + 1], edits, { title: 'dash-blank' });
}

/** Whether below a line its item goes on, or the next one stands. */
function beginsList(text: string, end: number, column: number): boolean {
  let start = nextLine(text, end);
  while (start < text.length && isRestEmpty(text, start)) start = nextLine(text, start);
  const from = skip(text, start, text.length, (c) => c === ' ');
  if (from - start > column) return hasKey(text, from) && text[from] !== '-';
  return from - start === column && text[from] === '-' && isBlank(text[from + 1]);
}
