import type { Diagnostic, DocumentDiagnosticReport } from 'vscode-languageserver';
import { DocumentDiagnosticReportKind } from 'vscode-languageserver';
import { diagnosticsOf } from '../service/diagnostics';
import type { Analysed } from './analyses';
import type { ClientFeatures } from './capabilities';
import type { Guard } from './guard';
import type { RulePages } from './rulePages';

/** The diagnostics of an analysis as this client can take them. */
export function clientDiagnostics(
  { analysis, uri, locale }: Analysed,
  client: ClientFeatures,
  guard: Guard,
  pages: RulePages,
): Diagnostic[] {
  if (!analysis?.disclosure) return [];
  const diagnostics = guard.run(`diagnostics of ${uri}`, [], () =>
    diagnosticsOf(analysis, uri, locale, (rule) =>
      client.codeDescription ? pages.of(rule, analysis.rulebook) : undefined,
    ),
  );
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
