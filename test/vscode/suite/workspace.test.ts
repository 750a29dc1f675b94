import * as vscode from 'vscode';
import { MemoryFiles } from './memoryFiles';
import {
  activateGouji,
  closeEditors,
  equal,
  ok,
  openText,
  rangeOf,
  trusted,
  waitForDiagnostics,
  workspaceUri,
} from './support';

/** The one figure that is wrong is the first of its row. */
const WRONG = `格式: gouji/1
支出决算表:
  2080101: {本年支出合计: 250.40, 基本支出: 250.04}
`;
const isRowSum = ({ code }: vscode.Diagnostic) =>
  (typeof code === 'object' ? code.value : code) === 't3.row-sum';

describe('workspace trust', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it(`is ${trusted ? 'given' : 'not given'} in this run`, () => {
    equal(vscode.workspace.isTrusted, trusted);
  });

  it('is not needed for the rules of a folder, which are data', async () => {
    const pack = workspaceUri('.gouji', 'quiet.yaml');
    const text = 'pack: 安静\noverride: {t3.row-sum: hint}\n';
    await vscode.workspace.fs.writeFile(pack, new TextEncoder().encode(text));
    try {
      const { document } = await openText('trust.disclosure.yaml', WRONG);
      await waitForDiagnostics(document.uri, (found) =>
        found.some(
          (diagnostic) =>
            isRowSum(diagnostic) && diagnostic.severity === vscode.DiagnosticSeverity.Hint,
        ),
      );
    } finally {
      await vscode.workspace.fs.delete(pack);
      await vscode.workspace.fs.delete(workspaceUri('trust.disclosure.yaml'));
    }
  });
});

describe('a file system that is no disk', () => {
  const files = new MemoryFiles();
  let registration: vscode.Disposable;
  before(async () => {
    registration = vscode.workspace.registerFileSystemProvider(MemoryFiles.scheme, files);
    await activateGouji();
  });
  afterEach(closeEditors);
  after(() => {
    registration.dispose();
  });

  it('has its files checked and mended as any other', async () => {
    const uri = vscode.Uri.from({ scheme: MemoryFiles.scheme, path: '/2024.disclosure.yaml' });
    files.writeFile(uri, new TextEncoder().encode(WRONG));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    equal(document.languageId, 'disclosure-yaml');
    await waitForDiagnostics(uri, (found) => found.some(isRowSum));
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      rangeOf(document, '250.40'),
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit?.has(uri));
    ok(fix, `among ${actions.map(({ title }) => title).join(', ')}`);
    ok(await vscode.workspace.applyEdit(fix.edit!));
    ok(document.getText() !== WRONG, 'the fix changes the text');
    ok(await document.save());
    equal(new TextDecoder().decode(files.readFile(uri)), document.getText());
    await waitForDiagnostics(uri, (found) => !found.some(isRowSum));
  });
});
