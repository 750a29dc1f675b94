import {
  isAnyBlank,
  isBlank,
  isOddBlank,
  isRestEmpty,
  lineEnd,
  nextLine,
  skip,
  widthOf,
} from './characters';
import { braceOfItem, braceOfRow } from './braces';
import { FlowScanner } from './flow';
import { Indents } from './indents';
import { columnOfItem, tightItem, type Last, type Level } from './items';
import { findKey, hasKey, type Key } from './keys';
import { colonWithoutBlank, fullWidthColon, fullWidthMark, loneDash, oddBlanks } from './marks';
import { lostColon } from './lostColon';
import { keyAt, lostDash } from './lostDash';
import { isMapAhead, OPENED } from './mapAhead';
import { endOfQuoted, partQuoted } from './quoted';
import { surplusBrackets } from './surplus';
import type { Trap } from './trap';

/**
 * Finds in YAML what is typed with full-width characters, or with blanks that are none to YAML, where
 * half-width ones are meant: line by line, with as much of YAML's grammar as it takes to leave texts,
 * quotes and comments alone.
 */
export function findYamlTraps(text: string): Trap[] {
  return new BlockScanner(text).scan();
}

class BlockScanner {
  private readonly traps: Trap[] = [];
  private readonly indents = new Indents(this.traps);
  private readonly flow: FlowScanner;
  private levels: Level[] = [];
  private last: Last = { indent: -1, value: 'empty' };
  private at = 0;

  constructor(private readonly text: string) {
    this.flow = new FlowScanner(text, this.traps, this.indents);
  }

  scan(): Trap[] {
    if (this.text.startsWith('\uFEFF')) this.at = 1;
    while (this.at < this.text.length) this.line();
    this.indents.plain();
    return this.traps;
  }

  private line(): void {
    const { text, at: start } = this;
    const end = lineEnd(text, start);
    const spaces = skip(text, start, end, (c) => c === ' ') - start;
    const content = skip(text, start, end, isAnyBlank);
    const odd = content - start > spaces;
    this.at = nextLine(text, end);
    if (content === end) return this.blankLine(start, spaces, end);
    if (text[content] === '#' && !odd) return;
    if (this.isMarker(start, end)) return;
    if (this.last.value === 'text' && spaces > this.last.indent) return;
    if (odd) this.oddLine(start, content, end);
    else {
      this.indents.plain();
      this.entry(content, end, this.column(content, end, spaces));
    }
  }

  /** A line of full-width blanks is a text to YAML. */
  private blankLine(start: number, spaces: number, end: number): void {
    const tabs = !isOddBlank(this.text[skip(this.text, start, end, isBlank)]);
    if (tabs || (this.last.value === 'text' && spaces > this.last.indent)) return;
    this.indents.odd(start, end, end - start);
  }

  /** `---` and `...` begin anew, `%` is a directive. */
  private isMarker(start: number, end: number): boolean {
    const { text } = this;
    if (text[start] === '%') return true;
    if (!/^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(start, Math.min(end, start + 4)))) return false;
    this.levels = [];
    this.last = { indent: -1, value: 'empty' };
    return true;
  }

  private oddLine(start: number, content: number, end: number): void {
    const { text } = this;
    const width = widthOf(text, start, content);
    const structural = hasKey(text, content, end) || /^-\s/.test(text.slice(content, content + 2));
    if (!structural) {
      const tabs = !isOddBlank(text[skip(text, start, content, isBlank)]);
      // A comment, or the text of the line before: harmless where YAML takes the blanks for blanks.
      if (tabs && text[content] === '#') return;
      if (tabs || (text[content] !== '#' && this.last.value !== 'text')) return;
      this.indents.odd(start, content, Math.max(width, this.last.indent + 1));
      return;
    }
    const around = this.siblingIndent(start, content, end);
    const indent = around ?? this.meantIndent(width);
    // The line before may take it for its value as well.
    const isChild = this.last.value === 'empty' && width > this.last.indent;
    const isBeside = around !== undefined && around <= this.last.indent;
    this.indents.odd(start, content, indent, !isBeside || !isChild);
    this.entry(content, end, indent);
  }

  /**
   * The indent of the lines before and after, where the blanks of a line between them can be as many:
   * however wide a full-width blank or a tab is shown, one in place of each blank, or a tab for four.
   */
  private siblingIndent(start: number, content: number, end: number): number | undefined {
    const { text } = this;
    let next = nextLine(text, end);
    while (next < text.length && isRestEmpty(text, next)) next = nextLine(text, next);
    const written = text.slice(start, content);
    const widths = [written.length, widthOf(text, start, content)];
    for (const tab of [4, 8]) widths.push(written.replaceAll('\t', ' '.repeat(tab)).length);
    const after = skip(text, next, text.length, (c) => c === ' ') - next;
    if (this.isColumn(after) && next < text.length && !isAnyBlank(text[next + after]))
      return widths.includes(after) ? after : undefined;
    // The last line of a map goes by the one before it.
    const before = this.levels.at(-1)?.indent ?? 0;
    const isLast = this.last.value !== 'empty' && before > 0 && widths.includes(before);
    return isLast ? before : undefined;
  }

  /** Whether a line may stand in a column behind the last one, as far as that is not the outermost. */
  private isColumn(indent: number): boolean {
    const { last, levels } = this;
    const begins = last.value === 'empty' && indent > last.indent;
    return indent > 0 && (begins || levels.some((level) => level.indent === indent));
  }

  /** The indent that is meant: one that is open, or a deeper one below a key without a value. */
  private meantIndent(width: number): number {
    const open = this.levels.map((level) => level.indent);
    if (open.length === 0) return 0;
    const deeper = this.last.value === 'empty' && width > this.last.indent;
    if (deeper || open.includes(width)) return width;
    return open.reduce((best, indent) =>
      Math.abs(indent - width) <= Math.abs(best - width) ? indent : best,
    );
  }

  private entry(from: number, end: number, indent: number): void {
    const { text } = this;
    const lost = lostDash(text, { from, end, indent }, this.levels, this.last);
    let column = lost?.indent ?? indent;
    let at = from;
    let list: number | undefined;
    while (this.levels.length > 0 && this.levels.at(-1)!.indent > column) this.levels.pop();
    if (lost) {
      this.traps.push(lost.trap);
      list = this.item(column);
      column += 2;
    }
    for (;;) {
      const tight = tightItem(text, [at, end], column, this.levels.at(-1), this.last);
      if (tight) this.traps.push(tight);
      else if (!this.isItem(at, end)) break;
      list = this.item(column);
      if (isRestEmpty(text, at + 1)) return;
      const next = skip(text, at + 1, end, isBlank);
      column += tight ? 2 : next - at;
      at = next;
    }
    const row = at > from ? braceOfItem(text, at, end) : undefined;
    const key = findKey(text, at, end);
    if (row) {
      this.traps.push(row);
      this.last = { indent: column - 1, value: 'other' };
    } else if (key?.separates) {
      if (list !== undefined)
        this.levels[list] = { ...this.levels[list]!, first: keyAt(text, at, end) };
      this.open(column, true);
      this.value(key.colon + 1, end, column);
    } else if (key && at === from && this.isInMap(column, key, end)) {
      this.open(column, true);
      this.accept(key, end, column);
    } else if (!this.head(at, end, column)) {
      if (this.isMapIn(column)) this.last = { indent: column, value: 'other' };
      else this.value(at, end, column - 1);
    }
  }

  /** Takes the dash of an item; which level its list is. */
  private item(column: number): number {
    this.open(column, false);
    this.last = { indent: column, value: 'empty' };
    return this.levels.length - 1;
  }

  /** Takes a key whose colon was lost above what it holds. */
  private head(at: number, end: number, column: number): boolean {
    const { last, levels } = this;
    const inMap = this.isMapIn(column);
    const isFirst = levels.length === 0 || (last.value === 'empty' && column > last.indent);
    const found = inMap || isFirst ? lostColon(this.text, [at, end], column, inMap) : undefined;
    if (!found) return false;
    this.traps.push(found);
    this.open(column, true);
    this.last = { indent: column, value: 'empty' };
    return true;
  }

  private isMapIn(column: number): boolean {
    const top = this.levels.at(-1);
    return top?.indent === column && top.map;
  }

  private isItem(at: number, end: number): boolean {
    return this.text[at] === '-' && (at + 1 === end || isBlank(this.text[at + 1]));
  }

  /** The column that a line is meant to stand in. */
  private column(from: number, end: number, indent: number): number {
    if (!this.isItem(from, end)) return indent;
    const meant = columnOfItem(this.text, { from, end, indent }, this.levels, this.last);
    if (!meant) return indent;
    this.traps.push(meant.trap);
    return meant.indent;
  }

  private open(indent: number, map: boolean): void {
    const top = this.levels.at(-1);
    if (top?.indent !== indent || (map && !top.map)) this.levels.push({ indent, map });
    else if (top.map) {
      // A list may stand in the column of its key.
      if (map) this.levels[this.levels.length - 1] = { indent, map };
      else if (!top.list) this.levels[this.levels.length - 1] = { ...top, list: true };
    }
  }

  /** Takes a colon that does not separate for one that does. */
  private accept({ colon }: Key, end: number, column: number): void {
    const { text, traps } = this;
    const full = text[colon] === '：';
    const found = full ? fullWidthColon(text, colon) : colonWithoutBlank(text, colon);
    traps.push(found);
    this.value(Math.max(colon + 1, found.reading[0]!.range.end), end, column);
  }

  /**
   * Whether a line without a separating colon is meant to have one: where other lines of its column
   * are entries of a map, or all of them look like amounts. Anything else is text.
   */
  private isInMap(column: number, key: Key, end: number): boolean {
    const top = this.levels.at(-1);
    if (top?.indent === column) return top.map;
    if (column === 0) return true;
    if (this.last.value !== 'empty' || column <= this.last.indent) return false;
    return isMapAhead(this.text, column, key, end);
  }

  private value(from: number, end: number, indent: number): void {
    const { text, traps } = this;
    this.last = { indent, value: 'other' };
    const at = skip(text, from, end, isAnyBlank);
    const c = text[at];
    if (at === end || (c === '#' && at > from)) this.last = { indent, value: 'empty' };
    else if (c === '{' || c === '[') this.leap(this.flow.scan(at, indent), from, at);
    else if (
      c === '｛' &&
      hasKey(text, at + 1, end) &&
      (/[}｝]\s*(?:#.*)?$/.test(text.slice(at, end)) || OPENED.test(text.slice(at, end)))
    ) {
      traps.push(fullWidthMark(text, at, '{'));
      this.leap(this.flow.scan(at, indent), from, at);
    } else if (c === '"' || c === "'") this.quoted(from, at, end);
    else if ((c === '|' || c === '>') && /^[|>][-+\d]*\s*(?:#.*)?$/.test(text.slice(at, end))) {
      this.blockScalar(indent);
    } else if (c === '&' || c === '!') {
      this.value(
        skip(text, at, end, (d) => !isBlank(d)),
        end,
        indent,
      );
    } else if (c === '-' && from < at && isRestEmpty(text, at + 1)) traps.push(loneDash(at));
    else if (c !== '*') this.plain(at, end, indent);
  }

  /** A text in quotes, which may be around its first words only. */
  private quoted(from: number, at: number, end: number): void {
    const behind = endOfQuoted(this.text, at, this.traps);
    const part = from < at && behind < end ? partQuoted(this.text, at, behind, end) : undefined;
    if (part) this.traps.push(part);
    this.leap(part ? end : behind, from, at);
  }

  /** A text, or a row of figures that lacks its brace. */
  private plain(at: number, end: number, indent: number): void {
    const row = braceOfRow(this.text, at, end);
    if (row) this.traps.push(row);
    this.last = { indent, value: row ? 'other' : 'text' };
  }

  /** Goes on behind what may span lines; full-width blanks before it hide it. */
  private leap(end: number, from: number, at: number): void {
    const { text } = this;
    const surplus = /[}\]]/.test(text[end - 1] ?? '') ? surplusBrackets(text, end) : undefined;
    if (surplus) this.traps.push(surplus);
    this.at = end > 0 && /[\r\n]/.test(text[end - 1]!) ? end : nextLine(text, end);
    const odd = skip(text, from, at, (c) => !isOddBlank(c));
    if (odd < at) this.traps.push(oddBlanks(odd, at));
  }

  /** Leaves out the lines of a block scalar, which may be indented with full-width blanks. */
  private blockScalar(indent: number): void {
    const { text } = this;
    let inner = indent + 2;
    while (this.at < text.length) {
      const start = this.at;
      const end = lineEnd(text, start);
      const spaces = skip(text, start, end, (c) => c === ' ') - start;
      const content = skip(text, start, end, isAnyBlank);
      if (content < end) {
        if (spaces > indent) inner = spaces;
        else if (widthOf(text, start, content) <= indent || hasKey(text, content, end)) return;
        else this.indents.odd(start, content, inner);
      }
      this.at = nextLine(text, end);
    }
  }
}
