import type { RowSpec, TableSpec, Vocabulary } from '../src/disclosure/vocabulary';

const union = (values: Iterable<string>) => {
  const all = [...new Set(values)];
  return all.length === 0 ? 'never' : all.map((value) => `'${value}'`).join(' | ');
};

/** TypeScript types for the stable ids, so that a misspelt one does not compile. */
export function idTypes({ tables, layouts, units }: Vocabulary): string {
  const perTable = (ids: (table: TableSpec) => string) =>
    tables.map((table) => `  ${table.id}: ${ids(table)};`).join('\n');
  return `// Generated from schemas/ by "npm run generate".

export type TableId = ${union(tables.map(({ id }) => id))};

export type LayoutId = ${union(layouts.map(({ id }) => id))};

export type UnitName = ${union(Object.keys(units))};

/** Rows by table; a row of a side is \`side.row\`, a code row is its subject code. */
export interface RowIds {
${perTable((table) => [union(rowIds(table)), ...codeIds(table)].join(' | '))}
}

/** Columns by table, whatever the side. */
export interface ColumnIds {
${perTable(({ sections }) => union(sections.flatMap(({ columns }) => columns.map(({ id }) => id))))}
}

export type RowId<T extends TableId = TableId> = RowIds[T];

export type ColumnId<T extends TableId = TableId> = ColumnIds[T];

/** The address of a cell, as \`Cell.id\` has it. */
export type CellId = { [T in TableId]: \`\${T}/\${RowIds[T]}/\${ColumnIds[T]}\` }[TableId];
`;
}

function rowIds({ sections }: TableSpec): string[] {
  const all = (rows: readonly RowSpec[]): string[] =>
    rows.flatMap(({ id, parts = [] }) => [id, ...all(parts)]);
  return sections.flatMap((section) =>
    all(section.rows).map((id) => (section.id ? `${section.id}.${id}` : id)),
  );
}

function codeIds({ sections }: TableSpec): string[] {
  return sections.flatMap(({ id, codes }) =>
    codes ? [id ? `\`${id}.\${number}\`` : '`${number}`'] : [],
  );
}
