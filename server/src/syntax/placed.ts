import { pathAt } from './pathAt';
import type { Entry, SyntaxNode, SyntaxProblem, SyntaxTree, Language, TextRange } from './tree';

/**
 * The tree of a whole-text parse: every node remembers its offsets, privately to this layer.
 * `own` is the node itself; for an entry, `value` is where its value stands or would stand.
 */
interface Place {
  readonly own: TextRange;
  readonly value?: TextRange;
}

const PLACE = Symbol('place');
interface Placed {
  [PLACE]: Place;
}

export function place<T extends SyntaxNode | Entry>(
  node: T,
  start: number,
  end: number,
  value?: TextRange,
): T {
  (node as unknown as Placed)[PLACE] = value
    ? { own: { start, end }, value }
    : { own: { start, end } };
  return node;
}

export function placeOf(node: SyntaxNode | Entry): Place {
  return (node as unknown as Placed)[PLACE];
}

export class PlacedTree implements SyntaxTree {
  constructor(
    readonly language: Language,
    readonly text: string,
    readonly root: SyntaxNode | undefined,
    readonly problems: readonly SyntaxProblem[],
  ) {}

  rangeOf(node: SyntaxNode | Entry): TextRange {
    return placeOf(node).own;
  }

  valueRangeOf(entry: Entry): TextRange {
    return placeOf(entry).value ?? placeOf(entry).own;
  }

  pathAt(offset: number): (SyntaxNode | Entry)[] {
    return pathAt(this.root, offset, (node) => this.rangeOf(node));
  }
}
