import type { Position } from 'vscode-languageserver-types';
import { codePlaceAt, type CodePlace } from '../catalog/places';
import type { Cell } from '../disclosure/model';
import type { Entry, ScalarNode } from '../syntax/tree';
import type { Analysis } from './analysis';

/** What a word of the file stands for: a subject code, or the figure of a cell. */
export interface UnderCursor {
  /** The key or value in which the cursor is. */
  readonly node: ScalarNode;
  /** The entry of which it is the key or the value. */
  readonly entry: Entry | undefined;
  readonly code: CodePlace | undefined;
  /** Of a figure, or of the key that names it; a code that is such a key is a code. */
  readonly cell: Cell | undefined;
}

export function underCursor(
  { disclosure, tree, lines }: Analysis,
  position: Position,
): UnderCursor | undefined {
  if (!disclosure) return undefined;
  const path = tree.pathAt(lines.offset(position));
  const node = path.at(-1);
  if (node?.kind !== 'scalar') return undefined;
  const code = codePlaceAt(disclosure, node);
  const entry = path.findLast((step): step is Entry => step.kind === 'entry');
  return { node, entry, code, cell: code || !entry ? undefined : disclosure.cellOf(entry) };
}
