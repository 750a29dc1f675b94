import type { CodeAction, CodeActionKind, Diagnostic, WorkspaceEdit } from 'vscode-languageserver';

/** An action whose edits the client refuses when the document has moved on since. */
export function versioned(action: CodeAction, uri: string, version: number): CodeAction {
  if (!action.edit?.changes) return action;
  return { ...action, edit: versionedEdit(action.edit, uri, version) };
}

/** An edit that the client refuses when the document has moved on since. */
export function versionedEdit(edit: WorkspaceEdit, uri: string, version: number): WorkspaceEdit {
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
export function isWanted(
  kind: CodeActionKind,
  only: readonly CodeActionKind[] | undefined,
): boolean {
  if (!only) return true;
  return only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}

/**
 * An action that names what it fixes in the client's own words: a client finds the diagnostic by
 * comparing, and may have left out what it does not show.
 */
export function fixing(action: CodeAction, shown: readonly Diagnostic[]): CodeAction {
  const { diagnostics, ...rest } = action;
  const known = shown.filter((one) => diagnostics?.some((other) => isSame(one, other)));
  return known.length > 0 ? { ...rest, diagnostics: known } : rest;
}

function isSame(a: Diagnostic, b: Diagnostic): boolean {
  const { start } = a.range;
  return (
    a.code === b.code &&
    a.message === b.message &&
    start.line === b.range.start.line &&
    start.character === b.range.start.character
  );
}
