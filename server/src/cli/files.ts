import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { isDisclosureName } from '../disclosure/recognize';

/** Names that stand for files: a path as it is, a folder for the disclosures in it, or a pattern. */
export async function findFiles(
  patterns: readonly string[],
): Promise<{ files: string[]; unmatched: string[]; emptyFolders: string[] }> {
  const files = new Set<string>();
  const unmatched: string[] = [];
  const emptyFolders: string[] = [];
  for (const pattern of patterns) {
    const found = await expand(pattern);
    if (found.length === 0) ((await isFolder(pattern)) ? emptyFolders : unmatched).push(pattern);
    for (const file of found) files.add(file);
  }
  return { files: [...files], unmatched, emptyFolders };
}

const isFolder = async (path: string) =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

const DISCLOSURES = '**/*.{disclosure,决算}.{yaml,yml,json}';

async function expand(pattern: string): Promise<string[]> {
  const found = await stat(pattern).catch(() => undefined);
  if (found?.isFile()) return [pattern];
  const absolute = isAbsolute(pattern);
  const options = {
    absolute,
    ignore: ['**/node_modules/**'],
    expandDirectories: false,
    onlyFiles: true,
  };
  if (found?.isDirectory()) {
    const inside = await glob(DISCLOSURES, { ...options, absolute: false, cwd: pattern });
    const files = inside.map((path) => join(pattern, path));
    return [...files, ...(await brokenLinks(pattern))].sort();
  }
  // Windows shells hand over patterns with their own separator.
  return (await glob(pattern.replaceAll('\\', '/'), options)).sort();
}

/** Links in a folder that are called as disclosures and lead nowhere: they are told as files that cannot be read. */
async function brokenLinks(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const links = entries
    .filter((entry) => entry.isSymbolicLink() && isDisclosureName(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes(`node_modules${sep}`));
  const found = await Promise.all(
    links.map(async (path) => ((await stat(path).catch(() => undefined)) ? [] : [path])),
  );
  return found.flat();
}
