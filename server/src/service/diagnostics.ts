import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import { exonerated } from '../repair/exonerate';
import type { Analysis } from './analysis';
import { arithmeticOf } from './arithmetic';
import { causesOf, type CauseView } from './findings';
import { inLocale, message, type Locale } from './messages';
import { anchorOf, pathOf } from './places';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** One diagnostic per cause, on the located cell, with every operand as related information. */
export function diagnosticsOf(
  analysis: Analysis,
  uri: string,
  locale: Locale,
  /** The URI of what explains a rule. */
  pageOf: (rule: string) => string | undefined = () => undefined,
): Diagnostic[] {
  return causesOf(analysis, locale).map((view) => ({
    range: view.range,
    severity: SEVERITIES[view.severity],
    source: 'gouji',
    code: view.rule,
    ...described(pageOf(view.rule)),
    message: view.message,
    relatedInformation: [
      ...firstPlace(view, analysis, uri, locale),
      ...relatedInformation(view, analysis, uri, locale),
      ...exonerations(view, analysis, uri, locale),
    ],
    data: { cause: view.id },
  }));
}

/** Of a located cell: why it is not one of the other figures. */
function exonerations(
  { cause }: CauseView,
  { network, tree, lines }: Analysis,
  uri: string,
  locale: Locale,
) {
  if (!network || !cause || (cause.verdict !== 'certain' && cause.verdict !== 'likely')) return [];
  return exonerated(network, cause)
    .slice(0, MOST_EXONERATIONS)
    .map(({ cell, by }) => ({
      location: { uri, range: lines.range(anchorOf(cell, tree)) },
      message: message(locale, 'related.exonerated', {
        cell: pathOf(cell),
        rule: inLocale(by.relation.rule.title, locale),
        arithmetic: arithmeticOf(by),
      }),
    }));
}

/** More than these are not read. */
const MOST_EXONERATIONS = 4;

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

/**
 * Every operand once. A tail that stands in several places is explained where it is shown; of the other
 * places only the printed totals are named.
 */
function relatedInformation(view: CauseView, { rulebook }: Analysis, uri: string, locale: Locale) {
  const isTail = view.verdict === 'tail';
  // The shortest relation is the plainest proof.
  const findings = isTail
    ? view.findings
    : [...view.findings].sort((a, b) => a.related.length - b.related.length);
  const seen = new Set([view.path]);
  return findings.flatMap((finding, index) => {
    const rule = rulebook.rule(finding.rule);
    const title = rule ? inLocale(rule.title, locale) : finding.rule;
    return finding.related
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
          printed: printed === '' ? message(locale, 'blank') : printed,
        })}`,
      }));
  });
}
