import type { TextEdit, TextFix, TextRange } from '../tree';
import { parseWhole } from '../whole';
import { isLineEnd, isRestEmpty, lineEnd, lineStart, nextLine, skip } from './characters';

/** What the lines around an error of the parser show to be its cause. */
export interface Explained {
  /** In other words than the parser's own. */
  readonly parser?:
    | 'ODD_INDENT'
    | 'VALUE_BESIDE_ROWS'
    | 'STRAY_TEXT'
    | 'MISSING_COLON'
    | 'MISSING_BRACKET'
    | 'LOST_OPENING'
    | 'LOST_BRACE_ABOVE'
    | 'CloseBraceExpected'
    | 'CloseBracketExpected'
    | 'LOST_LIST_KEY'
    | 'LOST_HEADING'
    | 'SURPLUS_COMMA'
    | 'WRONG_BRACKET'
    | 'InvalidCommentToken';
  readonly range: TextRange;
  readonly fixes: readonly TextFix[];
  /** What stands in a wrong place because of it. */
  readonly misplaced?: TextRange;
}

/** A line that says something. */
export interface Written extends TextRange {
  readonly indent: number;
  /** Where it begins behind its indentation. */
  readonly from: number;
}

/** More lines than this are looked at for no slip: the answer is asked for on every keystroke. */
export const MOST_LINES = 100;

/** The end of a plain value, before a comment. */
export function valueEnd(text: string, start: number, end: number): number {
  const comment = text.slice(start, end).search(/[ \t]#/);
  return withoutBlanks(text, { start, end: comment < 0 ? end : start + comment });
}

export function withoutBlanks(text: string, { start, end }: TextRange): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Whether the parser takes some lines as they are after edits. */
export function isTaken(
  text: string,
  { start, end }: TextRange,
  edits: readonly TextEdit[],
): boolean {
  let mended = '';
  let at = start;
  for (const { range, newText } of edits) {
    mended += text.slice(at, range.start) + newText;
    at = range.end;
  }
  return parseWhole(`${mended}${text.slice(at, end)}\n`, 'yaml').problems.length === 0;
}

export const below = (text: string, { end }: TextRange) => written(text, nextLine(text, end));

/** The first line from `start` on that is neither blank nor a comment. */
export function written(text: string, start: number): Written | undefined {
  for (let at = start, i = 0; at < text.length && i < MOST_LINES; i++) {
    const line = lineAt(text, at);
    if (line) return line;
    at = nextLine(text, at);
  }
  return undefined;
}

export function above(text: string, { start }: TextRange): Written | undefined {
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
  // Read as a blank line: the mark of an unresolved merge.
  if (/^([<|=>])\1{6}(?: |$)/.test(text.slice(start, end))) return undefined;
  return { start, from, end, indent: from - start };
}
