/** Parts of a text that lost their heading: what stands below it is read with the part above, which does not know it. */
import type { Entry } from '../syntax/tree';
import type { Problem } from './model';
import type { TableSpec } from './vocabulary';

export const HEADING_LOST = 'input.heading-lost';

/** One line may as well stand in the wrong place. */
const FEWEST = 2;

/** What is said of a key that is not known. */
const UNKNOWN = new Set(['input.unknown-row', 'input.misspelt']);

/**
 * The same problems, with one for all lines at the end of a part that are unknown to it, where the one other part that
 * the text lacks knows each of them.
 * @param problems what was said of the part
 * @param lacking the parts that the text does not have
 * @param problemsAs what would be said of lines as those of another part
 */
export function withLostHeading(
  part: Entry,
  problems: readonly Problem[],
  lacking: readonly TableSpec[],
  problemsAs: (spec: TableSpec, lines: readonly Entry[]) => readonly Problem[],
): readonly Problem[] {
  const { value } = part;
  if (value?.kind !== 'map' || value.style !== 'block' || lacking.length === 0) return problems;
  const unknown = new Set(problems.flatMap(({ code, at }) => (UNKNOWN.has(code) ? [at] : [])));
  const known = value.entries.findLastIndex(({ key }) => !unknown.has(key));
  const lines = value.entries.slice(known + 1);
  if (lines.length < FEWEST) return problems;
  const [found, ...more] = lacking.filter((spec) => problemsAs(spec, lines).length === 0);
  if (!found || more.length > 0) return problems;
  const [first] = lines;
  const keys = new Set<unknown>(lines.map(({ key }) => key));
  const lost = {
    code: HEADING_LOST,
    at: first!.key,
    args: { key: first!.key.text, heading: found.key, count: lines.length.toString() },
    unread: true,
  };
  return [...problems.filter(({ at }) => !keys.has(at)), lost];
}
