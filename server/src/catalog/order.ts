import type { Problem, ProblemFix } from '../disclosure/model';
import { lineStart } from '../syntax/traps/characters';
import {
  trimmedRange,
  type Entry,
  type MapNode,
  type SyntaxTree,
  type TextRange,
} from '../syntax/tree';
import { classificationOf } from './data';
import type { CodePlace } from './places';

/**
 * Rows that do not stand in the order of their codes, once for each list of rows. A code that cannot be
 * one of the table's has no place in that order until it is mended. Economic tables print
 * their panels in an order of their own (301, 303, 302): there a 类 may stand anywhere, and its 款 in
 * order below it.
 */
export function orderProblem(
  list: MapNode,
  places: readonly CodePlace[],
  tree: SyntaxTree,
): Problem[] {
  const rows = orderlyIn(list, places);
  const before = orderOf(rows);
  const at = rows.findIndex((row, index) => index > 0 && before(rows[index - 1]!, row) > 0);
  if (at < 0) return [];
  const row = rows[at]!;
  const first = rows.find((other) => before(other, row) > 0)!;
  return [
    {
      code: 'code.order',
      at: row.node,
      args: { code: row.code, before: first.code },
      fixes: sorted(
        list,
        rows.map(({ entry }) => entry),
        [...rows].sort(before).map(({ entry }) => entry),
        tree,
      ),
    },
  ];
}

/** The rows of a list that have a place in its order, as they stand. */
export const orderlyIn = (list: MapNode, places: readonly CodePlace[]): readonly CodePlace[] =>
  asTheyStand(places.filter(isOrderly), list);

/** The order in which the rows of a list should stand. */
export function orderOf(rows: readonly CodePlace[]): (a: CodePlace, b: CodePlace) => number {
  const panels = rows.flatMap(({ code, classification }) =>
    classification === 'economic' ? [code.slice(0, 3)] : [],
  );
  const rank = new Map([...new Set(panels)].map((panel, index) => [panel, index]));
  return (a, b) => {
    if (a.classification === 'economic') {
      const apart = rank.get(a.code.slice(0, 3))! - rank.get(b.code.slice(0, 3))!;
      if (apart !== 0) return apart;
    }
    return a.code < b.code ? -1 : a.code > b.code ? 1 : 0;
  };
}

/** Places as their rows stand in a list; nearly always that is how they were read. */
function asTheyStand(places: readonly CodePlace[], { entries }: MapNode): readonly CodePlace[] {
  let next = 0;
  for (const entry of entries) if (places[next]?.entry === entry) next++;
  if (next === places.length) return places;
  const byEntry = new Map(places.map((place) => [place.entry, place]));
  return entries.flatMap((entry) => byEntry.get(entry) ?? []);
}

const isOrderly = ({ code, levels, classification }: CodePlace) =>
  levels.includes(code.length) && classificationOf(code) === classification;

/** Puts entries where others stand: whole lines with the comments above them, or what is in the braces. */
function sorted(
  list: MapNode,
  now: readonly Entry[],
  then: readonly Entry[],
  tree: SyntaxTree,
): ProblemFix[] {
  const whole = tree.rangeOf(list);
  // What a parser took otherwise than it is written is not moved about.
  const isBroken = ({ range }: { range: TextRange }) =>
    range.start < whole.end && whole.start < range.end;
  if (tree.problems.some(isBroken)) return [];
  const ranges = new Map<Entry, TextRange>();
  const moved = new Set(now);
  for (const [index, entry] of list.entries.entries()) {
    if (!moved.has(entry)) continue;
    const previous = list.entries[index - 1];
    const from = previous ? trimmedRange(previous, tree).end : 0;
    const range = list.style === 'block' ? linesOf(entry, from, tree) : trimmedRange(entry, tree);
    if (!range) return [];
    ranges.set(entry, range);
  }
  const edits = now.flatMap((entry, slot) => {
    const other = then[slot]!;
    if (other === entry) return [];
    const { start, end } = ranges.get(other)!;
    return [{ at: ranges.get(entry)!, newText: tree.text.slice(start, end) }];
  });
  return [{ title: 'sort', edits, certain: true }];
}

/** The lines of an entry of a block map, from the comments right above it to the end of its last line. */
function linesOf(entry: Entry, from: number, tree: SyntaxTree): TextRange | undefined {
  const { text } = tree;
  const range = trimmedRange(entry, tree);
  let start = lineStart(text, range.start);
  if (text.slice(start, range.start).trim() !== '') return undefined;
  for (;;) {
    const above = lineStart(text, start - (text.slice(start - 2, start) === '\r\n' ? 2 : 1));
    if (above >= start || above < from || !/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  const [rest] = /^[^\r\n]*/.exec(text.slice(range.end, range.end + LONGEST_COMMENT))!;
  return { start, end: range.end + rest.length };
}

const LONGEST_COMMENT = 10_000;
