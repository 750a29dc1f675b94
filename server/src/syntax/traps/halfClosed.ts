/** Quotes and brackets of YAML of which one is missing in its line, or another one is written for it. */
import type { SyntaxProblem } from '../tree';
import { isAmountLike, lineStart } from './characters';
import { edit } from './trap';
import { isTaken, valueEnd, written, type Explained, type Written } from './written';

/** `单位名称: "某某县`: closed where the value ends; a figure needs no quotes at all. */
export function unclosedQuote({ range }: SyntaxProblem, text: string): Explained | undefined {
  const line = written(text, lineStart(text, range.start));
  const quote = text[range.start];
  if (!line || (quote !== '"' && quote !== "'")) return undefined;
  const start = range.start + 1;
  const last = valueEnd(text, start, line.end);
  const inBraces = /[{[]/.test(text.slice(line.from, range.start));
  const mark = inBraces ? text.slice(start, last).search(/\s*[,}\]]/) : -1;
  const end = mark < 0 ? last : start + mark;
  if (end === start) return undefined;
  const isFigure = isAmountLike(text.slice(start, end));
  const edits = [isFigure ? edit(range.start, start, '') : edit(end, end, quote)];
  if (!isTakenAlone(text, line, edits)) return undefined;
  const fix = isFigure
    ? { title: 'surplus', args: { found: quote } }
    : { title: 'close-quote', args: {} };
  return { range: { start: range.start, end }, fixes: [{ ...fix, edits, certain: true }] };
}

const OPENING: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/** `{基本支出: 620.00]`: of two brackets that do not go together the square one is wrong around columns. */
export function wrongBracket({ range }: SyntaxProblem, text: string): Explained | undefined {
  const line = written(text, lineStart(text, range.start));
  if (!line) return undefined;
  const open: number[] = [];
  for (let at = line.from; at < line.end; at++) {
    const c = text[at]!;
    if (c === '"' || c === "'") return undefined;
    if (c === '{' || c === '[') open.push(at);
    const meant = OPENING[c];
    if (meant === undefined) continue;
    const from = open.pop();
    if (from === undefined) return undefined;
    if (text[from] === meant) continue;
    const square = c === ']' ? at : from;
    const value = c === ']' ? '}' : '{';
    const edits = [edit(square, square + 1, value)];
    if (!isTakenAlone(text, line, edits)) return undefined;
    return {
      parser: 'WRONG_BRACKET',
      range: { start: square, end: square + 1 },
      fixes: [{ title: 'value', args: { value }, edits, certain: true }],
    };
  }
  return undefined;
}

/** Whether a line is one that can be read after edits, and not before. */
const isTakenAlone = (text: string, line: Written, edits: Parameters<typeof isTaken>[2]) =>
  isTaken(text, line, edits) && !isTaken(text, line, []);
