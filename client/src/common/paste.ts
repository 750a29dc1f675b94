import * as vscode from 'vscode';
import {
  PASTE_REQUEST,
  type PasteAnswer,
  type PasteParams,
} from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import type { AskServer } from './ledger';

/** Writes the cells that were copied in a spreadsheet into the table at the cursor. */
export async function pasteCells(ask: AskServer, given?: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || vscode.languages.match(documentSelector, editor.document) === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a disclosure file first.'));
    return;
  }
  const { document, selection } = editor;
  const text = typeof given === 'string' ? given : await vscode.env.clipboard.readText();
  const { line, character } = selection.active;
  const params: PasteParams = {
    textDocument: { uri: document.uri.toString() },
    position: { line, character },
    text,
  };
  const answer = await ask<PasteAnswer | null>(PASTE_REQUEST, params);
  if (!answer) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Server is not running'));
    return;
  }
  const written = answer.edits.length === 0 || (await write(editor, answer));
  if (!written) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The file has changed in the meantime; paste again.'),
    );
  } else if (answer.incomplete) void vscode.window.showWarningMessage(answer.message);
  else vscode.window.setStatusBarMessage(answer.message, SHOWN_FOR);
}

const SHOWN_FOR = 5000;

/** Only into the text that the server has seen. */
async function write(editor: vscode.TextEditor, { version, edits }: PasteAnswer): Promise<boolean> {
  if (editor.document.version !== version) return false;
  return editor.edit((builder) => {
    for (const { range, newText } of edits) {
      const { start, end } = range;
      builder.replace(
        new vscode.Range(start.line, start.character, end.line, end.character),
        newText,
      );
    }
  });
}
