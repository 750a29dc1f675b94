import { parseAmount, type Amount } from './amount';
import { halfWidth } from './mistyped';
import type { Bound, Unit } from './model';
import { vocabulary, type ColumnKind, type ColumnSpec } from './vocabulary';

/** A figure of the narrative or an annex: what it counts, and what stands around its digits. */
export interface Figure {
  /** In powers of ten of 元, of one per cent, or of one. */
  readonly amount: Amount;
  readonly unit: Unit;
  /** It says no more than that the value is at least, or at most, this. */
  readonly bound?: Bound;
  /** The characters before and behind the digits. */
  readonly before: string;
  readonly after: string;
}

const FIGURES: ReadonlySet<ColumnKind> = new Set(['money', 'percent', 'number', 'figure']);

/** Whether a column prints figures rather than words, names or text. */
export const isFigure = ({ kind = 'money' }: ColumnSpec) => FIGURES.has(kind);

const DIGITS = /[+-]?\d[\d,]*(?:\.\d+)?/;

/** That a bound is met by itself goes without saying: `90%（含）以上`. */
const INCLUSIVE = /\s*\(含(?:本数)?\)$/;

/** Longer words behind digits are a sentence, not a unit. */
const LONGEST_UNIT = 8;

const longestFirst = (names: readonly string[]) => [...names].sort((a, b) => b.length - a.length);
const moneyUnits = longestFirst(Object.keys(vocabulary.units));
const ratioUnits = longestFirst(Object.keys(vocabulary.ratioUnits));
const countUnits = longestFirst(Object.keys(vocabulary.countUnits));

/** What a ratio is printed in. */
const PERCENT: Unit = { name: '%', exponent: 0, measure: 'ratio' };

/** What a column counts where its figure does not say. */
export function unitOfKind(kind: ColumnKind, money: Unit): Unit {
  if (kind === 'percent') return PERCENT;
  return kind === 'money' ? money : { name: '', exponent: 0, measure: 'count' };
}

/**
 * Reads a figure as people write it in running text: `63.52%`, `8841人`, `≥98%`, `4.5%以内`, `1.2亿元`.
 * Undefined for words.
 * @param unit what an amount of money is in unless it says otherwise
 */
export function readFigure(printed: string, kind: ColumnKind, unit: Unit): Figure | undefined {
  const text = halfWidth(printed);
  const match = DIGITS.exec(text);
  if (!match) return undefined;
  const [digits] = match;
  const before = text.slice(0, match.index).trim();
  const behind = text.slice(match.index + digits.length).trim();
  const bound = boundOf(before, behind);
  if (before !== '' && !bound) return undefined;
  const after = bound ? withoutBound(behind, bound) : behind;
  const own = unitOf(after, kind, unit);
  const amount = own && parseAmount(digits, own.exponent, own.measure);
  if (!amount) return undefined;
  return {
    amount,
    unit: own,
    ...(bound && { bound }),
    before: printed.slice(0, match.index),
    after: printed.slice(match.index + digits.length),
  };
}

function boundOf(before: string, behind: string): Bound | undefined {
  const bounds = Object.entries(vocabulary.bounds) as [
    Bound,
    { before: string[]; after: string[] },
  ][];
  return bounds.find(
    ([, words]) =>
      words.before.includes(before) ||
      (before === '' && words.after.some((word) => behind.endsWith(word))),
  )?.[0];
}

function withoutBound(behind: string, bound: Bound): string {
  const words = longestFirst(vocabulary.bounds[bound].after);
  const word = words.find((candidate) => behind.endsWith(candidate));
  return word ? behind.slice(0, -word.length).replace(INCLUSIVE, '').trim() : behind;
}

/** What a figure counts, by the words behind it; undefined where they are no unit of its kind. */
function unitOf(after: string, kind: ColumnKind, unit: Unit): Unit | undefined {
  const ratio = ratioUnits.find((name) => after === name);
  const money = moneyUnits.find((name) => after === name);
  switch (kind) {
    case 'percent':
      return after === '' ? PERCENT : ratioUnit(ratio);
    case 'money':
      return after === '' ? unit : moneyUnit(money);
    case 'figure':
      // 1500 元 of 人均标准 is no more rounded than 1500 人 is.
      return ratioUnit(ratio) ?? (money === '元' ? undefined : moneyUnit(money)) ?? counted(after);
    default:
      return counted(after);
  }
}

function ratioUnit(name: string | undefined): Unit | undefined {
  if (name === undefined) return undefined;
  return { name, exponent: vocabulary.ratioUnits[name]!, measure: 'ratio' };
}

function moneyUnit(name: string | undefined): Unit | undefined {
  return name === undefined ? undefined : { name, exponent: vocabulary.units[name]! };
}

/** People, pieces, points, named or not. */
function counted(after: string): Unit | undefined {
  // Behind a percent sign there is something to be understood: `90%(至`.
  if (after.length > LONGEST_UNIT || /[\d,，。；;]|^%/u.test(after)) return undefined;
  const scale = countUnits.find((name) => after.startsWith(name));
  const exponent = scale === undefined ? 0 : vocabulary.countUnits[scale]!;
  return { name: after, exponent, measure: 'count' };
}
