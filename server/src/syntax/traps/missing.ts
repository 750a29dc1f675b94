import type { SyntaxProblem, TextEdit, TextRange } from '../tree';
import { isAmountLike, isBlank, lineStart, skip } from './characters';
import { findKey, hasKey } from './keys';
import { edit } from './trap';
import {
  above,
  below,
  isTaken,
  MOST_LINES,
  valueEnd,
  written,
  type Explained,
  type Written,
} from './written';

/** A row without its colon or its closing bracket, over which the parser stumbles there or in the next line. */
export function missingMark(
  { range, args, within }: SyntaxProblem,
  text: string,
): Explained | undefined {
  // Behind the end of what the parser reads, everything is unexpected.
  if (args['detail']!.includes('in YAML stream')) return undefined;
  const line = written(text, lineStart(text, range.start));
  if (!line) return undefined;
  const before = above(text, line);
  return (
    missingColon(text, line) ??
    (before && missingColon(text, before)) ??
    missingBracket(text, (within && lastIn(text, within)) ?? line)
  );
}

/** The last of some whole lines. */
const lastIn = (text: string, { end }: TextRange) => written(text, lineStart(text, end - 1));

/** A key: a quoted text, or a plain one without anything that means more to YAML. */
const KEY =
  /^(?:"[^"\r\n]*"|'[^'\r\n]*'|[\p{L}\p{N}“（(][^"'{}[\],:：#\r\n]*?)(?=[ \t]*[{[]|[ \t]+\S+$|$)/u;
/** The same before a mark that is typed for the colon: `30102＝180.00`. */
const KEY_EQUALS =
  /^(?:"[^"\r\n]*"|'[^'\r\n]*'|[\p{L}\p{N}“（(][^"'{}[\],:：#=＝\r\n]*?)[ \t]*[=＝](?=[ \t]*\S)/u;

/** `30102= 180.00`: a mark that is typed for the colon. */
const EQUALS = /[ \t]*[=＝]+$/;

/** `2080101 {本年支出合计: 1.00}`, `其他收入 6.20`, `支出` above its rows. */
function missingColon(text: string, line: Written): Explained | undefined {
  const end = valueEnd(text, line.from, line.end);
  const content = text.slice(line.from, end);
  const found = (KEY_EQUALS.exec(content) ?? KEY.exec(content))?.[0];
  const key = found?.replace(EQUALS, '');
  // A figure is none.
  if (!found || !key || /\d\.\d/.test(key)) return undefined;
  const keyEnd = line.from + key.length;
  const markEnd = line.from + found.length;
  const start = skip(text, markEnd, end, isBlank);
  const next = below(text, line);
  const isHead = start === end && next !== undefined && next.indent > line.indent;
  if (start === end && !(isHead && hasKey(text, next.from, next.end))) return undefined;
  const isFlow = text[start] === '{' || text[start] === '[';
  if (start < end && !isFlow && !isAmountLike(text.slice(start, end))) return undefined;
  const edits = [edit(keyEnd, markEnd, start === end || start > markEnd ? ':' : ': ')];
  if (!isCause(text, line, isHead ? next : line, edits)) return undefined;
  return {
    parser: 'MISSING_COLON',
    range: { start: line.from, end: markEnd },
    // What is read for the key is none.
    misplaced: { start: line.from, end: markEnd },
    fixes: [{ title: 'colon-missing', edits, certain: true }],
  };
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/** `2080101: {本年支出合计: 1.00` above the next row. */
function missingBracket(text: string, line: Written): Explained | undefined {
  let row: Written | undefined = line;
  for (let i = 0; row && i < MOST_LINES; i++) {
    const start = flowStart(text, row);
    if (start !== undefined) {
      const open = unclosed(text, row, start);
      if (open) return closed(text, row, open);
      if (row !== line) return undefined;
    }
    row = above(text, row);
  }
  return undefined;
}

function closed(text: string, row: Written, { brackets, last }: Unclosed): Explained | undefined {
  const value = brackets
    .map((bracket) => CLOSING[bracket]!)
    .reverse()
    .join('');
  const lastLine = written(text, lineStart(text, last - 1))!;
  const edits = [closing(text, last, lastLine.end, value)];
  const next = below(text, lastLine);
  // Then the row goes on there.
  if (next && closesMore(text.slice(next.from, next.end))) return undefined;
  if (!isCause(text, row, lastLine, edits)) return undefined;
  return {
    parser: 'MISSING_BRACKET',
    range: { start: row.from, end: last },
    // Of two that are missing one may be missing further left.
    fixes: [{ title: 'bracket', args: { value }, edits, certain: brackets.length === 1 }],
  };
}

/** Instead of a comma; else behind the blanks that end the line, or one blank behind a colon. */
function closing(text: string, last: number, end: number, value: string): TextEdit {
  const isLast = text.slice(last, end).trim() === '';
  const to = isLast ? end : last;
  if (text[last - 1] === ',') return edit(last - 1, to, value);
  return edit(to, to, to === last && text[last - 1] === ':' ? ` ${value}` : value);
}

const closesMore = (line: string) =>
  line.replace(/[^}\]]/g, '').length > line.replace(/[^{[]/g, '').length;

/** Where the brackets begin that are the value of a row or an item. */
function flowStart(text: string, { from, end }: Written): number | undefined {
  let at = from;
  while (text[at] === '-' && isBlank(text[at + 1])) at = skip(text, at + 1, end, isBlank);
  if (CLOSING[text[at] ?? ''] === undefined) {
    const key = findKey(text, at, end);
    if (!key?.separates) return undefined;
    at = skip(text, key.colon + 1, end, isBlank);
  }
  return CLOSING[text[at] ?? ''] === undefined ? undefined : at;
}

interface Unclosed {
  /** Those that are open. */
  readonly brackets: readonly string[];
  /** Behind the last character that can stand in them. */
  readonly last: number;
}

/** The brackets that are open where a line begins that stands outside of them by its indentation. */
function unclosed(text: string, row: Written, start: number): Unclosed | undefined {
  const brackets: string[] = [];
  let line: Written | undefined = row;
  let at = start;
  let last = start;
  for (let i = 0; line && i < MOST_LINES; i++) {
    while (at < line.end) {
      const c = text[at]!;
      if (c === '#' && isBlank(text[at - 1])) break;
      if ((c === '"' || c === "'") && /[\s,:{[]/.test(text[at - 1] ?? ' ')) {
        const close = text.indexOf(c, at + 1);
        if (close < 0 || close >= line.end) return undefined;
        at = close;
      } else if (c === '{' || c === '[') brackets.push(c);
      else if ((c === '}' || c === ']') && CLOSING[brackets.pop()!] !== c) return undefined;
      if (brackets.length === 0) return undefined;
      at++;
      if (!isBlank(c)) last = at;
    }
    line = below(text, line);
    if (line && line.indent <= row.indent) {
      return /[}\]]/.test(text[line.from]!) ? undefined : { brackets, last };
    }
    at = line?.from ?? at;
  }
  return line ? undefined : { brackets, last };
}

/** Whether rows are refused as they are and taken after edits; those around them may be broken too. */
function isCause(text: string, first: Written, last: Written, edits: readonly TextEdit[]): boolean {
  const before = headOf(text, first);
  const next = below(text, last);
  const after = next && next.indent >= first.indent ? next : undefined;
  const ends = after ? [after, last] : [last];
  const ranges = [before ?? first, first].flatMap(({ start }) =>
    ends.map(({ end }) => ({ start, end })),
  );
  return ranges.some((range) => isTaken(text, range, edits) && !isTaken(text, range, []));
}

/** The line above that holds a line, or stands beside it. */
function headOf(text: string, line: Written): Written | undefined {
  let head = above(text, line);
  for (let i = 0; head && head.indent > line.indent; i++) {
    if (i === MOST_LINES) return undefined;
    head = above(text, head);
  }
  return head;
}
