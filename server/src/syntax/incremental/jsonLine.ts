import { append } from '../arrays';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DOUBLE_QUOTE,
  OPEN_BRACE,
  OPEN_BRACKET,
} from './classes';
import { untrap } from '../traps/find';
import { hasRepetitions, KeyIndex, type Repetition } from './keys';
import { END, LineEntry, LineMap, LineScalar, LineSequence, type LineNode } from './nodes';
import { quotedScalar } from './scalars';
import type { Line } from './store';
import { NO_REPETITIONS } from './unit';

const DEEPEST = 20;
const TAB = 9;
const SPACE = 32;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.+-])/y;
const WORD = /(?:true|false|null)(?!\w)/y;

/**
 * Reads a line of JSON by itself, in the shape in which people and programs indent it: one entry a
 * line, `"key": {` before the entries of a map, and the bracket that closes it alone.
 * @param start where it begins in a text
 */
export function scanJsonLine(line: Line, text: string, start: number): void {
  const end = start + line.length - line.ending;
  const bom = line.number === 0 && text.charCodeAt(start) === 0xfeff ? 1 : 0;
  const from = skipBlanks(text, start + bom, end);
  line.indent = from - start;
  if (from === end) {
    line.kind = 'blank';
    return;
  }
  const c = text.charCodeAt(from);
  if (c === OPEN_BRACE && skipBlanks(text, from + 1, end) === end) line.kind = 'open';
  else if (c === CLOSE_BRACE) {
    if (endsLine(text, line, from + 1, end)) line.kind = 'close';
  } else if (c === DOUBLE_QUOTE) new JsonLine(text, line, start, end).entry(from);
  const isWhole = line.kind === 'entry' && !line.scanned!.rows[0]!.open;
  line.balance = isWhole ? 0 : balance(text, from, end);
}

/** Brackets opened less brackets closed in lines that are read by themselves, as they are meant. */
export function meantBalance(lines: string): number {
  const before = '{\n';
  const { text } = untrap(before + lines, 'json').reading;
  return text
    .slice(before.length)
    .split(/[\r\n]/)
    .reduce((sum, line) => sum + balance(line, 0, line.length), 0);
}

/** Brackets opened less brackets closed outside of strings, none of which goes on in the next line. */
function balance(text: string, from: number, end: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c === DOUBLE_QUOTE) quoted = !quoted;
    else if (quoted) {
      if (c === BACKSLASH) at++;
    } else if (c === OPEN_BRACE || c === OPEN_BRACKET) depth++;
    else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) depth--;
  }
  return depth;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB)) at++;
  return at;
}

/** Whether nothing follows but a comma. */
function endsLine(text: string, line: Line, from: number, end: number): boolean {
  let at = skipBlanks(text, from, end);
  line.comma = at < end && text.charCodeAt(at) === COMMA;
  if (line.comma) at = skipBlanks(text, at + 1, end);
  return at === end;
}

class JsonLine {
  private readonly repetitions: Repetition<LineScalar>[] = [];
  private at = 0;
  private failed = false;

  constructor(
    private readonly text: string,
    private readonly line: Line,
    private readonly start: number,
    private readonly end: number,
  ) {}

  entry(from: number): void {
    const { text, line, start, end } = this;
    const key = this.key(from);
    if (!key) return;
    line.colonEnd = this.at - start;
    line.kind = 'headed';
    const bare = new LineEntry(key, undefined, line.colonEnd, line.colonEnd);
    line.scanned = {
      rows: [{ indent: line.indent, entry: bare, open: false }],
      repetitions: NO_REPETITIONS,
      region: undefined,
    };
    const at = skipBlanks(text, this.at, end);
    const open = text.charCodeAt(at) === OPEN_BRACE && skipBlanks(text, at + 1, end) === end;
    let value: LineNode | undefined;
    if (at === end) return;
    if (!open) {
      value = this.value(at, 0);
      if (this.failed || !endsLine(text, line, this.at, end)) return;
    }
    const entry = new LineEntry(key, value, at - start, (open ? at + 1 : this.at) - start);
    const { repetitions } = this;
    line.kind = 'entry';
    line.scanned = {
      rows: [{ indent: line.indent, entry, open }],
      repetitions: repetitions.length > 0 ? repetitions : NO_REPETITIONS,
      region: undefined,
    };
  }

  /** A key; `at` is left behind the colon. */
  private key(from: number): LineScalar | undefined {
    const { text, end } = this;
    const key = this.string(from);
    if (!key) return undefined;
    const colon = skipBlanks(text, this.at, end);
    if (text.charCodeAt(colon) !== COLON || colon >= end) return undefined;
    this.at = colon + 1;
    return key;
  }

  private string(from: number): LineScalar | undefined {
    const { text, line, start, end } = this;
    if (text.charCodeAt(from) !== DOUBLE_QUOTE) return undefined;
    const string = quotedScalar(text, line, start, from, end);
    if (string) this.at = start + string[END];
    return string;
  }

  private fail(): undefined {
    this.failed = true;
    return undefined;
  }

  /** Undefined for `null`, and when it fails. */
  private value(from: number, depth: number): LineNode | undefined {
    const { text } = this;
    const c = text.charCodeAt(from);
    if (c === DOUBLE_QUOTE) return this.string(from) ?? void this.fail();
    if (c === OPEN_BRACE && depth < DEEPEST) return this.map(from, depth);
    if (c === OPEN_BRACKET && depth < DEEPEST) return this.sequence(from, depth);
    const pattern = c >= 97 ? WORD : NUMBER;
    pattern.lastIndex = from;
    const written = pattern.exec(text)?.[0];
    if (written === undefined) return void this.fail();
    this.at = from + written.length;
    if (written === 'null') return undefined;
    return new LineScalar(written, 'plain', this.line, from - this.start, this.at - this.start);
  }

  private map(from: number, depth: number): LineMap | undefined {
    const { text, line, start, end } = this;
    const entries: LineEntry[] = [];
    let at = skipBlanks(text, from + 1, end);
    let more = text.charCodeAt(at) !== CLOSE_BRACE;
    while (more) {
      const key = this.key(at);
      if (!key) return void this.fail();
      at = skipBlanks(text, this.at, end);
      const value = this.value(at, depth + 1);
      if (this.failed) return undefined;
      entries.push(new LineEntry(key, value, at - start, this.at - start));
      at = skipBlanks(text, this.at, end);
      more = text.charCodeAt(at) === COMMA;
      if (more) at = skipBlanks(text, at + 1, end);
      else if (text.charCodeAt(at) !== CLOSE_BRACE) return void this.fail();
    }
    if (at >= end) return void this.fail();
    this.at = at + 1;
    if (hasRepetitions(entries)) append(this.repetitions, new KeyIndex(entries).repetitions());
    return new LineMap('flow', entries, line, from - start, this.at - start);
  }

  private sequence(from: number, depth: number): LineSequence | undefined {
    const { text, line, start, end } = this;
    const items: (LineNode | undefined)[] = [];
    let at = skipBlanks(text, from + 1, end);
    let more = text.charCodeAt(at) !== CLOSE_BRACKET;
    while (more) {
      items.push(this.value(at, depth + 1));
      if (this.failed) return undefined;
      at = skipBlanks(text, this.at, end);
      more = text.charCodeAt(at) === COMMA;
      if (more) at = skipBlanks(text, at + 1, end);
      else if (text.charCodeAt(at) !== CLOSE_BRACKET) return void this.fail();
    }
    if (at >= end) return void this.fail();
    this.at = at + 1;
    return new LineSequence('flow', items, line, from - start, this.at - start);
  }
}
