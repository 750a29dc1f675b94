import { isYear } from '../disclosure/meant';
import type { Problem } from '../disclosure/model';
import { rewrite } from '../disclosure/writing';
import type { SyntaxTree } from '../syntax/tree';
import type { Fix } from './fixes';
import type { Locale } from './messages';
import { problemFixesOf } from './problemFixes';

/** 2024年, 〔2024〕: a year in a text. */
const IN_TEXT = /(?<!\d)\d{4}(?=\s*年|[〕\]］】])/gu;

/** 某某局2024年度决算.disclosure.yaml, 2024.disclosure.yaml */
const IN_NAME = /(?<!\d)\d{4}(?!\d)/gu;

/** The year that is meant by two digits, or by one digit too many or too few, where the file tells it elsewhere; or by a digit typed twice. */
export function toldYearFix(
  problem: Problem,
  uri: string,
  tree: SyntaxTree,
  locale: Locale,
): Fix[] {
  const { code, at, fixes = [] } = problem;
  if (code !== 'input.bad-year' || fixes.length > 0) return [];
  if (!('kind' in at) || at.kind !== 'scalar') return [];
  const written = at.text.trim();
  if (!/^\d{2,5}$/u.test(written)) return [];
  const name = decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
  const told = [...name.matchAll(IN_NAME), ...tree.text.matchAll(IN_TEXT)].map(([year]) => year);
  const inFile = [...new Set(told)].filter((year) => isMeant(written, year));
  const meant =
    inFile.length > 0 ? inFile : singled(written).filter((year) => isMeant(written, year));
  if (meant.length !== 1) return [];
  const mended = { ...problem, fixes: [rewrite(at, meant[0]!, false)] };
  return problemFixesOf(mended, tree, locale);
}

const isMeant = (written: string, year: string) => isYear(Number(year)) && isSlip(written, year);

function isSlip(written: string, year: string): boolean {
  if (written.length === 2) return year.endsWith(written);
  return written.length > year.length ? lacksOne(written, year) : lacksOne(year, written);
}

/** 20244: what is left without one of two equal digits side by side. */
const singled = (written: string): string[] =>
  [...written.matchAll(/(\d)\1/g)].map(
    ({ index }) => written.slice(0, index) + written.slice(index + 1),
  );

/** Whether a word is another with one character left out. */
const lacksOne = (longer: string, shorter: string): boolean =>
  longer.length === shorter.length + 1 &&
  [...longer].some((_, at) => longer.slice(0, at) + longer.slice(at + 1) === shorter);
