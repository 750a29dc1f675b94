/**
 * The least a server can do: it answers every change with diagnostics that were prepared before, in
 * turn, and does nothing else.
 */
import {
  createConnection,
  TextDocumentSyncKind,
  type Diagnostic,
} from 'vscode-languageserver/node';

const connection = createConnection(process.stdin, process.stdout);
let prepared: readonly Diagnostic[][] = [[]];

connection.onInitialize(() => ({
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    completionProvider: {},
  },
}));
connection.onNotification('bench/prepare', ({ answers }: { answers: Diagnostic[][] }) => {
  prepared = answers;
});

const answer = (uri: string, version: number) => {
  const diagnostics = prepared[version % prepared.length]!;
  void connection.sendDiagnostics({ uri, version, diagnostics });
};
connection.onDidOpenTextDocument(({ textDocument }) =>
  answer(textDocument.uri, textDocument.version),
);
connection.onDidChangeTextDocument(({ textDocument }) =>
  answer(textDocument.uri, textDocument.version),
);
connection.onHover(() => null);
connection.onCompletion(() => []);
connection.listen();
