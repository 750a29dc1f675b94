import type { LineCharacter, LineRange, Lines } from '../lines';
import type { TextRange } from '../tree';
import type { RowMap } from './nodes';
import type { Unit } from './unit';

/** Lines in a chunk: few enough to renumber at every edit, many enough that chunks are few. */
const CHUNK = 64;
const LARGEST_CHUNK = 2 * CHUNK;

/** What the scanner makes of a line by itself, whatever stands around it. */
export type LineKind =
  /** Nothing, or nothing but a comment: part of no node. */
  | 'blank'
  /** One whole entry of a block map, or its key alone: what nearly every line is. */
  | 'entry'
  /** Opens the root map, closes a map (JSON). */
  | 'open'
  | 'close'
  /** Begins with a key in its place; what follows it needs the general parser. */
  | 'headed'
  /** One word that nothing follows: the beginning of a key (YAML). */
  | 'lone'
  /** Anything else. */
  | 'other';

/** A line with its line end. Its text never changes: an edited line is another one. */
export class Line {
  kind: LineKind = 'other';
  /** Column of the key. */
  indent = 0;
  /** Whether a comma follows what the line holds (JSON). */
  comma = false;
  /** Brackets it opens less brackets it closes (JSON). */
  balance = 0;
  /** Offset, from the line's beginning, behind the colon of the key. */
  colonEnd = 0;
  /** The row that an `entry` is, wherever it stands. */
  scanned: Unit | undefined;
  /** What the line is the beginning of in the document as it is; undefined within a region. */
  unit: Unit | undefined;
  /** The map below the row that it is, to be used again if the row stays. */
  child: RowMap | undefined;

  chunk: Chunk | undefined;
  /** Place in the chunk, in lines and in characters. */
  index = 0;
  at = 0;

  constructor(
    readonly length: number,
    /** Length of the line end: 0, 1 or 2. */
    readonly ending: number,
  ) {}

  /** Offset of its first character. */
  get start(): number {
    return this.chunk!.start + this.at;
  }

  get end(): number {
    return this.start + this.length;
  }

  get number(): number {
    return this.chunk!.line + this.index;
  }

  get text(): string {
    return this.chunk!.text.slice(this.at, this.at + this.length);
  }

  /** Whether it is still part of the text. */
  get present(): boolean {
    return this.chunk !== undefined;
  }

  /** Whether it stands before another line; both are present. */
  isBefore(other: Line): boolean {
    const { chunk, index } = this;
    return chunk === other.chunk ? index < other.index : chunk!.index < other.chunk!.index;
  }
}

/** A stretch of whole lines. */
export class Chunk {
  lines: Line[] = [];
  /** Place in the text: in chunks, characters and lines. */
  index = 0;
  start = 0;
  line = 0;

  constructor(public text: string) {}
}

/** Lines that came, and between which lines that stayed. */
export interface Change {
  readonly removed: readonly Line[];
  readonly added: readonly Line[];
  readonly before: Line | undefined;
  readonly after: Line | undefined;
}

/** A text in chunks of lines. Lines end with LF, CRLF or CR, as in LSP. */
export class LineStore implements Lines {
  private chunks: Chunk[] = [];
  private whole: string | undefined;
  length = 0;

  constructor(text: string) {
    this.chunks = chunked(text, linesOf(text));
    this.number(0);
    this.whole = text;
  }

  get text(): string {
    return (this.whole ??= this.chunks.map((chunk) => chunk.text).join(''));
  }

  get lineCount(): number {
    const last = this.chunks.at(-1)!;
    return last.line + last.lines.length;
  }

  get first(): Line {
    return this.chunks[0]!.lines[0]!;
  }

  get last(): Line {
    return this.chunks.at(-1)!.lines.at(-1)!;
  }

  forEach(visit: (line: Line) => void): void {
    for (const chunk of this.chunks) for (const line of chunk.lines) visit(line);
  }

  after(line: Line): Line | undefined {
    const chunk = line.chunk!;
    return chunk.lines[line.index + 1] ?? this.chunks[chunk.index + 1]?.lines[0];
  }

  before(line: Line): Line | undefined {
    const chunk = line.chunk!;
    return chunk.lines[line.index - 1] ?? this.chunks[chunk.index - 1]?.lines.at(-1);
  }

  /** The characters of a stretch of the text. */
  slice(start: number, end: number): string {
    if (this.whole !== undefined) return this.whole.slice(start, end);
    let result = '';
    for (let i = this.chunkAt(start); i < this.chunks.length; i++) {
      const chunk = this.chunks[i]!;
      if (chunk.start >= end) break;
      result += chunk.text.slice(Math.max(start - chunk.start, 0), end - chunk.start);
    }
    return result;
  }

  /** Takes other characters in the place of some. */
  replace({ start, end }: TextRange, newText: string): Change {
    let first = this.lineAt(start);
    // A line end of two characters may come into being, or be torn apart, at the edit's edges.
    const before = first.start === start ? this.before(first) : undefined;
    if (before && this.slice(start - 1, start) === '\r') first = before;
    const from = first.start;
    let text = this.slice(from, start) + newText;
    let last: Line | undefined = this.lineAt(end);
    if (last.start === end && (text === '' || text.endsWith('\n'))) {
      // Whole lines: the line behind them is not touched.
      last = last === first ? undefined : this.before(last);
    } else {
      text += this.slice(end, last.end);
    }
    const removed: Line[] = [];
    if (last) {
      for (let line: Line | undefined = first; line; line = this.after(line)) {
        removed.push(line);
        if (line === last) break;
      }
    }
    const added = linesOf(text);
    // Only the end of the text has a line without a line end.
    const isEnd = removed.length > 0 && removed.at(-1) === this.last;
    if (!isEnd) added.pop();
    const previous = this.before(first);
    const following = removed.length > 0 ? this.after(removed.at(-1)!) : first;
    this.exchange(first, removed, text, added);
    return { removed, added, before: previous, after: following };
  }

  private exchange(
    first: Line,
    removed: readonly Line[],
    newText: string,
    added: readonly Line[],
  ): void {
    this.whole = undefined;
    const head = first.chunk!;
    const offset = first.index;
    const tail = removed.at(-1)?.chunk ?? head;
    const kept = tail.lines.slice(removed.length > 0 ? removed.at(-1)!.index + 1 : offset);
    const keptFrom = kept[0]?.at ?? tail.text.length;
    for (const line of removed) line.chunk = undefined;
    const text = head.text.slice(0, first.at) + newText + tail.text.slice(keptFrom);
    const lines = head.lines.slice(0, offset).concat(added, kept);
    const before = this.chunks.slice(0, head.index);
    this.chunks = before.concat(chunked(text, lines), this.chunks.slice(tail.index + 1));
    this.number(head.index);
  }

  private number(from: number): void {
    let { start, line } = this.endOf(from - 1);
    for (let i = from; i < this.chunks.length; i++) {
      const chunk = this.chunks[i]!;
      chunk.index = i;
      chunk.start = start;
      chunk.line = line;
      start += chunk.text.length;
      line += chunk.lines.length;
    }
    this.length = start;
  }

  private endOf(index: number): { start: number; line: number } {
    const chunk = this.chunks[index];
    if (!chunk) return { start: 0, line: 0 };
    return { start: chunk.start + chunk.text.length, line: chunk.line + chunk.lines.length };
  }

  private chunkAt(offset: number): number {
    return last(this.chunks, (chunk) => chunk.start <= offset);
  }

  /** The line that holds an offset; the end of the text is in the last line. */
  lineAt(offset: number): Line {
    const { lines, start } = this.chunks[this.chunkAt(offset)]!;
    return lines[last(lines, (line) => start + line.at <= offset)]!;
  }

  /** As {@link LineIndex.position}, of the text as it is. */
  position(offset: number): LineCharacter {
    const at = Math.min(Math.max(offset, 0), this.length);
    const line = this.lineAt(at);
    // Between CR and LF there is no place: a line ends before both.
    const inside = line.ending === 2 && at === line.end - 1;
    return { line: line.number, character: at - line.start - (inside ? 1 : 0) };
  }

  range(range: TextRange): LineRange {
    return { start: this.position(range.start), end: this.position(range.end) };
  }

  /** The offset of a position; a character behind the line's end is the line's end. */
  offset({ line, character }: LineCharacter): number {
    if (line < 0) return 0;
    if (line >= this.lineCount) return this.length;
    const chunk = this.chunks[last(this.chunks, (c) => c.line <= line)]!;
    const at = chunk.lines[line - chunk.line]!;
    const wide = at.length - at.ending;
    return at.start + Math.min(Math.max(character, 0), wide);
  }
}

/** The lines of a text; the last one has no line end and may be empty. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  let cr = text.indexOf('\r');
  for (;;) {
    const lf = text.indexOf('\n', start);
    if (cr >= 0 && cr < start) cr = text.indexOf('\r', start);
    const isLone = cr >= 0 && (lf < 0 || cr < lf - 1);
    const end = isLone ? cr : lf;
    if (end < 0) break;
    const ending = !isLone && end > start && text.charCodeAt(end - 1) === 13 ? 2 : 1;
    lines.push(new Line(end + 1 - start, ending));
    start = end + 1;
  }
  lines.push(new Line(text.length - start, 0));
  return lines;
}

function chunked(text: string, lines: readonly Line[]): Chunk[] {
  const size = lines.length > LARGEST_CHUNK ? CHUNK : Math.max(lines.length, 1);
  const chunks: Chunk[] = [];
  let start = 0;
  for (let from = 0; from < lines.length; from += size) {
    const chunk = new Chunk('');
    chunk.lines = lines.slice(from, from + size);
    let at = 0;
    chunk.lines.forEach((line, index) => {
      line.chunk = chunk;
      line.index = index;
      line.at = at;
      at += line.length;
    });
    chunk.text = text.slice(start, start + at);
    start += at;
    chunks.push(chunk);
  }
  return chunks;
}

/** The index of the last item that is no further than asked; items are in order, the first always is. */
function last<T>(items: readonly T[], within: (item: T) => boolean): number {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (within(items[middle]!)) low = middle;
    else high = middle - 1;
  }
  return low;
}
