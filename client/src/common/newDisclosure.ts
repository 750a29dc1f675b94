import * as vscode from 'vscode';
import {
  LAYOUTS_REQUEST,
  NEW_DISCLOSURE_REQUEST,
  NEXT_YEAR_REQUEST,
  type LayoutName,
  type NewDisclosure,
  type NextYearAnswer,
  type NextYearParams,
} from '../../../server/src/lsp/protocol';
import { documentSelector } from './client';
import type { AskServer } from './ledger';

/** What a caller has decided already; what is missing is asked for. */
type Wish = Partial<NewDisclosure>;

/** Asks for layout, year and organisation, and opens a file that has every table and no figure. */
export async function newDisclosure(ask: AskServer, wish: Wish = {}): Promise<void> {
  const layout = wish.layout ?? (await askLayout(ask));
  if (layout === undefined) return;
  const year = wish.year ?? (await askYear());
  if (year === undefined) return;
  const organisation = wish.organisation ?? (await askOrganisation());
  if (organisation === undefined) return;
  const language = wish.language ?? 'yaml';
  const params: NewDisclosure = { language, layout, year, organisation };
  const content = await ask<string | null>(NEW_DISCLOSURE_REQUEST, params);
  if (content) await show(content, `disclosure-${language}`);
  else notRunning();
}

/** Opens a file that begins the year after the one in the editor: its rows and names, no figure. */
export async function nextYear(
  ask: AskServer,
  uri = vscode.window.activeTextEditor?.document.uri,
): Promise<void> {
  const document = uri && (await vscode.workspace.openTextDocument(uri));
  if (!document || vscode.languages.match(documentSelector, document) === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open the disclosure file of last year first.'),
    );
    return;
  }
  const params: NextYearParams = { textDocument: { uri: document.uri.toString() } };
  const answer = await ask<NextYearAnswer>(NEXT_YEAR_REQUEST, params);
  if (!answer) {
    notRunning();
    return;
  }
  await show(answer.text, document.languageId);
  if (answer.year === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The file says no year: write the new one yourself.'),
    );
  }
}

async function askLayout(ask: AskServer): Promise<string | undefined> {
  const layouts = await ask<LayoutName[]>(LAYOUTS_REQUEST, {});
  if (!layouts) {
    notRunning();
    return undefined;
  }
  const inChinese = vscode.env.language.startsWith('zh');
  const items = layouts.map(({ id, key, en }) =>
    inChinese ? { label: key, id } : { label: en, description: key, id },
  );
  const title = vscode.l10n.t('New disclosure (1/3): layout of the tables');
  return (await vscode.window.showQuickPick(items, { title }))?.id;
}

async function askYear(): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('New disclosure (2/3): year of the accounts'),
    value: (new Date().getFullYear() - 1).toString(),
    validateInput: (text) =>
      /^\d{4}$/.test(text.trim()) ? undefined : vscode.l10n.t('A year has four digits.'),
  });
  return typed === undefined ? undefined : Number(typed.trim());
}

function askOrganisation(): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('New disclosure (3/3): name of the organisation'),
    placeHolder: vscode.l10n.t('May be left empty and written later.'),
  });
}

/** Not saved yet: where it goes is for the user to say. */
async function show(content: string, language: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document);
}

function notRunning(): void {
  void vscode.window.showErrorMessage(vscode.l10n.t('Server is not running'));
}
