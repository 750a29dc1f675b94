import { DEEPEST, isTooDeep } from './depth';
import { parseJson } from './json';
import { PlacedTree } from './placed';
import type { Language, SyntaxTree } from './tree';
import { parseYaml } from './yaml';

/** Some hundred times the longest real document; what is longer is no document and would fill memory. */
export const LONGEST = 32 * 1024 * 1024;

/** A longer text is not read once more for each way to mend it, while somebody types. */
export const LONGEST_TRIED = 200_000;

/**
 * Reads a text of any shape. Never throws: what the libraries cannot take (nesting deeper than the
 * stack, for one) becomes a problem over the whole text.
 */
export function parseWhole(text: string, language: Language): SyntaxTree {
  if (text.length > LONGEST)
    return unreadable(text, language, `> ${LONGEST} characters`, 'TOO_LONG', LONGEST);
  if (isTooDeep(text))
    return unreadable(text, language, `> ${DEEPEST} levels`, 'TOO_DEEP', DEEPEST);
  try {
    return language === 'json' ? parseJson(text) : parseYaml(text);
  } catch (error) {
    return unreadable(text, language, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(
  text: string,
  language: Language,
  detail: string,
  parser = '',
  limit = 0,
): SyntaxTree {
  const range = { start: 0, end: text.length };
  return new PlacedTree(language, text, undefined, [
    { code: 'syntax.unreadable', range, args: { detail, parser, limit: limit.toString() } },
  ]);
}
