import * as vscode from 'vscode';
import { CellsAhead, type Learned } from './cellsAhead';
import { documentSelector } from './client';
import type { AskServer } from './ledger';

/** True where the cursor may be in a cell: elsewhere the keys are the editor's own. */
const IN_CELL = 'gouji.inCell';

/** So long a key waits where nothing is known yet, in milliseconds: the server may begin, or read another file. */
const PROMPT = 500;

/** What the keys do where there is no cell to go to. */
const PLAIN = { next: 'tab', previous: 'outdent' } as const;

/** And where there are cells, but none further on. */
const OUT = { next: 'cursorLineEnd', previous: 'cursorHome' } as const;

type Direction = keyof typeof PLAIN;

/** Goes from cell to cell; package.json binds the keys. */
export class CellKeys implements vscode.Disposable {
  private isInCell = false;
  /** What was gone to: a value is selected there, for a figure to be typed over it. */
  private cell: vscode.Selection | undefined;
  private readonly ahead: CellsAhead;
  /** Two keys are two steps, also where the first has to wait. */
  private steps: Promise<void> = Promise.resolve();
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

  constructor(ask: AskServer) {
    this.ahead = new CellsAhead(ask);
    this.see(vscode.window.activeTextEditor);
  }

  dispose(): void {
    this.registered.dispose();
    this.ahead.dispose();
  }

  private see(editor: vscode.TextEditor | undefined): void {
    if (editor && editor !== vscode.window.activeTextEditor) return;
    const isInCell = editor !== undefined && this.mayBeInCell(editor);
    if (isInCell) this.ahead.see(editor);
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

  private go(direction: Direction): Promise<void> {
    const step = this.steps.then(() => this.step(direction));
    this.steps = step.catch(() => undefined);
    return step;
  }

  private async step(direction: Direction): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) return;
    let cell = this.ahead.beside(editor, direction);
    if (!cell) {
      const { selection } = editor;
      const learned = await promptly(this.ahead.learn(editor));
      // Who has typed on, or gone elsewhere, is not to be taken away from there.
      if (vscode.window.activeTextEditor !== editor || !editor.selection.isEqual(selection)) return;
      cell = this.ahead.beside(editor, direction);
      if (!cell) {
        // Behind the last cell the row ends. A key that does nothing is pressed again; blanks in a row are not seen, and stay.
        if (learned === 'cells') await vscode.commands.executeCommand(OUT[direction]);
        else if (learned === 'no cell' || !this.mayBeInCell(editor)) {
          await vscode.commands.executeCommand(PLAIN[direction]);
        }
        return;
      }
    }
    this.cell = cell;
    editor.selection = cell;
    editor.revealRange(cell);
    this.see(editor);
  }
}

/** Nothing as well where the answer does not come in time. */
function promptly(answer: Promise<Learned>): Promise<Learned> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, PROMPT, 'nothing');
    void answer.then((learned) => {
      clearTimeout(late);
      resolve(learned);
    });
  });
}
