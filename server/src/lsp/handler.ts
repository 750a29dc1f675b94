import {
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type Range,
  type TextDocumentIdentifier,
} from 'vscode-languageserver';
import type { Analysis } from '../service/analysis';
import { append } from '../syntax/arrays';
import type { Analyses, Analysed } from './analyses';
import type { ClientFeatures } from './capabilities';
import type { Guard } from './guard';
import type { RulePages } from './rulePages';
import type { Host, Precedence } from './scheduling';
import type { ConfigurationStore } from './settings';
import type { Workspace } from './workspace';

export interface FeatureContext {
  readonly connection: Connection;
  readonly host: Host;
  readonly precedence: Precedence;
  readonly guard: Guard;
  readonly client: ClientFeatures;
  readonly analyses: Analyses;
  readonly configurations: ConfigurationStore;
  readonly pages: RulePages;
  readonly workspace: Workspace;
  /** The cursor of an editor is seen somewhere. */
  readonly seen: (uri: string, cursor: Range) => void;
  /** By which the client shows the ledger; undefined for one that cannot. */
  readonly ledgerCommand: string | undefined;
  /** By which it selects a place in a file. */
  readonly selectCommand: string | undefined;
}

/** A feature of a position in a disclosure; anywhere else, and when it throws, it answers `nothing`. */
export function handler<P extends { textDocument: TextDocumentIdentifier }, R>(
  context: FeatureContext,
  name: string,
  nothing: R,
  answer: (analysed: Analysed, analysis: Analysis, params: P) => R,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return (params, token) =>
    context.precedence.serve(async () => {
      if (await isCancelled(context, params.textDocument, token)) return cancelled();
      const analysed = context.analyses.of(params.textDocument.uri);
      const analysis = analysed?.analysis;
      if (!analysed || !analysis?.disclosure) return nothing;
      return context.guard.run(`${name} in ${analysed.uri}`, nothing, () =>
        answer(analysed, analysis, params),
      );
    });
}

/**
 * A feature whose answer is made part by part. In between, who asked may take it back, and an edit puts an
 * end to it: an analysis is good until the next one.
 */
export function partwiseHandler<P extends { textDocument: TextDocumentIdentifier }, R>(
  context: FeatureContext,
  name: string,
  parts: (analysed: Analysed, analysis: Analysis, params: P) => Iterable<readonly R[]>,
): (params: P, token: CancellationToken) => Promise<R[] | ResponseError<never>> {
  const whole = async (params: P, token: CancellationToken) => {
    const { textDocument } = params;
    const { analyses, guard } = context;
    if (await isCancelled(context, textDocument, token)) return cancelled();
    const analysed = analyses.of(textDocument.uri);
    const analysis = analysed?.analysis;
    if (!analysed || !analysis?.disclosure) return [];
    const answer: R[] = [];
    const what = `${name} in ${analysed.uri}`;
    const rest = parts(analysed, analysis, params)[Symbol.iterator]();
    for (;;) {
      const part = guard.run(what, undefined, () => rest.next());
      if (!part || part.done) return answer;
      append(answer, part.value);
      if (await isCancelled(context, textDocument, token)) return cancelled();
      if (analyses.of(textDocument.uri)?.analysis !== analysis) return outdated();
    }
  };
  return (params, token) => context.precedence.serve(() => whole(params, token));
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

function outdated(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.ContentModified, 'content modified');
}

export function cancelled(): ResponseError<never> {
  return new ResponseError<never>(LSPErrorCodes.RequestCancelled, 'cancelled');
}
