import { DiagnosticSeverity, type CodeAction } from 'vscode-languageserver-types';
import type { Analysis } from '../../server/src/service/analysis';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import type { Locale } from '../../server/src/service/messages';
import { analyzeText, applyEdits } from './examples';

/** The text of an analysed file after code actions. */
export function applyActions(
  { lines, tree }: Analysis,
  actions: readonly CodeAction[],
  uri: string,
): string {
  const edits = actions.flatMap(({ edit }) => edit?.changes?.[uri] ?? []);
  return applyEdits(
    tree.text,
    edits.map(({ range, newText }) => ({
      range: { start: lines.offset(range.start), end: lines.offset(range.end) },
      newText,
    })),
  );
}

/** What is told above information: on which line, at which characters, and the text after its first fix. */
export function toldIn(text: string, path: string, locale: Locale) {
  const uri = `file:///${path}`;
  const analysis = analyzeText(text, path);
  return diagnosticsOf(analysis, uri, locale)
    .filter(({ severity }) => severity! <= DiagnosticSeverity.Warning)
    .map(({ range, message }) => {
      const [fix] = codeActionsAt(analysis, uri, range, locale).filter(({ edit }) => edit);
      const line = text.split('\n')[range.start.line]!;
      return {
        line,
        at: line.slice(range.start.character, range.end.character),
        message: typeof message === 'string' ? message : message.value,
        mended: fix && applyActions(analysis, [fix], uri),
        isPreferred: fix?.isPreferred ?? false,
      };
    });
}
