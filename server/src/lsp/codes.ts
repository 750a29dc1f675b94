import {
  LSPErrorCodes,
  ResponseError,
  type DocumentHighlight,
  type Location,
  type Range,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver';
import { codeDefinition, codeHighlights, codeReferences } from '../service/codeNavigation';
import { prepareCodeRename, renameCode } from '../service/codeRename';
import { findCodes } from '../service/workspaceSymbols';
import { versionedEdit } from './edits';
import { handler, type FeatureContext } from './handler';
import { wellFormedPosition } from './positions';

/** Goes from a subject code to its other places, finds and renames it. */
export function registerCodes(context: FeatureContext): void {
  const { connection, client, guard, workspace } = context;

  connection.onDefinition(
    handler(context, 'definition', null, ({ uri }, analysis, { position }): Location | null => {
      const range = codeDefinition(analysis, wellFormedPosition(position));
      return range ? { uri, range } : null;
    }),
  );

  connection.onReferences(
    handler(context, 'references', [], ({ uri }, analysis, { position }): Location[] =>
      codeReferences(analysis, wellFormedPosition(position)).map((range) => ({ uri, range })),
    ),
  );

  connection.onDocumentHighlight(
    handler(context, 'highlights', [], (_, analysis, { position }): DocumentHighlight[] =>
      codeHighlights(analysis, wellFormedPosition(position)),
    ),
  );

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
    const files = await workspace.codes();
    return guard.run('workspace symbols', [], () => findCodes(query, files));
  });
}
