/** A figure, or words, behind a heading: the rows below it say that it should have none. */
import { isGuess } from '../disclosure/damage';
import { readDisclosure } from '../disclosure/read';
import { parse } from '../syntax/parse';
import { besideRows } from '../syntax/traps/besideRows';
import { lineStart } from '../syntax/traps/characters';
import { explain } from '../syntax/traps/refused';
import { above, written, type Explained } from '../syntax/traps/written';
import type { SyntaxProblem, SyntaxTree } from '../syntax/tree';
import { LONGEST_TRIED } from '../syntax/whole';
import { oddities, oddity } from './meantWay';
import { apply } from './textChanges';

export interface BesideRows {
  readonly told: Explained;
  readonly isCertain: boolean;
  /** What would be said of the writing without the value. */
  readonly odd: number;
}

/** It is certain that the value is too much where nothing is odd in what stands below it then. */
export function valueBesideRows(
  problem: SyntaxProblem,
  { text, language }: SyntaxTree,
): BesideRows | undefined {
  if (language === 'json' || text.length > LONGEST_TRIED) return undefined;
  const line = written(text, lineStart(text, problem.range.start));
  const before = line && above(text, line);
  for (const head of [before, line]) {
    const told = head && besideRows(text, head);
    if (!told) continue;
    const mended = parse(apply(text, told.fixes[0]!.edits), language);
    const entry = mended.pathAt(head.from).findLast(({ kind }) => kind === 'entry');
    if (mended.problems.some(isGuess) || !entry) return undefined;
    const { problems } = readDisclosure(mended);
    const { end } = mended.rangeOf(entry);
    const isOdd = problems.some(({ at }) => {
      const { start } = 'kind' in at ? mended.rangeOf(at) : at;
      return start >= head.from && start < end;
    });
    const odd = oddity(mended, problems);
    // A single row that is too deep is certain by itself.
    const [shift] = explain(problem, text).fixes ?? [];
    const isShift = shift?.title === 'indent' && oddities(shift, { text, language }) <= odd;
    const fixes = told.fixes.map((fix) => ({ ...fix, certain: true }));
    const removed = text.length - mended.text.length;
    const misplaced = { start: head.from, end: end + removed };
    return { told: { ...told, fixes, misplaced }, isCertain: !isOdd && !isShift, odd };
  }
  return undefined;
}
