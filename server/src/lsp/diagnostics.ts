import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { whileTyping } from '../service/beingTyped';
import { diagnosticsOf } from '../service/diagnostics';
import type { Analysed } from './analyses';
import type { ClientFeatures } from './capabilities';
import type { Guard } from './guard';
import type { RulePages } from './rulePages';

/** The diagnostics of an analysis as this client can take them. */
export function clientDiagnostics(
  { analysis, uri, locale, typed }: Analysed,
  client: ClientFeatures,
  guard: Guard,
  pages: RulePages,
): Diagnostic[] {
  if (!analysis?.disclosure) return [];
  const diagnostics = guard.run(`diagnostics of ${uri}`, [], () => {
    const all = diagnosticsOf(analysis, uri, locale, (rule) =>
      client.codeDescription ? pages.of(rule, analysis.rulebook) : undefined,
    );
    return typed === undefined ? all : whileTyping(all, analysis, typed);
  });
  if (client.relatedInformation) return diagnostics;
  return diagnostics.map(({ relatedInformation: _, ...rest }) => rest);
}

export function diagnosticReport(
  analysed: Analysed | undefined,
  previousResultId: string | undefined,
  items: (analysed: Analysed) => Diagnostic[],
): DocumentDiagnosticReport {
  if (!analysed) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  const resultId = analysed.id;
  return resultId === previousResultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: items(analysed) };
}
