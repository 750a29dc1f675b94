import { eolOf, insertAfter, quoted } from '../syntax/insert';
import type { Entry, SyntaxNode, SyntaxTree } from '../syntax/tree';
import { halfWidth } from './mistyped';
import type { ProblemFix } from './model';
import { nearName, type Meant } from './nearest';
import { layoutsByKey, roundings } from './ownKeys';
import { vocabulary } from './vocabulary';
import { rewrite } from './writing';

/* Values of the head that are not written as the format has them, and what is meant. */

const certainly = (text: string): Meant => ({ text, certain: true });

/** Whether there may be final accounts of a year: of one to come there are none. */
export const isYear = (year: number): boolean =>
  year >= vocabulary.firstYear && year <= new Date().getFullYear();

/** `2024年`, `２０２４`, `二〇二四年`; 2204, where two digits are exchanged */
export function meantYear(text: string): Meant | undefined {
  const [, year] = /^(.{4})\s*(?:年度?)?$/u.exec(halfWidth(text).trim()) ?? [];
  const digits = year?.replace(/[〇零○一二三四五六七八九]/gu, (c) => {
    const digit = '〇一二三四五六七八九'.indexOf(c);
    return Math.max(digit, 0).toString();
  });
  // eslint-disable-next-line no-restricted-syntax -- a year is not an amount
  const isPlausible = (written: string) => /^\d{4}$/.test(written) && isYear(Number(written));
  if (digits === undefined) return undefined;
  if (isPlausible(digits)) return certainly(digits);
  const [only, ...others] = new Set(exchanges(digits).filter(isPlausible));
  return only !== undefined && others.length === 0 ? { text: only, certain: false } : undefined;
}

/** A word with each two neighbouring characters exchanged. */
const exchanges = (word: string): string[] =>
  [...word.slice(1)].map(
    (next, at) => word.slice(0, at) + next + word.charAt(at) + word.slice(at + 2),
  );

/** `人民币万元`, `（万元）`, `万` */
export function meantUnit(text: string): Meant | undefined {
  const bare = halfWidth(text)
    .replace(/人民币|金额|单位|RMB|CNY|[\s()[\]:：¥]/giu, '')
    .replaceAll('萬', '万')
    .replaceAll('億', '亿')
    .replace(/[圆圓]/u, '元');
  const unit = [bare, `${bare}元`].find((name) => Object.hasOwn(vocabulary.units, name));
  if (unit !== undefined && bare !== '') return certainly(unit);
  const names = Object.keys(vocabulary.units).map((name) => [name, name] as const);
  return nearName(text, names);
}

/** `湖南省`, `全国表样`, `全囯` */
export function meantLayout(text: string): Meant | undefined {
  const bare = text.replace(/\s|省|市|表样|格式|样式|版$/gu, '');
  return layoutsByKey.get(bare) ? certainly(bare) : nearName(text, layoutsByKey.names);
}

export function meantRounding(text: string): Meant | undefined {
  const bare = text.replace(/\s|法$|方式$|处理$/gu, '');
  return roundings.get(bare) !== undefined ? certainly(bare) : nearName(text, roundings.names);
}

/** `Gouji／1`, `gouji 1.0`, `goji/1`; another version is not meant. */
export function meantFormat(text: string): Meant | undefined {
  const bare = text.normalize('NFKC').toLowerCase().replace(/\s/gu, '');
  if (/^gouji[-_:/\\]?(?:v?1(?:\.0)?)?$/.test(bare)) return certainly(vocabulary.format);
  return nearName(bare, [[vocabulary.format, vocabulary.format]]);
}

/** The fix that writes what is meant, or one for each of the few names of which one may be meant. */
export function rewriteIfKnown(
  node: SyntaxNode | undefined,
  meant: Meant | undefined,
  names: readonly string[] = [],
): { fixes?: readonly ProblemFix[] } {
  if (node?.kind !== 'scalar' || node.style === 'block') return {};
  if (meant) return { fixes: [rewrite(node, meant.text, meant.certain)] };
  return names.length > 0 ? { fixes: names.map((name) => rewrite(node, name, false)) } : {};
}

/** What says that a file is a disclosure, as a file of this language writes it. */
export function markerIn(tree: SyntaxTree): string {
  const { key } = vocabulary.head['format']!;
  return `${quoted(key, tree)}: ${quoted(vocabulary.format, tree)}`;
}

/** Writes the marker before the first key, where that is plain to do. */
export function insertFormat(tree: SyntaxTree): ProblemFix[] {
  const { root, text, language } = tree;
  const marker = markerIn(tree);
  const first = root?.kind === 'map' ? root.entries[0] : undefined;
  if (!root || !first) return [];
  const { start } = tree.rangeOf(first);
  let newText: string;
  if (language === 'json') {
    const gap = text.slice(tree.rangeOf(root).start + 1, start);
    if (gap.trim() !== '') return [];
    newText = `${marker},${gap || ' '}`;
  } else {
    if (root.kind !== 'map' || root.style !== 'block') return [];
    if (start > 0 && !/[\r\n\uFEFF]/.test(text[start - 1]!)) return [];
    newText = `${marker}${eolOf(tree)}`;
  }
  const at = { start, end: start };
  return [{ title: 'insert-format', args: { marker }, edits: [{ at, newText }], certain: true }];
}

/** Writes behind an entry of the head in which unit the amounts are: the one that is taken, or 元. */
export function insertUnits(previous: Entry, tree: SyntaxTree): ProblemFix[] {
  const { root } = tree;
  if (root?.kind !== 'map') return [];
  const { defaultUnit, units, head } = vocabulary;
  const base = Object.keys(units).find((name) => units[name] === 0);
  return [defaultUnit, ...(base === undefined ? [] : [base])].map((unit) => {
    const written = `${quoted(head['unit']!.key, tree)}: ${quoted(unit, tree)}`;
    const { range, newText } = insertAfter(previous, root, written, tree);
    const edits = [{ at: range, newText }];
    return { title: 'insert-unit', args: { unit }, edits, certain: false };
  });
}
