import { open, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isDisclosureName } from '../disclosure/recognize';
import type { FileAccess } from './files';

/** Larger files are not meant. */
const LARGEST = 8 * 1024 * 1024;

const MOST_FILES = 5000;
const MOST_FOLDERS = 5000;
const PASSED_OVER = new Set(['node_modules', '.git']);

/** Files of the machine, for clients that do not read for us. Links that lead out of the folders are not followed. */
export const nodeFiles: FileAccess = {
  async read(uri, folders) {
    try {
      const file = await inside(uri, folders);
      return file === undefined ? undefined : await textOf(file);
    } catch {
      // It is not there, not ours to read, or nothing of this machine.
      return undefined;
    }
  },

  async list(uri, folders) {
    try {
      const folder = await inside(uri, folders);
      const entries = folder === undefined ? [] : await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
    } catch {
      return [];
    }
  },

  async find(folders) {
    const found: string[] = [];
    const left = folders.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri));
    for (let count = 0; count < MOST_FOLDERS && found.length < MOST_FILES; count++) {
      const folder = left.shift();
      if (folder === undefined) break;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const inside = path.join(folder, entry.name);
        if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) left.push(inside);
        else if (entry.isFile() && isDisclosureName(entry.name)) {
          found.push(pathToFileURL(inside).toString());
        }
      }
    }
    return found.slice(0, MOST_FILES);
  },
};

/** Where a URI really leads, if that is inside one of the folders. */
async function inside(uri: string, folders: readonly string[]): Promise<string | undefined> {
  const file = await realpath(fileURLToPath(uri));
  const roots = await Promise.all(folders.map((folder) => realpath(fileURLToPath(folder))));
  return roots.some((root) => file === root || file.startsWith(root + path.sep)) ? file : undefined;
}

async function textOf(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const stat = await file.stat();
    return stat.isFile() && stat.size <= LARGEST ? await file.readFile('utf8') : undefined;
  } finally {
    await file.close();
  }
}
