import { analyzeAgain } from './again';
import type { Analysis } from './analysis';
import { fixesOf } from './fixes';
import { apart, certainEditsOf, fileEdits } from './halfWidth';
import { apply, type TextChange } from './textChanges';

export interface Repair {
  /** After all certain fixes. */
  readonly after: Analysis;
  /** From the given text to that one, each as small as it can be. */
  readonly changes: readonly TextChange[];
}

/** A document is mended in a few rounds or not at all. */
const MOST_ROUNDS = 20;

/**
 * Writes every value that is certain, again and again until nothing is certain any more: a mended cell
 * can decide what was undecided before. Only cells of failing relations are touched, and a round that
 * does not leave fewer of them failing, or leaves more unread or unchecked, is taken back. Before them
 * what is full-width becomes half-width, and marks that are missing are put in, which is how it was read.
 */
export function fixAll(before: Analysis): Repair {
  let after = asRead(before);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const edits = certainEdits(after);
    if (edits.length === 0) break;
    const next = analyzeAgain(before, apply(after.tree.text, edits));
    if (!isBetter(next, after)) break;
    after = next;
  }
  return { after, changes: changesBetween(before.tree.text, after.tree.text) };
}

/** Marks that are missing or too many, and are read as they are meant. */
const MARKS: ReadonlySet<string> = new Set([
  'syntax.comma',
  'syntax.surplus',
  'syntax.brace',
  'syntax.colon-lost',
  'syntax.dash-lost',
]);

/** Writes what is read otherwise than it is written. */
function asRead(before: Analysis): Analysis {
  const { problems, tree } = before;
  // A text that is to be quoted is not read so yet.
  const marks = problems.filter(
    ({ code, fixes = [] }) =>
      MARKS.has(code) && fixes.find(({ certain }) => certain)?.title !== 'quote',
  );
  const edits = apart([
    ...fileEdits(problems, tree),
    ...marks.flatMap((problem) => certainEditsOf(problem, tree)),
  ]);
  if (edits.length === 0) return before;
  const after = analyzeAgain(before, apply(tree.text, edits));
  const isMended =
    after.problems.length < problems.length && after.counts.unchecked <= before.counts.unchecked;
  return isMended ? after : before;
}

/** Fewer relations fail, and not because less of the file can be read or checked. */
function isBetter(next: Analysis, before: Analysis): boolean {
  return (
    next.counts.fails < before.counts.fails &&
    next.counts.unchecked <= before.counts.unchecked &&
    next.problems.length <= before.problems.length
  );
}

function certainEdits({ causes, tree }: Analysis): TextChange[] {
  // A likely value may be written by a person, not unseen.
  // Nor what a text says of itself: there a person decides which of two statements is meant.
  const certain = causes.filter(
    ({ verdict, cell }) => verdict === 'certain' && cell.table.spec.section === undefined,
  );
  return certain.flatMap((cause) =>
    fixesOf(cause, tree, 'zh-cn')
      .filter(({ preferred }) => preferred)
      .flatMap(({ edits }) => edits),
  );
}

/** What differs line by line; a repair adds no lines, else the whole difference is one change. */
export function changesBetween(before: string, after: string): TextChange[] {
  const old = before.split('\n');
  const fresh = after.split('\n');
  if (old.length !== fresh.length) return difference(before, after, 0);
  let offset = 0;
  return old.flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    return difference(line, fresh[index]!, start);
  });
}

/** The one stretch in which two texts differ. */
function difference(before: string, after: string, offset: number): TextChange[] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return [
    {
      range: { start: offset + head, end: offset + before.length - tail },
      newText: after.slice(head, after.length - tail),
    },
  ];
}
