/** A key that lost its colon before a text: `单位名称 某区教育局`, over which the parser stumbles there or one line below. */
import { isGuess } from '../disclosure/damage';
import { readDisclosure } from '../disclosure/read';
import { parse } from '../syntax/parse';
import { hasKey } from '../syntax/traps/keys';
import { lineStart } from '../syntax/traps/characters';
import { edit } from '../syntax/traps/trap';
import { above, written, type Explained } from '../syntax/traps/written';
import type { SyntaxProblem, SyntaxTree } from '../syntax/tree';
import { LONGEST_TRIED } from '../syntax/whole';
import { apply } from './textChanges';

/** A first word and what stands behind it. */
const TWO = /^([\p{L}\p{N}“”（）()、]+)[ \t\u3000]+(?=[^\s#])/u;

/** The word is a key where it is known at its place and the text is sound with its colon. */
export function lostKeyColon(problem: SyntaxProblem, tree: SyntaxTree): Explained | undefined {
  const { text, language } = tree;
  if (language === 'json' || text.length > LONGEST_TRIED) return undefined;
  const line = written(text, lineStart(text, problem.range.start));
  for (const one of [line, line && above(text, line)]) {
    const [, key] = (one && TWO.exec(text.slice(one.from, one.end))) ?? [];
    if (!one || key === undefined || hasKey(text, one.from, one.end)) continue;
    const range = { start: one.from, end: one.from + key.length };
    const edits = [edit(range.end, range.end, ':')];
    const mended = parse(apply(text, edits), language);
    const isOdd = readDisclosure(mended).problems.some(({ at }) => {
      const { start } = 'kind' in at ? mended.rangeOf(at) : at;
      return start === range.start;
    });
    if (mended.problems.some(isGuess) || isOdd) continue;
    const fixes = [{ title: 'colon-missing', edits, certain: true }];
    return { parser: 'MISSING_COLON', range, misplaced: range, fixes };
  }
  return undefined;
}
