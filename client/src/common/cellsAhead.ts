import * as vscode from 'vscode';
import {
  CELL_REQUEST,
  type CellAnswer,
  type CellParams,
  type SelectedRange,
} from '../../../server/src/lsp/protocol';
import { CellStrip, selectedOf, type Edit } from './cellStrip';
import type { AskServer } from './ledger';

/** So long a cursor may be on its way, in milliseconds: what is known reaches further than a hand in that time. */
const REST = 100;

/** What an answer said: of a server that is gone there is none. */
export type Learned = 'cells' | 'no cell' | 'nothing';

/** A request without an answer yet, and what was edited since. */
interface Asked {
  readonly document: vscode.TextDocument;
  readonly edits: { readonly version: number; readonly edit: Edit }[];
}

/**
 * The cells around the cursor, asked for before a key needs them: who types figures does not wait for a server
 * that analyses the one before. They keep their places while figures are typed; any other edit ends what is known.
 */
export class CellsAhead implements vscode.Disposable {
  private known: { document: vscode.TextDocument; strip: CellStrip } | undefined;
  private readonly asked = new Set<Asked>();
  private answered: Promise<Learned> = Promise.resolve('nothing');
  private isDue = false;
  private readonly registered = vscode.workspace.onDidChangeTextDocument((change) => {
    this.follow(change);
  });

  constructor(private readonly ask: AskServer) {}

  dispose(): void {
    this.registered.dispose();
  }

  /** What to select of the cell before or behind the cursor; undefined where it is not known. */
  beside({ document, selection }: vscode.TextEditor, direction: 'next' | 'previous') {
    if (this.known?.document !== document) return undefined;
    const cell = this.known.strip.beside(selection.start, direction);
    if (!cell) return undefined;
    const { start, end } = selectedOf(cell, document.getText(rangeOf(cell)));
    return new vscode.Selection(start.line, start.character, end.line, end.character);
  }

  /** The cursor may be in a cell: what is around it will be asked for, one request after the other. */
  see(editor: vscode.TextEditor): void {
    if (this.isDue || !areKeysOurs()) return;
    this.isDue = true;
    const rest = new Promise((resolve) => setTimeout(resolve, REST));
    void Promise.all([rest, this.answered]).then(() => {
      this.isDue = false;
      if (editor === vscode.window.activeTextEditor && !this.isKnownAround(editor)) {
        void this.learn(editor);
      }
    });
  }

  /** Asks for the cells around the cursor. */
  learn({ document, selection }: vscode.TextEditor): Promise<Learned> {
    const { line, character } = selection.start;
    const params: CellParams = {
      textDocument: { uri: document.uri.toString() },
      position: { line, character },
    };
    const asked: Asked = { document, edits: [] };
    this.asked.add(asked);
    this.answered = this.ask<CellAnswer>(CELL_REQUEST, params)
      .catch(() => undefined)
      .then((answer) => {
        this.asked.delete(asked);
        if (answer === undefined) return 'nothing';
        if (answer) this.keep(answer, asked);
        return answer ? 'cells' : 'no cell';
      });
    return this.answered;
  }

  private isKnownAround({ document, selection }: vscode.TextEditor): boolean {
    return this.known?.document === document && this.known.strip.isAround(selection.start);
  }

  /** The answer is of the text that the server had; the editor may be further. */
  private keep(answer: NonNullable<CellAnswer>, { document, edits }: Asked): void {
    let strip: CellStrip | undefined = new CellStrip(answer);
    for (const { version, edit } of edits) {
      if (version > answer.version) strip = strip?.edited(edit);
    }
    if (strip) this.known = { document, strip };
  }

  private follow({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const { version } = document;
    for (const edit of contentChanges) {
      for (const asked of this.asked) {
        if (asked.document === document) asked.edits.push({ version, edit });
      }
      if (this.known?.document === document) {
        const strip = this.known.strip.edited(edit);
        this.known = strip && { document, strip };
      }
    }
    const editor = vscode.window.activeTextEditor;
    if (!this.known && editor?.document === document) this.see(editor);
  }
}

/** Whether the keys are left to Gouji; else nobody needs to know. */
const areKeysOurs = () => vscode.workspace.getConfiguration('gouji').get('tabBetweenCells', true);

const rangeOf = ({ start, end }: SelectedRange) =>
  new vscode.Range(start.line, start.character, end.line, end.character);
