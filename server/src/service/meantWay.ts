/** Of several ways to mend a slip, the one in which the keys are where they belong. */
import { isGuess } from '../disclosure/damage';
import { readDisclosure } from '../disclosure/read';
import { leastOf } from '../syntax/arrays';
import { parse } from '../syntax/parse';
import type { SyntaxProblem, SyntaxTree, TextFix } from '../syntax/tree';
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

/** What would be said of the writing. */
export function oddities(
  { edits }: Pick<TextFix, 'edits'>,
  { text, language }: Pick<SyntaxTree, 'text' | 'language'>,
): number {
  const mended = parse(apply(text, edits), language);
  const broken = mended.problems.filter(isGuess).length;
  return broken > 0 ? Infinity : readDisclosure(mended).problems.length;
}
