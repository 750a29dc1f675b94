import { CodeActionKind, type CodeAction } from 'vscode-languageserver-types';
import type { Analysis } from './analysis';
import { fixAll } from './fixAll';
import { message, type Locale } from './messages';

/** A kind of our own, so that it can be named in `editor.codeActionsOnSave`. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.gouji`;

/** Writes every value that is certain; nothing where there is none. */
export function sourceActionsOf(analysis: Analysis, uri: string, locale: Locale): CodeAction[] {
  const { changes } = fixAll(analysis);
  if (changes.length === 0) return [];
  const edits = changes.map(({ range, newText }) => ({
    range: analysis.lines.range(range),
    newText,
  }));
  return [
    {
      title: message(locale, 'fix.all', { count: edits.length }),
      kind: FIX_ALL,
      edit: { changes: { [uri]: edits } },
    },
  ];
}
