import type { Entry, SequenceNode, SyntaxNode, TextRange } from './tree';

type Part = SyntaxNode | Entry;
type RangeOf = (part: Part) => TextRange;

const contains = (range: TextRange, offset: number) => range.start <= offset && offset <= range.end;

/** Entries and nodes around an offset, outermost first, found without looking at all beside them. */
export function pathAt(root: SyntaxNode | undefined, offset: number, rangeOf: RangeOf): Part[] {
  const path: Part[] = [];
  let here: Part | undefined = root;
  while (here && contains(rangeOf(here), offset)) {
    path.push(here);
    here = firstAt(partsOf(here), offset, rangeOf);
  }
  return path;
}

function partsOf(node: Part): readonly Part[] {
  switch (node.kind) {
    case 'entry':
      return node.value ? [node.key, node.value] : [node.key];
    case 'map':
      return node.entries;
    case 'sequence':
      return presentIn(node);
    case 'scalar':
      return [];
  }
}

const present = new WeakMap<SequenceNode, readonly SyntaxNode[]>();

/** The items of a sequence that are not null. */
function presentIn(sequence: SequenceNode): readonly SyntaxNode[] {
  let items = present.get(sequence);
  if (!items) {
    items = sequence.items.filter((item) => item !== undefined);
    present.set(sequence, items);
  }
  return items;
}

/** The first of some parts, written one behind the other, that holds an offset. */
function firstAt(parts: readonly Part[], offset: number, rangeOf: RangeOf): Part | undefined {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rangeOf(parts[middle]!).end < offset) low = middle + 1;
    else high = middle;
  }
  const part = parts[low];
  return part && contains(rangeOf(part), offset) ? part : undefined;
}
