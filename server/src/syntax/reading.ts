import type { TextEdit } from './tree';

/**
 * A text as it is meant, where it is clear what is meant: a few characters are exchanged before it is
 * parsed, and every offset of the parsed text leads back to the text as it is written.
 */
export class Reading {
  readonly text: string;
  /** Where the text after each edit begins, in the reading and in the source. */
  private readonly read: number[] = [];
  private readonly written: number[] = [];

  /** The edits must not overlap. */
  constructor(source: string, edits: readonly TextEdit[]) {
    const pieces: string[] = [];
    let at = 0;
    let length = 0;
    for (const { range, newText } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
      if (range.start < at) continue;
      const kept = source.slice(at, range.start);
      pieces.push(kept, newText);
      length += kept.length;
      this.read.push(length, (length += newText.length));
      this.written.push(range.start, (at = range.end));
    }
    pieces.push(source.slice(at));
    this.text = pieces.join('');
  }

  /** The offset in the source of an offset in the reading. */
  back(offset: number): number {
    const { read, written } = this;
    let low = -1;
    let high = read.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (read[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    if (low < 0) return offset;
    const beyond = written[low]! + offset - read[low]!;
    // Within what was exchanged there is no place beyond its end.
    return low % 2 === 0 ? Math.min(beyond, written[low + 1]!) : beyond;
  }
}
