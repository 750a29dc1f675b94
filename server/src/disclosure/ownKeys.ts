import { KeyIndex, vocabulary } from './vocabulary';

const named = <T extends string>(items: Readonly<Record<T, { key?: string }>>) =>
  new KeyIndex(Object.entries(items).map(([id, item]) => [item as { key?: string }, id]));

/** Keys of what is said of a table, of a row and of an item beside its figures, with their ids. */
export const tableKeys = named(vocabulary.tableKeys);
export const rowKeys = named(vocabulary.rowKeys);
export const itemKeys = named(vocabulary.itemKeys);
