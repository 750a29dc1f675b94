import * as vscode from 'vscode';
import {
  activateGouji,
  closeEditors,
  deepEqual,
  equal,
  eventually,
  ok,
  openExample,
  openText,
  rangeOf,
  replaceText,
  saved,
  waitForDiagnostics,
} from './support';

const HUNAN = 'tianyuan-2024.disclosure.yaml';
const WHOLE = new vscode.Range(0, 0, 9999, 0);

const flat = (symbols: readonly vscode.DocumentSymbol[]): vscode.DocumentSymbol[] =>
  symbols.flatMap((symbol) => [symbol, ...flat(symbol.children)]);

async function completionsAt(
  uri: vscode.Uri,
  position: vscode.Position,
): Promise<vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    position,
  );
  return list.items;
}

const labelOf = ({ label }: vscode.CompletionItem) =>
  typeof label === 'string' ? label : label.label;

describe('editing', () => {
  before(activateGouji);
  afterEach(closeEditors);

  it('shows an outline of tables, sides and rows', async () => {
    const { document } = await openExample(HUNAN);
    const symbols = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found && found.length > 0 ? found : undefined;
    }, 'outline');
    equal(symbols.filter(({ kind }) => kind === vscode.SymbolKind.Class).length, 9);
    equal(symbols[0]!.name, '收入支出决算总表');
    deepEqual(
      symbols[0]!.children.map(({ name, detail }) => [name, detail]),
      [
        ['收入', '1429.68'],
        ['支出', '1429.68'],
      ],
    );
    const row = flat(symbols).find(({ name }) => name === '2080101 行政运行')!;
    equal(row.detail, '250.04');
    equal(document.getText(row.selectionRange), '2080101');
  });

  it('folds tables and sides', async () => {
    const { document } = await openExample(HUNAN);
    const ranges = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.FoldingRange[] | undefined>(
        'vscode.executeFoldingRangeProvider',
        document.uri,
      );
      return found?.some(({ kind }) => kind === vscode.FoldingRangeKind.Comment)
        ? found
        : undefined;
    }, 'folding range');
    const table = rangeOf(document, '收入支出决算总表').start.line;
    ok(ranges.some(({ start, end }) => start === table && end > table + 40));
  });

  it('completes keys, subjects of the sister tables, and values', async () => {
    const editor = await openText(
      'completion.disclosure.yaml',
      '格式: gouji/1\n金额单位: \n收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  \n',
    );
    const { document } = editor;
    const row = new vscode.Position(5, 2);
    const items = await eventually(async () => {
      const found = await completionsAt(document.uri, row);
      return found.some((item) => labelOf(item).startsWith('2080101')) ? found : undefined;
    }, 'subject');
    ok(items.some((item) => labelOf(item) === '合计'));
    const units = await completionsAt(document.uri, new vscode.Position(1, 6));
    ok(units.some((item) => labelOf(item) === '万元'));
  });

  it('writes the chosen offer as it stands in the list', async () => {
    const editor = await openText(
      'accept.disclosure.yaml',
      '格式: gouji/1\n收入支出决算总表:\n  收入:\n    事业\n',
    );
    const { document } = editor;
    editor.selection = new vscode.Selection(3, 6, 3, 6);
    await eventually(async () => {
      const found = await completionsAt(document.uri, editor.selection.active);
      return found.some((item) => labelOf(item) === '事业收入') ? true : undefined;
    }, 'offer');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await eventually(
      async () => {
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return document.lineAt(3).text === '    事业收入: ' ? true : undefined;
      },
      `事业收入 but ${document.lineAt(3).text}`,
    );
  });

  it('offers a key of JSON behind its quote, not behind the comma before it', async () => {
    const editor = await openText('comma.disclosure.json', '{\n  "格式": "gouji/1"\n}\n');
    const { document } = editor;
    await waitForDiagnostics(document.uri, () => true);
    const end = document.lineAt(1).range.end;
    editor.selection = new vscode.Selection(end, end);
    await vscode.commands.executeCommand('type', { text: ',' });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await vscode.commands.executeCommand('acceptSelectedSuggestion');
    equal(document.getText(), '{\n  "格式": "gouji/1",\n}\n');
    await vscode.commands.executeCommand('type', { text: '\n' });
    await vscode.commands.executeCommand('type', { text: '"' });
    await eventually(async () => {
      await vscode.commands.executeCommand('acceptSelectedSuggestion');
      return document.lineAt(2).text === '  "文种": ' ? true : undefined;
    }, 'the next key');
  });

  it('shows behind 自动 the value it stands for, as long as the setting says so', async () => {
    const { document } = await openText(
      'derived.disclosure.yaml',
      '格式: gouji/1\n支出决算表:\n  201: {本年支出合计: 自动, 基本支出: 1.25, 项目支出: 2.50}\n',
    );
    const all = () =>
      vscode.commands.executeCommand<vscode.InlayHint[]>(
        'vscode.executeInlayHintProvider',
        document.uri,
        WHOLE,
      );
    const hints = async () =>
      (await all()).filter(({ label }) => (label as string).startsWith('='));
    const [hint] = await eventually(async () => {
      const found = await hints();
      return found.length > 0 ? found : undefined;
    }, 'inlay hint');
    equal(hint!.label as string, '= 3.75');
    ok(hint!.position.isEqual(rangeOf(document, '自动').end));
    const settings = vscode.workspace.getConfiguration('gouji');
    const { Workspace } = vscode.ConfigurationTarget;
    await settings.update('inlayHints.derived', false, Workspace);
    try {
      await eventually(
        async () => ((await hints()).length === 0 ? true : undefined),
        'end of the hints',
      );
    } finally {
      await settings.update('inlayHints.derived', undefined, Workspace);
    }
  });

  it('writes all certain values on save where the user wants that', async () => {
    const editor = await openExample(HUNAN);
    const { document } = editor;
    const original = document.getText();
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    const settings = vscode.workspace.getConfiguration('editor', document);
    const { Workspace } = vscode.ConfigurationTarget;
    await settings.update('codeActionsOnSave', { 'source.fixAll.gouji': 'explicit' }, Workspace);
    try {
      await replaceText(editor, '208: 1357.84', '208: 1357.48');
      await replaceText(
        editor,
        '2080101: {本年支出合计:  250.04',
        '2080101: {本年支出合计:  250.40',
      );
      // No waiting for diagnostics: what is saved is what stands there.
      ok(await document.save());
      equal(document.getText(), original);
      equal(document.isDirty, false);
    } finally {
      await settings.update('codeActionsOnSave', undefined, Workspace);
    }
  });

  it('leaves the sums of a table to the server and back', async () => {
    const { document } = await openExample(HUNAN);
    const original = document.getText();
    await waitForDiagnostics(document.uri, (found) => found.length > 0);
    const rewrite = async (title: RegExp) => {
      const at = rangeOf(document, '\n支出决算表').end;
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(at, at),
        vscode.CodeActionKind.RefactorRewrite.value,
      );
      const action = actions.find((candidate) => title.test(candidate.title));
      ok(action, `among ${actions.map((candidate) => candidate.title).join(', ')}`);
      ok(await vscode.workspace.applyEdit(action.edit!));
    };
    await rewrite(/^本表 \d+ 个可由|^Write 自动 for \d+ amounts of this table/);
    ok(/项目支出: +自动\}/u.test(document.getText()));
    await rewrite(/^本表 \d+ 个“自动”|^Replace .*自动.* of this table/);
    equal(document.getText(), original);
    // The editor may have saved what stood there in between.
    await saved(document);
  });
});
