import type { TextRange } from '../syntax/tree';

export interface TextChange {
  readonly range: TextRange;
  readonly newText: string;
}

/** Of several insertions at one place the first stands first. */
export function apply(text: string, edits: readonly TextChange[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { range, newText } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    pieces.push(text.slice(at, range.start), newText);
    at = Math.max(at, range.end);
  }
  return pieces.join('') + text.slice(at);
}
