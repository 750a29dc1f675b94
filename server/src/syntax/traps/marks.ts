import { isAnyBlank, isBlank, isLineEnd, isOddBlank, skip } from './characters';
import { edit, trap, type Trap } from './trap';

/** Traps of single characters, the same in block and flow, YAML and JSON. */

/** `合计：100` */
export function fullWidthColon(text: string, at: number): Trap {
  const next = text[at + 1];
  const behind = skip(text, at + 1, text.length, isAnyBlank);
  const odd = isOddBlank(next);
  const blank = next === undefined || isBlank(next) || isLineEnd(next) ? '' : ' ';
  const reading = edit(at, odd ? behind : at + 1, odd ? ': ' : `:${blank}`);
  return trap('syntax.full-width-colon', [at, at + 1], [reading], {
    title: 'half-width',
    args: { value: ':' },
  });
}

/** `合计:100`, or a colon with a full-width blank behind it. */
export function colonWithoutBlank(text: string, at: number): Trap {
  const behind = skip(text, at + 1, text.length, isOddBlank);
  return trap('syntax.colon-blank', [at, behind], [edit(at + 1, behind, ' ')], {
    title: 'colon-blank',
  });
}

/** `，` between entries, `｛` and `｝` around them. */
export function fullWidthMark(text: string, at: number, meant: string, end = at + 1): Trap {
  return trap(
    'syntax.full-width-mark',
    [at, at + 1],
    [edit(at, end, meant)],
    { title: 'half-width', args: { value: meant.trim() } },
    { found: text[at]!, meant: meant.trim() },
  );
}

/** Full-width blanks where only half-width ones keep things apart. */
export function oddBlanks(start: number, end: number): Trap {
  return trap(
    'syntax.blank',
    [start, end],
    [edit(start, end, ' '.repeat(end - start))],
    {
      title: 'blanks',
    },
    { count: '1' },
  );
}

/** `-` alone begins a list; as a marker it needs quotes. */
export function loneDash(at: number): Trap {
  return trap('syntax.lone-dash', [at, at + 1], [edit(at, at + 1, '"-"')], {
    title: 'quote',
    args: { value: '"-"' },
  });
}

/** An amount, and behind it the key of another entry: `1429.68 基本支出: 336.96`, `自动; 项目支出: 2.00`. */
const UNPARTED =
  /(?:自动|[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?<gap>[ \t]+|[ \t]*[、；;][ \t]*)(?=[\p{L}"“（][^,，{}[\]\r\n:：#]*[:：](?:[ \t]|$))/uy;

/** `{合计: 1.00 基本支出: 1.00}`: the comma between two entries is missing, or is another mark. */
export function commaMissing(text: string, at: number): Trap | undefined {
  UNPARTED.lastIndex = at;
  const match = UNPARTED.exec(text);
  if (!match) return undefined;
  const end = at + match[0].length;
  const start = end - match.groups!['gap']!.length;
  return trap('syntax.comma', [start, end], [edit(start, end, ', ')], { title: 'comma' });
}

const ENDS = String.raw`(?=[ \t]*(?:[,，}｝\]\r\n]|#|$))`;
/** Thousands separators in a flow map: groups of three, or anything with decimals behind the commas. */
const SPLIT = new RegExp(
  String.raw`[+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:,\d+)*,\d+\.\d+)${ENDS}`,
  'y',
);
/** The same as scanned from print, `1, 429. 68`: the decimals tell it from a subject code. */
const SPACED = new RegExp(
  String.raw`[+-]?\d{1,3}(?:,[ \t]?\d{3})*,[ \t]\d{3}[ \t]?\.[ \t]?\d+${ENDS}`,
  'y',
);

/** A comma for the decimal point, `250,04`: no key is of two digits and stands there without a value. */
const DECIMAL = new RegExp(String.raw`[+-]?\d+(?:,\d{3})*,\d{1,2}${ENDS}`, 'y');

/** `{总计: 1,429.68}`, which reads as 1 and a key 429.68. */
export function splitAmount(text: string, at: number): Trap | undefined {
  for (const pattern of [SPLIT, SPACED, DECIMAL]) {
    pattern.lastIndex = at;
    const written = pattern.exec(text)?.[0];
    if (written === undefined) continue;
    const end = at + written.length;
    const pointed = pattern === DECIMAL ? written.replace(/,(?=\d+$)/, '.') : written;
    const plain = pointed.replace(/[, \t]/g, '');
    const quoted = [edit(at, at, '"'), edit(end, end, '"')];
    const grouped = /^[+-]?\d{1,3}(?:,[ \t]?\d{3})+[ \t]?\./.test(written);
    return {
      problem: {
        code: 'syntax.split-amount',
        range: { start: at, end },
        args: { printed: written, value: plain },
        fixes: [
          {
            title: pattern === DECIMAL ? 'value' : 'no-separators',
            args: { value: plain },
            edits: [edit(at, end, plain)],
            certain: grouped,
          },
          { title: 'quote', args: { value: `"${written}"` }, edits: quoted, certain: false },
        ],
      },
      reading: quoted,
      doubtful: at,
    };
  }
  return undefined;
}
