import type { Connection, WorkspaceFolder } from 'vscode-languageserver';
import { URI, Utils } from 'vscode-uri';
import { FIND_FILES_REQUEST, LIST_FOLDER_REQUEST, READ_FILE_REQUEST } from './protocol';

/** Reads files of a workspace; undefined for what cannot be read. */
export interface FileAccess {
  read(uri: string, folders: readonly string[]): Promise<string | undefined>;
  /** The names of the files in a folder; none where there is no such folder. */
  list(folder: string, folders: readonly string[]): Promise<readonly string[]>;
  /** The disclosures in the folders of the workspace, some thousands at most. */
  find(folders: readonly string[]): Promise<readonly string[]>;
}

/** Asks the client, who knows every kind of file system, and which files are its workspace's. */
export function clientFiles(connection: Connection): FileAccess {
  return {
    read: async (uri) =>
      (await connection.sendRequest<string | null>(READ_FILE_REQUEST, { uri })) ?? undefined,
    list: (uri) => connection.sendRequest<string[]>(LIST_FOLDER_REQUEST, { uri }),
    find: () => connection.sendRequest<string[]>(FIND_FILES_REQUEST, {}),
  };
}

export const noFiles: FileAccess = {
  read: () => Promise.resolve(undefined),
  list: () => Promise.resolve([]),
  find: () => Promise.resolve([]),
};

/** The folders that a client has open. */
export class Folders {
  private uris: string[];

  constructor(
    folders: readonly WorkspaceFolder[] | null | undefined,
    root: string | null | undefined,
  ) {
    this.uris = folders ? folders.map(({ uri }) => uri) : root ? [root] : [];
  }

  get all(): readonly string[] {
    return this.uris;
  }

  change(added: readonly WorkspaceFolder[], removed: readonly WorkspaceFolder[]): void {
    const gone = new Set(removed.map(({ uri }) => uri));
    this.uris = [...this.uris.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
  }

  /** The innermost folder around a file. */
  around(uri: string): string | undefined {
    return this.uris
      .filter((folder) => isInside(uri, folder))
      .sort((a, b) => b.length - a.length)[0];
  }

  /**
   * Where a path of a setting of a document leads; undefined outside the folder that the document is in.
   * Links are a matter of whoever reads.
   */
  resolve(path: string, document: string): string | undefined {
    const folder = this.around(document);
    if (folder === undefined) return undefined;
    const root = URI.parse(folder);
    const target = Utils.joinPath(root, path.replaceAll('\\', '/')).toString();
    return isInside(target, root.toString()) ? target : undefined;
  }
}

export function isInside(uri: string, folder: string): boolean {
  const root = URI.parse(folder).toString().replace(/\/$/, '');
  return URI.parse(uri).toString().startsWith(`${root}/`);
}
