import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  FIND_FILES_REQUEST,
  LIST_FOLDER_REQUEST,
  READ_FILE_REQUEST,
} from '../../../server/src/lsp/protocol';

/** Larger files are not meant. */
const LARGEST = 8 * 1024 * 1024;
const MOST_FILES = 5000;

/**
 * Reads files of the workspace for the server, wherever they are: a worker has no files, and a virtual
 * workspace is known only to VS Code. Nothing outside the workspace's folders is read.
 */
export function answerFiles(client: BaseLanguageClient): void {
  client.onRequest(READ_FILE_REQUEST, async ({ uri }: { uri: string }): Promise<string | null> => {
    const file = vscode.Uri.parse(uri);
    if (!vscode.workspace.getWorkspaceFolder(file)) return null;
    try {
      const { size } = await vscode.workspace.fs.stat(file);
      if (size > LARGEST) return null;
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    } catch {
      return null;
    }
  });
  client.onRequest(LIST_FOLDER_REQUEST, async ({ uri }: { uri: string }): Promise<string[]> => {
    const folder = vscode.Uri.parse(uri);
    if (!vscode.workspace.getWorkspaceFolder(folder)) return [];
    try {
      const entries = await vscode.workspace.fs.readDirectory(folder);
      return entries.flatMap(([name, type]) => (type & vscode.FileType.File ? name : []));
    } catch {
      return [];
    }
  });
  client.onRequest(FIND_FILES_REQUEST, async (): Promise<string[]> => {
    const found = await findDisclosures();
    return found.map((uri) => uri.toString());
  });
}

/** The files of the workspace that are disclosures by their names. */
export async function findDisclosures(): Promise<readonly vscode.Uri[]> {
  const pattern = '**/*.{disclosure,决算}.{yaml,yml,json}';
  return vscode.workspace.findFiles(pattern, '**/node_modules/**', MOST_FILES);
}
