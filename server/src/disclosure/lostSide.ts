import type { Entry, SyntaxTree } from '../syntax/tree';
import { lostHeading, type Lacking, type LostHeading } from './lostHeading';
import type { Problem } from './model';
import { sidesOf } from './ownKeys';
import type { SectionSpec, TableSpec } from './vocabulary';

/**
 * The lines of one side of a table or statement at the end of the other.
 * @param said what was said of all of it
 * @param problemsOf what would be said of lines below the heading of a side, instead of one that is written
 */
export function lostSide(
  spec: TableSpec,
  part: Entry,
  said: readonly Problem[],
  tree: SyntaxTree,
  problemsOf: (section: SectionSpec, lines: readonly Entry[], instead: Entry) => readonly Problem[],
): LostHeading | undefined {
  const sides = sidesOf(spec);
  const entries = part.value?.kind === 'map' ? part.value.entries : [];
  const written = entries.filter(({ key }) => sides.get(key.text));
  const known = new Set(written.map(({ key }) => sides.get(key.text)?.id));
  const lacking = (instead: Entry) => () =>
    spec.sections
      .filter(({ id }) => id !== '' && !known.has(id))
      .map((section): Lacking => ({
        id: section.id,
        heading: section.key!,
        problemsOf: (lines) => problemsOf(section, lines, instead),
      }));
  for (const side of written) {
    const own = said.filter(({ at }) => isWithin(at, side, tree));
    const lost = lostHeading(side, own, lacking(side), tree);
    if (lost) return lost;
  }
  return undefined;
}

function isWithin(at: Problem['at'], part: Entry, tree: SyntaxTree): boolean {
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const around = tree.rangeOf(part);
  return start >= around.start && start < around.end;
}
