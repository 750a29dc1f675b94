import {
  isAmountLike,
  isAnyBlank,
  isBlank,
  isLineEnd,
  isOddBlank,
  isRestEmpty,
  lineEnd,
  skip,
  widthOf,
} from './characters';
import {
  colonWithoutBlank,
  commaMissing,
  fullWidthColon,
  fullWidthMark,
  loneDash,
  oddBlanks,
  splitAmount,
} from './marks';
import type { Indents } from './indents';
import { commaLost } from './lostComma';
import { endOfQuoted } from './quoted';
import { lostSquareEnd, lostSquareStart } from './squares';
import { surplusCommas } from './surplus';
import type { Trap } from './trap';

/** What ends a plain scalar in flow, the end of the text included. */
const isFlowEnd = (c: string | undefined) =>
  c === undefined || isLineEnd(c) || c === ',' || c === '{' || c === '}' || c === '[' || c === ']';

const DELIMITER = /[,，{}｝[\]\r\n]/g;
/** A name, or a word: what is longer, or has more marks, may be a text in which a full-width comma belongs. */
const SHORT = /^[^。；;]{0,30}$/u;
/** A colon that separates key and value in flow. */
const COLON = /:(?:[ \t,{}[\]]|$)/;

/** Reads flow collections, `{…}` and `[…]`, over any number of lines. */
export class FlowScanner {
  /** The brackets open here. */
  private open: string[] = [];
  /** Behind each of them. */
  private from: number[] = [];
  /** Behind the colon of an entry. */
  private inValue = false;
  /** Behind a comma or an opening bracket. */
  private atEntry = true;
  /** Behind a full-width colon. */
  private isWide = false;

  constructor(
    private readonly text: string,
    private readonly traps: Trap[],
    private readonly indents: Indents,
  ) {}

  /**
   * The offset behind the collection that begins at `from`. One that is not closed ends where a line
   * is indented no deeper than `indent`, the key before it.
   */
  scan(from: number, indent: number): number {
    const { text } = this;
    this.open = [text[from] === '[' ? '[' : '{'];
    this.from = [from + 1];
    this.inValue = false;
    this.isWide = false;
    this.atEntry = true;
    let at = from + 1;
    while (at < text.length) {
      const c = text[at]!;
      if (isLineEnd(c)) {
        at++;
        if (this.endsBefore(at, indent)) return at;
        at = this.indentation(at, indent);
      } else if (c === '}' || c === ']') {
        if (!this.opensList(at, c) && this.close()) return at + 1;
        at++;
      } else {
        at = this.token(at, c);
        if (this.open.length === 0) return at;
      }
    }
    return text.length;
  }

  /** Blanks at the beginning of a line that do not indent it. */
  private indentation(start: number, indent: number): number {
    const { text } = this;
    const spaces = skip(text, start, text.length, (c) => c === ' ');
    const end = skip(text, spaces, text.length, isAnyBlank);
    if (end === spaces || isLineEnd(text[end]) || spaces - start > indent) return spaces;
    this.indents.odd(start, end, Math.max(widthOf(text, start, end), indent + 2));
    return end;
  }

  private token(at: number, c: string): number {
    const { text } = this;
    if (isBlank(c)) return at + 1;
    if (isOddBlank(c)) return this.oddRun(at);
    if (c === '#' && (isBlank(text[at - 1]) || isLineEnd(text[at - 1]))) return lineEnd(text, at);
    if (c === '{' || c === '[') {
      this.open.push(c);
      this.from.push(at + 1);
      this.inValue = false;
      this.atEntry = true;
      return at + 1;
    }
    if (c === ',' && this.atEntry) return this.surplus(at);
    this.atEntry = c === ',';
    if (c === ',' || c === ':') {
      this.inValue = c === ':';
      this.isWide = false;
      return at + 1;
    }
    if (c === '"' || c === "'") return this.quoted(at);
    return this.plain(at);
  }

  private surplus(at: number): number {
    const found = surplusCommas(this.text, at);
    this.traps.push(found);
    return found.problem.range.end;
  }

  /** Takes a list that lacks a bracket before the one that closes it or its row; whether it lacks the first. */
  private opensList(at: number, c: string): boolean {
    const { open, text, traps } = this;
    const span = [this.from.at(-1)!, at] as const;
    if (c === '}' && !this.inMap && open.at(-2) === '{') {
      const lost = lostSquareEnd(text, span, open.length);
      if (!lost) return false;
      traps.push(lost);
      this.close();
    } else if (c === ']' && this.inMap) {
      const lost = lostSquareStart(text, span, open.length);
      if (!lost) return false;
      traps.push(lost);
      this.inValue = true;
      this.atEntry = false;
      return true;
    }
    return false;
  }

  private close(): boolean {
    this.open.pop();
    this.from.pop();
    this.inValue = true;
    this.atEntry = false;
    return this.open.length === 0;
  }

  /** Whether the line that begins here is outside of a collection that is not closed. */
  private endsBefore(start: number, indent: number): boolean {
    const { text } = this;
    const end = lineEnd(text, start);
    const content = skip(text, start, end, isAnyBlank);
    if (content === end || text[content] === '#') return false;
    return (
      widthOf(text, start, content) <= indent && text[content] !== '}' && text[content] !== ']'
    );
  }

  private quoted(at: number): number {
    const { text, traps } = this;
    const end = endOfQuoted(text, at, traps);
    if (this.inMap && !this.inValue && text[end] === '：') {
      traps.push(fullWidthColon(text, end));
      this.inValue = true;
      return end + 1;
    }
    return end;
  }

  private get inMap(): boolean {
    return this.open.at(-1) === '{';
  }

  /** Full-width blanks matter where they hide a quote or a bracket. */
  private oddRun(at: number): number {
    const { text } = this;
    const end = skip(text, at, text.length, isAnyBlank);
    if (/["'{[]/.test(text[end] ?? '')) this.traps.push(oddBlanks(at, end));
    return end;
  }

  /** A plain scalar, or what is meant to be a key and its value. */
  private plain(start: number): number {
    const { text, traps } = this;
    if (this.inMap && this.inValue) {
      const split = splitAmount(text, start);
      if (split) {
        traps.push(split);
        return split.problem.range.end;
      }
      const missing = commaMissing(text, start);
      if (missing) {
        traps.push(missing);
        this.inValue = false;
        this.atEntry = true;
        return missing.problem.range.end;
      }
    }
    let colon = -1;
    for (let at = start; ; at++) {
      const c = text[at];
      const keyed = colon >= 0 && this.inMap && !this.inValue;
      if (c === '，' && this.separates(keyed ? colon + 1 : start, at, keyed)) {
        return keyed ? this.entry(colon) : this.comma(at);
      }
      if (c === '｝' && this.closes(start, at)) {
        return keyed ? this.entry(colon) : this.brace(at);
      }
      const ends = isFlowEnd(c);
      if (ends || (c === '#' && isBlank(text[at - 1]))) {
        if (keyed) return this.entry(colon);
        if (ends && this.inValue && text.slice(start, at).trimEnd() === '-') {
          traps.push(loneDash(start));
        }
        return at;
      }
      if (c === ':' && (isFlowEnd(text[at + 1]) || isBlank(text[at + 1]))) {
        const lost = this.inMap && this.inValue ? commaLost(text, start, at) : undefined;
        if (lost) traps.push(lost);
        return at;
      }
      if ((c === ':' || c === '：') && colon < 0 && at > start) colon = at;
    }
  }

  private brace(at: number): number {
    this.traps.push(fullWidthMark(this.text, at, '}'));
    this.close();
    return at + 1;
  }

  /** A key and a colon that does not separate: what follows is the value. */
  private entry(colon: number): number {
    const { text, traps } = this;
    const full = text[colon] === '：';
    const found = full ? fullWidthColon(text, colon) : colonWithoutBlank(text, colon);
    traps.push(found);
    this.inValue = true;
    this.isWide = full;
    return Math.max(colon + 1, found.reading[0]!.range.end);
  }

  private comma(at: number): number {
    const { text } = this;
    const behind = skip(text, at + 1, text.length, isAnyBlank);
    const odd = isOddBlank(text[at + 1]);
    const blank = odd || (behind === at + 1 && !isLineEnd(text[behind])) ? ' ' : '';
    this.traps.push(fullWidthMark(text, at, `,${blank}`, odd ? behind : at + 1));
    this.inValue = false;
    this.isWide = false;
    this.atEntry = true;
    return odd ? behind : at + 1;
  }

  /** Whether a full-width comma stands between two entries: what follows it is a key and a value. */
  private separates(valueStart: number, at: number, keyBefore: boolean): boolean {
    if (!this.inMap || (!this.inValue && !keyBefore)) return false;
    const { text } = this;
    DELIMITER.lastIndex = at + 1;
    const next = DELIMITER.exec(text)?.index ?? text.length;
    const rest = text.slice(at + 1, next + 1);
    if (COLON.test(rest)) return true;
    // At the end of a line the next entry is in the next one.
    if (rest.trim() === '') return isAmountLike(text.slice(valueStart, at));
    const entry = /^[^:：]+[:：]([^:：]*)$/.exec(text.slice(at + 1, next));
    if (!entry) return false;
    const value = text.slice(valueStart, at).trim();
    // Whose colon is full-width too, has typed all of the row so.
    if ((keyBefore || this.isWide) && SHORT.test(value)) return true;
    return (value === '' || isAmountLike(value)) && isAmountLike(entry[1]!);
  }

  /** Whether a full-width brace closes the map: none was opened, and the line ends behind it and others. */
  private closes(start: number, at: number): boolean {
    const { text } = this;
    if (!this.inMap || text.slice(start, at).includes('｛')) return false;
    return isRestEmpty(
      text,
      skip(text, at + 1, text.length, (c) => c === '｝' || c === '}'),
    );
  }
}
