/** Of several ways to mend a slip, the one in which the keys are where they belong. */
import { isGuess } from '../disclosure/damage';
import type { Problem } from '../disclosure/model';
import { readDisclosure } from '../disclosure/read';
import { leastOf } from '../syntax/arrays';
import { parse } from '../syntax/parse';
import { edit } from '../syntax/traps/trap';
import type { SyntaxProblem, SyntaxTree, TextEdit, TextFix, TextRange } from '../syntax/tree';
import { LONGEST_TRIED } from '../syntax/whole';
import { apply } from './textChanges';

/** It is certain where it leaves fewer keys than any other in places that nothing knows. */
export function withMeantWay(problem: SyntaxProblem, tree: SyntaxTree): SyntaxProblem {
  const { fixes = [] } = problem;
  const ways = fixes.filter(({ byKeys }) => byKeys);
  if (ways.length < 2 || tree.text.length > LONGEST_TRIED) return problem;
  const counts = new Map(ways.map((way) => [way, oddities(way, tree)]));
  const least = leastOf([...counts.values()]);
  const [best, second] = ways.filter((way) => counts.get(way) === least);
  if (!best || (second && !best.first)) return problem;
  const others = fixes.filter((fix) => fix !== best);
  return { ...problem, fixes: [{ ...best, certain: true }, ...others] };
}

/** What would be said of the writing; of a part of the text, it has to hold all that is edited. */
export function oddities(
  { edits }: Pick<TextFix, 'edits'>,
  { text, language }: Pick<SyntaxTree, 'text' | 'language'>,
  part?: TextRange,
): number {
  const mended = parse(part ? applyIn(part, text, edits) : apply(text, edits), language);
  return oddity(mended, readDisclosure(mended).problems);
}

/** Nothing of what stands outside of all tables and sections is read: that is odder than any key in them. */
const MORE = 2;

/** How odd a text is of which some things would be said. */
export function oddity(mended: SyntaxTree, problems: readonly Problem[]): number {
  if (mended.problems.some(isGuess)) return Infinity;
  const outside = problems.filter(({ code }) => code === 'input.unknown-key').length;
  return mended.problems.length + problems.length + outside * MORE;
}

/** A part of a text after edits. */
function applyIn({ start, end }: TextRange, text: string, edits: readonly TextEdit[]): string {
  const moved = edits.map(({ range, newText }) =>
    edit(range.start - start, range.end - start, newText),
  );
  return apply(text.slice(start, end), moved);
}
