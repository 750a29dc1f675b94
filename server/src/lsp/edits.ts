import type { CodeAction, CodeActionKind, WorkspaceEdit } from 'vscode-languageserver';

/** An action whose edits the client refuses when the document has moved on since. */
export function versioned(action: CodeAction, uri: string, version: number): CodeAction {
  if (!action.edit?.changes) return action;
  return { ...action, edit: versionedEdit(action.edit, uri, version) };
}

function versionedEdit(edit: WorkspaceEdit, uri: string, version: number): WorkspaceEdit {
  const { changes = {}, documentChanges = [], ...rest } = edit;
  return {
    ...rest,
    documentChanges: [
      ...documentChanges,
      ...Object.entries(changes).map(([target, edits]) => ({
        textDocument: { uri: target, version: target === uri ? version : null },
        edits,
      })),
    ],
  };
}

/** Kinds are hierarchical: who asks for `source` also gets `source.fixAll`. */
export function isWanted(action: CodeAction, only: readonly CodeActionKind[] | undefined): boolean {
  if (!only) return true;
  const { kind = '' } = action;
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
