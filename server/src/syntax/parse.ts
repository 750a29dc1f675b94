import { parseJson } from './json';
import { PlacedTree } from './placed';
import type { Language, SyntaxTree } from './tree';
import { parseYaml } from './yaml';

/**
 * Reads a text of any shape. Never throws: what the libraries cannot take (nesting deeper than the
 * stack, for one) becomes a problem over the whole text.
 */
export function parse(text: string, language: Language): SyntaxTree {
  try {
    return language === 'json' ? parseJson(text) : parseYaml(text);
  } catch (error) {
    return new PlacedTree(language, text, undefined, [
      {
        code: 'syntax.unreadable',
        range: { start: 0, end: text.length },
        args: { detail: error instanceof Error ? error.message : String(error) },
      },
    ]);
  }
}
