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
import { openNew } from './newFile';
import { askInTurn, type Question } from './questions';

/**
 * Opens a file that has every table and no figure; layout, year and organisation are asked for where not given.
 *
 * @returns whether it did
 */
export async function newDisclosure(
  ask: AskServer,
  given: Partial<NewDisclosure> = {},
): Promise<boolean> {
  const layouts = await ask<LayoutName[]>(LAYOUTS_REQUEST, {});
  if (!layouts) {
    notRunning();
    return false;
  }
  const wish = await completed(given, layouts);
  if (!wish) return false;
  const content = await ask<string | null>(NEW_DISCLOSURE_REQUEST, wish);
  const name = [wish.organisation, wish.year].filter((part) => part !== '').join('-');
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!content) {
    notRunning();
    return false;
  }
  await openNew(content, `disclosure-${wish.language}`, name, folder);
  return true;
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
  const name = nameOfNextYear(document.uri, answer.year);
  await openNew(answer.text, document.languageId, name, folderOf(document.uri));
  if (answer.year === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The file says no year: write the new one yourself.'),
    );
  }
}

/** Asks for what is not decided yet; undefined when the user gave up. */
async function completed(
  given: Partial<NewDisclosure>,
  layouts: readonly LayoutName[],
): Promise<NewDisclosure | undefined> {
  const questions = questionsOf(layouts);
  const missing = (['layout', 'year', 'organisation'] as const).filter(
    (key) => given[key] === undefined,
  );
  const answers = await askInTurn(
    vscode.l10n.t('New disclosure'),
    missing.map((key) => questions[key]),
  );
  if (!answers) return undefined;
  const of = (key: (typeof missing)[number]) => answers[missing.indexOf(key)]?.trim() ?? '';
  return {
    language: given.language ?? 'yaml',
    layout: given.layout ?? of('layout'),
    year: given.year ?? Number(yearIn(of('year'))),
    organisation: given.organisation ?? of('organisation'),
  };
}

function questionsOf(layouts: readonly LayoutName[]) {
  const inChinese = vscode.env.language.startsWith('zh');
  return {
    layout: {
      prompt: vscode.l10n.t('layout of the tables'),
      choices: layouts.map(({ id, key, en }) =>
        inChinese ? { label: key, id } : { label: capitalised(en), description: key, id },
      ),
    },
    year: {
      prompt: vscode.l10n.t('year of the accounts'),
      value: (new Date().getFullYear() - 1).toString(),
      wrong: (text) =>
        yearIn(text) === undefined ? vscode.l10n.t('A year has four digits.') : undefined,
    },
    organisation: {
      prompt: vscode.l10n.t('name of the organisation'),
      placeholder: vscode.l10n.t('May be left empty and written later.'),
    },
  } satisfies Record<string, Question>;
}

/** Also as it is typed in full width, or said: ２０２４, 2024年. */
const yearIn = (text: string) => /^(\d{4})年?$/.exec(text.normalize('NFKC').trim())?.[1];

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Where a file is, in a folder of the workspace or not, or where one that has a name is to be saved. */
function folderOf(uri: vscode.Uri): vscode.Uri | undefined {
  const folder = vscode.Uri.joinPath(uri, '..');
  if (uri.scheme !== 'untitled') return folder;
  return uri.path.includes('/')
    ? folder.with({ scheme: 'file' })
    : vscode.workspace.workspaceFolders?.[0]?.uri;
}

/** `某局2024.disclosure.yaml` becomes `某局2025`. */
function nameOfNextYear({ path }: vscode.Uri, year: number | undefined): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(?:\.(?:disclosure|决算))?\.\w+$/u, '');
  if (year === undefined) return name;
  const renamed = name.replace((year - 1).toString(), year.toString());
  return renamed === name ? `${name}${year}` : renamed;
}

function notRunning(): void {
  void vscode.window.showErrorMessage(vscode.l10n.t('Server is not running'));
}
