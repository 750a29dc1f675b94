import type { SyntaxProblem } from '../tree';
import { besideRows } from './besideRows';
import { isRestEmpty, lineStart } from './characters';
import { unclosedQuote, wrongBracket } from './halfClosed';
import { findKey, hasKey } from './keys';
import { betweenLevels } from './levels';
import { missingMark } from './missing';
import { inJson } from './refusedJson';
import { edit } from './trap';
import {
  above,
  below,
  isTaken,
  MOST_LINES,
  withoutBlanks,
  written,
  type Explained,
  type Written,
} from './written';

/**
 * What the general parser refuses, told by its cause where the lines around it show that: the parser says
 * where it stumbled, which is often not what was mistyped. Any other problem stays as it is.
 */
export function explain(problem: SyntaxProblem, text: string): SyntaxProblem {
  // What was found with the error says how to mend it.
  if (problem.fixes) return problem;
  const found =
    problem.code === 'syntax.yaml'
      ? inYaml(problem, text)
      : problem.code === 'syntax.json'
        ? inJson(problem, text)
        : undefined;
  if (!found) return problem;
  const { parser, range, fixes, misplaced } = found;
  const args = parser ? { ...problem.args, parser } : problem.args;
  return { ...problem, range, args, fixes, ...(misplaced && { misplaced }) };
}

const inYaml = (problem: SyntaxProblem, text: string) =>
  strayText(problem, text) ??
  wrongBracket(problem, text) ??
  missingMark(problem, text) ??
  EXPLAINED[problem.args['parser']!]?.(problem, text);

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
    return before && (besideOrShifted(text, before) ?? shifted(text, before, line));
  },
  MISSING_QUOTE: unclosedQuote,
  BLOCK_AS_IMPLICIT_KEY: ({ range }, text) => {
    const line = written(text, lineStart(text, range.start));
    return line && besideOrShifted(text, line);
  },
};

/** The indentation of `line` does not follow from the line above it. */
function shifted(text: string, before: Written, line: Written): Explained | undefined {
  const head = above(text, before);
  // The parser goes on from an odd row, over the next one.
  if (head?.indent === line.indent && before.indent < line.indent)
    return shifted(text, head, before);
  const isDeeper = line.indent > before.indent;
  const between = betweenLevels(text, before, line);
  if (between) return between;
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

/** A value above rows; or a single row that is too deep. */
function besideOrShifted(text: string, line: Written): Explained | undefined {
  const beside = besideRows(text, line);
  const row = beside && below(text, line);
  if (!row || row.indent <= line.indent) return beside;
  const next = below(text, row);
  const isOne = next === undefined || next.indent <= line.indent;
  const isBare = isRestEmpty(text, findColon(text, row) + 1);
  const isSibling =
    next?.indent === line.indent && !isRestEmpty(text, findColon(text, next) + 1) && !isBare;
  const odd =
    isOne && isSibling ? indented(text, [line, row, next], [row], line.indent, true) : undefined;
  return odd ?? beside;
}

const findColon = (text: string, { from, end }: Written) => findKey(text, from, end)?.colon ?? end;

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
