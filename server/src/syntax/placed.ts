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

const contains = (range: TextRange, offset: number) => range.start <= offset && offset <= range.end;

const partsOf = ({ key, value }: Entry): readonly SyntaxNode[] => (value ? [key, value] : [key]);

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
    const path: (SyntaxNode | Entry)[] = [];
    let here: SyntaxNode | Entry | undefined = this.root;
    while (here && contains(this.rangeOf(here), offset)) {
      path.push(here);
      here = this.childAt(here, offset);
    }
    return path;
  }

  private childAt(node: SyntaxNode | Entry, offset: number): SyntaxNode | Entry | undefined {
    switch (node.kind) {
      case 'entry':
        return this.among(partsOf(node), offset);
      case 'map':
        return this.among(node.entries, offset);
      case 'sequence':
        return this.among(
          node.items.filter((item) => item !== undefined),
          offset,
        );
      case 'scalar':
        return undefined;
    }
  }

  /** The first of them, written one behind the other, that holds the offset. */
  private among<T extends SyntaxNode | Entry>(
    children: readonly T[],
    offset: number,
  ): T | undefined {
    let low = 0;
    let high = children.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rangeOf(children[middle]!).end < offset) low = middle + 1;
      else high = middle;
    }
    const child = children[low];
    return child && contains(this.rangeOf(child), offset) ? child : undefined;
  }
}
