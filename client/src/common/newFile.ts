import * as vscode from 'vscode';

/**
 * Opens a text that is not saved yet. In a folder of the disk it has a name that tells the server,
 * `gouji check` and the user what it is; elsewhere the name is asked for when it is saved.
 *
 * @param name without what every disclosure's name ends with
 */
export async function openNew(
  content: string,
  language: string,
  name: string,
  folder: vscode.Uri | undefined,
): Promise<void> {
  const ending = language.endsWith('json') ? '.disclosure.json' : '.disclosure.yaml';
  const file =
    folder?.scheme === 'file' ? await freeName(folder, fileName(name), ending) : undefined;
  if (!file) {
    const document = await vscode.workspace.openTextDocument({ language, content });
    await putCursor(await vscode.window.showTextDocument(document));
    return;
  }
  const document = await vscode.workspace.openTextDocument(file.with({ scheme: 'untitled' }));
  const editor = await vscode.window.showTextDocument(document);
  await editor.edit((edit) => {
    edit.insert(new vscode.Position(0, 0), content);
  });
  await putCursor(editor);
}

/** Puts the cursor where the first figure is to be typed, a blank behind its key. */
async function putCursor(editor: vscode.TextEditor): Promise<void> {
  const found = firstBlank(editor.document);
  const start = new vscode.Position(0, 0);
  editor.selection = found
    ? new vscode.Selection(found.start, found.end)
    : new vscode.Selection(start, start);
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  const { document, selection } = editor;
  if (!found || document.getText(found) !== '') return;
  const { text } = document.lineAt(selection.active.line);
  if (text.endsWith(':')) await editor.edit((edit) => edit.insert(selection.active, ' '));
}

/** What stands for the first figure that is not there: nothing, or `null`. */
function firstBlank(document: vscode.TextDocument): vscode.Range | undefined {
  const depthOf = (line: string) => /^ */.exec(line)![0].length;
  for (let number = 0; number < document.lineCount; number++) {
    const line = document.lineAt(number).text;
    const blank = /: *(null)?,?$/.exec(line);
    if (!blank) continue;
    const below = number + 1 < document.lineCount ? document.lineAt(number + 1).text : '';
    if (depthOf(below) > depthOf(line)) continue;
    const nothing = blank[1] ?? '';
    const end = line.length - (line.endsWith(',') ? 1 : 0);
    return new vscode.Range(number, end - nothing.length, number, end);
  }
  return undefined;
}

/** Without what some file system does not take. */
const fileName = (text: string) =>
  text
    .replace(/[\p{Cc}\\/:*?"<>|]/gu, '')
    .trim()
    .slice(0, 80);

/** A file that is not there yet, nor open. */
async function freeName(
  folder: vscode.Uri,
  name: string,
  ending: string,
): Promise<vscode.Uri | undefined> {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (let count = 1; count < 100; count++) {
    const file = vscode.Uri.joinPath(folder, `${name}${count > 1 ? ` (${count})` : ''}${ending}`);
    if (!open.has(file.path) && !(await exists(file))) return file;
  }
  return undefined;
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
