import type { TextRange } from './tree';

/** A place in a text as LSP counts it: line and UTF-16 character, both from 0. */
export interface LineCharacter {
  readonly line: number;
  readonly character: number;
}

export interface LineRange {
  readonly start: LineCharacter;
  readonly end: LineCharacter;
}

/** Offsets to lines and back. Lines end with LF, CRLF or CR, as in LSP. */
export interface Lines {
  readonly lineCount: number;
  position(offset: number): LineCharacter;
  range(range: TextRange): LineRange;
  /** The offset of a position; a character behind the line's end is the line's end. */
  offset(position: LineCharacter): number;
}

/** The lines of a text that does not change. */
export class LineIndex implements Lines {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) this.starts.push(i + 1);
    }
  }

  get lineCount(): number {
    return this.starts.length;
  }

  position(offset: number): LineCharacter {
    let at = Math.min(Math.max(offset, 0), this.text.length);
    // Between CR and LF there is no place: a line ends before both.
    if (this.text.charCodeAt(at) === 10 && this.text.charCodeAt(at - 1) === 13) at--;
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - this.starts[low]! };
  }

  range(range: TextRange): LineRange {
    return { start: this.position(range.start), end: this.position(range.end) };
  }

  /** The offset of a position; a character behind the line's end is the line's end. */
  offset({ line, character }: LineCharacter): number {
    if (line < 0) return 0;
    if (line >= this.starts.length) return this.text.length;
    const start = this.starts[line]!;
    const next = this.starts[line + 1];
    const end = next === undefined ? this.text.length : this.outsideLineEnd(next - 1);
    return Math.min(start + Math.max(character, 0), end);
  }

  /** Between CR and LF there is no place: it is the end of the line. */
  private outsideLineEnd(offset: number): number {
    const within = this.text.charCodeAt(offset - 1) === 13 && this.text.charCodeAt(offset) === 10;
    return within ? offset - 1 : offset;
  }
}
