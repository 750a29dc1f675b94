import { isGuess } from '../disclosure/damage';
import type { Problem } from '../disclosure/model';
import { tablesByKey } from '../disclosure/ownKeys';
import { lostBrace } from '../syntax/traps/lostBrace';
import { lostOpening } from '../syntax/traps/lostOpening';
import { explain } from '../syntax/traps/refused';
import type { Explained } from '../syntax/traps/written';
import type { SyntaxProblem, SyntaxTree } from '../syntax/tree';
import { byRow } from './halfWidth';
import { lostHeadingLine } from './lostHeadingLine';
import { lostKeyColon } from './lostKeyColon';
import { lostListKey } from './lostListKey';
import { withMeantWay } from './meantWay';
import { valueBesideRows } from './valueBesideRows';
import { wrongFirstItem, wrongIndent } from './wrongIndent';

/** Each way to mend a slip reads the whole text once more. */
const MOST_TRIED = 5;

/** What is to be said of the syntax, by its cause where the text shows that. */
export function syntaxProblems(tree: SyntaxTree): Problem[] {
  // Only where something is wrong is it worth to put the text together.
  if (tree.problems.length === 0) return [];
  let tried = 0;
  const explained = causes(tree)
    .filter(isFirstInLine(tree))
    .map((problem) => {
      const told = explain(problem, tree.text);
      const isOpen = told.fixes?.some(({ byKeys }) => byKeys) === true;
      return isOpen && tried++ < MOST_TRIED ? withMeantWay(told, tree) : told;
    });
  return byRow(explained, tree.text)
    .map(ofTable)
    .filter(isFirstAtPlace())
    .map(({ code, range, args, related, fixes, misplaced }): Problem => ({
      code,
      at: range,
      args,
      ...(misplaced && { misplaced }),
      ...(related && { related }),
      ...(fixes && {
        fixes: fixes.map((fix) => ({
          ...fix,
          edits: fix.edits.map(({ range: at, newText }) => ({ at, newText })),
        })),
      }),
    }));
}

/** What the parser stumbles over where a single bracket, or the key of a list, is missing is one problem. */
function causes(tree: SyntaxTree): readonly SyntaxProblem[] {
  const { language, text } = tree;
  const problems = asOneIndent(tree);
  const found = problems.find(isGuess);
  if (!found) return problems;
  const isJson = language === 'json';
  const brace = isJson ? lostBrace(text) : undefined;
  const lost = brace ?? (isJson ? lostOpening(text, found) : undefined) ?? lostHeading(found, tree);
  if (!lost) return problems;
  const { parser, range, fixes, misplaced } = lost;
  const args = { ...found.args, parser: parser! };
  const cause = { code: found.code, range, args, fixes, ...(misplaced && { misplaced }) };
  return problems.flatMap((problem) =>
    problem === found ? [cause] : isGuess(problem) ? [] : [problem],
  );
}

/** Of a list whose items all seem to be indented otherwise than its first one, that is the one that is. */
function asOneIndent(tree: SyntaxTree): readonly SyntaxProblem[] {
  const { problems } = tree;
  const [first, ...more] = problems.filter(({ code }) => code === 'syntax.indent');
  if (!first || more.length === 0) return problems;
  const indent = wrongIndent(first, tree);
  const told = indent?.odd === 0 ? indent.told : wrongFirstItem(first, tree);
  if (!told) return problems;
  const { range, fixes } = told;
  return problems.flatMap((problem) =>
    problem === first ? [{ ...first, range, fixes }] : more.includes(problem) ? [] : [problem],
  );
}

/** A line that is indented otherwise; rows that no heading holds: it holds a value already, or it is not there. */
function lostHeading(found: SyntaxProblem, tree: SyntaxTree): Explained | undefined {
  const colon = lostKeyColon(found, tree);
  if (colon) return colon;
  const indent = wrongIndent(found, tree);
  // Each way to mend it reads the whole text once more.
  if (indent?.odd === 0) return indent.told;
  const beside = valueBesideRows(found, tree);
  if (indent && indent.odd < (beside?.odd ?? Infinity)) {
    return lostListKey(found, tree) ?? lostHeadingLine(found, tree, indent.odd) ?? indent.told;
  }
  if (beside?.isCertain) return beside.told;
  return lostListKey(found, tree) ?? lostHeadingLine(found, tree, beside?.odd);
}

/** Of two tables of one name not always the last one counts. */
function ofTable(problem: SyntaxProblem): SyntaxProblem {
  const { code, args } = problem;
  const isTable = code === 'syntax.duplicate-key' && tablesByKey.get(args['key']!) !== undefined;
  return isTable ? { ...problem, args: { ...args, part: 'table' } } : problem;
}

/** Where a parser stumbles twice over one slip, the slip is told once. */
function isFirstAtPlace() {
  const told = new Set<string>();
  return (problem: SyntaxProblem) => {
    const { range, args } = problem;
    const key = `${range.start} ${args['parser'] ?? ''}`;
    if (!isGuess(problem) || !told.has(key)) {
      told.add(key);
      return true;
    }
    return false;
  };
}

/** A parser that stumbles stumbles on: in one line, and behind it, only the first of its errors says what is wrong. */
function isFirstInLine({ text }: SyntaxTree) {
  let last: SyntaxProblem | undefined;
  return (problem: SyntaxProblem) => {
    if (!isGuess(problem)) return true;
    const places = [last?.range.start ?? 0, problem.range.start].sort((a, b) => a - b);
    const isSecond = last && !/[\r\n]/.test(text.slice(...places));
    if (last && (isSecond || isBeyond(problem, last))) return false;
    last = problem;
    return true;
  };
}

/** What the parser stumbles over behind the lines of a slip that it has told already. */
const isBeyond = ({ range, within }: SyntaxProblem, first: SyntaxProblem): boolean =>
  within !== undefined && within.start === first.within?.start && range.start >= within.end;
