import { isSubjectKey } from '../catalog/places';
import { lineEnd, lineStart, nextLine } from '../syntax/traps/characters';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';

/** Where something is being written, as the characters around the cursor say. */
export interface Place {
  readonly kind: 'key' | 'value';
  /** What is replaced. */
  readonly range: TextRange;
  /** What has to stand before the inserted text: a blank behind a colon, a half-width mark for a full-width one. */
  readonly glue: string;
  /** A colon stands behind the key already. */
  readonly hasColon: boolean;
  /** The quote that is replaced with what stands in it. */
  readonly quote: '"' | "'" | '';
  /** What is put there to see what the parser makes of it, one after the other. */
  readonly probes: readonly string[];
}

/**
 * Stands for what is not written yet; from the private use area, so that nobody writes it. Two
 * characters, for the place between them is in no other node.
 */
export const PROBE = '\uE000\uE000';

/** Undefined where nothing can be offered: in comments, in amounts, in the middle of a text. */
export function placeAt(tree: SyntaxTree, offset: number): Place | undefined {
  const { text, language } = tree;
  const place = language === 'json' ? jsonPlace(text, offset) : yamlPlace(tree, offset);
  return place && !isAmount(place, text, offset) ? place : undefined;
}

/** Digits typed for a value are an amount or a year; only the subject of an item is a code. */
function isAmount({ kind, range }: Place, text: string, offset: number): boolean {
  const typed = text.slice(range.start, offset).replace(/^[:：]\s*/u, '');
  if (kind !== 'value' || !/^["']?[-+]?\d[\d.,]*$/.test(typed)) return false;
  const line = text.slice(
    Math.max(text.lastIndexOf('\n', range.start - 1) + 1, range.start - 80),
    range.start,
  );
  const [, key] = /([^\s,{}"':：，]+)["']?\s*[:：]?\s*$/u.exec(line) ?? [];
  return key === undefined || !isSubjectKey(key);
}

const WORD = /[^\s,{}[\]:"']/;

/** What ends a word besides, where a Chinese keyboard wrote the marks of a map. */
const FULL_WIDTH = /[，：]/;

function wordAround(text: string, offset: number, isMark: (c: string) => boolean): TextRange {
  const isIn = (c: string) => WORD.test(c) && !isMark(c);
  let start = offset;
  let end = offset;
  while (start > 0 && isIn(text[start - 1]!)) start--;
  while (end < text.length && isIn(text[end]!)) end++;
  return { start, end };
}

/** A code with its name behind it: 20807 就业. */
const CODE_BEFORE = /(?:^|[\s{[,:，：-])(\d{3,7}[ \u3000]+)$/u;

function yamlPlace(tree: SyntaxTree, offset: number): Place | undefined {
  const { text } = tree;
  const begin = lineStart(text, offset);
  const line = text.slice(begin, offset).replace(/^\uFEFF/, ' ');
  const quote = openQuote(line);
  if (quote === undefined) return undefined;
  if (quote >= 0) return quotedPlace(text, begin, begin + quote, offset);
  const inBraces = isOpen(line) || tree.pathAt(begin).some(isFlow);
  const word = wordAround(text, offset, (c) => inBraces && FULL_WIDTH.test(c));
  const first = Math.max(word.start, begin);
  const [, code = ''] = CODE_BEFORE.exec(line.slice(0, first - begin)) ?? [];
  const start = first - code.length + (text[first] === '\uFEFF' ? 1 : 0);
  const range = { start, end: word.end };
  const before = line.slice(0, start - begin);
  const last = markBefore(before);
  const common = { range, hasColon: isColonAt(text, range.end), quote: '' } as const;
  const from = (mark: string) => ({ start: begin + before.lastIndexOf(mark), end: range.end });
  switch (last) {
    case ':':
      return valuePlace(common, before.endsWith(':') ? ' ' : '');
    case '：':
      // No colon to YAML.
      return valuePlace({ ...common, range: from(last) }, ': ');
    case '，':
      // Nor is this a comma.
      return inBraces ? keyPlace({ ...common, range: from(last) }, ', ') : undefined;
    case '':
    case '{':
    case '[':
    case ',': {
      const colon = text.slice(range.start, offset).indexOf('：');
      if (colon <= 0) return keyPlace(common, before.endsWith(',') ? ' ' : '');
      const at = { start: range.start + colon, end: range.end };
      return valuePlace({ ...common, range: at }, ': ');
    }
    default:
      return undefined;
  }
}

type Common = Pick<Place, 'range' | 'hasColon' | 'quote'>;

const valuePlace = (common: Common, glue: string): Place => ({
  ...common,
  kind: 'value',
  glue,
  probes: [`${glue}${common.quote}${PROBE}${common.quote}`],
});

const keyPlace = (common: Common, glue: string): Place => {
  const key = `${glue}${common.quote}${PROBE}${common.quote}`;
  return { ...common, kind: 'key', glue, probes: common.hasColon ? [key] : [`${key}: `] };
};

/** The last mark before a word. An item of a list begins where its dash ends. */
function markBefore(before: string): string {
  return (
    before
      .replace(/^\s*(?:-\s+)+$/, '')
      .trimEnd()
      .at(-1) ?? ''
  );
}

const isColonAt = (text: string, offset: number) =>
  /^[ \t]*(?::(?:\s|$)|：)/.test(text.slice(offset, offset + 80));

/** Whether more braces and brackets are opened than closed on a line. */
function isOpen(line: string): boolean {
  const marks = line.replace(/"[^"]*"|'[^']*'/g, '');
  return marks.replace(/[^{[]/g, '').length > marks.replace(/[^}\]]/g, '').length;
}

const CLOSING: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

/**
 * What closes the brackets that are open at the end of a line, where a row is still being typed: what stands
 * below it would be taken for a part of it.
 */
export function closersAt({ text, language }: SyntaxTree, { range }: Pick<Place, 'range'>): string {
  const end = lineEnd(text, range.end);
  if (language !== 'yaml' || text.slice(range.end, end).trim() !== '') return '';
  const start = lineStart(text, range.start);
  const open: string[] = [];
  for (const c of text.slice(start, range.start).replace(/"[^"]*"|'[^']*'/g, '')) {
    if (CLOSING[c]) open.push(CLOSING[c]);
    else if (c === open.at(-1)) open.pop();
  }
  if (open.length === 0 || goesOn(text, start, nextLine(text, end))) return '';
  return open.reverse().join('');
}

/** Whether brackets that are open in one line go on in the next one: it stands deeper, or closes them. */
function goesOn(text: string, line: number, next: number): boolean {
  const indentOf = (from: number) =>
    /^[ \t]*/.exec(text.slice(from, lineEnd(text, from)))![0].length;
  const from = next + indentOf(next);
  return from < text.length && (indentOf(next) > indentOf(line) || /[}\]]/.test(text[from]!));
}

const isFlow = (node: SyntaxNode | Entry) => 'style' in node && node.style === 'flow';

/** Where on the line a quote was opened and not closed, or -1; undefined within a comment. */
function openQuote(line: string): number | undefined {
  let open = -1;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (open >= 0) {
      if (c === '\\' && line[open] === '"') i++;
      else if (c === line[open]) open = -1;
    } else if (
      (c === '"' || c === "'") &&
      /(?:^|[{,:[，：]|\s)$/.test(line.slice(0, i).trimEnd())
    ) {
      open = i;
    } else if (c === '#' && (i === 0 || /\s/.test(line[i - 1]!))) {
      return undefined;
    }
  }
  return open;
}

/** The quotes and what is between them; to the cursor where they are not closed on the line. */
function quotedPlace(
  text: string,
  begin: number,
  start: number,
  offset: number,
): Place | undefined {
  const rest = /^[^"'\r\n]*/.exec(text.slice(offset))![0];
  const isClosed = text[offset + rest.length] === text[start];
  const range = { start, end: isClosed ? offset + rest.length + 1 : offset };
  const quote = text[start] as '"' | "'";
  const common = { range, hasColon: isColonAt(text, range.end), quote };
  const last = markBefore(text.slice(begin, start).replace(/^\uFEFF/, ''));
  if (last === ':') return valuePlace(common, '');
  return ['', '{', '[', ','].includes(last) ? keyPlace(common, '') : undefined;
}

function jsonPlace(text: string, offset: number): Place {
  const quote = jsonQuote(text, offset);
  const word =
    quote === undefined
      ? wordAround(text, offset, (c) => FULL_WIDTH.test(c))
      : quotedJson(text, quote, offset);
  const before = text.slice(0, word.start).trimEnd();
  const last = before.at(-1);
  const isMark = last === '，' || last === '：';
  const onLine = isMark && !/[\r\n]/.test(text.slice(before.length, word.start));
  const range = onLine ? { start: before.length - 1, end: word.end } : word;
  const hasColon = /^\s*[:：]/.test(text.slice(range.end));
  const common = { range, hasColon, quote: '"' } as const;
  if (last === ':' || last === '：') {
    return valuePlace(common, onLine ? ': ' : text[range.start - 1] === ':' ? ' ' : '');
  }
  const glue = onLine ? ', ' : text[range.start - 1] === ',' ? ' ' : '';
  const key = `${glue}"${PROBE}"`;
  // In brackets a text is an item.
  return { ...common, kind: 'key', glue, probes: hasColon ? [key] : [`${key}: null`, key] };
}

/** The quote that opens the string around an offset; JSON's strings do not span lines. */
function jsonQuote(text: string, offset: number): number | undefined {
  let open: number | undefined;
  for (let i = text.lastIndexOf('\n', offset - 1) + 1; i < offset; i++) {
    if (open !== undefined && text[i] === '\\') i++;
    else if (text[i] === '"') open = open === undefined ? i : undefined;
  }
  return open;
}

/** With the quotes; an unclosed string ends where its word does. */
function quotedJson(text: string, quote: number, offset: number): TextRange {
  const rest = /^[^"\r\n,:{}]*/.exec(text.slice(offset))![0];
  const end = offset + rest.length;
  if (text[end] === '"') return { start: quote, end: end + 1 };
  return { start: quote, end: wordAround(text, offset, () => false).end };
}
