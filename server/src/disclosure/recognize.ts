import type { Language, SyntaxTree } from '../syntax/tree';
import { normalizeKey, vocabulary } from './vocabulary';

const FILE_NAME = /\.(?:disclosure|决算)\.(?:ya?ml|json)$/iu;

/** Whether a file name alone says that the file is a disclosure. */
export function isDisclosureName(path: string): boolean {
  return FILE_NAME.test(path);
}

export function languageOf(path: string): Language {
  return /\.json$/i.test(path) ? 'json' : 'yaml';
}

/** Whether the first key of the file is the marker `格式: gouji/…`. */
export function hasMarker(tree: SyntaxTree): boolean {
  const first = tree.root?.kind === 'map' ? tree.root.entries[0] : undefined;
  if (!first || normalizeKey(first.key.text) !== vocabulary.head['format']!.key) return false;
  return first.value?.kind === 'scalar' && first.value.text.startsWith('gouji/');
}
