import { isAmountLike, isAnyBlank, isLineEnd, isOddBlank, lineEnd, skip } from './characters';
import { fullWidthMark, loneDash, oddBlanks, splitAmount } from './marks';
import { fullWidthClosing } from './quoted';
import { bareKey, halfQuotedKey, halfQuotedValue, singleQuoted } from './jsonQuotes';
import { edit, trap, type Trap } from './trap';

const MARKS: Readonly<Record<string, string>> = {
  '，': ',',
  '｛': '{',
  '｝': '}',
  '［': '[',
  '］': ']',
};

/** Full-width quotes, whichever of a pair an input method writes. */
const QUOTES = '“”＂';

/** Finds in JSON what is typed with full-width characters outside of strings. */
export function findJsonTraps(text: string): Trap[] {
  const traps: Trap[] = [];
  let at = 0;
  while (at < text.length) at = next(text, at, traps);
  return traps;
}

function next(text: string, at: number, traps: Trap[]): number {
  const c = text[at]!;
  if (isLineEnd(c)) return halfKey(text, at + 1, traps);
  if (c === '"') return string(text, at, traps);
  if (c === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) return comment(text, at);
  if (c === '：') {
    const title = { title: 'half-width', args: { value: ':' } };
    traps.push(trap('syntax.full-width-colon', [at, at + 1], [edit(at, at + 1, ':')], title));
    return value(text, at + 1, traps);
  }
  if (c === ':') return value(text, at + 1, traps);
  if (c === '=' || c === '＝') return equals(text, at, traps);
  if (QUOTES.includes(c)) return quotes(text, at, traps);
  const key = halfQuotedKey(text, at) ?? bareKey(text, at);
  if (key) {
    traps.push(key);
    return key.problem.range.end;
  }
  const meant = MARKS[c];
  if (meant !== undefined) {
    traps.push(fullWidthMark(text, at, meant));
  } else if (isOddBlank(c)) {
    const end = skip(text, at, text.length, isOddBlank);
    traps.push(oddBlanks(at, end));
    return end;
  }
  return at + 1;
}

/** `"30102" = 1.00`: a mark that is typed for the colon. */
function equals(text: string, at: number, traps: Trap[]): number {
  const key = text.slice(0, at).trimEnd().length;
  if (text[key - 1] !== '"') return at + 1;
  const parser = 'ColonExpected';
  const fix = { title: 'colon-missing' };
  const args = { detail: parser, parser };
  traps.push(trap('syntax.json', [at, at + 1], [edit(key, at + 1, ':')], fix, args));
  return value(text, at + 1, traps);
}

/** A string ends in its line; one that does not may be closed with a full-width quote. */
function string(text: string, at: number, traps: Trap[]): number {
  let i = at + 1;
  for (; i < text.length && !isLineEnd(text[i]); i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return swallowing(text, at, i + 1, traps) ?? i + 1;
  }
  const end = lineEnd(text, at);
  const close = fullWidthClosing(text, at, end);
  if (close === undefined) return unclosed(text, at, end, traps);
  traps.push(fullWidthMark(text, close, '"'));
  return close + 1;
}

/** `"某中心,`: the text without what ends an entry. More marks than these say that quotes are amiss before it. */
const UNCLOSED = /^"[^":{}[\]]*[^":{}[\]\s,](?=[\s,}\]]*$)/;

/** `"30102: 1023.54,`: a key that is not closed before its colon. */
const UNCLOSED_KEY =
  /^"[^":：\\{}[\],]*[^":：\\{}[\],\s](?=[ \t]*[:：][ \t]*(?:-?\d|null\b|[{[]))/u;

function unclosed(text: string, at: number, end: number, traps: Trap[]): number {
  const line = text.slice(at, end);
  const key = UNCLOSED_KEY.exec(line)?.[0];
  if (key !== undefined) return closed(at, at + key.length, traps);
  const written = UNCLOSED.exec(line)?.[0];
  if (written === undefined) return end;
  return closed(at, at + written.length, traps);
}

function closed(at: number, close: number, traps: Trap[]): number {
  const parser = 'UnexpectedEndOfString';
  const fix = { title: 'close-quote' };
  traps.push(
    trap('syntax.json', [at, close], [edit(close, close, '"')], fix, { detail: parser, parser }),
  );
  return close;
}

/** `"名称": "某中心, "合计": 1`: what is read as a string is one that is not closed, up to the next one. */
const SWALLOWING = /^"([^":,\\]*[^":,\\\s])\s*(?::[^"]*)?,\s*"$/;

function swallowing(text: string, at: number, end: number, traps: Trap[]): number | undefined {
  if (!/[\p{L}\p{N}]/u.test(text[end] ?? '')) return undefined;
  const written = SWALLOWING.exec(text.slice(at, end))?.[1];
  return written === undefined ? undefined : closed(at, at + 1 + written.length, traps);
}

/** A line with the beginning of a key, before one that begins with a key or closes the map. */
const HALF_KEY = /[ \t]*("?[\p{L}\p{N}]+"?)[ \t]*(?=[\r\n]\s*(?:"[^"\r\n]*"[ \t]*[:：]|(\})))/uy;

/** A key that is just being typed: without it nothing around it is misunderstood. */
function halfKey(text: string, start: number, traps: Trap[]): number {
  HALF_KEY.lastIndex = start;
  const found = HALF_KEY.exec(text);
  if (!found) return start;
  let before = start - 1;
  while (before > 0 && (isLineEnd(text[before]) || isAnyBlank(text[before]))) before--;
  const mark = text[before];
  if (mark !== ',' && mark !== '{') return start;
  const [{ length }, word = '', brace] = found;
  const at = start + found[0].indexOf(word);
  const range = { start: at, end: at + word.length };
  const blank = edit(range.start, range.end, ' '.repeat(word.length));
  const isLast = brace !== undefined && mark === ',';
  const args = { detail: 'ColonExpected', parser: 'ColonExpected' };
  traps.push({
    problem: { code: 'syntax.json', range, args },
    reading: isLast ? [edit(before, before + 1, ' '), blank] : [blank],
  });
  return start + length;
}

function comment(text: string, at: number): number {
  if (text[at + 1] === '/') return lineEnd(text, at);
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

function value(text: string, from: number, traps: Trap[]): number {
  const at = skip(text, from, text.length, (c) => isAnyBlank(c) || isLineEnd(c));
  const found =
    splitAmount(text, at) ??
    semicolon(text, at) ??
    singleQuoted(text, at) ??
    lostOpening(text, at) ??
    halfQuotedValue(text, at) ??
    bareValue(text, at);
  if (!found) return from;
  traps.push(found);
  return found.problem.range.end;
}

const SEMICOLON = /-?(?:0|[1-9]\d*)(?:\.\d+)?[ \t]*([;；])(?=\s*")/y;

/** `1023.54;` before the next key. */
function semicolon(text: string, at: number): Trap | undefined {
  SEMICOLON.lastIndex = at;
  const found = SEMICOLON.exec(text);
  if (!found) return undefined;
  const end = at + found[0].length;
  return trap('syntax.comma', [end - 1, end], [edit(end - 1, end, ',')], { title: 'comma' });
}

const BARE =
  /[^\s\u3000,，}｝\]］"“”＂{｛[［](?:[^,，}｝\]］"“”＂{｛[［\r\n]{0,200}[^\s\u3000,，}｝\]］"“”＂{｛[［])?/uy;
const LITERAL = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/;
/** Longer than any value is a text that lost its quotes. */
const LONGEST_BARE = 200;

/** `"总计": 自动`, `+4733.14`, `１２３`: what YAML takes and JSON only in quotes. */
function bareValue(text: string, at: number): Trap | undefined {
  BARE.lastIndex = at;
  const written = BARE.exec(text)?.[0];
  if (written === undefined || written.length > LONGEST_BARE || LITERAL.test(written)) return;
  if (/[\\/:：]/.test(written) && !/\d/.test(written)) return undefined;
  if (written === '-') return loneDash(at);
  const end = at + written.length;
  if (NO_NUMBER.test(written)) return noNumber(at, end, written);
  const quoted = [edit(at, end, JSON.stringify(written))];
  // In what unit it is to be is said elsewhere.
  const bare = written.replace(UNIT_BEHIND, '');
  const hasUnit = bare !== written;
  const digits = asNumber(bare.replace(/[.;；。]$/u, ''));
  const quote = { title: 'quote', args: { value: quoted[0]!.newText }, edits: quoted };
  const value = {
    title: 'value',
    args: { value: digits ?? '' },
    edits: [edit(at, end, digits ?? '')],
  };
  const isText = isAmountLike(written) && !/[\d０-９]/.test(written);
  const plain = /^[+-]?\d+(?:\.\d+)?$/.test(written);
  return {
    problem: {
      code: 'syntax.unquoted',
      range: { start: at, end },
      args: hasUnit ? { found: written, part: 'unit' } : { found: written, value: digits ?? '' },
      fixes: digits
        ? [
            { ...value, certain: !hasUnit },
            { ...quote, certain: false },
          ]
        : [{ ...quote, certain: isText }],
    },
    reading: quoted,
    ...(!isText && !plain && { doubtful: at }),
  };
}

/** What programs write where they have no number. */
const NO_NUMBER = /^[+-]?(?:nan|inf(?:inity)?|none|undefined)$/i;

function noNumber(at: number, end: number, found: string): Trap {
  const reading = [edit(at, end, JSON.stringify(found))];
  const fixes = [{ title: 'null', edits: [edit(at, end, 'null')], certain: false }];
  const args = { found, part: 'none' };
  const range = { start: at, end };
  return { problem: { code: 'syntax.unquoted', range, args, fixes }, reading, doubtful: at };
}

/** `"2080502": "名称": …}`: a row without the brace that opens it. */
const KEY_FOR_VALUE = /"[^"\\\r\n]*"[ \t]*[:：]/y;

function lostOpening(text: string, at: number): Trap | undefined {
  KEY_FOR_VALUE.lastIndex = at;
  if (!KEY_FOR_VALUE.test(text)) return undefined;
  const end = lineEnd(text, at);
  const row = text.slice(at, end).replace(/"(?:[^"\\]|\\.)*"/g, '');
  if (row.replace(/[^}]/g, '').length - row.replace(/[^{]/g, '').length !== 1) return undefined;
  const fix = { title: 'bracket', args: { value: '{' } };
  return trap('syntax.brace', [at, at + 1], [edit(at, at, '{')], fix, { found: '{' });
}

const UNIT_BEHIND = /(?<=\d)\s*[千万亿百]*元$/u;

/** The digits of a figure that is written as JSON has it not. */
function asNumber(written: string): string | undefined {
  const [, sign = '', whole = '', fraction = ''] =
    /^([+-]?)(\d*)(\.\d+)?$/.exec(written.normalize('NFKC').replace('−', '-')) ?? [];
  if (whole + fraction === '') return undefined;
  return `${sign === '-' ? sign : ''}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction}`;
}

/** The quote that ends a key or a value. */
const CLOSES = /["“”＂](?=[ \t\u3000]*(?:[:：,，}｝\]］]|$))/u;
/** Longer than any text of a line that is still searched for its end. */
const LONGEST_QUOTED = 2000;

/** `“合计”` in place of `"合计"`. */
function quotes(text: string, at: number, traps: Trap[]): number {
  const rest = text.slice(at + 1, Math.min(lineEnd(text, at), at + LONGEST_QUOTED));
  const length = rest.search(CLOSES);
  // Full-width quotes may be part of a text; a half-width one ends it.
  if (length < 0 || rest.slice(0, length).includes('"')) return at + 1;
  const close = at + 1 + length;
  const edits = [at, close]
    .filter((mark) => text[mark] !== '"')
    .map((mark) => edit(mark, mark + 1, '"'));
  const args = { found: text[at]!, meant: '"' };
  const title = { title: 'half-width', args: { value: '"' } };
  traps.push(trap('syntax.full-width-mark', [at, at + 1], edits, title, args));
  return close + 1;
}
