/** Parts of a file that lost their heading: what stands below it is read with the part above, which does not know it. */
import { greatestOf } from '../syntax/arrays';
import type { Entry, SyntaxTree } from '../syntax/tree';
import type { Problem } from './model';

export const HEADING_LOST = 'input.heading-lost';

/** One line may as well stand in the wrong place. */
const FEWEST = 2;

/** What is said of a line that belongs elsewhere. */
const STRAY = new Set([
  'input.unknown-row',
  'input.unknown-column',
  'input.misspelt',
  'input.duplicate-name',
  'input.row-not-a-map',
  'input.code-length',
]);

/** A part that the file lacks. */
export interface Lacking {
  readonly id: string;
  readonly heading: string;
  /** What would be said of lines as those of this part. */
  readonly problemsOf: (lines: readonly Entry[]) => readonly Problem[];
}

export interface LostHeading {
  readonly id: string;
  readonly lines: ReadonlySet<Entry>;
  readonly problem: Problem;
}

/**
 * The lines at the end of a part that begin with one that it does not know, or knows already, where of the parts
 * that the file lacks exactly one knows each of them.
 * @param problems what was said of the part
 */
export function lostHeading(
  part: Entry,
  problems: readonly Problem[],
  lackingParts: () => readonly Lacking[],
  tree: SyntaxTree,
): LostHeading | undefined {
  const { value } = part;
  if (value?.kind !== 'map' || value.style !== 'block') return undefined;
  if (!problems.some(({ code }) => STRAY.has(code))) return undefined;
  const { entries } = value;
  const ends = entries.map((entry) => tree.rangeOf(entry).end);
  const linesOf = (said: readonly Problem[]) =>
    said.map(({ at }) => {
      const { start } = 'kind' in at ? tree.rangeOf(at) : at;
      return ends.findIndex((end) => start < end);
    });
  const unknown = new Set(linesOf(problems.filter(({ code }) => STRAY.has(code))));
  const seen = new Set<string>();
  const beginnings = entries.flatMap(({ key }, index) => {
    const isRepeated = seen.has(key.text);
    seen.add(key.text);
    return isRepeated || unknown.has(index) ? [index] : [];
  });
  const found = lackingParts().flatMap((lacking) => {
    const from = beginningOf(lacking);
    return from === undefined ? [] : [{ lacking, from }];
  });
  // Of lines that several know in part, those that one of them knows best are its own.
  const [only, next] = found.sort((a, b) => a.from - b.from);
  if (!only || next?.from === only.from) return undefined;
  const lines = entries.slice(only.from);
  const { id, heading } = only.lacking;
  const at = lines[0]!.key;
  const args = { key: at.text, heading, count: lines.length.toString() };
  const misplaced = { start: tree.rangeOf(lines[0]!).start, end: ends.at(-1)! };
  const problem = { code: HEADING_LOST, at, args, misplaced, unread: true };
  return { id, lines: new Set(lines), problem };

  /** The first line from which on a part knows all of them. */
  function beginningOf({ problemsOf }: Lacking): number | undefined {
    const first = beginnings[0]!;
    const wrong = greatestOf([-1, ...linesOf(problemsOf(entries.slice(first)))]);
    const from = beginnings.find((index) => index > wrong);
    if (from === undefined) return undefined;
    const lines = entries.slice(from);
    const isOne = new Set(lines.map(({ key }) => key.text)).size === lines.length;
    const isStray = lines.some((_, index) => unknown.has(from + index));
    return lines.length >= FEWEST && isOne && isStray ? from : undefined;
  }
}
