import { DEEPEST, isTooDeep } from './depth';
import { parseJson } from './json';
import { PlacedTree } from './placed';
import type { Language, SyntaxTree } from './tree';
import { parseYaml } from './yaml';

/**
 * Reads a text of any shape. Never throws: what the libraries cannot take (nesting deeper than the
 * stack, for one) becomes a problem over the whole text.
 */
export function parse(text: string, language: Language): SyntaxTree {
  if (isTooDeep(text)) return unreadable(text, language, `> ${DEEPEST} levels`);
  try {
    return language === 'json' ? parseJson(text) : parseYaml(text);
  } catch (error) {
    return unreadable(text, language, error instanceof Error ? error.message : String(error));
  }
}

function unreadable(text: string, language: Language, detail: string): SyntaxTree {
  const range = { start: 0, end: text.length };
  return new PlacedTree(language, text, undefined, [
    { code: 'syntax.unreadable', range, args: { detail } },
  ]);
}
