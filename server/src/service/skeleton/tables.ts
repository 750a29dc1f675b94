import { isInUse, type Catalog } from '../../catalog/catalog';
import {
  linesOf,
  vocabulary,
  type ColumnSpec,
  type Layout,
  type RowSpec,
  type SectionSpec,
  type TableSpec,
} from '../../disclosure/vocabulary';
import type { Content, Written } from './written';

/** A table with the lines that its form prints and the columns of a layout. */
export function tableOf(
  spec: TableSpec,
  ids: Layout['tables'][number]['columns'],
  year: number | undefined,
  catalog: Catalog,
): Content {
  return {
    entries: spec.sections.flatMap((section): Written => {
      const columns = section.columns.filter(({ id }) => !ids || ids.includes(id));
      const rows = rowsOf(section, columns, year, catalog);
      return section.key ? [[section.key, { entries: rows }]] : rows;
    }),
  };
}

/** The lines of a section: those of a list or catalog first, then what they come to. */
function rowsOf(
  section: SectionSpec,
  columns: readonly ColumnSpec[],
  year: number | undefined,
  catalog: Catalog,
): Written {
  const { codes } = section;
  const listed = codes?.lines ? linesOf(codes.lines, year) : [];
  // Every form prints the same economic subjects; of functional ones each department has its own.
  const economic =
    codes?.classification === 'economic'
      ? [...catalog.entries('economic')].flatMap((entry) =>
          codes.levels.includes(entry.code.length) && isInUse(entry, year) ? entry.code : [],
        )
      : [];
  const lines = [...listed, ...economic];
  // What a form lists by itself is what the rows of other tables come to.
  const isTotal = (code: string) =>
    listed.includes(code) || lines.some((line) => line !== code && line.startsWith(code));
  return [
    ...lines.map((code) => [code, rowOf(columns, isTotal(code))] as const),
    ...section.rows.map((row) => [row.key, contentOf(row, columns)] as const),
  ];
}

function contentOf(row: RowSpec, columns: readonly ColumnSpec[]): Content {
  const { parts, totalKey = '', total = false } = row;
  if (!parts) return rowOf(columns, total);
  return {
    entries: [
      [totalKey, rowOf(columns, total)],
      ...parts.map(({ key }) => [key, rowOf(columns, false)] as const),
    ],
  };
}

/** Totals are left to the server. */
function rowOf(columns: readonly ColumnSpec[], isTotal: boolean): Content {
  const cells = columns.map(
    ({ key, total = false }) => [key, isTotal || total ? vocabulary.derived : ''] as const,
  );
  return cells.length === 1 ? cells[0]![1] : { cells };
}
