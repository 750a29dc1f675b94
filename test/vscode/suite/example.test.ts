import * as vscode from 'vscode';
import {
  activateGouji,
  closeEditors,
  equal,
  eventually,
  ok,
  openExample,
  rangeOf,
  replaceText,
  saved,
  waitForDiagnostics,
} from './support';

const HUNAN = 'tianyuan-2024.disclosure.yaml';
const RIGHT = '2080101: {本年支出合计:  250.04,';
const WRONG = '2080101: {本年支出合计:  250.40,';

const { Error, Information } = vscode.DiagnosticSeverity;

const errors = (diagnostics: readonly vscode.Diagnostic[]) =>
  diagnostics.filter(({ severity }) => severity === Error);

/** What is said of a document as it was published: there is something to say of every example. */
const publishedFindings = (uri: vscode.Uri) => waitForDiagnostics(uri, (found) => found.length > 0);

const ruleOf = (code: vscode.Diagnostic['code']) =>
  String(typeof code === 'object' ? code.value : code);

async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content as vscode.MarkdownString).value)
    .join('\n');
}

describe('the Hunan example in the editor', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it('opens in its own language and shows six rounding tails on the totals of the tables', async () => {
    const { document } = await openExample(HUNAN);
    equal(document.languageId, 'disclosure-yaml');
    const found = await publishedFindings(document.uri);
    ok(found.every(({ source }) => source === 'gouji'));
    // Behind the tables stands the narrative, which contradicts them and itself.
    const narrative = rangeOf(document, '概况:').start;
    const shown = found.filter(
      ({ range, severity }) => severity === Information && range.end.isBefore(narrative),
    );
    const printed = shown.map(({ range }) => document.getText(range));
    equal(printed.sort().join(' '), '1357.84 1429.68 1429.68 291.21 32.15 336.96');
    const first = shown.find(({ range }) => document.getText(range) === '32.15')!;
    ok(first.message.includes('32.14'), first.message);
    ok((first.relatedInformation?.length ?? 0) > 3, 'every operand is related information');
  });

  it('names a subject code on hover, with its path', async () => {
    const { document } = await openExample(HUNAN);
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    const text = await hoverText(document.uri, rangeOf(document, '2080101').start.translate(0, 3));
    for (const part of ['行政运行', '208', '20801', '社会保障和就业支出'])
      ok(text.includes(part), text);
  });

  it('says of an amount what it is and shows the arithmetic of its relations', async () => {
    const { document } = await openExample(HUNAN);
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    const at = rangeOf(document, RIGHT).end.translate(0, -3);
    const text = await hoverText(document.uri, at);
    for (const part of ['支出决算表', '行政运行', '250.04']) ok(text.includes(part), text);
  });

  it('shows one error on a mistyped figure while typing, and mends it with the preferred fix', async () => {
    const editor = await openExample(HUNAN);
    const { document } = editor;
    const original = document.getText();
    const published = await publishedFindings(document.uri);
    const added = (found: readonly vscode.Diagnostic[]) =>
      errors(found).filter(({ message }) => !published.some((old) => old.message === message));
    await replaceText(editor, RIGHT, WRONG);
    const shown = await waitForDiagnostics(document.uri, (found) => added(found).length > 0);
    const [error, ...more] = added(shown);
    equal(more.length, 0);
    equal(document.getText(error!.range), '250.40');
    ok(error!.message.includes('250.04'), error!.message);
    ok(/^(?:确定|Certain)/.test(error!.message), error!.message);
    ok(/颠倒|transposed/.test(error!.message), error!.message);

    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      error!.range,
    );
    const preferred = actions.filter((action) => action.isPreferred);
    equal(preferred.length, 1);
    ok(await vscode.workspace.applyEdit(preferred[0]!.edit!));
    equal(document.getText(), original);
    await waitForDiagnostics(
      document.uri,
      (found) => found.length === published.length && added(found).length === 0,
    );
    // The editor may have saved what stood there in between.
    await saved(document);
  });

  it('changes the severity of a rule at once when the setting changes', async () => {
    const editor = await openExample(HUNAN);
    const { document } = editor;
    const published = errors(await publishedFindings(document.uri)).length;
    await replaceText(editor, '30101: 62.02', '30101: 72.02');
    await waitForDiagnostics(document.uri, (found) => errors(found).length === published + 1);
    const settings = vscode.workspace.getConfiguration('gouji');
    await settings.update(
      'rules.severity',
      { 't6.hierarchy': 'warning' },
      vscode.ConfigurationTarget.Workspace,
    );
    try {
      await waitForDiagnostics(
        document.uri,
        (found) =>
          errors(found).length === published &&
          found.some(
            ({ severity, code }) =>
              severity === vscode.DiagnosticSeverity.Warning && ruleOf(code) === 't6.hierarchy',
          ),
      );
    } finally {
      await settings.update('rules.severity', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('shows the ledger beside the file, for the file in the editor, with the focus in it', async () => {
    const { document } = await openExample(HUNAN);
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    await vscode.commands.executeCommand('gouji.showLedger');
    const panel = await eventually(
      () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(
            ({ input }) =>
              input instanceof vscode.TabInputWebview && input.viewType.endsWith('gouji.ledger'),
          ),
      'ledger',
    );
    ok(panel.label.endsWith(HUNAN), panel.label);
    ok(/核对一览|Ledger of checks/.test(panel.label), panel.label);
    equal(vscode.window.tabGroups.all.length, 2, 'the file stays in sight');
    // The window tells of a new tab before it tells which group has the focus.
    const hasFocus = () => (panel.isActive && panel.group.isActive ? true : undefined);
    await eventually(hasFocus, 'the ledger with the keyboard');
    // Asked for again from the file, it gets it again; closed by the key that closes editors, the file does.
    await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
    await vscode.commands.executeCommand('gouji.showLedger');
    await eventually(hasFocus, 'the ledger with the keyboard once more');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await eventually(
      () => (vscode.window.activeTextEditor?.document === document ? true : undefined),
      'file with the focus',
    );
    equal(vscode.window.tabGroups.all.length, 1);
  });

  it('comes up again after the server is restarted', async () => {
    const { document } = await openExample(HUNAN);
    const { length } = await publishedFindings(document.uri);
    await vscode.commands.executeCommand('gouji.restartServer');
    await waitForDiagnostics(document.uri, (found) => found.length === 0);
    await waitForDiagnostics(document.uri, (found) => found.length === length);
  });
});

describe('other files', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it('are left alone when they are plain YAML', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'yaml',
      content: 'a: 1\nb: [',
    });
    await vscode.window.showTextDocument(document);
    // The example, opened after it, is answered after it: then there has been time for both.
    const example = await openExample(HUNAN);
    await publishedFindings(example.document.uri);
    equal(vscode.languages.getDiagnostics(document.uri).length, 0);
  });

  it('are checked as JSON when they are JSON', async () => {
    const { document } = await openExample('putuo-ecology-2025.disclosure.json');
    equal(document.languageId, 'disclosure-json');
    const shown = await publishedFindings(document.uri);
    // The tables of this document have tails only; its narrative lists what has no amount.
    ok(shown.some(({ severity }) => severity === Information));
    ok(errors(shown).every(({ code }) => ruleOf(code).startsWith('n.')));
  });
});
