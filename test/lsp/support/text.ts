import type { Position, Range, TextEdit } from 'vscode-languageserver-types';

/** Positions by what stands there, counted by the protocol's rules and not by the server's code. */

/** Line starts: LF, CRLF and CR end a line. */
function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\n|\r/g)].map((match) => match.index + match[0].length)];
}

export function positionAt(text: string, offset: number): Position {
  const starts = lineStarts(text);
  const line = starts.findLastIndex((start) => start <= offset);
  return { line, character: offset - starts[line]! };
}

export function offsetAt(text: string, { line, character }: Position): number {
  return lineStarts(text)[line]! + character;
}

/**
 * The range of `wanted` behind `after`, each the first of its kind: `find(text, '208: ', '1357.84')`.
 * A test that searches for what is not there fails here.
 */
export function find(text: string, ...path: [string, ...string[]]): Range {
  let from = 0;
  let start = 0;
  for (const part of path) {
    start = text.indexOf(part, from);
    if (start < 0) throw new Error(`no ${part} behind ${from.toString()}`);
    from = start + part.length;
  }
  return { start: positionAt(text, start), end: positionAt(text, from) };
}

export function textOf(text: string, { start, end }: Range): string {
  return text.slice(offsetAt(text, start), offsetAt(text, end));
}

/** Applies edits of one version to its text. */
export function edited(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .map(({ range, newText }) => ({
      start: offsetAt(text, range.start),
      end: offsetAt(text, range.end),
      newText,
    }))
    .sort((a, b) => b.start - a.start)
    .reduce(
      (result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end),
      text,
    );
}
