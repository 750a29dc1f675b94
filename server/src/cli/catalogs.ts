import { readFile } from 'node:fs/promises';
import { builtInCatalog, type Catalog } from '../catalog/catalog';
import { readCatalogFile } from '../catalog/workspace';
import { catalogMessage, type Locale } from '../service/messages';
import { LineIndex } from '../syntax/lines';
import type { Tell } from './outcome';

/** Lays files of subject codes over the built-in catalog, and says what of them cannot be understood. */
export async function readCatalogs(
  paths: readonly string[],
  locale: Locale,
  tell: Tell,
): Promise<Catalog> {
  let catalog = builtInCatalog;
  for (const path of paths) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      tell('error', `gouji: ${path}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    const read = readCatalogFile({ path, text }, catalog);
    catalog = read.catalog;
    const lines = new LineIndex(text);
    for (const problem of read.problems) {
      const { line, character } = lines.position(problem.range.start);
      const what = catalogMessage(locale, problem);
      tell('warning', `gouji: ${path}:${line + 1}:${character + 1}: ${what}`);
    }
  }
  return catalog;
}
