/** From one value of a row to the next, as the Tab key goes through a spreadsheet. */
import { rowKeys, sectionKeys, statementsIn, tableKeys, tablesByKey } from '../disclosure/ownKeys';
import { vocabulary } from '../disclosure/vocabulary';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { slotOf } from './valueSlot';

export type Direction = 'next' | 'previous';

/** Places one behind the other in the file, each with the blanks around its value. */
export interface Cells {
  readonly cells: readonly TextRange[];
  /** Which of them is the one that was asked about. */
  readonly at: number;
  /** Whether it is gone to from the others too. */
  readonly isCell: boolean;
}

/** So many cells are told on either side: a run of keys is quicker than a server that has to analyse in between. */
const AHEAD = 8;

/**
 * The cells around the one at an offset, or behind the `}` of a row. Those that are left to the server are passed
 * over. Undefined elsewhere.
 */
export function cellsAround(tree: SyntaxTree, offset: number): Cells | undefined {
  const path = pathOf(tree, offset);
  const [, outermost] = path;
  if (outermost?.kind !== 'entry' || !holdsRows(outermost)) return undefined;
  const own = path.findLastIndex(({ kind }) => kind === 'entry');
  const entry = path[own] as Entry;
  if (isPlace(entry) && isAt(entry, offset, tree)) {
    return around(slotAt(entry, tree), path.slice(0, own + 1), !isLeft(entry), tree);
  }
  const closed = path.findLastIndex((part) => isClosedAt(part, offset, tree));
  if (closed < 1) return undefined;
  const { end } = tree.rangeOf(path[closed]!);
  return around(withBlanks({ start: end, end }, tree), path.slice(0, closed + 1), false, tree);
}

function around(place: TextRange, path: readonly Part[], isCell: boolean, tree: SyntaxTree): Cells {
  const [previous, next] = (['previous', 'next'] as const).map((direction) =>
    firstOf(cellsFrom(path, direction), AHEAD).map((entry) => slotAt(entry, tree)),
  ) as [TextRange[], TextRange[]];
  return { cells: [...previous.reverse(), place, ...next], at: previous.length, isCell };
}

/** From the last part of a path on. */
function* cellsFrom(path: readonly Part[], direction: Direction): Generator<Entry> {
  // Behind a row, all of it is before.
  const last = path.at(-1)!;
  if (last.kind === 'map' && direction === 'previous') yield* cellsIn(last, direction);
  for (let depth = path.length - 1; depth > 0; depth--) {
    const siblings = childrenOf(path[depth - 1]!, direction);
    for (const sibling of siblings.slice(siblings.indexOf(path[depth]!) + 1)) {
      // At the top there is more than tables.
      if (depth === 1 && !(sibling.kind === 'entry' && holdsRows(sibling))) continue;
      yield* cellsIn(sibling, direction);
    }
  }
}

function* cellsIn(node: Part, direction: Direction): Generator<Entry> {
  if (node.kind === 'entry' && isPlace(node)) {
    if (!isLeft(node)) yield node;
    return;
  }
  for (const child of childrenOf(node, direction)) yield* cellsIn(child, direction);
}

function firstOf<T>(all: Iterable<T>, count: number): T[] {
  const found: T[] = [];
  for (const one of all) {
    found.push(one);
    if (found.length === count) break;
  }
  return found;
}

type Part = SyntaxNode | Entry;

/** What stands around an offset, or last before it, from the outermost on. */
function pathOf(tree: SyntaxTree, offset: number): Part[] {
  const path: Part[] = tree.pathAt(offset);
  if (path.length === 0 && tree.root) path.push(tree.root);
  // A blank is in nothing: it belongs to the entry before it.
  for (let node = path.at(-1); node; node = path.at(-1)) {
    const inner = lastBegun(childrenOf(node, 'next'), offset, tree);
    if (!inner) break;
    path.push(inner);
  }
  return path;
}

/** The last of some parts, which stand one behind the other, that begins before an offset. */
function lastBegun(parts: readonly Part[], offset: number, tree: SyntaxTree): Part | undefined {
  let [from, to] = [0, parts.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (tree.rangeOf(parts[middle]!).start <= offset) from = middle + 1;
    else to = middle;
  }
  return parts[from - 1];
}

/** Whether an offset is behind the colon of an entry, at its value or a blank beside it. */
function isAt(entry: Entry, offset: number, tree: SyntaxTree): boolean {
  const { start, end } = slotOf(entry, tree);
  return offset >= start && isBlank(tree.text.slice(end, Math.max(end, offset)));
}

/** Whether an offset is behind the `}` of a row. */
function isClosedAt(part: Part, offset: number, tree: SyntaxTree): boolean {
  if (part.kind !== 'map') return false;
  const { end } = tree.rangeOf(part);
  return end <= offset && tree.text[end - 1] === '}' && isBlank(tree.text.slice(end, offset));
}

const isBlank = (text: string) => /^[ \t]*$/.test(text);

function childrenOf(node: Part, direction: Direction): readonly Part[] {
  const children = partsOf(node).flatMap((part) => part ?? []);
  return direction === 'next' ? children : children.reverse();
}

function partsOf(node: Part): readonly (Part | null | undefined)[] {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'sequence') return node.items;
  return node.kind === 'entry' ? [node.value] : [];
}

/** Whether an entry has one value, or none yet, which is more than a remark beside the figures. */
function isPlace({ key, value }: Entry): boolean {
  if (tableKeys.get(key.text) !== undefined || rowKeys.get(key.text) === 'name') return false;
  return value === undefined || (value.kind === 'scalar' && value.style !== 'block');
}

const isLeft = ({ value }: Entry) =>
  value?.kind === 'scalar' && value.text.trim() === vocabulary.derived;

/** Whether an entry of the file is a table, or a part of it that is read as tables. */
function holdsRows({ key }: Entry): boolean {
  const section = sectionKeys.get(key.text);
  return (
    tablesByKey.get(key.text) !== undefined ||
    (section !== undefined && statementsIn(section).names.length > 0)
  );
}

/** A value, or where one may stand. */
function slotAt(entry: Entry, tree: SyntaxTree): TextRange {
  const place = tree.valueRangeOf(entry);
  return withBlanks(place.start < place.end ? place : slotOf(entry, tree), tree);
}

/** With the blanks around it: what is typed there is typed at it. */
function withBlanks({ start, end }: TextRange, { text }: SyntaxTree): TextRange {
  const isBlankAt = (at: number) => text[at] === ' ' || text[at] === '\t';
  while (isBlankAt(start - 1)) start--;
  while (isBlankAt(end)) end++;
  return { start, end };
}
