import {
  LSPErrorCodes,
  MarkupContent,
  ResponseError,
  type CancellationToken,
  type CodeAction,
  type Connection,
  type Hover,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { Analysis } from '../service/analysis';
import { codeActionsAt } from '../service/codeActions';
import { hoverAt } from '../service/hover';
import type { Analyses, Analysed } from './analyses';
import type { ClientFeatures } from './capabilities';
import { clientDiagnostics, diagnosticReport } from './diagnostics';
import { fixing, isWanted, versioned } from './edits';
import type { Guard } from './guard';
import { wellFormedPosition, wellFormedRange } from './positions';
import type { Host } from './scheduling';
import type { ConfigurationStore } from './settings';

export interface FeatureContext {
  readonly connection: Connection;
  readonly host: Host;
  readonly guard: Guard;
  readonly client: ClientFeatures;
  readonly analyses: Analyses;
  readonly configurations: ConfigurationStore;
}

/** Answers requests from the newest analysis. What the answers say is the service's business. */
export function registerFeatures(context: FeatureContext): void {
  const { connection, guard, client } = context;

  connection.onHover(
    handler(context, 'hover', null, ({ locale }, analysis, { position }): Hover | null => {
      const hover = hoverAt(analysis, wellFormedPosition(position), locale);
      return hover ? readable(hover, client) : null;
    }),
  );

  connection.onCodeAction(
    handler(
      context,
      'code actions',
      [],
      ({ uri, version, locale }, analysis, params): CodeAction[] => {
        const { only, diagnostics } = params.context;
        // Without literals they would have to be commands, and there are none.
        if (!client.codeActionLiterals) return [];
        return codeActionsAt(analysis, uri, wellFormedRange(params.range), locale)
          .filter((action) => isWanted(action, only))
          .map((action) => fixing(action, diagnostics))
          .map((action) => (client.versionedEdits ? versioned(action, uri, version) : action));
      },
    ),
  );

  if (client.pull) {
    connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
      if (await isCancelled(context, textDocument, token)) return cancelled();
      return diagnosticReport(context.analyses.of(textDocument.uri), previousResultId, (analysed) =>
        clientDiagnostics(analysed, client, guard),
      );
    });
  }
}

/** A feature of a position in a disclosure; anywhere else, and when it throws, it answers `nothing`. */
function handler<P extends { textDocument: TextDocumentIdentifier }, R>(
  context: FeatureContext,
  name: string,
  nothing: R,
  answer: (analysed: Analysed, analysis: Analysis, params: P) => R,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    if (await isCancelled(context, params.textDocument, token)) return cancelled();
    const analysed = context.analyses.of(params.textDocument.uri);
    const analysis = analysed?.analysis;
    if (!analysed || !analysis?.disclosure) return nothing;
    return context.guard.run(`${name} in ${analysed.uri}`, nothing, () =>
      answer(analysed, analysis, params),
    );
  };
}

/**
 * Waits for the settings of the document, and one turn: what a client takes back it often takes
 * back at once, and answers are computed in one go.
 */
async function isCancelled(
  { host, configurations }: FeatureContext,
  { uri }: TextDocumentIdentifier,
  token: CancellationToken,
): Promise<boolean> {
  await configurations.ready(uri);
  await new Promise<void>((resolve) => {
    host.defer(resolve);
  });
  return token.isCancellationRequested;
}

function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
}

function readable(hover: Hover, { markdownHover }: ClientFeatures): Hover {
  if (markdownHover || !MarkupContent.is(hover.contents)) return hover;
  return { ...hover, contents: { kind: 'plaintext', value: hover.contents.value } };
}
