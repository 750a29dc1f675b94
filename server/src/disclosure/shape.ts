import type { Entry, MapNode, SyntaxNode, SyntaxTree } from '../syntax/tree';
import { rowKeys } from './ownKeys';
import { indexOf } from './sectionIndex';
import type { SectionSpec, TableSpec } from './vocabulary';

/** Whether a section has a column that is called so. */
export type IsKnown = (key: string, section: SectionSpec) => boolean;

export const isColumn: IsKnown = (key, { columns }) => columns.some((column) => column.key === key);

export const isSpelling: IsKnown = (key, section) =>
  indexOf(section).columns.get(key) !== undefined;

/** Whether a table has the sides and the columns that an entry writes. */
export function hasShapeOf(
  { value }: Entry,
  { sections }: TableSpec,
  isKnown: IsKnown = isSpelling,
): boolean {
  const [main] = sections;
  const children = mapsIn(value);
  if (children.length === 0) return false;
  if (main!.id === '') {
    return children.every(([, map]) => {
      return map.entries.every(({ key: { text } }) => {
        return isKnown(text, main!) || rowKeys.get(text) !== undefined;
      });
    });
  }
  return children.every(([key]) => sections.some((side) => side.key === key));
}

const mapsIn = (node: SyntaxNode | undefined): (readonly [key: string, map: MapNode])[] =>
  node?.kind === 'map'
    ? node.entries.flatMap(({ key, value }) =>
        value?.kind === 'map' ? [[key.text, value] as const] : [],
      )
    : [];

/**
 * Of entries that are to be one table, the one that counts: the only one with the table's columns, else the
 * last. Undefined where several have them and differ: then a figure of any of them may be another table's.
 */
export function entryMeant(
  entries: readonly Entry[],
  spec: TableSpec,
  tree: SyntaxTree,
): Entry | undefined {
  const written = entries.map((entry) => {
    const { start, end } = tree.rangeOf(entry);
    return tree.text.slice(start, end).trimEnd().replace(/\s+/g, ' ');
  });
  if (new Set(written).size === 1) return entries.at(-1);
  const fitting = entries.filter((entry) => hasShapeOf(entry, spec));
  return fitting.length < 2 ? (fitting[0] ?? entries.at(-1)) : undefined;
}
