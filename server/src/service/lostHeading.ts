import { HEADING_LOST, headingsIn } from '../disclosure/lostHeading';
import type { Problem } from '../disclosure/model';
import { eolOf, indentOf } from '../syntax/insert';
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
  const line = tree.text.lastIndexOf('\n', start - 1) + 1;
  return headingsIn(problem).map((heading): Fix => {
    const newText = `${indentOf(tree, part)}${heading}:${eolOf(tree)}`;
    const title = message(locale, 'fix.heading', { heading });
    return { title, preferred: false, edits: [{ range: { start: line, end: line }, newText }] };
  });
}
