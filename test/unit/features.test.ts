import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import * as protocol from 'vscode-languageserver-protocol/node';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import { serverCapabilities, type ClientFeatures } from '../../server/src/lsp/capabilities';
import * as own from '../../server/src/lsp/protocol';

const root = path.join(__dirname, '..', '..');
const page = readFileSync(path.join(root, 'docs/features.md'), 'utf8');

interface Row {
  readonly name: string;
  readonly answer: string;
  readonly reason: string;
}

/** The rows of the table under a heading. */
function rowsUnder(heading: string): Row[] {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading))!;
  return [...section.matchAll(/^\| `([^`]+)` \| (\S+) \|(.*)\|$/gm)].map(
    ([, name, answer, reason]) => ({ name: name!, answer: answer!, reason: reason!.trim() }),
  );
}

const methods = rowsUnder('Language Server Protocol');
const points = rowsUnder('Contribution points of VS Code');

function expectNames(rows: readonly Row[], expected: readonly string[]): void {
  expect(rows.map(({ name }) => name).sort()).toEqual([...new Set(expected)].sort());
}

/** Every method of the protocol, from the library that speaks it. */
function methodsOfProtocol(): string[] {
  return Object.entries(protocol).flatMap(([name, value]) => {
    if (!/(Request|Notification|RegistrationType)$/.test(name)) return [];
    const { method, type } = value as { method?: unknown; type?: { method?: unknown } };
    const found = method ?? type?.method;
    return typeof found === 'string' ? [found] : [];
  });
}

/** The capability that says of a method that it is served: a path in the server's capabilities. */
const CAPABILITIES: Readonly<Record<string, string>> = {
  'textDocument/didOpen': 'textDocumentSync.openClose',
  'textDocument/didChange': 'textDocumentSync.change',
  'textDocument/didClose': 'textDocumentSync.openClose',
  'textDocument/willSave': 'textDocumentSync.willSave',
  'textDocument/willSaveWaitUntil': 'textDocumentSync.willSaveWaitUntil',
  'textDocument/didSave': 'textDocumentSync.save',
  'textDocument/diagnostic': 'diagnosticProvider',
  'workspace/diagnostic': 'diagnosticProvider.workspaceDiagnostics',
  'textDocument/hover': 'hoverProvider',
  'textDocument/completion': 'completionProvider',
  'completionItem/resolve': 'completionProvider.resolveProvider',
  'textDocument/signatureHelp': 'signatureHelpProvider',
  'textDocument/codeAction': 'codeActionProvider',
  'codeAction/resolve': 'codeActionProvider.resolveProvider',
  'textDocument/codeLens': 'codeLensProvider',
  'codeLens/resolve': 'codeLensProvider.resolveProvider',
  'textDocument/documentLink': 'documentLinkProvider',
  'documentLink/resolve': 'documentLinkProvider.resolveProvider',
  'textDocument/inlayHint': 'inlayHintProvider',
  'inlayHint/resolve': 'inlayHintProvider.resolveProvider',
  'textDocument/documentSymbol': 'documentSymbolProvider',
  'textDocument/foldingRange': 'foldingRangeProvider',
  'textDocument/selectionRange': 'selectionRangeProvider',
  'textDocument/semanticTokens': 'semanticTokensProvider',
  'textDocument/semanticTokens/full': 'semanticTokensProvider.full',
  'textDocument/semanticTokens/full/delta': 'semanticTokensProvider.full.delta',
  'textDocument/semanticTokens/range': 'semanticTokensProvider.range',
  'textDocument/definition': 'definitionProvider',
  'textDocument/declaration': 'declarationProvider',
  'textDocument/typeDefinition': 'typeDefinitionProvider',
  'textDocument/implementation': 'implementationProvider',
  'textDocument/references': 'referencesProvider',
  'textDocument/documentHighlight': 'documentHighlightProvider',
  'textDocument/prepareCallHierarchy': 'callHierarchyProvider',
  'callHierarchy/incomingCalls': 'callHierarchyProvider',
  'callHierarchy/outgoingCalls': 'callHierarchyProvider',
  'textDocument/prepareTypeHierarchy': 'typeHierarchyProvider',
  'typeHierarchy/subtypes': 'typeHierarchyProvider',
  'typeHierarchy/supertypes': 'typeHierarchyProvider',
  'workspace/symbol': 'workspaceSymbolProvider',
  'workspaceSymbol/resolve': 'workspaceSymbolProvider.resolveProvider',
  'textDocument/rename': 'renameProvider',
  'textDocument/prepareRename': 'renameProvider.prepareProvider',
  'textDocument/formatting': 'documentFormattingProvider',
  'textDocument/rangeFormatting': 'documentRangeFormattingProvider',
  'textDocument/rangesFormatting': 'documentRangeFormattingProvider.rangesSupport',
  'textDocument/onTypeFormatting': 'documentOnTypeFormattingProvider',
  'textDocument/linkedEditingRange': 'linkedEditingRangeProvider',
  'textDocument/moniker': 'monikerProvider',
  'textDocument/documentColor': 'colorProvider',
  'textDocument/colorPresentation': 'colorProvider',
  'textDocument/inlineValue': 'inlineValueProvider',
  'textDocument/inlineCompletion': 'inlineCompletionProvider',
  'workspace/textDocumentContent': 'workspace.textDocumentContent',
  'workspace/executeCommand': 'executeCommandProvider',
  'workspace/didChangeWorkspaceFolders': 'workspace.workspaceFolders.changeNotifications',
  'workspace/willCreateFiles': 'workspace.fileOperations.willCreate',
  'workspace/didCreateFiles': 'workspace.fileOperations.didCreate',
  'workspace/willRenameFiles': 'workspace.fileOperations.willRename',
  'workspace/didRenameFiles': 'workspace.fileOperations.didRename',
  'workspace/willDeleteFiles': 'workspace.fileOperations.willDelete',
  'workspace/didDeleteFiles': 'workspace.fileOperations.didDelete',
  'notebookDocument/sync': 'notebookDocumentSync',
};

/** Methods that no capability tells of: general ones, and those of the client. */
const REGISTERED: Readonly<Record<string, RegExp>> = {
  'textDocument/publishDiagnostics': /sendDiagnostics\(/,
  'workspace/diagnostic/refresh': /languages\.diagnostics\.refresh\(/,
  'workspace/inlayHint/refresh': /languages\.inlayHint\.refresh\(/,
  'workspace/codeLens/refresh': /codeLens\.refresh\(|CodeLensRefreshRequest/,
  'workspace/semanticTokens/refresh': /semanticTokens\.refresh\(|SemanticTokensRefreshRequest/,
  'workspace/foldingRange/refresh': /foldingRange\.refresh\(|FoldingRangeRefreshRequest/,
  'workspace/configuration': /workspace\.getConfiguration\(/,
  'workspace/didChangeConfiguration': /onDidChangeConfiguration\(/,
  'workspace/didChangeWatchedFiles': /onDidChangeWatchedFiles\(/,
  'workspace/workspaceFolders': /getWorkspaceFolders\(/,
  'workspace/applyEdit': /applyEdit\(|ApplyWorkspaceEditRequest/,
  'window/showMessage': /ShowMessageNotification|window\.show(Error|Warning|Information)Message\(/,
  'window/showMessageRequest': /ShowMessageRequest\b/,
  'window/showDocument': /showDocument\(|ShowDocumentRequest/,
  'window/logMessage': /console\.error\(/,
  'window/workDoneProgress/create': /createWorkDoneProgress\(/,
  'telemetry/event': /telemetry\./,
  'client/registerCapability': /client\.register\(/,
};

/** A client that can do everything, whatever there is to ask. */
const everything = new Proxy({}, { get: () => true }) as ClientFeatures;

function at(value: unknown, keys: readonly string[]): unknown {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return at((value as Record<string, unknown>)[key], rest);
}

/** Of an answer that the sources contradict: what to write instead. */
function wrongAnswers(rows: readonly Row[], isThere: (name: string) => boolean | undefined) {
  return rows.flatMap(({ name, answer }) => {
    const there = isThere(name);
    const right = there ? 'yes' : 'no';
    return there === undefined || answer === right
      ? []
      : [`docs/features.md: "${name}" is to be "${right}"`];
  });
}

describe('docs/features.md', () => {
  it('has every method of the protocol, each once', () => {
    expectNames(methods, methodsOfProtocol());
    expect(new Set(methods.map(({ name }) => name)).size).toBe(methods.length);
  });

  it('says yes of what the server is capable of, and of nothing else', () => {
    const { capabilities } = serverCapabilities(everything);
    expect(
      wrongAnswers(methods, (name) => {
        const capability = CAPABILITIES[name];
        if (capability === undefined) return undefined;
        return Boolean(at(capabilities, capability.split('.')));
      }),
    ).toEqual([]);
  });

  it('says yes of what the server asks of and tells its client, and of nothing else', () => {
    const sources = globSync('server/src/lsp/*.ts', { cwd: root })
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n');
    expect(wrongAnswers(methods, (name) => REGISTERED[name]?.test(sources))).toEqual([]);
  });

  it('knows every capability that the server has', () => {
    const { capabilities } = serverCapabilities(everything);
    const known = Object.values(CAPABILITIES).map((capability) => capability.split('.')[0]);
    expect(Object.keys(capabilities).filter((key) => !known.includes(key))).toEqual([]);
  });

  it('says yes of what the manifest contributes, and of nothing else', () => {
    const contributed = Object.keys(manifest.contributes);
    expect(wrongAnswers(points, (name) => contributed.includes(name))).toEqual([]);
    expect(contributed.filter((point) => !points.some(({ name }) => name === point))).toEqual([]);
  });

  it('has every contribution point that VS Code knows', () => {
    // The suites that run in VS Code install it; without that there is nothing to compare with.
    const [workbench] = globSync(
      '.vscode-test/code-server-4.100.3/**/vs/code/browser/workbench/workbench.js',
      { cwd: root, dot: true },
    );
    expect(workbench, 'VS Code is not installed: run "npm run test:vscode" first').toBeDefined();
    const text = readFileSync(path.join(root, workbench!), 'utf8');
    const known = [...text.matchAll(/extensionPoint:"(\w+)"/g)].map(([, name]) => name!);
    expect(known.length).toBeGreaterThan(30);
    expectNames(points, known);
  });

  it('gives a reason for every no', () => {
    for (const { name, answer, reason } of [...methods, ...points]) {
      expect(['yes', 'no'], name).toContain(answer);
      if (answer === 'no') expect(reason, name).not.toBe('');
    }
  });

  it('names the methods of our own', () => {
    const ours = Object.values<string>(own).filter((value) => value.startsWith('gouji/'));
    expect(ours.length).toBeGreaterThan(3);
    for (const method of ours) expect(page).toContain(`\`${method}\``);
  });
});
