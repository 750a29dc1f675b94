import {
  LSPErrorCodes,
  ResponseError,
  type Range,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { prepareCodeRename, renameCode } from '../service/codeRename';
import { findCodes } from '../service/workspaceSymbols';
import { versionedEdit } from './edits';
import { handler, type FeatureContext } from './handler';
import { wellFormedPosition } from './positions';

/** Finds and renames subject codes. */
export function registerCodes(context: FeatureContext): void {
  const { connection, client, guard, workspace, precedence } = context;

  connection.onPrepareRename(
    handler(
      context,
      'rename',
      null,
      (_, analysis, { position }): { range: Range; placeholder: string } | null =>
        prepareCodeRename(analysis, wellFormedPosition(position)) ?? null,
    ),
  );

  connection.onRenameRequest(
    handler(
      context,
      'rename',
      null,
      (
        { uri, version, locale },
        analysis,
        { position, newName },
      ): WorkspaceEdit | ResponseError<undefined> | null => {
        const renamed = renameCode(analysis, wellFormedPosition(position), newName, locale);
        if (!renamed) return null;
        if ('refused' in renamed) {
          return new ResponseError(LSPErrorCodes.RequestFailed, renamed.refused);
        }
        const edit: WorkspaceEdit = { changes: { [uri]: renamed.edits } };
        return client.versionedEdits ? versionedEdit(edit, uri, version) : edit;
      },
    ),
  );

  connection.onWorkspaceSymbol(async ({ query }): Promise<WorkspaceSymbol[]> => {
    const files = await precedence.serve(() => workspace.codes());
    return guard.run('workspace symbols', [], () => findCodes(query, files));
  });
}
