import type { Language } from '../tree';
import { isHead } from './lookahead';
import { readRegion, type RegionReading } from './region';
import type { Line, LineStore } from './store';

/** Where a region begins. */
export interface Start {
  /** The column of the key that it begins with; -1 if it has none. */
  readonly head: number;
  /** The columns of the maps around it, its own included. */
  readonly indents: readonly number[];
  /** The column of the root's bracket (JSON). */
  readonly root: number | undefined;
  /** Stands for what is before it in its map (JSON). */
  readonly sibling: string;
}

export interface Extent {
  readonly lines: readonly Line[];
  readonly next: Line | undefined;
  readonly reading: RegionReading;
}

/**
 * A region reaches to the next line that certainly begins an entry by itself: one that is indented no
 * deeper than its head, in the column of an open map. A deeper one does where the parser finds it to, or
 * finds no sense in what is before it; that is tried at the first such line, the second, the fourth …
 */
export function findExtent(
  store: LineStore,
  language: Language,
  first: Line,
  start: Start,
): Extent {
  const { head, indents, root, sibling } = start;
  const lines = [first];
  const read = (next: Line | undefined) =>
    readRegion(store, language, lines, next, indents, { sibling, closers: closers(next, indents) });
  // What begins further left goes on in lines that are deeper than that.
  let lowest = head;
  // What is deeper than an item of a list belongs to it, whatever the parser makes of it.
  let item = isItem(first) ? first.indent : Infinity;
  let tried = 0;
  let due = 1;
  let next = store.after(first);
  for (; next; next = store.after(next)) {
    const { kind, indent } = next;
    if (kind === 'close') {
      if (indent < head && (indent === root || indents.includes(indent))) break;
    } else if (isHead(next)) {
      if (indent <= lowest && indents.includes(indent)) break;
      // Left of where the document begins nothing can go on with it.
      const isLeft = head < 0 && indent < first.indent;
      if (indent > lowest && indent <= item && !isLeft && ++tried === due) {
        due *= 2;
        const reading = read(next);
        if (reading.settled || (reading.complete && !reading.rejected)) {
          return { lines, next, reading };
        }
        if (language === 'yaml' && reading.broken && isOver(lines))
          return { lines, next, reading: within(reading, first, next) };
      }
    }
    if (kind !== 'blank' && language === 'yaml') lowest = Math.min(lowest, indent);
    if (isItem(next)) item = Math.min(item, indent);
    lines.push(next);
  }
  return { lines, next, reading: read(next) };
}

const isItem = ({ text, indent }: Line) => text.startsWith('- ', indent);

/** Whether nothing that stands in the last line can go on in a deeper one (YAML). */
function isOver(lines: readonly Line[]): boolean {
  const last = lines.findLast(({ kind }) => kind !== 'blank')!;
  return last.kind === 'entry' && !last.scanned!.rows[0]!.open;
}

/** What is refused behind a region that is refused itself is no more than a consequence. */
function within(reading: RegionReading, first: Line, next: Line): RegionReading {
  const length = next.start - first.start;
  const problems = reading.problems.filter(({ range }) => range.start < length);
  return { ...reading, problems };
}

/** How many maps are to be closed behind a line (JSON). */
function closers(next: Line | undefined, indents: readonly number[]): number {
  if (!next) return 0;
  const { kind, indent } = next;
  const around = indents.filter((column) =>
    kind === 'close' ? column <= indent : column < indent,
  );
  return around.length + 1;
}
