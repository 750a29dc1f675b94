/** Parts of a file as if other lines stood in them. */
import type { Entry, MapNode } from '../syntax/tree';

/** With these lines alone. */
export const withLines = (part: Entry, entries: readonly Entry[]): Entry => ({
  ...part,
  value: { ...(part.value as MapNode), entries },
});

/** Without some of the lines in it, or in its sides. */
export function withoutLines(part: Entry, lines: ReadonlySet<Entry>): Entry {
  const { entries } = part.value as MapNode;
  const kept = entries.filter((line) => !lines.has(line));
  const isOwn = kept.length < entries.length;
  return withLines(part, isOwn ? kept : kept.map((side) => sideWithout(side, lines)));
}

function sideWithout(side: Entry, lines: ReadonlySet<Entry>): Entry {
  const { value } = side;
  if (value?.kind !== 'map' || !value.entries.some((line) => lines.has(line))) return side;
  return withLines(
    side,
    value.entries.filter((line) => !lines.has(line)),
  );
}
