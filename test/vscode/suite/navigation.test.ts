import * as vscode from 'vscode';
import type { Api } from '../../../client/src/common/extension';
import type { RelationNode } from '../../../server/src/lsp/protocol';
import {
  activateGouji,
  closeEditors,
  deepEqual,
  equal,
  eventually,
  extensionId,
  host,
  ok,
  openExample,
  openText,
  rangeOf,
  replaceText,
  saved,
  waitFor,
  waitForDiagnostics,
  workspaceUri,
} from './support';

const HUNAN = 'tianyuan-2024.disclosure.yaml';
const NAMES = {
  definition: 'vscode.executeDefinitionProvider',
  references: 'vscode.executeReferenceProvider',
  highlights: 'vscode.executeDocumentHighlights',
} as const;

async function openHunan(): Promise<vscode.TextEditor> {
  const editor = await openExample(HUNAN);
  await waitForDiagnostics(editor.document.uri, (found) => found.length > 0);
  return editor;
}

/** What a provider says of the first character of a text. */
async function ask(
  command: string,
  { document }: vscode.TextEditor,
  text: string,
): Promise<string[]> {
  const at = rangeOf(document, text).end.translate(0, -1);
  const found = await vscode.commands.executeCommand<{ range: vscode.Range }[]>(
    command,
    document.uri,
    at,
  );
  return found.map(({ range }) => `${range.start.line + 1}: ${document.getText(range)}`);
}

describe('navigation', () => {
  let api: Api;
  before(async () => {
    api = await activateGouji<Api>();
  });
  afterEach(closeEditors);

  it('leads from a total to its parts, from the text to the table, and to all places of a figure', async () => {
    const editor = await openHunan();
    const row = '合计:    {本年支出合计: 1429.68, 基本支出: 336.96';
    const line = rangeOf(editor.document, row).start.line;
    const parts = await ask(NAMES.definition, editor, row);
    deepEqual(
      parts.map((part) => part.split(': ')[1]),
      ['250.04', '28.55', '0.51', '9.26', '2.66', '20.22', '25.71'],
    );
    const source = await ask(NAMES.definition, editor, '收支总计: 1429.68');
    const total = rangeOf(editor.document, '总计: 1429.68').start.line;
    deepEqual(source, [`${total + 1}: 1429.68`]);
    const places = await ask(NAMES.references, editor, row);
    ok(places.includes(`${line + 1}: 336.96`) && places.length > 2, places.join(', '));
    const cells = await ask(NAMES.highlights, editor, row);
    for (const place of [...parts, ...places]) ok(cells.includes(place), `${place} is lit up`);
  });

  it('shows what a figure is made of and what is made of it as a call hierarchy', async () => {
    const { document } = await openHunan();
    const at = rangeOf(document, '210: 32.15').end;
    const [item] = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      document.uri,
      at,
    );
    equal(item!.name, '32.15');
    const incoming = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      item,
    );
    deepEqual(
      incoming.map(({ from }) => from.name),
      ['1429.68'],
    );
    const outgoing = await vscode.commands.executeCommand<vscode.CallHierarchyOutgoingCall[]>(
      'vscode.provideOutgoingCalls',
      item,
    );
    for (const part of ['9.26', '2.66', '20.22']) {
      ok(
        outgoing.some(({ to }) => to.name === part),
        part,
      );
    }
  });

  it('has a lens above every table, which opens the ledger', async () => {
    const { document } = await openHunan();
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      50,
    );
    const above = (key: string) =>
      lenses.find(({ range }) => range.isEqual(rangeOf(document, key)))?.command;
    const lens = above('支出决算表')!;
    ok(/^≈ .*47/.test(lens.title), lens.title);
    ok(above('决算情况说明')!.title.startsWith('✗'), 'the narrative has contradictions');
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments as unknown[]));
    const panel = await eventually(
      () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .find(({ input }) => input instanceof vscode.TabInputWebview),
      'ledger',
    );
    await vscode.window.tabGroups.close(panel);
  });

  it('colours codes, figures and direction words by what they mean', async () => {
    const { document } = await openHunan();
    const legend = await vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const { data } = await vscode.commands.executeCommand<vscode.SemanticTokens>(
      'vscode.provideDocumentSemanticTokens',
      document.uri,
    );
    const words = new Map<string, string>();
    let position = new vscode.Position(0, 0);
    for (let at = 0; at < data.length; at += 5) {
      const [down, right, length, type] = [...data.slice(at, at + 4)] as [
        number,
        number,
        number,
        number,
      ];
      position =
        down > 0 ? new vscode.Position(position.line + down, right) : position.translate(0, right);
      const range = new vscode.Range(position, position.translate(0, length));
      words.set(document.getText(range), legend.tokenTypes[type]!);
    }
    equal(words.get('收入支出决算总表'), 'class');
    equal(words.get('2080101'), 'variable');
    equal(words.get('1429.68'), 'number');
    equal(words.get('增加'), 'operator');
    equal(words.get('决算情况说明'), 'namespace');
  });

  it('links the year to the file of the year before', async () => {
    await openText('某局2023.disclosure.yaml', '格式: gouji/1\n年度: 2023\n');
    const { document } = await openText(
      '某局2024.disclosure.yaml',
      '格式: gouji/1\n年度: 2024\n审核说明:\n  - {规则: t3.row-sum, 位置: 支出决算表, 说明: 无}\n',
    );
    const links = await eventually(async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
        'vscode.executeLinkProvider',
        document.uri,
      );
      return found.length > 0 ? found : undefined;
    }, 'link');
    const target = (text: string) =>
      links.find(({ range }) => document.getText(range) === text)?.target;
    ok(decodeURIComponent(target('2024')!.path).endsWith('/某局2023.disclosure.yaml'));
    equal(target('t3.row-sum')!.scheme, 'command');
  });

  it('lists relations by table, and follows what is typed', async () => {
    const editor = await openText(
      'tree.disclosure.yaml',
      '格式: gouji/1\n支出决算表:\n  201: {本年支出合计: 3.75, 基本支出: 1.25, 项目支出: 2.50}\n',
    );
    const { relations } = api;
    const table = async () => (await relations.getChildren()).find(({ path }) => path[0] === 'T3');
    const before = await eventually(table, 'tree');
    // Nothing is known of the tables that are not there yet.
    equal(before.outcome, 'unchecked');
    await vscode.commands.executeCommand('gouji.relations.focus');
    const changed = new Promise<void>((resolve) => {
      const subscription = relations.onDidChangeTreeData(() => {
        subscription.dispose();
        resolve();
      });
    });
    await replaceText(editor, '3.75', '3.57');
    await changed;
    const failing = (await table())!;
    equal(failing.outcome, 'fails');
    const item = relations.getTreeItem(failing);
    equal((item.iconPath as vscode.ThemeIcon).id, 'error');
    equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    equal(item.accessibilityInformation!.label, `${failing.label}, ${failing.description}`);

    let node: RelationNode = failing;
    while (node.hasChildren) [node] = (await relations.getChildren(node)) as [RelationNode];
    const { command } = relations.getTreeItem(node);
    await vscode.commands.executeCommand(command!.command, ...(command!.arguments as unknown[]));
    const { document, selection } = await eventually(
      () => vscode.window.activeTextEditor,
      'editor that the tree leads to',
    );
    equal(document.getText(selection), '3.57');
  });

  it('has a walkthrough whose commands there are', async () => {
    const extension = vscode.extensions.getExtension(extensionId)!;
    const text = JSON.stringify(extension.packageJSON);
    const named = [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id!);
    const known = await vscode.commands.getCommands();
    ok(named.length > 0);
    deepEqual(
      named.filter((id) => !known.includes(id)),
      [],
    );
  });

  if (host === 'node') {
    it('checks the files that are not open, as a task', async () => {
      const uri = workspaceUri('closed.disclosure.yaml');
      // Not by way of an editor: VS Code takes for open what an extension has opened a while ago.
      const text =
        '格式: gouji/1\n支出决算表:\n  201: {本年支出合计: 3.57, 基本支出: 1.25, 项目支出: 2.50}\n';
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
      const [task] = await vscode.tasks.fetchTasks({ type: 'gouji' });
      equal(task!.name, 'check');
      const settings = vscode.workspace.getConfiguration('gouji');
      const { Workspace } = vscode.ConfigurationTarget;
      await settings.update('language', 'zh-cn', Workspace);
      try {
        const [chinese] = await vscode.tasks.fetchTasks({ type: 'gouji' });
        const { args } = chinese!.execution as vscode.ProcessExecution;
        equal(args[args.indexOf('--lang') + 1], 'zh-cn');
      } finally {
        await settings.update('language', undefined, Workspace);
      }
      const ended = new Promise<number | undefined>((resolve) => {
        const subscription = vscode.tasks.onDidEndTaskProcess(({ exitCode }) => {
          subscription.dispose();
          resolve(exitCode);
        });
      });
      await vscode.tasks.executeTask(task!);
      equal(await ended, 1, 'exit code');
      const found = await waitFor(
        vscode.languages.onDidChangeDiagnostics,
        () => {
          const all = vscode.languages.getDiagnostics(uri);
          return all.length > 0 ? all : undefined;
        },
        15_000,
        () => 'the task has found nothing in closed.disclosure.yaml',
      );
      equal(found[0]!.severity, vscode.DiagnosticSeverity.Error);
      ok(found[0]!.message.includes('3.57'), found[0]!.message);
      // What the task says of a file goes with what the server says of it once that is open.
      const editor = await openExample('closed.disclosure.yaml');
      await waitForDiagnostics(uri, (all) => all.length === 1);
      await replaceText(editor, '3.57', '3.75');
      await waitForDiagnostics(uri, (all) => all.every(({ message }) => !message.includes('3.57')));
      await saved(editor.document);
      await vscode.workspace.fs.delete(uri);
    });
  }
});
