import { CodeActionKind, type CodeAction, type Range } from 'vscode-languageserver-types';
import type { Analysis } from './analysis';
import { diagnosticsOf } from './diagnostics';
import { causesOf } from './findings';
import { fixesOf } from './fixes';
import type { Locale } from './messages';

/** Quick fixes for every cause shown in a range, or one of whose cells stands there. */
export function codeActionsAt(
  analysis: Analysis,
  uri: string,
  range: Range,
  locale: Locale,
): CodeAction[] {
  const { lines, tree } = analysis;
  const start = lines.offset(range.start);
  const end = lines.offset(range.end);
  const touches = (at: { start: number; end: number }) => at.start <= end && start <= at.end;
  const views = causesOf(analysis, locale);
  const diagnostics = diagnosticsOf(analysis, uri, locale);
  return views.flatMap((view, index) => {
    if (!view.cause) return [];
    const fixes = fixesOf(view.cause, tree, locale);
    const shown = touches(view.textRange);
    return fixes
      .filter(({ edits }) => shown || edits.some((edit) => touches(edit.range)))
      .map(({ title, preferred, edits }) => ({
        title,
        kind: CodeActionKind.QuickFix,
        isPreferred: preferred,
        diagnostics: [diagnostics[index]!],
        edit: {
          changes: {
            [uri]: edits.map((edit) => ({ range: lines.range(edit.range), newText: edit.newText })),
          },
        },
      }));
  });
}
