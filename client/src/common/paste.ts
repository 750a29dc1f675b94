import * as vscode from 'vscode';
import {
  PASTE_REQUEST,
  type PasteAnswer,
  type PasteParams,
} from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import type { AskServer } from './ledger';

const SHOWN_FOR = 5000;

/** Writes the cells that were copied in a spreadsheet into the table at the cursor: when asked, and on Ctrl+V. */
export function registerPaste(ask: AskServer): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('gouji.pasteCells', (text?: unknown) => pasteCells(ask, text)),
    vscode.languages.registerDocumentPasteEditProvider(documentSelector, new CellsPaste(ask), {
      providedPasteEditKinds: [KIND],
      pasteMimeTypes: [PLAIN],
    }),
  );
}

async function pasteCells(ask: AskServer, given?: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || vscode.languages.match(documentSelector, editor.document) === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a disclosure file first.'));
    return;
  }
  const { document, selection } = editor;
  const text = typeof given === 'string' ? given : await vscode.env.clipboard.readText();
  const answer = await ask<PasteAnswer | null>(PASTE_REQUEST, {
    ...placeOf(document, selection.active),
    text,
  } satisfies PasteParams);
  if (!answer) {
    void vscode.window.showErrorMessage(vscode.l10n.t('Server is not running'));
    return;
  }
  // Only into the text that the server has seen.
  const isFresh = document.version === answer.version;
  const written =
    answer.edits.length === 0 ||
    (isFresh && (await vscode.workspace.applyEdit(editsOf(document, answer))));
  if (written) tell(answer);
  else {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The file has changed in the meantime; paste again.'),
    );
  }
}

const PLAIN = 'text/plain';
const KIND = vscode.DocumentDropOrPasteEditKind.Empty.append('gouji', 'cells');

class CellsEdit extends vscode.DocumentPasteEdit {
  constructor(
    readonly answer: PasteAnswer,
    document: vscode.TextDocument,
  ) {
    super('', vscode.l10n.t('Paste Cells into the Table'), KIND);
    this.additionalEdit = editsOf(document, answer);
  }
}

/** Cells are written as cells; pasting the plain text stays a choice of the editor's paste menu. */
class CellsPaste implements vscode.DocumentPasteEditProvider<CellsEdit> {
  constructor(private readonly ask: AskServer) {}

  async provideDocumentPasteEdits(
    document: vscode.TextDocument,
    [range, ...others]: readonly vscode.Range[],
    dataTransfer: vscode.DataTransfer,
    { triggerKind }: vscode.DocumentPasteEditContext,
    token: vscode.CancellationToken,
  ): Promise<CellsEdit[] | undefined> {
    if (!range || others.length > 0) return undefined;
    const text = await dataTransfer.get(PLAIN)?.asString();
    if (!text || token.isCancellationRequested) return undefined;
    const place = placeOf(document, range.end);
    const params: PasteParams = { ...place, text, unasked: true };
    const answer = await this.ask<PasteAnswer | null>(PASTE_REQUEST, params);
    if (answer?.version !== document.version) return undefined;
    // What the table says already is not to stand there a second time as text, nor what it cannot take: that
    // breaks the file. Who asks for a way to paste has the text among them.
    const isRefused = answer.edits.length === 0 && answer.incomplete;
    if (isRefused && triggerKind === vscode.DocumentPasteTriggerKind.PasteAs) return undefined;
    if (isRefused) void offerText(answer.message, document, text);
    return [new CellsEdit(answer, document)];
  }

  /** Asked of the edit that is about to be made. */
  resolveDocumentPasteEdit(edit: CellsEdit): CellsEdit {
    // Why nothing can be written is said already.
    if (edit.answer.edits.length > 0 || !edit.answer.incomplete) tell(edit.answer);
    return edit;
  }
}

/** Says why nothing was pasted, and pastes the text if that is wanted. */
async function offerText(
  reason: string,
  document: vscode.TextDocument,
  text: string,
): Promise<void> {
  const pasteText = vscode.l10n.t('Paste as Text');
  if ((await vscode.window.showWarningMessage(reason, pasteText)) !== pasteText) return;
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit((builder) => {
    builder.replace(editor.selection, text);
  });
}

function placeOf({ uri }: vscode.TextDocument, { line, character }: vscode.Position) {
  return { textDocument: { uri: uri.toString() }, position: { line, character } };
}

function editsOf({ uri }: vscode.TextDocument, { edits }: PasteAnswer): vscode.WorkspaceEdit {
  const all = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    const place = new vscode.Range(start.line, start.character, end.line, end.character);
    all.replace(uri, place, newText);
  }
  return all;
}

/** What was written, in passing; what was left out, so that it is seen. */
function tell({ message, incomplete }: PasteAnswer): void {
  if (incomplete) void vscode.window.showWarningMessage(message);
  else vscode.window.setStatusBarMessage(message, SHOWN_FOR);
}
