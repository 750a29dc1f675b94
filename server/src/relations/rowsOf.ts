/** The rows and columns of a table that an address may mean. */
import { isNonZero, type Row, type Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Log } from './log';
import type { Address } from './rule';

/** A row on the same side as another. */
export function beside(row: string, name: string): string {
  const dot = row.indexOf('.');
  return dot < 0 ? name : `${row.slice(0, dot)}.${name}`;
}

/** Whether a side prints an amount: a total over lines that are not there yet. */
export function hasMoney(table: Table, side: string, log: Log): boolean {
  return printedRows(table, side).some(({ id, section }) =>
    table.columnsOf(section).some((column) => {
      const cell = table.cell(id, column.id);
      if (cell) log.add(cell);
      return cell !== undefined && isNonZero(cell);
    }),
  );
}

export function printedRows(table: Table, side: string): Row[] {
  return [...table.rows.values()].filter(({ section, printed }) => section.id === side && printed);
}

export function columnSet(table: Table, rowId: string, set: string): string[] {
  const row = table.rows.get(rowId);
  const side = rowId.includes('.') ? rowId.slice(0, rowId.indexOf('.')) : '';
  const section = row?.section ?? table.spec.sections.find(({ id }) => id === side);
  if (!section) return [];
  const columns = table.columnsOf(section).filter(({ sets }) => sets?.includes(set));
  // Of a statement only what it writes is meant: it names one budget of several.
  const written =
    table.spec.section && row ? columns.filter(({ id }) => row.values.has(id)) : columns;
  return written.map(({ id }) => id);
}

export function setRows(table: Table, side: string, set: string): string[] {
  const inSet = ({ section, spec }: Row) =>
    section.id === side && (set === 'rows' || spec?.sets?.includes(set));
  const rows = [...table.rows.values()].filter(inSet);
  return (set === 'rows' ? rows.filter(({ printed }) => printed) : rows).map(({ id }) => id);
}

/** Rows of a list that say they belong to a group. */
export function groupRows(table: Table, side: string, group: string): string[] {
  return printedRows(table, side).flatMap(({ id, section, values }) => {
    const column = section.columns.find(({ kind }) => kind === 'word');
    const node = column && values.get(column.id)?.value;
    const words = vocabulary.words[column?.words ?? '']?.[group] ?? [];
    return node?.kind === 'scalar' && words.includes(node.text.trim()) ? [id] : [];
  });
}

/** Rows that say they are of a project. */
export function projectRows(table: Table, side: string, code: string): string[] {
  const rows = printedRows(table, side).filter(({ project }) => project?.code === code);
  return rows.map(({ id }) => id);
}

/** Addresses that mean something only where the file links it. */
export function isLink({ row: { by, name } }: Address): boolean {
  return by === 'title' || by === 'named' || (by === 'set' && name === 'project');
}

export function namesIn(row: Row | undefined, column: string): string[] {
  const node = row?.values.get(column)?.value;
  const items = node?.kind === 'sequence' ? node.items : [node];
  return items.flatMap((item) => (item?.kind === 'scalar' ? [item.text.trim()] : []));
}

export function inClasses({ classes, except = false }: Address['row']): (row: Row) => boolean {
  // Without a list of classes, `undefined !== false`: every code is in.
  return ({ code }) => classes?.includes(code!.slice(0, 3)) !== except;
}
