import { HEADING_LOST, headingsIn } from '../disclosure/lostHeading';
import type { Problem } from '../disclosure/model';
import { eolOf, indentOf } from '../syntax/insert';
import { lineStart } from '../syntax/traps/characters';
import type { Entry, SyntaxTree } from '../syntax/tree';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';

/** Writes the heading that lines of a text have lost above them, indented as the part that they stand in. */
export function lostHeadingFix(problem: Problem, tree: SyntaxTree, locale: Locale): Fix[] {
  const { code, at } = problem;
  if (code !== HEADING_LOST || tree.language !== 'yaml') return [];
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const entries = tree.pathAt(start).filter((node): node is Entry => node.kind === 'entry');
  const part = entries.at(-2);
  if (!part) return [];
  const line = lineStart(tree.text, start);
  const siblings = part.value?.kind === 'map' ? part.value.entries : [];
  return headingsIn(problem).map((heading): Fix => {
    const indent = indentOf(tree, part);
    // It may be there, indented as one of the rows above.
    const found = siblings.find(({ key, value }) => key.text === heading && !value);
    if (found) {
      const own = tree.rangeOf(found).start;
      const range = { start: lineStart(tree.text, own), end: own };
      const title = message(locale, 'fix.indent-to', { count: indent.length });
      return { title, preferred: false, edits: [{ range, newText: indent }] };
    }
    const newText = `${indent}${heading}:${eolOf(tree)}`;
    const title = message(locale, 'fix.heading', { heading });
    return { title, preferred: false, edits: [{ range: { start: line, end: line }, newText }] };
  });
}
