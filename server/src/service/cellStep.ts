/** From one value of a row to the next, as the Tab key goes through a spreadsheet. */
import { rowKeys, sectionKeys, statementsIn, tableKeys, tablesByKey } from '../disclosure/ownKeys';
import { vocabulary } from '../disclosure/vocabulary';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { withoutQuotes } from './places';
import { slotOf } from './valueSlot';

export type Direction = 'next' | 'previous';

/**
 * What to select of the value before or behind the one at an offset: all of it, to be typed over, or where it is
 * to be typed. Cells that are left to the server are passed over. Undefined where no value of a row stands, and
 * behind the last.
 */
export function cellBeside(
  tree: SyntaxTree,
  offset: number,
  direction: Direction,
): TextRange | undefined {
  const path = pathOf(tree, offset);
  const own = path.at(-1);
  if (own?.kind !== 'entry' || !isPlace(own) || !isAt(own, offset, tree)) return undefined;
  const [, outermost] = path;
  if (outermost?.kind !== 'entry' || !holdsRows(outermost)) return undefined;
  for (let depth = path.length - 1; depth > 0; depth--) {
    const node = path[depth]!;
    const siblings = childrenOf(path[depth - 1]!, direction);
    for (const sibling of siblings.slice(siblings.indexOf(node) + 1)) {
      // At the top there is more than tables.
      if (depth === 1 && !(sibling.kind === 'entry' && holdsRows(sibling))) continue;
      const cell = firstIn(sibling, direction);
      if (cell) return selected(cell, tree);
    }
  }
  return undefined;
}

type Part = SyntaxNode | Entry;

/** What stands around an offset, down to the entry in whose value, or blank, it is. */
function pathOf(tree: SyntaxTree, offset: number): Part[] {
  const path: Part[] = tree.pathAt(offset);
  if (path.length === 0 && tree.root) path.push(tree.root);
  // A blank is in nothing: it belongs to the entry before it.
  for (let node = path.at(-1); node; node = path.at(-1)) {
    const inner = lastBegun(childrenOf(node, 'next'), offset, tree);
    if (!inner) break;
    path.push(inner);
  }
  const own = path.findLastIndex(({ kind }) => kind === 'entry');
  return path.slice(0, own + 1);
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
  return offset >= start && /^[ \t]*$/.test(tree.text.slice(end, Math.max(end, offset)));
}

function childrenOf(node: Part, direction: Direction): readonly Part[] {
  const children = partsOf(node).flatMap((part) => part ?? []);
  return direction === 'next' ? children : children.reverse();
}

function partsOf(node: Part): readonly (Part | null | undefined)[] {
  if (node.kind === 'map') return node.entries;
  if (node.kind === 'sequence') return node.items;
  return node.kind === 'entry' ? [node.value] : [];
}

function firstIn(node: Part, direction: Direction): Entry | undefined {
  if (node.kind === 'entry' && isPlace(node)) return isLeft(node) ? undefined : node;
  for (const child of childrenOf(node, direction)) {
    const cell = firstIn(child, direction);
    if (cell) return cell;
  }
  return undefined;
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

function selected(entry: Entry, tree: SyntaxTree): TextRange {
  const { start, blanks } = slotOf(entry, tree);
  const place = tree.valueRangeOf(entry);
  if (place.start < place.end) return withoutQuotes(place, tree);
  const at = start + Math.min(blanks, 1);
  return { start: at, end: at };
}
