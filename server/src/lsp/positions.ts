import type { Position, Range } from 'vscode-languageserver';

// LSP's uinteger. Clients have been seen to send negative, fractional, missing and far larger numbers.
const LARGEST = 2 ** 31 - 1;

function uinteger(value: unknown): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return 0;
  return Math.min(Math.max(Math.trunc(value), 0), LARGEST);
}

/** Any value a client may send for a position, as one that the features can rely on. */
export function wellFormedPosition(value: unknown): Position {
  const { line, character } = (value ?? {}) as Partial<Record<'line' | 'character', unknown>>;
  return { line: uinteger(line), character: uinteger(character) };
}

/** Likewise; start is never after end. */
export function wellFormedRange(value: unknown): Range {
  const given = (value ?? {}) as Partial<Record<'start' | 'end', unknown>>;
  const start = wellFormedPosition(given.start);
  const end = wellFormedPosition(given.end ?? given.start);
  const reversed =
    start.line > end.line || (start.line === end.line && start.character > end.character);
  return reversed ? { start: end, end: start } : { start, end };
}
