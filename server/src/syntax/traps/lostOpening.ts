import type { SyntaxProblem } from '../tree';
import { LONGEST_TRIED, parseWhole } from '../whole';
import { lineEnd, lineStart, nextLine, skip } from './characters';
import { blockAt } from './lostBrace';
import { edit } from './trap';
import type { Explained } from './written';

/** A key alone in its line, with nothing behind its colon. */
const BARE_KEY = /^([ \t]*)"[^"\r\n]*":[ \t]*(?=\r?\n([ \t]*)["{\d])/gm;
const CLOSED: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/** A bracket of JSON that is missing behind a key above lines that are indented below it and closed by another. */
export function lostOpening(text: string, { range }: SyntaxProblem): Explained | undefined {
  if (text.length > LONGEST_TRIED) return undefined;
  const item = itemBrace(text, range.start);
  if (item) return item;
  for (const { 0: line, 1: indent, 2: inner, index } of text.matchAll(BARE_KEY)) {
    if (inner!.length <= indent!.length) continue;
    const end = index + line.length;
    const { end: last } = blockAt(text, index + indent!.length);
    const closing = nextLine(text, last);
    const from = skip(text, closing, text.length, (c) => c === ' ' || c === '\t');
    const value = CLOSED[text[from] ?? ''];
    if (value === undefined || from - closing !== indent!.length) continue;
    const newText = line.endsWith(':') ? ` ${value}` : value;
    const mended = text.slice(0, end) + newText + text.slice(end);
    if (parseWhole(mended, 'json').problems.length > 0) continue;
    const edits = [edit(end, end, newText)];
    return {
      parser: 'LOST_OPENING',
      range: { start: index + indent!.length, end: index + line.trimEnd().length },
      fixes: [{ title: 'bracket', args: { value }, edits, certain: true }],
      misplaced: { start: lineStart(text, index), end: lineEnd(text, from) },
    };
  }
  return undefined;
}

/** `"科目": 2080101` among the items of a list, above which the brace is missing. */
function itemBrace(text: string, at: number): Explained | undefined {
  const start = lineStart(text, at);
  const before = text.slice(0, start).trimEnd();
  const line = text.slice(start, lineEnd(text, at));
  const [, indent = '', key] = /^([ \t]*)("[^"]*")[ \t]*:/.exec(line) ?? [];
  const outer = /^[ \t]*/.exec(before.slice(lineStart(before, before.length)))![0];
  if (key === undefined || !/(?:\},|\[)$/.test(before)) return undefined;
  const column = before.endsWith('[') ? indent.slice(0, -1) : outer;
  if (column.length >= indent.length) return undefined;
  const newText = `${column}{${text.includes('\r\n') ? '\r\n' : '\n'}`;
  const mended = text.slice(0, start) + newText + text.slice(start);
  if (parseWhole(mended, 'json').problems.length > 0) return undefined;
  const from = start + indent.length;
  return {
    parser: 'LOST_BRACE_ABOVE',
    range: { start: from, end: from + key.length },
    fixes: [
      {
        title: 'bracket',
        args: { value: '{' },
        edits: [edit(start, start, newText)],
        certain: true,
      },
    ],
    misplaced: { start, end: text.length },
  };
}
