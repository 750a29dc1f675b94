import * as vscode from 'vscode';
import {
  LEDGER_REQUEST,
  type LedgerAnswer,
  type LedgerParams,
  type StatusParams,
} from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import { ledgerShell, type FromPage, type ToPage } from './ledgerShell';

export type AskServer = <R>(method: string, params: object) => Promise<R | undefined>;

/** What was checked of a file and what was not, beside it; follows the file while it is edited. */
export class LedgerPanel {
  private panel: vscode.WebviewPanel | undefined;
  private uri: vscode.Uri | undefined;

  constructor(private readonly ask: AskServer) {}

  /** Shows the ledger of a file to who asked for it: with the focus, and with a row of it open if one is named. */
  async show(uri: vscode.Uri | undefined, row: unknown): Promise<void> {
    const document = vscode.workspace.textDocuments.find(
      (open) => open.uri.toString() === uri?.toString(),
    );
    if (!document || vscode.languages.match(documentSelector, document) === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a disclosure file first.'));
      return;
    }
    this.uri = document.uri;
    const page = await this.page();
    if (!page) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Nothing is known of this file yet.'),
      );
      return;
    }
    const title = `${page.title} · ${document.uri.path.split('/').at(-1)!}`;
    if (!this.panel) this.panel = this.open(title);
    else this.panel.reveal();
    this.panel.title = title;
    this.panel.webview.html = ledgerShell(page, typeof row === 'string' ? row : '');
  }

  /** The server has analysed a newer version. */
  onStatus({ uri }: StatusParams): void {
    if (!this.panel?.visible || vscode.Uri.parse(uri).toString() !== this.uri?.toString()) return;
    void this.refresh();
  }

  dispose(): void {
    this.panel?.dispose();
  }

  private open(title: string): vscode.WebviewPanel {
    const { Beside } = vscode.ViewColumn;
    const panel = vscode.window.createWebviewPanel('gouji.ledger', title, Beside, {
      enableScripts: true,
      enableFindWidget: true,
      localResourceRoots: [],
    });
    panel.webview.onDidReceiveMessage((place: FromPage) => this.reveal(place));
    panel.onDidChangeViewState(() => {
      if (panel.visible) void this.refresh();
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    return panel;
  }

  private async refresh(): Promise<void> {
    const page = await this.page();
    const message: ToPage | undefined = page && { body: page.body };
    if (message) await this.panel?.webview.postMessage(message);
  }

  private async page(): Promise<NonNullable<LedgerAnswer> | undefined> {
    if (!this.uri) return undefined;
    const params: LedgerParams = { textDocument: { uri: this.uri.toString() } };
    return (await this.ask<LedgerAnswer>(LEDGER_REQUEST, params)) ?? undefined;
  }

  /** Puts the cursor on a place of the file, where the file is shown. */
  private async reveal({ line, character }: FromPage): Promise<void> {
    if (!this.uri) return;
    const shown = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.uri!.toString(),
    );
    const position = new vscode.Position(line, character);
    const editor = await vscode.window.showTextDocument(this.uri, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
    editor.selection = new vscode.Selection(position, position);
    editor.revealRange(
      new vscode.Range(position, position),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  }
}
