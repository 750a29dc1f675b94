import type { TextEdit } from '../tree';
import { lineEnd } from './characters';
import { edit, type Trap } from './trap';

/** A line of seven marks, with a label behind it or not; a divider that stands alone has none. */
const MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/gm;
const ANY = /^(?:<{7}|>{7}|={7}(?=[\r\n]|$))/m;

/** Where the two sides of a conflict begin and end, as far as their markers are still there. */
interface Block {
  /** The first marker there is. */
  readonly start: number;
  /** Where the first side ends. */
  aside?: number;
}

/**
 * What version control leaves in a file where two sides changed the same lines. One problem for each
 * block; the first side is read. Of a block whose end is gone both sides are: which line belongs to
 * which nobody can tell.
 */
export function findConflicts(text: string): Trap[] {
  if (!ANY.test(text)) return [];
  const traps: Trap[] = [];
  let block: Block | undefined;
  for (const { 0: marker, index } of text.matchAll(MARKER)) {
    if (marker.startsWith('>')) {
      const { start, aside = index } = block ?? { start: index };
      const opening = aside === start ? [] : [blankedLine(text, start)];
      traps.push(conflict(text, start, [...opening, blanked(text, aside, lineEnd(text, index))]));
      block = undefined;
    } else if (
      marker.startsWith('<') ||
      (block ? block.start === block.aside : isAlone(text, index))
    ) {
      if (block) traps.push(unended(text, block));
      block = { start: index, ...(marker.startsWith('<') ? {} : { aside: index }) };
    } else if (block) block.aside ??= index;
  }
  if (block) traps.push(unended(text, block));
  return traps;
}

/** A divider without what opens the block: `=======` and nothing else in its line. */
const isAlone = (text: string, at: number) =>
  text[at] === '=' && lineEnd(text, at) === at + '======='.length;

function unended(text: string, { start, aside }: Block): Trap {
  const markers = aside === undefined || aside === start ? [start] : [start, aside];
  return conflict(
    text,
    start,
    markers.map((at) => blankedLine(text, at)),
  );
}

function conflict(text: string, start: number, reading: readonly TextEdit[]): Trap {
  const range = { start, end: lineEnd(text, start) };
  return { problem: { code: 'syntax.conflict', range, args: {} }, reading };
}

const blankedLine = (text: string, at: number) => blanked(text, at, lineEnd(text, at));

/** Blank out what is not read: offsets stay as they are. */
const blanked = (text: string, start: number, end: number) =>
  edit(start, end, text.slice(start, end).replace(/[^\r\n]/g, ' '));
