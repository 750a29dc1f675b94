import { useCatalog } from '../catalog/inForce';
import type { Disclosure } from '../disclosure/model';
import { readDisclosure } from '../disclosure/read';
import { compute } from '../relations/instantiate';
import type { Network } from '../relations/network';
import { parse } from '../syntax/parse';
import type { SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';
import { analyze, evaluateTree, packsFor } from './analyze';

/** The analysis of another text of the same file: what an edit would make of it. */
export function analyzeAgain({ tree, settings }: Analysis, text: string): Analysis {
  const { language } = tree;
  // Edits do not change what a file is: whoever asks has seen that it is a disclosure.
  return analyze({ path: `.disclosure.${language}`, text, language }, settings);
}

/** How the relations come out in another text of the same file; what does not hold is not located. */
export const evaluateAgain = (
  { tree, settings }: Analysis,
  text: string,
): { readonly disclosure: Disclosure; readonly network: Network } =>
  evaluateTree(parse(text, tree.language), settings);

/** A text with the values of its computed cells; nothing in it is judged. */
export interface Computed {
  readonly tree: SyntaxTree;
  readonly disclosure: Disclosure;
  /** How many cells are left to the server that it cannot compute. */
  readonly underived: number;
}

/** What the server would compute in another text of the same file: a fraction of an analysis. */
export function computeAgain({ tree, settings, catalog }: Analysis, text: string): Computed {
  const after = parse(text, tree.language);
  const disclosure = readDisclosure(after);
  useCatalog(disclosure, catalog);
  const underived = compute(packsFor(after, settings), disclosure).length;
  return { tree: after, disclosure, underived };
}

/** Of a document with more rows nothing is tried: each trial evaluates it anew, while an editor waits for an answer. */
const MOST_ROWS = 2000;

export const isLarge = ({ tables }: Disclosure): boolean =>
  [...tables.values()].reduce((count, { rows }) => count + rows.size, 0) > MOST_ROWS;
