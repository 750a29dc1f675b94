import {
  MarkupContent,
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  type Hover,
} from 'vscode-languageserver';
import { codeActionsAt } from '../service/codeActions';
import { codeLensesOf } from '../service/codeLens';
import { hoverAt } from '../service/hover';
import { ledgerPage } from '../service/ledgerPage';
import { plainText } from '../service/plainText';
import { relationsBelow } from '../service/relationTree';
import type { ClientFeatures } from './capabilities';
import { clientDiagnostics, diagnosticReport } from './diagnostics';
import { fixing, isWanted, versioned } from './edits';
import { registerCodes } from './codes';
import { registerEditing } from './editing';
import { registerFormatting } from './formatting';
import { cancelled, handler, isCancelled, partwiseHandler, type FeatureContext } from './handler';
import { wellFormedPosition, wellFormedRange } from './positions';
import { registerNavigation } from './navigation';
import {
  LEDGER_REQUEST,
  RELATIONS_REQUEST,
  type LedgerAnswer,
  type LedgerParams,
  type RelationsParams,
} from './protocol';
import { requestedActions } from './requestedActions';
import { registerSemanticTokens } from './semanticTokens';
import { registerWriting } from './writing';

/** Answers requests from the newest analysis. What the answers say is the service's business. */
export function registerFeatures(context: FeatureContext): void {
  const { connection, guard, client, configurations, ledgerCommand, selectCommand } = context;

  connection.onHover(
    handler(context, 'hover', null, ({ locale }, analysis, { position }): Hover | null => {
      const hover = hoverAt(analysis, wellFormedPosition(position), locale);
      return hover ? readable(hover, client) : null;
    }),
  );

  connection.onCodeAction(
    partwiseHandler(
      context,
      'code actions',
      function* ({ uri, version, locale }, analysis, params: CodeActionParams) {
        const { only, diagnostics } = params.context;
        const range = wellFormedRange(params.range);
        context.seen(uri, range);
        // Without literals they would have to be commands, and there are none.
        if (!client.codeActionLiterals) return;
        const wanted = (actions: readonly CodeAction[]) =>
          actions
            .filter((action) => isWanted(action.kind ?? '', only))
            .map((action) => fixing(action, diagnostics))
            .map((action) => (client.versionedEdits ? versioned(action, uri, version) : action));
        yield wanted(codeActionsAt(analysis, uri, range, locale, selectCommand));
        for (const action of requestedActions(analysis, uri, range, params.context, locale))
          yield wanted([action]);
      },
    ),
  );

  connection.onRequest(
    LEDGER_REQUEST,
    handler(context, 'ledger', null, ({ locale }, analysis, _: LedgerParams): LedgerAnswer =>
      ledgerPage(analysis, locale),
    ),
  );

  connection.onRequest(
    RELATIONS_REQUEST,
    handler(context, 'relations', [], ({ locale }, analysis, params: RelationsParams) =>
      relationsBelow(analysis, wellFormedPath(params.path), locale),
    ),
  );

  connection.onCodeLens(
    handler(context, 'code lenses', [], ({ uri, locale }, analysis): CodeLens[] =>
      configurations.of(uri).codeLens ? codeLensesOf(analysis, uri, ledgerCommand, locale) : [],
    ),
  );

  registerEditing(context);
  registerFormatting(context);
  registerNavigation(context);
  registerSemanticTokens(context);
  registerWriting(context);
  registerCodes(context);

  if (client.pull) {
    const { analyses, pages, precedence } = context;
    connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
      precedence.serve(async () => {
        if (await isCancelled(context, textDocument, token)) return cancelled();
        return diagnosticReport(analyses.of(textDocument.uri), previousResultId, (analysed) =>
          clientDiagnostics(analysed, client, guard, pages),
        );
      }),
    );
  }
}

/** The ids of a path as a client may send them. */
const wellFormedPath = (path: unknown): string[] =>
  Array.isArray(path) ? path.filter((id): id is string => typeof id === 'string') : [];

function readable(hover: Hover, { markdownHover }: ClientFeatures): Hover {
  if (markdownHover || !MarkupContent.is(hover.contents)) return hover;
  return { ...hover, contents: { kind: 'plaintext', value: plainText(hover.contents.value) } };
}
