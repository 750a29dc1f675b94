import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { countOperands, type Operand } from '../relations/relation';
import { exonerated } from '../repair/exonerate';
import type { Analysis } from './analysis';
import { arithmeticOf } from './arithmetic';
import { relatedOf } from './finding';
import { causesOf, foundIn, mostSevere, numbered, type CauseView } from './findings';
import { inLocale, message, type Locale } from './messages';
import { anchorOf, pathOf, says } from './places';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** More than these nobody reads, and sending them takes longer than finding them. */
const MOST = 500;

/**
 * One diagnostic per cause, on the located cell, with its operands as related information. Where there
 * are too many the most severe are told, and how many there are.
 */
export function diagnosticsOf(
  analysis: Analysis,
  uri: string,
  locale: Locale,
  /** The URI of what explains a rule. */
  pageOf: (rule: string) => string | undefined = () => undefined,
): Diagnostic[] {
  const found = foundIn(analysis);
  const shown = mostSevere(found, MOST);
  const views =
    shown === found ? causesOf(analysis, locale) : numbered(shown.map(({ view }) => view(locale)));
  const diagnostics = views.map((view) => ({
    range: view.range,
    severity: SEVERITIES[view.severity],
    source: 'gouji',
    code: view.rule,
    ...described(pageOf(view.rule)),
    message: view.message,
    relatedInformation: [
      ...firstPlace(view, analysis, uri, locale),
      ...otherCodes(view, analysis, uri, locale),
      ...relatedInformation(view, analysis, uri, locale),
      ...exonerations(view, analysis, uri, locale),
    ],
    data: { cause: view.id },
  }));
  return shown === found
    ? diagnostics
    : [notice(shown.length, found.length, locale), ...diagnostics];
}

function notice(shown: number, count: number, locale: Locale): Diagnostic {
  const start = { line: 0, character: 0 };
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: 'gouji',
    message: message(locale, 'diagnostics.most', { shown, count }),
  };
}

/** Of a located cell: why it is not one of the other figures. */
function exonerations(
  { cause }: CauseView,
  { network, tree, lines }: Analysis,
  uri: string,
  locale: Locale,
) {
  if (!network || !cause || (cause.verdict !== 'certain' && cause.verdict !== 'likely')) return [];
  return exonerated(network, cause).map(({ cell, by }) => ({
    location: { uri, range: lines.range(anchorOf(cell, tree)) },
    message: message(locale, 'related.exonerated', {
      cell: pathOf(cell),
      rule: inLocale(by.relation.rule.title, locale),
      arithmetic: arithmeticOf(by),
    }),
  }));
}

const described = (href: string | undefined) =>
  href === undefined ? {} : { codeDescription: { href } };

/** Where something stands that stands there again. */
function firstPlace({ problem }: CauseView, analysis: Analysis, uri: string, locale: Locale) {
  const related = problem?.related;
  if (!related) return [];
  const { tree, lines } = analysis;
  const range = lines.range('kind' in related ? tree.rangeOf(related) : related);
  return [{ location: { uri, range }, message: message(locale, 'related.first') }];
}

/** The other places of a wrong code, or of one that is exchanged for it. */
function otherCodes({ cause }: CauseView, { tree, lines }: Analysis, uri: string, locale: Locale) {
  const places = [...(cause?.groups[0]?.places?.keys() ?? [])];
  return places
    .filter((place) => place !== cause?.at)
    .map((place) => ({
      location: { uri, range: lines.range(tree.rangeOf(place)) },
      message: message(locale, 'related.also'),
    }));
}

/** More figures than these are not told of one relation. */
const MOST_FIGURES = 20;

/** Whether more figures than that are printed. */
function isLong(operands: readonly Operand[]): boolean {
  let printed = 0;
  return (
    operands.length > MOST_FIGURES &&
    operands.some(({ cell }) => isPrinted(cell) && ++printed > MOST_FIGURES)
  );
}

const isPrinted = ({ printed }: Cell) => printed !== '';

/**
 * Every operand once. A tail that stands in several places is explained where it is shown; of the other
 * places only the printed totals are named.
 */
function relatedInformation(view: CauseView, analysis: Analysis, uri: string, locale: Locale) {
  const { rulebook } = analysis;
  const isTail = view.verdict === 'tail';
  const isLocated = view.verdict === 'certain' || view.verdict === 'likely';
  const members = view.cause?.members ?? [];
  const sizeOf = ({ relation }: Evaluation) => countOperands(relation);
  // The first parts of a long sum say nothing about another of them that is wrong.
  const mostOf = ({ relation }: Evaluation) =>
    isLocated && isLong(relation.right) ? 0 : MOST_FIGURES;
  // The shortest relation is the plainest proof.
  const ordered = isTail ? members : [...members].sort((a, b) => sizeOf(a) - sizeOf(b));
  const seen = new Set([view.path]);
  return ordered.flatMap((member, index) => {
    const rule = rulebook.rule(member.relation.rule.id);
    const title = rule ? inLocale(rule.title, locale) : member.relation.rule.id;
    return relatedOf(analysis, member, mostOf(member))
      .filter(({ printed, role, path }) => {
        // Blank parts add nothing but length.
        if (seen.has(path) || (printed === '' && role !== 'printed')) return false;
        if (isTail && index > 0 && role !== 'printed') return false;
        seen.add(path);
        return true;
      })
      .map(({ path, range, printed }) => ({
        location: { uri, range },
        message: `${title}: ${message(locale, 'related.printed', {
          cell: path,
          says: says(printed, locale),
        })}`,
      }));
  });
}
