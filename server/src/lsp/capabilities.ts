import { CodeActionKind, TextDocumentSyncKind } from 'vscode-languageserver';
import type { ClientCapabilities, InitializeResult } from 'vscode-languageserver';
import { TYPED } from '../service/format/onType';
import { TOKEN_MODIFIERS, TOKEN_TYPES } from '../service/semanticTokens';
import { FIX_ALL } from '../service/sourceActions';
import { version } from '../../../package.json';

/** What of the client's abilities makes a difference to this server. */
export interface ClientFeatures {
  /** The client asks for diagnostics; then it is never sent any. */
  readonly pull: boolean;
  readonly refresh: boolean;
  readonly relatedInformation: boolean;
  readonly configuration: boolean;
  readonly configurationEvents: boolean;
  readonly codeActionLiterals: boolean;
  readonly versionedEdits: boolean;
  readonly markdownHover: boolean;
  /** Outlines may be trees. */
  readonly symbolTrees: boolean;
  /** Completions may say where the cursor goes. */
  readonly snippets: boolean;
  readonly refreshInlayHints: boolean;
  readonly refreshCodeLenses: boolean;
  /** It can be asked to tell when files change. */
  readonly watchFiles: boolean;
  readonly workspaceFolders: boolean;
  /** It shows how far work is, and lets it be ended. */
  readonly progress: boolean;
  /** The code of a diagnostic may lead somewhere. */
  readonly codeDescription: boolean;
}

export function clientFeatures({
  textDocument,
  workspace,
  window,
}: ClientCapabilities): ClientFeatures {
  const pull = textDocument?.diagnostic !== undefined;
  const diagnostics = pull ? textDocument.diagnostic : textDocument?.publishDiagnostics;
  return {
    pull,
    refresh: workspace?.diagnostics?.refreshSupport === true,
    relatedInformation: diagnostics?.relatedInformation === true,
    configuration: workspace?.configuration === true,
    configurationEvents: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    codeActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    snippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    refreshCodeLenses: workspace?.codeLens?.refreshSupport === true,
    watchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    progress: window?.workDoneProgress === true,
    codeDescription: diagnostics?.codeDescriptionSupport === true,
  };
}

export function serverCapabilities(client: ClientFeatures): InitializeResult {
  return {
    serverInfo: { name: 'gouji', version },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      documentSymbolProvider: true,
      foldingRangeProvider: true,
      selectionRangeProvider: true,
      documentFormattingProvider: true,
      documentRangeFormattingProvider: true,
      documentOnTypeFormattingProvider: {
        firstTriggerCharacter: TYPED[0]!,
        moreTriggerCharacter: TYPED.slice(1),
      },
      inlayHintProvider: true,
      // Neither the blank nor the colon: who leaves a cell empty and presses Enter must not get 自动.
      // Digits, because editors take them for numbers, of which nobody wants a list.
      completionProvider: { triggerCharacters: ['{', ',', '"', ...'0123456789'] },
      definitionProvider: true,
      referencesProvider: true,
      documentHighlightProvider: true,
      callHierarchyProvider: true,
      documentLinkProvider: {},
      codeLensProvider: {},
      semanticTokensProvider: {
        legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...TOKEN_MODIFIERS] },
        full: { delta: true },
        range: true,
      },
      workspaceSymbolProvider: true,
      renameProvider: { prepareProvider: true },
      ...(client.workspaceFolders && {
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      }),
      // Fixes are edits; without literals they would have to be commands, and there are none.
      ...(client.codeActionLiterals && {
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL],
        },
      }),
      ...(client.pull && {
        diagnosticProvider: {
          identifier: 'gouji',
          interFileDependencies: false,
          workspaceDiagnostics: true,
        },
      }),
    },
  };
}
