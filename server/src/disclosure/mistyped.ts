import { parseAmount, writeAmount } from './amount';
import type { Unit } from './model';
import { vocabulary } from './vocabulary';

/** An amount that is not written as one, and what may be meant. */
export interface Mistyped {
  /** The rule that says what is wrong with it. */
  readonly rule: string;
  /** What may be meant, in digits. */
  readonly values: readonly string[];
  /** Only one value can be meant. */
  readonly certain: boolean;
}

const HALF: Readonly<Record<string, string>> = {
  '．': '.',
  '，': ',',
  '－': '-',
  '−': '-',
  '–': '-',
  '‐': '-',
  '‑': '-',
  '＋': '+',
  '（': '(',
  '）': ')',
  '％': '%',
  '￥': '¥',
  '\u3000': ' ',
  '\u00A0': ' ',
};

/** Full-width digits and the marks that go with amounts as their half-width forms. */
export function halfWidth(text: string): string {
  if (/^[\w.]*$/.test(text)) return text;
  return text.replace(
    /[０-９]|[．，－−–‐‑＋（）％￥\u3000\u00A0]/gu,
    (c) => HALF[c] ?? String.fromCharCode(c.charCodeAt(0) - 0xff10 + 0x30),
  );
}

const PLAIN = /^[+-]?\d+(?:\.\d+)?$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const UNITS: Readonly<Record<string, number>> = {
  ...vocabulary.units,
  圆: 0,
  千: 3,
  万: 4,
  百万: 6,
  亿: 8,
};
const MONEY =
  /^(?<currency>人民币|RMB|CNY|¥)?\s*(?<figure>[-+]?[\d][\d.,\s]*?)\s*(?<unit>百万元|千元|万元|亿元|百万|元|圆|千|万|亿)?\s*(?:整|人民币)?$/u;

/** Zero-width blanks, joiners, marks of direction: they come along with what is pasted from web pages. */
const INVISIBLE = /\p{Cf}/gu;

/** A ratio, or a figure, with marks behind it that belong to a sentence: `12.5%，`, `8841。`. */
const ENDED = /^(?<figure>[+-]?\d(?:[\d,]*\d)?(?:\.\d+)?[%‰]?)\s*[,、。;；]+$/u;

const endedFigure = (printed: string) => ENDED.exec(halfWidth(printed.trim()))?.groups?.['figure'];

/** Whether a text is a figure but for the marks behind it. */
export const isEndedFigure = (printed: string) => endedFigure(printed) !== undefined;

/**
 * What is meant by a text that is not an amount; undefined if that cannot be told.
 * @param isRatio whether it may stand in per cent
 */
export function readMistyped(printed: string, unit: Unit, isRatio = false): Mistyped | undefined {
  const seen = printed.replace(INVISIBLE, '').trim();
  if (seen !== printed && (PLAIN.test(seen) || GROUPED.test(seen))) {
    const values = [seen.replaceAll(',', '')];
    return { rule: 'input.amount-invisible', values, certain: true };
  }
  const text = halfWidth(seen)
    .replace(/^[“”‘’"'`]+|[“”‘’"'`]+$/gu, '')
    .trim();
  // `=796.40`: out of the formula bar of a spreadsheet.
  const [, result] = /^[=＝]\s*(.+)$/u.exec(text) ?? [];
  if (result !== undefined && (PLAIN.test(result) || GROUPED.test(result))) {
    const values = [result.replaceAll(',', '')];
    return { rule: 'input.amount-form', values, certain: true };
  }
  const ended = endedFigure(text);
  if (isRatio && ended !== undefined) {
    return { rule: 'input.amount-separators', values: [ended], certain: true };
  }
  const [, single] = /^([+-]?\d+(?:\.\d+)?([%‰]))\2+$/u.exec(text) ?? [];
  if (isRatio && single !== undefined) {
    return { rule: 'input.amount-form', values: [single], certain: true };
  }
  if (/^[+-]?[\d.,\s]*\d[\d.,\s]*[%‰][\s,、。;；]*$/u.test(text)) {
    return { rule: 'input.amount-percent', values: [], certain: false };
  }
  return (
    figure(text, 'input.amount-form') ??
    money(text, unit) ??
    letters(text) ??
    separators(text) ??
    widthOnly(printed, text)
  );
}

/** Digits that parse by now: only their width, or something around them, was wrong. */
function widthOnly(printed: string, text: string): Mistyped | undefined {
  if (!PLAIN.test(text) && !GROUPED.test(text)) return undefined;
  const wide = /[０-９．，－−–‐‑＋]/u.test(printed);
  const rule = wide ? 'input.amount-width' : 'input.amount-form';
  return { rule, values: [text.replaceAll(',', '')], certain: true };
}

/** Figures whose value is clear, written in another way: `(12.30)`, `1.2e3`, `.5`, `5.`, `- 5`. */
function figure(text: string, rule: string): Mistyped | undefined {
  const one = (value: string, certain: boolean) => ({ rule, values: [value], certain });
  const [, inner] = /^\(\s*([\d.,]+)\s*\)$/.exec(text) ?? [];
  if (inner !== undefined) {
    return PLAIN.test(inner) || GROUPED.test(inner)
      ? one(`-${inner.replaceAll(',', '')}`, true)
      : undefined;
  }
  const [, minus, after] = /^(-|—)\s*([\d.,]+)$/.exec(text) ?? [];
  if (after !== undefined && !PLAIN.test(text) && !GROUPED.test(text)) {
    if (PLAIN.test(after) || GROUPED.test(after)) {
      return one(`-${after.replaceAll(',', '')}`, minus === '-');
    }
  }
  const [, sign = '', , fraction] = /^([+-]?)(\.)(\d+)$/.exec(text) ?? [];
  if (fraction !== undefined) return one(`${sign}0.${fraction}`, true);
  if (/^[+-]?\d+\.$/.test(text)) return one(text.slice(0, -1), false);
  return scientific(text, rule);
}

/** More digits than any budget has. */
const MOST_ZEROS = 12;

function scientific(text: string, rule: string): Mistyped | undefined {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?[eE]([+-]?)(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', down, power = ''] = match;
  const shift = BigInt(power);
  if (shift > BigInt(MOST_ZEROS)) return { rule, values: [], certain: false };
  let digits = whole + fraction;
  let point = whole.length;
  for (let i = 0n; i < shift; i++) point += down === '-' ? -1 : 1;
  if (point <= 0) [digits, point] = ['0'.repeat(1 - point) + digits, 1];
  digits = digits.padEnd(point, '0');
  const decimals = digits.slice(point);
  const value = `${sign === '-' ? '-' : ''}${digits.slice(0, point)}${decimals && `.${decimals}`}`;
  return { rule, values: [value.replace(/^(-?)0+(?=\d)/, '$1')], certain: true };
}

/** `100万元`, `￥100` */
function money(text: string, { exponent }: Unit): Mistyped | undefined {
  const groups = MONEY.exec(text)?.groups;
  if (!groups || (groups['currency'] === undefined && groups['unit'] === undefined)) {
    return undefined;
  }
  const rule = 'input.amount-unit';
  const written = groups['figure']!;
  const values =
    PLAIN.test(written) || GROUPED.test(written) ? [written] : separators(written)?.values;
  const [value] = values ?? [];
  if (value === undefined) return { rule, values: [], certain: false };
  const plain = value.replaceAll(',', '');
  const own = UNITS[groups['unit'] ?? ''];
  if (own === undefined) return { rule, values: [plain], certain: exponent === 0 };
  if (own === exponent) return { rule, values: [plain], certain: true };
  const amount = parseAmount(plain, own);
  return { rule, values: amount ? [writeAmount(amount, exponent)] : [], certain: false };
}

const LIKE_DIGITS: Readonly<Record<string, string>> = { o: '0', O: '0', l: '1', I: '1', '|': '1' };

/** Letters that look like digits as the digits; undefined if there are none, or no digit beside them. */
export function lettersAsDigits(text: string): string | undefined {
  if (!/\d/.test(text) || !/[oOlI|]/.test(text)) return undefined;
  return text.replace(/[oOlI|]/g, (c) => LIKE_DIGITS[c]!);
}

/** `1O0.5` */
function letters(text: string): Mistyped | undefined {
  const digits = lettersAsDigits(text);
  if (digits === undefined) return undefined;
  const plain = PLAIN.test(digits) || GROUPED.test(digits);
  const meant = plain ? { values: [digits], certain: true } : separators(digits);
  if (!meant) return undefined;
  const values = meant.values.map((value) => value.replaceAll(',', ''));
  return { rule: 'input.amount-letters', values, certain: meant.certain };
}

/** Digits with points, commas and blanks that do not stand where they belong. */
function separators(text: string): Mistyped | undefined {
  if (!/^[+-]?\d[\d.,、。;；_'\s]*$/u.test(text)) return undefined;
  const rule = 'input.amount-separators';
  const of = (certain: boolean, ...values: string[]) => ({ rule, values, certain });
  const ended = text.replace(/[\s,、。;；]+$/u, '');
  if (ended !== text && (PLAIN.test(ended) || GROUPED.test(ended))) {
    return of(true, ended.replaceAll(',', ''));
  }
  const points = ended.replace(/(?<=\d)。(?=\d)/gu, '.');
  if (PLAIN.test(points) && points !== ended) return of(false, points);
  // A key pressed twice: `150..00`.
  const single = points.replace(/\.{2,}|,{2,}/g, ([mark]) => mark!);
  if (single !== points && (PLAIN.test(single) || GROUPED.test(single))) {
    return of(true, single.replaceAll(',', ''));
  }
  // `1, 429. 68`, `1 429.68`, `1_429`: between groups of three, or beside a separator.
  const close = points.replace(/\s*([.,])\s*/g, '$1');
  const groups = close.replace(/(?<=\d)[\s_'](?=\d{3}(?!\d))/g, ',');
  if (PLAIN.test(groups) || GROUPED.test(groups)) {
    return groups === points ? undefined : of(true, groups.replaceAll(',', ''));
  }
  // `5.00 3.25`: two figures, of which the second belongs in another cell.
  if (/\.\d+\s+\d[\d,]*\./.test(close)) return of(false);
  const tight = close.replace(/[\s_']/g, '');
  return misplaced(tight, of);
}

function misplaced(
  text: string,
  of: (certain: boolean, ...values: string[]) => Mistyped,
): Mistyped | undefined {
  const digits = text.replaceAll(',', '');
  // Points for separators, the last point or comma for the decimals.
  if (/^[+-]?\d{1,3}(?:\.\d{3})+[.,]\d{1,2}$/.test(text)) {
    const last = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','));
    return of(true, `${text.slice(0, last).replaceAll('.', '')}.${text.slice(last + 1)}`);
  }
  const [, whole, decimals] = /^([+-]?\d+),(\d{1,2})$/.exec(text) ?? [];
  if (whole !== undefined) return of(false, `${whole}.${decimals!}`);
  const [, grouped, rest] = /^([+-]?\d{1,3}(?:,\d{3})+),(\d{1,2})$/.exec(text) ?? [];
  if (grouped !== undefined) return of(false, `${grouped.replaceAll(',', '')}.${rest!}`);
  if (PLAIN.test(digits)) return of(false, digits);
  return of(false);
}
