import * as vscode from 'vscode';
import { CELL_REQUEST, type CellAnswer, type CellParams } from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import type { AskServer } from './ledger';

/** True where the cursor may be in a cell: elsewhere the keys are the editor's own. */
const IN_CELL = 'gouji.inCell';

/**
 * So long a key waits, in milliseconds: mostly an answer takes one or two, but while the server begins, or reads
 * another file of the folder, it may take longer.
 */
const PROMPT = 500;

/** What the keys do where there is no cell to go to. */
const PLAIN = { next: 'tab', previous: 'outdent' } as const;

type Direction = CellParams['direction'];

/** Goes from cell to cell; package.json binds the keys. */
export class CellKeys implements vscode.Disposable {
  private isInCell = false;
  /** What was gone to: a value is selected there, for a figure to be typed over it. */
  private cell: vscode.Selection | undefined;
  private readonly registered = vscode.Disposable.from(
    vscode.commands.registerCommand('gouji.nextCell', () => this.go('next')),
    vscode.commands.registerCommand('gouji.previousCell', () => this.go('previous')),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      this.see(textEditor);
    }),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.see(editor);
    }),
  );

  constructor(private readonly ask: AskServer) {
    this.see(vscode.window.activeTextEditor);
  }

  dispose(): void {
    this.registered.dispose();
  }

  private see(editor: vscode.TextEditor | undefined): void {
    if (editor && editor !== vscode.window.activeTextEditor) return;
    const isInCell = editor !== undefined && this.mayBeInCell(editor);
    if (isInCell === this.isInCell) return;
    this.isInCell = isInCell;
    void vscode.commands.executeCommand('setContext', IN_CELL, isInCell);
  }

  /** Before a colon no value stands. The server knows which of the others are cells. */
  private mayBeInCell({ document, selection, selections }: vscode.TextEditor): boolean {
    if (selections.length > 1 || vscode.languages.match(documentSelector, document) === 0) {
      return false;
    }
    if (!selection.isEmpty && !this.cell?.isEqual(selection)) return false;
    const { line, character } = selection.start;
    return document.lineAt(line).text.slice(0, character).includes(':');
  }

  private async go(direction: Direction): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    const { document, selection } = editor;
    const { version } = document;
    const { line, character } = selection.start;
    const params: CellParams = {
      textDocument: { uri: document.uri.toString() },
      position: { line, character },
      direction,
    };
    const answer = await promptly(this.ask<CellAnswer>(CELL_REQUEST, params));
    const isHere =
      vscode.window.activeTextEditor === editor &&
      document.version === version &&
      editor.selection.isEqual(selection);
    // Who has typed on, or gone elsewhere, is not to be taken away from there.
    if (!isHere) return;
    if (answer?.version !== version) {
      await vscode.commands.executeCommand(PLAIN[direction]);
      return;
    }
    const { start, end } = answer.range;
    this.cell = new vscode.Selection(start.line, start.character, end.line, end.character);
    editor.selection = this.cell;
    editor.revealRange(this.cell);
    this.see(editor);
  }
}

/** An answer, if there is one and it comes in time. */
function promptly<T>(answer: Promise<T | undefined>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, PROMPT, undefined);
    void answer
      .catch(() => undefined)
      .then((value) => {
        clearTimeout(late);
        resolve(value);
      });
  });
}
