import type { CodeAction } from 'vscode-languageserver-types';
import type { Analysis } from '../../server/src/service/analysis';
import { applyEdits } from './examples';

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
