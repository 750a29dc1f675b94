import type { Cell, Table } from '../../disclosure/model';
import type { SectionSpec } from '../../disclosure/vocabulary';
import type { LineCharacter } from '../../syntax/lines';
import type { Analysis } from '../analysis';

/** The offset of a place; where only blanks are between a colon and it, of the value behind the colon. */
export function offsetAt({ lines, tree }: Analysis, position: LineCharacter): number {
  const offset = lines.offset(position);
  const blanks = /(?<=[:：])[ \t]+$/.exec(
    tree.text.slice(lines.offset({ ...position, character: 0 }), offset),
  );
  return offset - (blanks?.[0].length ?? 0);
}

/**
 * Whether cells that are pasted at a place can be meant to become rows: in a table, or where a line begins.
 * In a remark or a text they are text.
 */
export function isForCells(analysis: Analysis, position: LineCharacter): boolean {
  if (!analysis.disclosure) return false;
  const offset = offsetAt(analysis, position);
  if (tableAround(analysis, offset)) return true;
  return /(?:^|[\r\n])[ \t]*$/.test(analysis.tree.text.slice(0, offset));
}

/** The table in which a place is, or behind which there is nothing else yet. */
export const tableAt = (analysis: Analysis, offset: number): Table | undefined =>
  tableAround(analysis, offset) ?? tableAbove(analysis, offset);

function tableAround({ disclosure, tree }: Analysis, offset: number): Table | undefined {
  const path = tree.pathAt(offset);
  return [...(disclosure?.tables.values() ?? [])].find(
    ({ entry, spec }) => spec.section === undefined && path.includes(entry),
  );
}

/**
 * Behind the last row of a table there is nothing of it, but an indented line is meant to be, and so is
 * an empty one right below that row.
 */
function tableAbove({ disclosure, tree }: Analysis, offset: number): Table | undefined {
  const before = tree.text.slice(0, offset);
  const above = [...(disclosure?.tables.values() ?? [])]
    .filter(({ entry, spec }) => spec.section === undefined && tree.rangeOf(entry).end <= offset)
    .filter(({ entry }) => before.slice(tree.rangeOf(entry).end).trim() === '')
    .at(-1);
  if (!above || !/^[ \t]*(?:[\r\n]|$)/.test(tree.text.slice(offset))) return undefined;
  const isIndented = /(?:^|[\r\n])[ \t]+$/.test(before);
  const isNext = /^[^\r\n]*(?:\r\n|\r|\n)$/.test(before.slice(tree.rangeOf(above.entry).end));
  return isIndented || isNext ? above : undefined;
}

/** The side of a table in which a place is. */
export function sideAt({ tree }: Analysis, table: Table, offset: number): SectionSpec | undefined {
  const keys = tree
    .pathAt(offset)
    .flatMap((node) => (node.kind === 'entry' ? node.key.text.trim() : []));
  return table.spec.sections.find(({ key }) => key !== undefined && keys.includes(key));
}

export function cellAt({ disclosure, tree }: Analysis, offset: number): Cell | undefined {
  const entries = tree.pathAt(offset).filter((node) => node.kind === 'entry');
  return entries.reverse().flatMap((entry) => disclosure?.cellOf(entry) ?? [])[0];
}
