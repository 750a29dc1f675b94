import type { Problem } from '../disclosure/model';
import type { Entry, SyntaxNode } from '../syntax/tree';

type Node = SyntaxNode | Entry;

/** Whether a problem says by offsets where something is: those move with every edit. */
export const isPlaced = (problem: Problem) =>
  problem.misplaced !== undefined || placesOf(problem).some((at) => !('kind' in at));

/** Every place that a problem or its fixes speak of. */
function placesOf({ at, related, fixes = [] }: Problem): Problem['at'][] {
  const edited = fixes.flatMap(({ edits }) => edits.map((edit) => edit.at));
  return related ? [at, related, ...edited] : [at, ...edited];
}

/** Whether something has been said of an entry, or of anything in it. */
export function isSpokenOf(entry: Entry, problems: readonly Problem[]): boolean {
  if (problems.length === 0) return false;
  const own = counterparts(entry, entry);
  return problems.some((problem) => placesOf(problem).some((at) => own.has(at as Node)));
}

/**
 * What was said of codes, when a row is written anew whose code and names are the same. Undefined where
 * it has to be said anew.
 */
export function carried(
  problems: readonly Problem[],
  before: Entry,
  after: Entry,
): readonly Problem[] | undefined {
  if (problems.some(isPlaced)) return undefined;
  const nodes = counterparts(before, after);
  const concerned = problems.flatMap((problem, index) =>
    placesOf(problem).some((at) => nodes.has(at as Node)) ? [index] : [],
  );
  if (concerned.length === 0) return problems;
  const result = [...problems];
  for (const index of concerned) {
    const problem = result[index]!;
    const isKept = (at: Problem['at']) => !nodes.has(at as Node) || nodes.get(at as Node);
    if (!placesOf(problem).every(isKept)) return undefined;
    result[index] = moved(problem, (at) => (nodes.get(at as Node) ?? at) as typeof at);
  }
  return result;
}

function moved(problem: Problem, now: <T extends Problem['at']>(at: T) => T): Problem {
  const { at, related, fixes } = problem;
  return {
    ...problem,
    at: now(at),
    ...(related && { related: now(related) }),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...edit, at: now(edit.at) })),
      })),
    }),
  };
}

/** An entry and everything in it, with what stands in the same place of another one. */
function counterparts(before: Entry, after: Entry): ReadonlyMap<Node, Node | undefined> {
  const all = new Map<Node, Node | undefined>();
  const pair = (one: Node | undefined, other: Node | undefined): void => {
    if (!one) return;
    all.set(one, other);
    if (one.kind === 'entry') {
      const same = other?.kind === 'entry' && other.key.text === one.key.text ? other : undefined;
      pair(one.key, same?.key);
      pair(one.value, same?.value);
    } else if (one.kind === 'map') {
      const entries = other?.kind === 'map' ? other.entries : [];
      one.entries.forEach((entry, i) => pair(entry, entries[i]));
    } else if (one.kind === 'sequence') {
      const items = other?.kind === 'sequence' ? other.items : [];
      one.items.forEach((item, i) => pair(item, items[i]));
    }
  };
  pair(before, after);
  return all;
}
