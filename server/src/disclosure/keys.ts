import type { Row, Table } from './model';
import { vocabulary, type ColumnSpec } from './vocabulary';

/** The keys under which a cell stands or would stand, outermost first: 支出决算表, 2080101, 基本支出. */
export function keysOf(table: Table, row: Row, column: ColumnSpec): string[] {
  const { section } = row;
  return [
    ...table.within,
    table.spec.key,
    ...(table.project ? [table.project.code] : []),
    ...(section.key ? [section.key] : []),
    ...parentKeys(row),
    ...(section.flat ? [] : [row.code ?? row.title ?? row.spec?.key ?? row.id]),
    ...(section.columns.length > 1 && column.key !== section.key ? columnKeys(column) : []),
  ];
}

/** A column inside its group: 比上年, 增加. */
function columnKeys({ group, key }: ColumnSpec): string[] {
  return group ? [vocabulary.groups[group]!.key, key] : [key];
}

/** The row inside which a part of it is written: 年初财政拨款结转和结余. */
export function parentKeys({ section, spec }: Row): string[] {
  const parent = section.rows.find(({ parts }) => spec !== undefined && parts?.includes(spec));
  return parent ? [parent.key] : [];
}
