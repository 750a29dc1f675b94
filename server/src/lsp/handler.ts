import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { Analysis } from '../service/analysis';
import type { Analyses, Analysed } from './analyses';
import type { ClientFeatures } from './capabilities';
import type { Guard } from './guard';
import type { RulePages } from './rulePages';
import type { Host } from './scheduling';
import type { ConfigurationStore } from './settings';
import type { Workspace } from './workspace';

export interface FeatureContext {
  readonly connection: Connection;
  readonly host: Host;
  readonly guard: Guard;
  readonly client: ClientFeatures;
  readonly analyses: Analyses;
  readonly configurations: ConfigurationStore;
  readonly pages: RulePages;
  readonly workspace: Workspace;
  /** By which the client shows the ledger; undefined for one that cannot. */
  readonly ledgerCommand: string | undefined;
}

/** A feature of a position in a disclosure; anywhere else, and when it throws, it answers `nothing`. */
export function handler<P extends { textDocument: TextDocumentIdentifier }, R>(
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
export async function isCancelled(
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

export function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
}
