import type { SyntaxProblem, TextEdit, TextFix, TextRange } from '../tree';
import { parseWhole } from '../whole';
import { isBlank, isLineEnd, isRestEmpty, lineEnd, lineStart, nextLine, skip } from './characters';
import { findKey, hasKey } from './keys';
import { edit } from './trap';

/**
 * What the general parser refuses, told by its cause where the lines around it show that: the parser says
 * where it stumbled, which is often not what was mistyped. Any other problem stays as it is.
 */
export function explain(problem: SyntaxProblem, text: string): SyntaxProblem {
  if (problem.code !== 'syntax.yaml') return problem;
  const found = strayText(problem, text) ?? EXPLAINED[problem.args['parser']!]?.(problem, text);
  if (!found) return problem;
  const { parser, range, fixes } = found;
  return { ...problem, range, args: { ...problem.args, parser }, fixes };
}

interface Explained {
  readonly parser: 'ODD_INDENT' | 'VALUE_BESIDE_ROWS' | 'STRAY_TEXT';
  readonly range: TextRange;
  readonly fixes: readonly TextFix[];
}

/** A line that says something. */
interface Written extends TextRange {
  readonly indent: number;
  /** Where it begins behind its indentation. */
  readonly from: number;
}

/** More lines than this are looked at for no slip: the answer is asked for on every keystroke. */
const MOST_LINES = 100;

/** A title above the first key: `某单位决算`, which the parser takes for the beginning of that key. */
function strayText({ range }: SyntaxProblem, text: string): Explained | undefined {
  const stray: Written[] = [];
  let line = written(text, text.startsWith('\uFEFF') ? 1 : 0);
  for (; line && !hasKey(text, line.from, line.end); line = below(text, line)) {
    // What opens something may reach further than its line; what marks a document is no text.
    if (/^(?:[{%]|[[|>]\s*$|---|\.\.\.)/.test(text.slice(line.from, line.end))) return undefined;
    if (stray.push(line) > MOST_LINES) return undefined;
  }
  const [first] = stray;
  if (!first || !line || line.indent > 0 || range.start >= line.end) return undefined;
  const edits = stray.map(({ from }) => edit(from, from, '# '));
  if (!isTaken(text, { start: first.start, end: line.end }, edits)) return undefined;
  const last = stray.at(-1)!;
  return {
    parser: 'STRAY_TEXT',
    range: { start: first.from, end: withoutBlanks(text, last) },
    // It may as well be a key that lacks its colon.
    fixes: [{ title: 'comment', edits, certain: false }],
  };
}

/** By what the parser calls it. */
const EXPLAINED: Readonly<
  Record<string, (problem: SyntaxProblem, text: string) => Explained | undefined>
> = {
  BAD_INDENT: ({ args, range }, text) => {
    // Others are of brackets that are not closed.
    if (!args['detail']!.startsWith('All mapping items')) return undefined;
    const line = written(text, lineStart(text, range.start));
    const before = line && above(text, line);
    return before && (besideRows(text, before) ?? shifted(text, before, line));
  },
  BLOCK_AS_IMPLICIT_KEY: ({ range }, text) => {
    const line = written(text, lineStart(text, range.start));
    return line && besideRows(text, line);
  },
};

/** The indentation of `line` does not follow from the line above it. */
function shifted(text: string, before: Written, line: Written): Explained | undefined {
  const isDeeper = line.indent > before.indent;
  const run = isDeeper ? runFrom(text, line) : [line];
  const after = below(text, run.at(-1)!);
  if (!isDeeper && after?.indent === line.indent) return shiftedAbove(text, before, line);
  // With several of them the row above may be meant to hold them.
  const isCertain = isDeeper ? run.length === 1 : after?.indent === before.indent;
  return indented(text, [before, ...run, after], run, before.indent, isCertain);
}

/** The first row of a map is deeper than those below it. */
function shiftedAbove(text: string, before: Written, line: Written): Explained | undefined {
  const head = above(text, before);
  if (!head || head.indent >= line.indent) return undefined;
  return indented(text, [head, before, line], [before], line.indent, true);
}

function indented(
  text: string,
  around: readonly (Written | undefined)[],
  rows: readonly Written[],
  indent: number,
  certain: boolean,
): Explained | undefined {
  const [first] = rows;
  if (!first || rows.length > MOST_LINES) return undefined;
  const by = indent - first.indent;
  if (by === 0) return undefined;
  const edits = rows.map((row) => edit(row.start, row.from, ' '.repeat(row.indent + by)));
  // A line further left ends the map and says nothing of its rows.
  const lines = around.filter((line): line is Written => line !== undefined);
  const least = Math.min(lines[0]!.indent, indent);
  const { end } = lines.findLast((line) => line.indent >= least)!;
  if (!isTaken(text, { start: lines[0]!.start, end }, edits)) return undefined;
  const { start } = first;
  const range = { start, end: first.indent > 0 ? first.from : first.end };
  return { parser: 'ODD_INDENT', range, fixes: [{ title: 'indent', edits, certain }] };
}

/** `支出: 19.39` above rows that are indented below it. */
function besideRows(text: string, line: Written): Explained | undefined {
  const key = findKey(text, line.from, line.end);
  const row = below(text, line);
  if (!key?.separates || !row || row.indent <= line.indent) return undefined;
  const rowKey = findKey(text, row.from, row.end);
  if (!rowKey) return undefined;
  const start = skip(text, key.colon + 1, line.end, isBlank);
  const end = valueEnd(text, start, line.end);
  // A row of figures holds no rows; and a second colon in the line is another slip.
  if (end === start || text[start] === '{' || hasKey(text, start, end)) return undefined;
  const next = below(text, row);
  const isOne = next === undefined || next.indent <= line.indent;
  const isBare = isRestEmpty(text, rowKey.colon + 1);
  const isSibling =
    next?.indent === line.indent && !isRestEmpty(text, findColon(text, next) + 1) && !isBare;
  if (isOne && isSibling) {
    const odd = indented(text, [line, row, next], [row], line.indent, true);
    if (odd) return odd;
  }
  const edits = [edit(key.colon + 1, start, ''), edit(start, end, '')];
  if (!isTaken(text, { start: line.start, end: row.end }, edits)) return undefined;
  // Nobody but the author can tell that the figure is not needed.
  const fixes = [{ title: 'value-away', edits, certain: false }];
  return { parser: 'VALUE_BESIDE_ROWS', range: { start, end }, fixes };
}

const findColon = (text: string, { from, end }: Written) => findKey(text, from, end)?.colon ?? end;

/** The end of a plain value, before a comment. */
function valueEnd(text: string, start: number, end: number): number {
  const comment = text.slice(start, end).search(/[ \t]#/);
  return withoutBlanks(text, { start, end: comment < 0 ? end : start + comment });
}

function withoutBlanks(text: string, { start, end }: TextRange): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Whether the parser takes some lines as they are after edits. */
function isTaken(text: string, { start, end }: TextRange, edits: readonly TextEdit[]): boolean {
  let mended = '';
  let at = start;
  for (const { range, newText } of edits) {
    mended += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return parseWhole(`${mended}${text.slice(at, end)}\n`, 'yaml').problems.length === 0;
}

/** A line and those below it that are indented as deep or deeper. */
function runFrom(text: string, first: Written): Written[] {
  const run = [first];
  let next = below(text, first);
  while (next && next.indent >= first.indent && run.length <= MOST_LINES) {
    run.push(next);
    next = below(text, next);
  }
  return run;
}

const below = (text: string, { end }: TextRange) => written(text, nextLine(text, end));

/** The first line from `start` on that is neither blank nor a comment. */
function written(text: string, start: number): Written | undefined {
  for (let at = start, i = 0; at < text.length && i < MOST_LINES; i++) {
    const line = lineAt(text, at);
    if (line) return line;
    at = nextLine(text, at);
  }
  return undefined;
}

function above(text: string, { start }: TextRange): Written | undefined {
  let at = start;
  for (let i = 0; at > 0 && i < MOST_LINES; i++) {
    at -= text[at - 1] === '\n' && text[at - 2] === '\r' ? 2 : 1;
    at = lineStart(text, at);
    const line = lineAt(text, at);
    if (line) return line;
  }
  return undefined;
}

function lineAt(text: string, start: number): Written | undefined {
  const end = lineEnd(text, start);
  const from = skip(text, start, end, (c) => c === ' ');
  if (isLineEnd(text[from]) || text[from] === '#' || isRestEmpty(text, from)) return undefined;
  return { start, from, end, indent: from - start };
}
