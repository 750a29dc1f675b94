import {
  KeyIndex,
  vocabulary,
  type Layout,
  type RowSpec,
  type SectionSpec,
  type TableSpec,
} from './vocabulary';

/* The keys of a file, each index made once. */

interface Spelled {
  readonly key?: string;
  readonly alias?: readonly string[];
}

const named = <Id extends string>(items: Readonly<Record<Id, Spelled>>) =>
  new KeyIndex(Object.entries<Spelled>(items).map(([id, item]) => [item, id as Id] as const));

const listed = <T extends Spelled>(items: readonly T[]) =>
  new KeyIndex<T>(items.map((item) => [item, item]));

export const headKeys = named(vocabulary.head);
export const sectionKeys = named(vocabulary.sections);
export const tablesByKey = listed<TableSpec>(vocabulary.tables);
export const layoutsByKey = listed<Layout>(vocabulary.layouts);
export const roundings = listed(vocabulary.rounding);

/** Keys of what is said of a table, of a row and of an item beside its figures, with their ids. */
export const tableKeys = named(vocabulary.tableKeys);
export const rowKeys = named(vocabulary.rowKeys);
export const itemKeys = named(vocabulary.itemKeys);
export const acceptanceKeys = named(vocabulary.acceptanceKeys);

/** Keys of columns that stand together: 比上年. */
export const groupKeys = listed(
  Object.entries(vocabulary.groups).map(([id, group]) => ({ ...group, id })),
);

/** The sides of a table or statement by their keys; none of one that has no sides. */
export const sidesOf = once(({ sections }: TableSpec) =>
  listed(sections.filter(({ id }) => id !== '')),
);

export const rowsOf = once(({ rows }: SectionSpec) => listed<RowSpec>(rows));

/** The statements in a section of the file, by the section's id. */
export const statementsIn = once((id: string) =>
  listed<TableSpec>(vocabulary.statements.filter(({ section }) => section === id)),
);

/** The id of a row within its table: `total`, `out.208`. */
export const rowId = ({ id: side }: SectionSpec, id: string) => (side ? `${side}.${id}` : id);

/** An index of each part of the vocabulary, made when it is first asked for. */
function once<Of, T>(make: (of: Of) => KeyIndex<T>): (of: Of) => KeyIndex<T> {
  const made = new Map<Of, KeyIndex<T>>();
  return (of) => {
    let index = made.get(of);
    if (!index) made.set(of, (index = make(of)));
    return index;
  };
}
