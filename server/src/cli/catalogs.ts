import { readFile } from 'node:fs/promises';
import { builtInCatalog, type Catalog } from '../catalog/catalog';
import { readCatalogFile } from '../catalog/workspace';
import { message, type Locale } from '../service/messages';
import { LineIndex } from '../syntax/lines';
import type { Terminal } from './run';

/** Lays files of subject codes over the built-in catalog, and says what of them cannot be understood. */
export async function readCatalogs(
  paths: readonly string[],
  locale: Locale,
  terminal: Terminal,
): Promise<{ catalog: Catalog; unread: boolean }> {
  let catalog = builtInCatalog;
  let unread = false;
  for (const path of paths) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      unread = true;
      terminal.error(`gouji: ${path}: ${error instanceof Error ? error.message : String(error)}\n`);
      continue;
    }
    const read = readCatalogFile({ path, text }, catalog);
    catalog = read.catalog;
    const lines = new LineIndex(text);
    for (const { code, args, range } of read.problems) {
      const { line, character } = lines.position(range.start);
      const what = message(locale, `catalog.file.${code}`, args);
      terminal.error(`gouji: ${path}:${line + 1}:${character + 1}: ${what}\n`);
    }
  }
  return { catalog, unread };
}
