/** A single line that has another indentation than is meant: the parser stumbles over it, or over one below. */
import { leastOf } from '../syntax/arrays';
import { lineStart } from '../syntax/traps/characters';
import { isBare } from '../syntax/traps/keys';
import { explain } from '../syntax/traps/refused';
import { edit } from '../syntax/traps/trap';
import { above, below, written, type Explained, type Written } from '../syntax/traps/written';
import type { SyntaxProblem, SyntaxTree, TextEdit, TextFix, TextRange } from '../syntax/tree';
import { columnsFor, columnsOf, isNested, linesAround } from './lineColumns';
import { oddities } from './meantWay';

/** Every indentation that may be meant is tried, while somebody types. */
export const LONGEST = 60_000;
/** Of longer tables the rest is left out. */
const MOST_ROWS = 1000;

export interface WrongIndent {
  readonly told: Explained;
  /** What would be said of the writing with the other indentation. */
  readonly odd: number;
}

/** The line that leaves less odd than any other with another indentation, and less than other ways to mend it. */
export function wrongIndent(problem: SyntaxProblem, tree: SyntaxTree): WrongIndent | undefined {
  const { text, language } = tree;
  if (language === 'json' || text.length > LONGEST) return undefined;
  const line = written(text, lineStart(text, problem.range.start));
  if (!line) return undefined;
  const lines = linesAround(text, line);
  // Else it is no indentation that the parser stumbles over.
  if (isNested(lines, text)) return undefined;
  const part = partOf(lines, line, text);
  const columns = columnsOf(text);
  const ways = [...waysFor(lines, line, text, columns)].map(({ at, column }) => {
    const edits = [edit(at.start, at.from, ' '.repeat(column))];
    return { at, column, edits, odd: oddities({ edits }, tree, part) };
  });
  const odd = leastOf(ways.map((way) => way.odd));
  const step = stepOf(columns);
  // Lines stand in steps; blanks are a few too many or too few; and many lines stand where this one should.
  const likelier = compareBy<(typeof ways)[number]>(
    ({ column }) => (column % step === 0 ? 0 : 1),
    ({ at, column }) => Math.abs(column - at.indent),
    ({ column }) => -columns.get(column)!,
  );
  const [best, second] = ways.filter((way) => way.odd === odd).sort(likelier);
  if (!best || odd === Infinity || (second && likelier(best, second) === 0)) return undefined;
  const others = explain(problem, text).fixes ?? [];
  const isLikelier = (other: TextFix) => {
    // One line is likelier to be indented otherwise than several.
    const than = oddities(other, tree, isWithin(other, part) ? part : undefined);
    return than < odd || (than === odd && other.edits.length === 1);
  };
  const isJudged = (other: TextFix) => ways.some(({ edits }) => isSame(edits, other.edits));
  if (others.some((other) => !isJudged(other) && isLikelier(other))) return undefined;
  const { at, column, edits } = best;
  const range = { start: at.start, end: at.indent > 0 ? at.from : at.end };
  const args = { count: column.toString() };
  const fixes = [{ title: 'indent-to', args, edits, certain: true }];
  const misplaced = { start: headless(text, at).start, end: text.length };
  return { told: { parser: 'ODD_INDENT', range, fixes, misplaced }, odd: oddities(best, tree) };
}

/**
 * The item above one that stands in another column, where all is in order with it in that column: at the column of the
 * key above, which YAML takes for an item too, it is the one that is indented otherwise.
 */
export function wrongFirstItem({ range }: SyntaxProblem, tree: SyntaxTree): Explained | undefined {
  const { text } = tree;
  if (text.length > LONGEST) return undefined;
  const line = written(text, lineStart(text, range.start));
  const first = line && above(text, line);
  if (!first || !isItem(text, line) || !isItem(text, first)) return undefined;
  const edits = [edit(first.start, first.from, ' '.repeat(line.indent))];
  if (oddities({ edits }, tree) > 0) return undefined;
  const args = { count: line.indent.toString() };
  return {
    parser: 'ODD_INDENT',
    range: { start: first.start, end: first.indent > 0 ? first.from : first.end },
    fixes: [{ title: 'indent-to', args, edits, certain: true }],
  };
}

const isItem = (text: string, { from }: Written) => text.startsWith('- ', from);

/** The tables or sections that the lines stand in: two lines of the outermost column above, and the next one below. */
function partOf(lines: readonly Written[], line: Written, text: string): TextRange {
  const isOuter = ({ indent }: Written) => indent === 0;
  const place = lines.indexOf(line);
  const [, first = lines[0]!] = lines.slice(0, place).filter(isOuter).reverse();
  let last = lines.at(-1);
  for (let i = 0; last && !isOuter(last) && i < MOST_ROWS; i++) last = below(text, last);
  return {
    start: isOuter(first) ? first.start : 0,
    end: last && isOuter(last) ? last.start : text.length,
  };
}

const isWithin = ({ edits }: TextFix, { start, end }: TextRange): boolean =>
  edits.every(({ range }) => start <= range.start && range.end <= end);

/** In what steps most lines are indented: the innermost column that several have. */
const stepOf = (columns: ReadonlyMap<number, number>): number =>
  leastOf([...columns].flatMap(([at, count]) => (at > 0 && count > 1 ? at : [])));

/** By the first of several measures that tells two apart, the least first. */
const compareBy =
  <T>(...measures: readonly ((one: T) => number)[]) =>
  (a: T, b: T): number => {
    for (const measure of measures) {
      const difference = measure(a) - measure(b);
      if (difference !== 0) return difference;
    }
    return 0;
  };

/** The line of the error, those beside it and those that hold them, in the columns in which lines stand around. */
function* waysFor(
  lines: readonly Written[],
  line: Written,
  text: string,
  columns: ReadonlyMap<number, number>,
): Iterable<{ readonly at: Written; readonly column: number }> {
  const place = lines.indexOf(line);
  for (const at of new Set([...openAbove(lines, place), line, lines[place + 1]])) {
    if (at) for (const column of columnsFor(at, lines, text, columns)) yield { at, column };
  }
}

/** The line above, what holds it as far out as a line that holds the one at `place`, and the first one below that. */
function openAbove(lines: readonly Written[], place: number): readonly Written[] {
  const open: Written[] = [];
  for (let at = place - 1; at >= 0; at--) {
    const { indent } = lines[at]!;
    const isOuter = indent < (open.at(-1)?.indent ?? Infinity);
    if (isOuter) open.push(lines[at]!);
    if (indent >= lines[place]!.indent && indent > 0) continue;
    return at + 1 < place ? [...open, lines[at + 1]!] : open;
  }
  return open;
}

/** The line above one whose rows are now another's, if they are; else that line. */
function headless(text: string, line: Written): Written {
  const before = above(text, line);
  return before && isBare(text, before) ? before : line;
}

const isSame = ([one, ...more]: readonly TextEdit[], [other]: readonly TextEdit[]): boolean =>
  more.length === 0 &&
  one?.range.start === other?.range.start &&
  one?.range.end === other?.range.end &&
  one?.newText === other?.newText;
