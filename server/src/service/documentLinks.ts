import type { Range } from 'vscode-languageserver-types';
import { KeyIndex, vocabulary } from '../disclosure/vocabulary';
import type { LineRange } from '../syntax/lines';
import { acceptedAddress } from './acceptance';
import type { Analysis } from './analysis';
import { message, type Locale } from './messages';
import { withoutQuotes } from './places';

/** A link of a file: to the page of a rule, to a place in the same file, to the file of another year. */
export interface Link {
  readonly range: Range;
  readonly tooltip: string;
  readonly to:
    | { readonly kind: 'rule'; readonly rule: string }
    | { readonly kind: 'place'; readonly at: LineRange }
    /** The first that is there: paths from the folder of the file. */
    | { readonly kind: 'file'; readonly candidates: readonly string[] };
}

/** @param path of the file; only its last two parts are looked at */
export function linksOf(analysis: Analysis, path: string, locale: Locale): Link[] {
  return [...lastYear(analysis, path, locale), ...acceptances(analysis, locale)];
}

const yearKey = new KeyIndex([[vocabulary.head['year']!, true]]);

/** From 年度 to the file of the year before. */
function lastYear({ disclosure, tree, lines }: Analysis, path: string, locale: Locale): Link[] {
  const year = disclosure?.year;
  const entries = tree.root?.kind === 'map' ? tree.root.entries : [];
  const node = entries.findLast(({ key }) => yearKey.get(key.text))?.value;
  if (year === undefined || !node) return [];
  return [
    {
      range: lines.range(withoutQuotes(tree.rangeOf(node), tree)),
      tooltip: message(locale, 'link.last-year', { year: year - 1 }),
      to: { kind: 'file', candidates: filesOfYear(path, year, year - 1) },
    },
  ];
}

const KINDS = ['yaml', 'yml', 'json'];

/**
 * Where the file of another year may be, as a path from the folder of this one: the same name with that
 * year in it, or in the folder of that year; in any format.
 */
function filesOfYear(path: string, year: number, other: number): string[] {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2) ?? '';
  const [, stem = name, kind = ''] = /^(.*)\.(yaml|yml|json)$/i.exec(name) ?? [];
  const kinds = [kind, ...KINDS.filter((one) => one !== kind.toLowerCase())];
  const renamed = inOther(stem, year, other);
  const moved = inOther(folder, year, other);
  const stems = [
    ...(renamed === undefined ? [] : [renamed]),
    ...(moved === undefined ? [] : [`../${moved}/${renamed ?? stem}`, `../${moved}/${stem}`]),
  ];
  return [...new Set(stems)].flatMap((one) => kinds.map((ending) => `${one}.${ending}`));
}

/** The text with one year in the place of another; undefined where it does not hold it. */
function inOther(text: string, year: number, other: number): string | undefined {
  const whole = new RegExp(`(?<!\\d)${year}(?!\\d)`, 'g');
  return whole.test(text) ? text.replace(whole, String(other)) : undefined;
}

/** From an accepted finding to the page of its rule, and to where it stands. */
function acceptances(analysis: Analysis, locale: Locale): Link[] {
  const { disclosure, tree, lines, rulebook, accepted } = analysis;
  const range = (node: Parameters<typeof tree.rangeOf>[0]) =>
    lines.range(withoutQuotes(tree.rangeOf(node), tree));
  return (disclosure?.acceptances ?? []).flatMap((acceptance): Link[] => {
    const rule = acceptance.rule.text.trim();
    const found = accepted.find((one) => one.acceptance === acceptance)?.found;
    const page: Link = {
      range: range(acceptance.rule),
      tooltip: message(locale, 'link.rule'),
      to: { kind: 'rule', rule },
    };
    return [
      ...(rulebook.rule(rule) ? [page] : []),
      ...(found
        ? [
            {
              range: range(acceptance.path),
              tooltip: message(locale, 'link.place'),
              to: { kind: 'place' as const, at: lines.range(acceptedAddress(found, tree).at) },
            },
          ]
        : []),
    ];
  });
}
