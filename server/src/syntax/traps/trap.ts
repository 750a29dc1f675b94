import type { SyntaxProblem, TextEdit, TextFix } from '../tree';

/**
 * A slip of typing that a parser misunderstands: what to say of it, and what to read instead, so that
 * it leads to no further errors.
 */
export interface Trap {
  readonly problem: SyntaxProblem;
  readonly reading: readonly TextEdit[];
  /** Offset of a scalar of which it is not certain what is meant. */
  readonly doubtful?: number;
}

export const edit = (start: number, end: number, newText: string): TextEdit => ({
  range: { start, end },
  newText,
});

/** A trap whose fix is what is read. */
export function trap(
  code: string,
  [start, end]: readonly [start: number, end: number],
  reading: readonly TextEdit[],
  fix: Pick<TextFix, 'title' | 'args'>,
  args: Readonly<Record<string, string>> = {},
): Trap {
  const fixes = [{ ...fix, edits: reading, certain: true }];
  return { problem: { code, range: { start, end }, args, fixes }, reading };
}
