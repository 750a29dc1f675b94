import { KeyIndex, vocabulary, type SectionSpec, type TableSpec } from './vocabulary';

const named = <T extends string>(items: Readonly<Record<T, { key?: string }>>) =>
  new KeyIndex(Object.entries(items).map(([id, item]) => [item as { key?: string }, id]));

/** Keys of what is said of a table, of a row and of an item beside its figures, with their ids. */
export const tableKeys = named(vocabulary.tableKeys);
export const rowKeys = named(vocabulary.rowKeys);
export const itemKeys = named(vocabulary.itemKeys);

const sides = new WeakMap<TableSpec, KeyIndex<SectionSpec>>();

/** The sides of a table or statement by their keys; none of one that has no sides. */
export function sidesOf(spec: TableSpec): KeyIndex<SectionSpec> {
  let index = sides.get(spec);
  if (!index) {
    const named = spec.sections.filter(({ id }) => id !== '');
    sides.set(spec, (index = new KeyIndex(named.map((side) => [side, side]))));
  }
  return index;
}
