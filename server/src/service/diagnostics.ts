import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver-types';
import type { Analysis } from './analysis';
import { causesOf, type CauseView } from './findings';
import { inLocale, message, type Locale } from './messages';
import { builtInRule } from '../relations/packs';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** One diagnostic per cause, on the located cell, with every operand as related information. */
export function diagnosticsOf(analysis: Analysis, uri: string, locale: Locale): Diagnostic[] {
  return causesOf(analysis, locale).map((view) => ({
    range: view.range,
    severity: SEVERITIES[view.severity],
    source: 'gouji',
    code: view.rule,
    message: view.message,
    relatedInformation: [
      ...firstPlace(view, analysis, uri, locale),
      ...relatedInformation(view, uri, locale),
    ],
    data: { cause: view.id },
  }));
}

/** Where something stands that stands there again. */
function firstPlace({ problem }: CauseView, analysis: Analysis, uri: string, locale: Locale) {
  const related = problem?.related;
  if (!related) return [];
  const { tree, lines } = analysis;
  const range = lines.range('kind' in related ? tree.rangeOf(related) : related);
  return [{ location: { uri, range }, message: message(locale, 'related.first') }];
}

function relatedInformation(view: CauseView, uri: string, locale: Locale) {
  // The shortest relation is the plainest proof.
  const findings = [...view.findings].sort((a, b) => a.related.length - b.related.length);
  return findings.flatMap((finding) => {
    const rule = builtInRule(finding.rule);
    const title = rule ? inLocale(rule.title, locale) : finding.rule;
    return finding.related
      .filter(({ printed, role, path }) => {
        // The diagnostic itself stands on its cell; blank parts add nothing but length.
        return path !== view.path && (printed !== '' || role === 'printed');
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
