import { HEADING_LOST } from '../disclosure/lostHeading';
import type { Problem } from '../disclosure/model';
import { eolOf, indentOf } from '../syntax/insert';
import type { Entry, SyntaxTree } from '../syntax/tree';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';

/** Writes the heading that lines of a text have lost above them, as the part is written that they stand in. */
export function lostHeadingFix(
  { code, at, args }: Problem,
  tree: SyntaxTree,
  locale: Locale,
): Fix[] {
  const { heading } = args;
  if (code !== HEADING_LOST || heading === undefined || tree.language !== 'yaml') return [];
  const part = partsIn(tree).find(
    ({ value }) => value?.kind === 'map' && value.entries.some(({ key }) => key === at),
  );
  if (!part) return [];
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const line = tree.text.lastIndexOf('\n', start - 1) + 1;
  const newText = `${indentOf(tree, part)}${heading}:${eolOf(tree)}`;
  const title = message(locale, 'fix.heading', { heading });
  return [{ title, preferred: false, edits: [{ range: { start: line, end: line }, newText }] }];
}

const entriesOf = ({ value }: Entry): readonly Entry[] =>
  value?.kind === 'map' ? value.entries : [];

/** The parts of every section. */
const partsIn = ({ root }: SyntaxTree): readonly Entry[] =>
  (root?.kind === 'map' ? root.entries : []).flatMap(entriesOf);
