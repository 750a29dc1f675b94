/** Where a value stands behind its key: in a column, its end is where the ends of the others are. */
import type { Cell, Table } from '../disclosure/model';
import type { Entry, SyntaxTree, TextEdit, TextRange } from '../syntax/tree';
import type { CellEdit } from './edits';
import { displayWidth } from './format/width';

/** A value with the blanks before it, behind the colon. */
export function slotOf(entry: Entry, tree: SyntaxTree): TextRange & { readonly blanks: number } {
  const start = tree.text.indexOf(':', tree.rangeOf(entry.key).end) + 1;
  const blanks = /^[ \t]*/.exec(tree.text.slice(start, start + LONGEST_GAP))![0].length;
  // A `null` is no value, but it is written.
  return { start, end: Math.max(start + blanks, tree.valueRangeOf(entry).end), blanks };
}

const LONGEST_GAP = 200;

/** Whether values of a column are set apart from their keys by more than a blank. */
export const isAlignedIn = ({ rows }: Table, column: string, tree: SyntaxTree): boolean =>
  [...rows.values()].some(({ values }) => {
    const own = values.get(column);
    return own !== undefined && slotOf(own, tree).blanks > 1;
  });

/**
 * Exchanges a value, empty for a blank, with the blanks before it. In a column it ends where it did, as far as
 * there is room behind the colon, so that what stands behind it keeps its place.
 */
export function valueEdit(
  own: Entry,
  text: string,
  isAligned: boolean,
  tree: SyntaxTree,
): TextEdit {
  const { start, end } = slotOf(own, tree);
  const width = isAligned ? displayWidth(tree.text.slice(start, end)) : 0;
  const range = { start, end };
  if (text !== '') {
    return { range, newText: ' '.repeat(Math.max(1, width - displayWidth(text))) + text };
  }
  const isLast = !/[^\r\n]/.test(tree.text[end] ?? '');
  const blank = tree.language === 'json' ? ' null' : ' ';
  return { range, newText: isLast ? blank : blank.padEnd(width) };
}

/** Writes cells so that the columns of a table stay what they are. */
export class Columns {
  private readonly aligned = new Map<string, boolean>();

  constructor(private readonly tree: SyntaxTree) {}

  /** The same edit, by which the value ends where the one before it did. */
  kept(cell: Cell, edit: CellEdit): CellEdit {
    const { entry } = cell;
    if (!entry || !this.isAligned(cell)) return edit;
    return valueEdit(entry, edit.newText.trim(), true, this.tree);
  }

  private isAligned({ table, column, node }: Cell): boolean {
    if (node?.kind === 'scalar' && node.style === 'block') return false;
    const key = `${table.id}/${column.id}`;
    let aligned = this.aligned.get(key);
    if (aligned === undefined) {
      this.aligned.set(key, (aligned = isAlignedIn(table, column.id, this.tree)));
    }
    return aligned;
  }
}
