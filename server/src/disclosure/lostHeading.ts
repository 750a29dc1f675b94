/** Parts of a file that lost their heading: what stands below it is read with the part above, which does not know it. */
import { greatestOf } from '../syntax/arrays';
import type { Entry, SyntaxTree } from '../syntax/tree';
import type { Problem } from './model';

export const HEADING_LOST = 'input.heading-lost';

/** One line may as well stand in the wrong place. */
const FEWEST = 2;

/** So many lines, all of which stand above as well, are those of another part. */
const FEWEST_TWICE = 3;

/** Of more parts that know all of the lines none is named. */
const MOST = 3;
const BETWEEN = '、';

/** The headings that a problem names. */
export const headingsIn = ({ args }: Problem): readonly string[] =>
  args['heading']?.split(BETWEEN) ?? [];

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
  /** The parts that it may be of. */
  readonly ids: readonly string[];
  readonly lines: ReadonlySet<Entry>;
  readonly problem: Problem;
}

/**
 * The lines at the end of a part that begin with one that it does not know, or knows already,
 * where of the parts that the file lacks one knows each of them, or a few do.
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
  const { entries } = value;
  const others = repeatedIn(entries, tree);
  if (others.size === 0 && !problems.some(({ code }) => STRAY.has(code))) return undefined;
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
  const [only] = found.sort((a, b) => a.from - b.from);
  const meant = found.filter(({ from }) => from === only?.from).map(({ lacking }) => lacking);
  if (!only || meant.length > MOST) return undefined;
  const lines = entries.slice(only.from);
  const heading = meant.map((one) => one.heading).join(BETWEEN);
  // It may stand above them, indented as one of the lines of this part.
  const own = entries
    .slice(0, only.from)
    .find(({ key, value }) => !value && key.text.trim() === heading);
  const first = own ?? lines[0]!;
  const at = first.key;
  const count = lines.length.toString();
  const args = { key: at.text, heading, count, ...(own && { part: 'indented' }) };
  const misplaced = { start: tree.rangeOf(first).start, end: ends.at(-1)! };
  const problem = { code: HEADING_LOST, at, args, misplaced, unread: true };
  return { ids: meant.map(({ id }) => id), lines: new Set(lines), problem };

  /** The first line from which on a part knows all of them. */
  function beginningOf({ problemsOf }: Lacking): number | undefined {
    const first = beginnings[0]!;
    const wrong = greatestOf([-1, ...linesOf(problemsOf(entries.slice(first)))]);
    const from = beginnings.find((index) => index > wrong);
    if (from === undefined) return undefined;
    const lines = entries.slice(from);
    const isOne = new Set(lines.map(({ key }) => key.text)).size === lines.length;
    const isTwice = lines.length >= FEWEST_TWICE && lines.every((line) => others.has(line));
    const isStray = isTwice || lines.some((_, index) => unknown.has(from + index));
    return lines.length >= FEWEST && isOne && isStray ? from : undefined;
  }
}

/** Lines of names that stand above already: a subject that is repeated is rather a row too many. */
function repeatedIn(entries: readonly Entry[], tree: SyntaxTree): ReadonlySet<Entry> {
  // The tree says so where any key is repeated.
  if (!tree.problems.some(({ code }) => code === 'syntax.duplicate-key')) return new Set();
  const seen = new Set<string>();
  return new Set(
    entries.filter(({ key: { text } }) => {
      const isRepeated = seen.has(text) && !/^\d/.test(text);
      seen.add(text);
      return isRepeated;
    }),
  );
}
