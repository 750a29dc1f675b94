import { append } from '../arrays';
import {
  classAt,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  FLOW,
  FULL_WIDTH,
  HASH,
  INDICATOR,
  MINUS,
  ODD,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  skipSpaces,
} from './classes';
import { hasRepetitions, KeyIndex, type Repetition } from './keys';
import { END, LineEntry, LineMap, LineScalar, LineSequence, type LineNode } from './nodes';
import { NULL } from '../null';
import { colonBehind, quotedScalar, yamlKey } from './scalars';
import type { Line } from './store';

const DEEPEST = 20;

/**
 * The keys of the map that was read in a line before, each once; undefined for those in quotes. The rows of a
 * table have the same ones, so that they need not be taken apart again.
 */
export interface KeysAbove {
  texts: readonly (string | undefined)[];
}

/** Reads flow collections of YAML that begin and end in one line and hold nothing unusual. */
export class FlowLine {
  /** Repeated keys of the maps read. */
  repetitions: Repetition<LineScalar>[] = [];
  /** Behind what was read last. */
  at = 0;

  /** `start` is where the line begins in `text`, `end` where its line end or comment does. */
  constructor(
    private readonly text: string,
    private readonly line: Line,
    private readonly start: number,
    private readonly end: number,
    private readonly above: KeysAbove,
  ) {}

  /** The collection that begins at `from`; undefined if it needs the general parser. */
  collection(from: number, depth = 0): LineMap | LineSequence | undefined {
    if (depth > DEEPEST) return undefined;
    const c = this.text.charCodeAt(from);
    if (c === OPEN_BRACE) return this.map(from, depth);
    return c === OPEN_BRACKET ? this.sequence(from, depth) : undefined;
  }

  private map(from: number, depth: number): LineMap | undefined {
    const { text, end, line, start } = this;
    const entries: LineEntry[] = [];
    const above = depth === 0 ? this.above.texts : [];
    let isAlike = true;
    let at = skipSpaces(text, from + 1, end);
    while (text.charCodeAt(at) !== CLOSE_BRACE) {
      if (at >= end) return undefined;
      const known = this.keyAbove(above[entries.length], at);
      const key = known ?? this.key(at);
      if (!key) return undefined;
      isAlike &&= known !== undefined;
      const colon = this.at;
      at = skipSpaces(text, colon + 1, end);
      const c = at < end ? text.charCodeAt(at) : -1;
      let value: LineNode | undefined;
      let valueStart = colon + 1;
      let valueEnd = valueStart;
      if (c !== COMMA && c !== CLOSE_BRACE) {
        value = this.value(at, depth);
        if (value === undefined && !this.isNull) return undefined;
        valueStart = at;
        valueEnd = this.valueEnd;
        at = this.at;
      }
      entries.push(new LineEntry(key, value, valueStart - start, valueEnd - start));
      at = this.next(at, CLOSE_BRACE);
      if (at < 0) return undefined;
    }
    this.at = at + 1;
    if (!isAlike || entries.length > above.length) this.compare(entries, depth);
    return new LineMap('flow', entries, line, from - start, at + 1 - start);
  }

  /** Finds repeated keys; where there are none they are those above the next line. */
  private compare(entries: readonly LineEntry[], depth: number): void {
    if (hasRepetitions(entries)) append(this.repetitions, new KeyIndex(entries).repetitions());
    else if (depth === 0) {
      this.above.texts = entries.map(({ key }) => (key.style === 'plain' ? key.text : undefined));
    }
  }

  private sequence(from: number, depth: number): LineSequence | undefined {
    const { text, end, line, start } = this;
    const items: (LineNode | undefined)[] = [];
    let at = skipSpaces(text, from + 1, end);
    while (text.charCodeAt(at) !== CLOSE_BRACKET) {
      if (at >= end || text.charCodeAt(at) === COMMA) return undefined;
      const value = this.value(at, depth);
      if (value === undefined && !this.isNull) return undefined;
      items.push(value);
      at = this.next(this.at, CLOSE_BRACKET);
      if (at < 0) return undefined;
    }
    this.at = at + 1;
    return new LineSequence('flow', items, line, from - start, at + 1 - start);
  }

  /** The next part, or the bracket that closes; -1 if neither follows. */
  private next(from: number, close: number): number {
    const { text, end } = this;
    const at = skipSpaces(text, from, end);
    if (at >= end) return -1;
    const c = text.charCodeAt(at);
    if (c === close) return at;
    return c === COMMA ? skipSpaces(text, at + 1, end) : -1;
  }

  /** A key and the colon behind it, at which `at` is left. */
  private key(from: number): LineScalar | undefined {
    const { text, end, line, start } = this;
    const key = yamlKey(text, line, start, from, end, FLOW | QUOTE);
    if (!key) return undefined;
    this.at = colonBehind(key, text, start, end);
    return key.style === 'quoted' || this.endsKey(this.at) ? key : undefined;
  }

  /** The same of a key that is known, and written with the colon right behind it. */
  private keyAbove(known: string | undefined, from: number): LineScalar | undefined {
    if (known === undefined) return undefined;
    const { text, line, start, end } = this;
    const colon = from + known.length;
    if (colon >= end || text.charCodeAt(colon) !== COLON || !this.endsKey(colon)) return undefined;
    for (let i = 0; i < known.length; i++) {
      if (text.charCodeAt(from + i) !== known.charCodeAt(i)) return undefined;
    }
    this.at = colon;
    return new LineScalar(known, 'plain', line, from - start, colon - start);
  }

  private endsKey(colon: number): boolean {
    const behind = colon + 1 < this.end ? this.text.charCodeAt(colon + 1) : -1;
    return behind === SPACE || behind === COMMA || behind === CLOSE_BRACE;
  }

  /** Of the value read last: it is a written null, and where it ends. */
  private isNull = false;
  private valueEnd = 0;

  private value(from: number, depth: number): LineNode | undefined {
    const { text, end, line, start } = this;
    this.isNull = false;
    const c = text.charCodeAt(from);
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      const node = this.collection(from, depth + 1);
      this.valueEnd = this.at;
      return node;
    }
    if (classAt(text, from) & QUOTE) {
      const quoted = quotedScalar(text, line, start, from, end);
      if (quoted) this.at = this.valueEnd = start + quoted[END];
      return quoted;
    }
    const last = this.plainEnd(from);
    if (last < 0) return undefined;
    const written = text.slice(from, last);
    this.valueEnd = last;
    this.isNull = NULL.test(written);
    return this.isNull
      ? undefined
      : new LineScalar(written, 'plain', line, from - start, last - start);
  }

  /** Behind the last character of a plain value; `at` is left where the next token begins. */
  private plainEnd(from: number): number {
    const { text, end } = this;
    if (!beginsPlain(text, from, end)) return -1;
    let last = from;
    let at = from;
    for (; at < end; at++) {
      const c = text.charCodeAt(at);
      if (c === SPACE) continue;
      const kind = classAt(text, at);
      if (kind & FLOW) break;
      if (kind & (ODD | FULL_WIDTH | QUOTE)) return -1;
      if (c === HASH && text.charCodeAt(at - 1) === SPACE) return -1;
      if (c === COLON && separates(text, at, end)) return -1;
      last = at;
    }
    this.at = at;
    return last + 1;
  }
}

/** Whether a plain value begins here and is no lone `-`. */
export function beginsPlain(text: string, at: number, end: number): boolean {
  const kind = classAt(text, at);
  if (kind === 0) return true;
  if (text.charCodeAt(at) !== MINUS || at + 1 >= end) return false;
  return text.charCodeAt(at + 1) !== SPACE && (classAt(text, at + 1) & ~INDICATOR) === 0
    ? text.charCodeAt(at + 1) !== COLON
    : false;
}

function separates(text: string, colon: number, end: number): boolean {
  if (colon + 1 >= end) return true;
  return text.charCodeAt(colon + 1) === SPACE || (classAt(text, colon + 1) & FLOW) !== 0;
}
