import type { TextEdit } from '../tree';
import { edit, type Trap } from './trap';

/**
 * Lines indented with tabs or full-width blanks. Such lines come in blocks: adjacent ones are one
 * problem with one fix.
 */
export class Indents {
  private run: TextEdit[] = [];
  private certain = true;

  constructor(private readonly traps: Trap[]) {}

  /** The blanks of a line, and how many half-width ones are meant. */
  odd(start: number, end: number, spaces: number, certain = true): void {
    this.certain &&= certain;
    this.run.push(edit(start, end, ' '.repeat(spaces)));
  }

  /** A line whose blanks are in order, or the end of the text. */
  plain(): void {
    const [first] = this.run;
    if (!first) return;
    const edits = this.run;
    const { certain } = this;
    this.run = [];
    this.certain = true;
    this.traps.push({
      problem: {
        code: 'syntax.blank',
        range: first.range,
        args: { count: edits.length.toString() },
        fixes: [{ title: 'blanks', edits, certain }],
      },
      reading: edits,
    });
  }
}
