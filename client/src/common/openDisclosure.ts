import * as vscode from 'vscode';
import { findDisclosures } from './files';
import { askInTurn, type Choice } from './questions';

/** No file has it for its name. */
const NEW = '';

/**
 * Has the user open a disclosure of the workspace, or begin one.
 *
 * @returns whether one was opened; false when the user gave up
 */
export async function openDisclosure(createNew: () => Promise<boolean>): Promise<boolean> {
  const files = (await findDisclosures()).map(choiceOf);
  const title = vscode.l10n.t('New disclosure');
  if (files.length === 0) {
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('There is no disclosure file in the workspace.'),
      title,
    );
    return answer !== undefined && createNew();
  }
  const choices = [
    ...files.sort((a, b) => a.label.localeCompare(b.label)),
    { label: `$(new-file) ${title}`, id: NEW },
  ];
  const prompt = vscode.l10n.t('which file?');
  const answers = await askInTurn(vscode.l10n.t('Relations'), [{ prompt, choices }]);
  if (!answers) return false;
  const [uri] = answers;
  if (uri === NEW) return createNew();
  await vscode.window.showTextDocument(vscode.Uri.parse(uri!));
  return true;
}

function choiceOf(uri: vscode.Uri): Choice {
  const path = vscode.workspace.asRelativePath(uri);
  const end = path.lastIndexOf('/');
  return {
    id: uri.toString(),
    label: path.slice(end + 1),
    description: path.slice(0, Math.max(end, 0)),
  };
}
