import * as vscode from 'vscode';
import type { SelectedRange } from '../../../server/src/lsp/protocol';

export const SELECT_TEXT = 'gouji.selectText';

/** Selects what an edit left to be written, so that typing replaces it; the server's actions call it. */
export function registerSelectText(): vscode.Disposable {
  return vscode.commands.registerCommand(
    SELECT_TEXT,
    async (uri: string, { start, end }: SelectedRange) => {
      const selection = new vscode.Range(start.line, start.character, end.line, end.character);
      const file = vscode.Uri.parse(uri);
      const shown = vscode.window.visibleTextEditors.find(
        ({ document }) => document.uri.toString() === file.toString(),
      );
      const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.Active;
      await vscode.window.showTextDocument(file, { selection, viewColumn });
    },
  );
}
