import * as vscode from 'vscode';
import {
  RELATIONS_REQUEST,
  type RelationNode,
  type RelationsAnswer,
  type RelationsParams,
  type StatusParams,
} from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import type { AskServer } from './ledger';

/** Typing is not answered by a tree that flickers. */
const AFTER = 300;

/**
 * The relations of the file in the editor, table by table: how they came out, and where their figures
 * stand. What is open stays open, for every line has an id by meaning.
 */
export class RelationsView implements vscode.TreeDataProvider<RelationNode> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<RelationNode>;
  private readonly subscriptions: readonly { dispose(): unknown }[];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private document: vscode.Uri | undefined;
  private isStale = false;

  constructor(private readonly ask: AskServer) {
    this.view = vscode.window.createTreeView('gouji.relations', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    this.subscriptions = [
      this.changed,
      this.view,
      this.view.onDidChangeVisibility(({ visible }) => {
        if (visible && this.isStale) this.refresh();
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor);
      }),
      // A document lives on for a while after its last tab; for the user it is closed then.
      vscode.window.tabGroups.onDidChangeTabs(({ closed, opened }) => {
        const { uri } = this;
        if (uri && closed.some((tab) => shows(tab, uri)) && !hasTab(uri)) this.show(undefined);
        if (opened.length > 0) this.follow(vscode.window.activeTextEditor);
      }),
    ];
    this.follow(vscode.window.activeTextEditor);
  }

  /** The file whose relations are shown. */
  get uri(): vscode.Uri | undefined {
    return this.document;
  }

  /** Shows the view and moves the focus there. */
  async reveal(): Promise<void> {
    await showView();
    await vscode.commands.executeCommand('gouji.relations.focus');
  }

  /** The server has analysed a newer version. */
  onStatus({ uri }: StatusParams): void {
    if (vscode.Uri.parse(uri).toString() !== this.uri?.toString()) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.refresh();
    }, AFTER);
  }

  async getChildren(parent?: RelationNode): Promise<RelationNode[]> {
    if (!this.uri) return [];
    const params: RelationsParams = {
      textDocument: { uri: this.uri.toString() },
      path: parent?.path ?? [],
    };
    return [...((await this.ask<RelationsAnswer>(RELATIONS_REQUEST, params)) ?? [])];
  }

  getTreeItem(node: RelationNode): vscode.TreeItem {
    const { None, Collapsed } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(node.label, node.hasChildren ? Collapsed : None);
    item.id = JSON.stringify([this.uri?.toString(), ...node.path]);
    item.description = node.description;
    item.tooltip = node.tooltip;
    item.iconPath = iconOf(node);
    item.accessibilityInformation = { label: node.spoken };
    if (node.range && this.uri) item.command = goTo(this.uri, node.range);
    return item;
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** The ledger or the output in front takes nothing away: the last disclosure stays. */
  private follow(editor: vscode.TextEditor | undefined): void {
    if (!editor || vscode.languages.match(documentSelector, editor.document) === 0) return;
    // Editors and tabs are told of one after the other, in either order: this one may be closed by now,
    // or its tab be told of next.
    if (hasTab(editor.document.uri)) this.show(editor.document.uri);
  }

  private show(uri: vscode.Uri | undefined): void {
    if (uri?.toString() === this.uri?.toString()) return;
    this.document = uri;
    this.view.description = uri?.path.split('/').at(-1) ?? '';
    if (uri) void showView();
    this.refresh();
  }

  private refresh(): void {
    clearTimeout(this.timer);
    this.isStale = !this.view.visible;
    if (!this.isStale) this.changed.fire(undefined);
  }
}

/** Once there was a disclosure the view stays, and says what it is for when there is none. */
const showView = () => vscode.commands.executeCommand('setContext', 'gouji.hasDisclosure', true);

const hasTab = (uri: vscode.Uri) =>
  vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => shows(tab, uri)));

function shows({ input }: vscode.Tab, uri: vscode.Uri): boolean {
  const files =
    input instanceof vscode.TabInputText
      ? [input.uri]
      : input instanceof vscode.TabInputTextDiff
        ? [input.original, input.modified]
        : [];
  return files.some((file) => file.toString() === uri.toString());
}

function goTo(uri: vscode.Uri, { start, end }: NonNullable<RelationNode['range']>): vscode.Command {
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  return {
    command: 'vscode.open',
    title: vscode.l10n.t('Go to the figure'),
    arguments: [uri, { selection } satisfies vscode.TextDocumentShowOptions],
  };
}

/** By colours that every theme has, the high-contrast ones too. */
const ICONS: Readonly<Record<NonNullable<RelationNode['outcome']>, readonly [string, string]>> = {
  fails: ['error', 'problemsErrorIcon.foreground'],
  accepted: ['verified', 'charts.blue'],
  rounding: ['info', 'problemsInfoIcon.foreground'],
  unchecked: ['question', 'problemsWarningIcon.foreground'],
  holds: ['pass', 'testing.iconPassed'],
  empty: ['circle-outline', 'descriptionForeground'],
};

function iconOf({ outcome }: RelationNode): vscode.ThemeIcon {
  if (!outcome) return new vscode.ThemeIcon('symbol-number');
  const [icon, color] = ICONS[outcome];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
