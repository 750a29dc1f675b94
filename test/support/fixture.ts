import { LineIndex, type LineRange } from '../../server/src/syntax/lines';

/**
 * Texts with marks in them. A line that is nothing but a comment with carets says what is expected
 * of the nearest line above that is not such a line itself:
 *
 *     支出决算表:
 *       2080101: {本年支出合计: 250.40, 基本支出: 250.04}
 *       #                 ^^^^^^ error: t3.row-sum 应为 250.04
 *
 * After the carets: a severity with a colon (optional), the rule, a part of the message (optional).
 * Carets count UTF-16 characters, as the editor's columns do: as many characters stand before the
 * first caret as before the first character it marks. Chinese characters are shown twice as wide, so
 * a caret stands to the left of what it marks. Where the range begins at or before the `#` there is
 * no room for carets: `#<---` marks as many characters as it has itself, from the `#` on.
 *
 * In JSON the comment is `//`. Marking lines are taken out before the text is read, and so is `$0`,
 * which stands for the cursor and is not counted by the carets below its line.
 */
export interface Mark {
  readonly range: LineRange;
  readonly severity: string | undefined;
  readonly rule: string;
  /** What the message must contain; empty if nothing is asked of it. */
  readonly message: string;
}

export interface Fixture {
  readonly text: string;
  readonly marks: readonly Mark[];
  /** Offset of `$0`. */
  readonly cursor: number | undefined;
}

const MARK =
  /^\s*(?<comment>#|\/\/)(?:(?<arrow><-*)|\s*(?<carets>\^+))\s+(?:(?<severity>error|warning|information|hint):\s*)?(?<rule>[a-z][\w-]*\.[\w.-]+)\s*(?<message>.*?)\s*$/;
const CURSOR = '$0';

export function parseFixture(source: string): Fixture {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of source.split(/(?<=\n)/)) {
    const groups = MARK.exec(line)?.groups;
    if (groups) marks.push(readMark(line, groups, lines.length - 1));
    else lines.push(line);
  }
  const marked = lines.join('');
  const cursor = marked.indexOf(CURSOR);
  if (cursor < 0) return { text: marked, marks, cursor: undefined };
  return { text: marked.replace(CURSOR, ''), marks, cursor };
}

function readMark(text: string, groups: Record<string, string | undefined>, line: number): Mark {
  const { comment = '', arrow, carets = '', severity, rule = '', message = '' } = groups;
  const start = arrow === undefined ? text.indexOf('^') : text.indexOf(comment);
  const length = arrow === undefined ? carets.length : comment.length + arrow.length;
  return {
    range: { start: { line, character: start }, end: { line, character: start + length } },
    severity,
    rule,
    message,
  };
}

/** A place to compare and to read: `12:4-10 250.40`. Lines and columns from 0. */
export function place(text: string, range: LineRange): string {
  const { start, end } = range;
  const lines = new LineIndex(text);
  const marked = text.slice(lines.offset(start), lines.offset(end));
  const to = end.line === start.line ? end.character : `${end.line}:${end.character}`;
  return `${start.line}:${start.character}-${to} ${marked}`;
}
