import {
  KeyIndex,
  vocabulary,
  type ColumnSpec,
  type RowSpec,
  type SectionSpec,
} from './vocabulary';

/** The rows and columns of one side of a table, by every key they are written under. */
export interface SectionIndex {
  readonly rows: KeyIndex<RowSpec>;
  readonly columns: KeyIndex<ColumnSpec>;
}

const indexes = new Map<SectionSpec, SectionIndex>(
  vocabulary.tables.flatMap(({ sections }) =>
    sections.map((section) => [
      section,
      {
        rows: new KeyIndex(section.rows.map((row) => [row, row])),
        columns: new KeyIndex(section.columns.map((column) => [column, column])),
      },
    ]),
  ),
);

/** Of a side of one of the nine tables. */
export const indexOf = (section: SectionSpec): SectionIndex => indexes.get(section)!;
