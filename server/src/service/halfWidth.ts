/** What a Chinese keyboard writes where half-width marks are meant: it is mended row by row, or in a whole file. */
import type { Problem } from '../disclosure/model';
import { push } from '../syntax/multimap';
import { lineEnd, lineStart } from '../syntax/traps/characters';
import type { SyntaxProblem, SyntaxTree, TextRange } from '../syntax/tree';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { problemFixesOf } from './problemFixes';
import type { TextChange } from './textChanges';

/** Marks of the grammar. */
const MARKS: ReadonlySet<string> = new Set(['syntax.full-width-colon', 'syntax.full-width-mark']);
/** What mostly goes along with them: the blank behind a colon, what JSON has no quotes around. */
const BESIDE: ReadonlySet<string> = new Set([
  'syntax.colon-blank',
  'syntax.blank',
  'syntax.unquoted',
]);
/** Figures and codes. */
const FIGURES: ReadonlySet<string> = new Set(['input.amount-width', 'input.code-width']);

const isWidth = (code: string) => MARKS.has(code) || FIGURES.has(code);
const isMended = (code: string) => isWidth(code) || BESIDE.has(code);

/** So many slips of one kind in a row are one: the row is typed so. */
const FEWEST = 3;

/** A row full of full-width marks is told once. */
export function byRow(problems: readonly SyntaxProblem[], text: string): readonly SyntaxProblem[] {
  if (problems.filter(({ code }) => MARKS.has(code)).length < 2) return problems;
  const rows = new Map<number, SyntaxProblem[]>();
  for (const problem of problems) {
    if (MARKS.has(problem.code) || isBeside(problem, text)) {
      push(rows, lineStart(text, problem.range.start), problem);
    }
  }
  const told = new Map<SyntaxProblem, SyntaxProblem | undefined>();
  for (const row of rows.values()) {
    const marks = row.filter(({ code }) => MARKS.has(code));
    if (row.length < FEWEST || marks.length < 2) continue;
    for (const problem of row) told.set(problem, undefined);
    told.set(row[0]!, together(row));
  }
  if (told.size === 0) return problems;
  return problems.flatMap((problem) => (told.has(problem) ? (told.get(problem) ?? []) : problem));
}

/** Whether a slip is in one line and can only be mended in one way. */
function isBeside({ code, range, fixes = [] }: SyntaxProblem, text: string): boolean {
  const [first] = fixes;
  if (!BESIDE.has(code) || first?.certain !== true) return false;
  const end = lineEnd(text, range.start);
  return first.edits.every((edit) => edit.range.end <= end);
}

function together(row: readonly SyntaxProblem[]): SyntaxProblem {
  const sorted = [...row].sort((a, b) => a.range.start - b.range.start);
  const edits = apart(sorted.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []));
  return {
    code: 'syntax.full-width-mark',
    range: { start: sorted[0]!.range.start, end: sorted.at(-1)!.range.end },
    args: { part: 'row', count: row.length.toString() },
    fixes: [{ title: 'half-width-row', edits, certain: true }],
  };
}

/** What mends the widths of a row, or of what else is within a range. */
export function rowEdits(
  problems: readonly Problem[],
  tree: SyntaxTree,
  within: TextRange,
): TextChange[] {
  const inRow = problems.filter(({ code }) => isMended(code));
  return apart(inRow.flatMap((problem) => editsWithin(problem, tree, within)));
}

const editsWithin = (problem: Problem, tree: SyntaxTree, within: TextRange) =>
  certainEditsOf(problem, tree).filter(
    ({ range }) => range.start >= within.start && range.end <= within.end,
  );

/** In how many places something is mended so: a pair of quotes is one, and a row that is told once is several. */
function placesIn(problems: readonly Problem[], tree: SyntaxTree, within: TextRange): number {
  const mended = problems.filter(
    (problem) => isMended(problem.code) && editsWithin(problem, tree, within).length > 0,
  );
  return mended.reduce(
    (sum, { args }) => sum + Number(args['part'] === 'row' ? args['count'] : 1),
    0,
  );
}

interface WidthFixes {
  /** Where the row begins: whatever is full-width in it, its fix is the same. */
  readonly line: number;
  readonly row: Fix[];
  readonly file: Fix[];
}

/** The fix of a slip of width: all of its row, where there is more, and all of the file. */
export function widthFixes(
  problem: Problem,
  problems: readonly Problem[],
  tree: SyntaxTree,
  locale: Locale,
): WidthFixes | undefined {
  if (!isWidth(problem.code)) return undefined;
  const { start } = 'kind' in problem.at ? tree.rangeOf(problem.at) : problem.at;
  const line = { start: lineStart(tree.text, start), end: lineEnd(tree.text, start) };
  const own = certainEditsOf(problem, tree).length;
  const row = rowEdits(problems, tree, line);
  const file = fileEdits(problems, tree);
  const whole = { start: 0, end: tree.text.length };
  const fix = (title: 'fix.half-width-row' | 'fix.half-width-all', edits: TextChange[]): Fix => ({
    title: message(locale, title, {
      count: placesIn(problems, tree, title === 'fix.half-width-all' ? whole : line),
    }),
    preferred: title === 'fix.half-width-row',
    edits,
  });
  return {
    line: line.start,
    row: own > 0 && row.length > own ? [fix('fix.half-width-row', row)] : [],
    file: file.length > row.length ? [fix('fix.half-width-all', file)] : [],
  };
}

/** All of a file, where something is full-width. */
export function fileEdits(problems: readonly Problem[], tree: SyntaxTree): TextChange[] {
  if (!problems.some(({ code }) => isWidth(code))) return [];
  return rowEdits(problems, tree, { start: 0, end: tree.text.length });
}

export function certainEditsOf(problem: Problem, tree: SyntaxTree): readonly TextChange[] {
  return problemFixesOf(problem, tree, 'en').find(({ preferred }) => preferred)?.edits ?? [];
}

/** In their order, each behind the one before. */
export function apart<Edit extends { readonly range: TextRange }>(edits: readonly Edit[]): Edit[] {
  let end = -1;
  return [...edits]
    .sort((a, b) => a.range.start - b.range.start)
    .filter(({ range }) => {
      if (range.start < end) return false;
      end = range.end;
      return true;
    });
}
