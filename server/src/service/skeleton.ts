import type { Catalog } from '../catalog/catalog';
import {
  linesOf,
  vocabulary,
  type ColumnSpec,
  type Layout,
  type RowSpec,
  type SectionSpec,
  type TableSpec,
} from '../disclosure/vocabulary';
import { parse } from '../syntax/parse';
import type { Language } from '../syntax/tree';
import { apply } from './fixAll';
import { formatEdits } from './format/format';

export interface NewDisclosure {
  readonly language: Language;
  /** The id of a layout; one that is not known is the first. */
  readonly layout: string;
  readonly year: number;
  /** Empty where it is still to be written. */
  readonly organisation: string;
}

/** A scalar as it is written, a row of cells, or more of the same under keys. */
type Content = string | { readonly cells: Written } | { readonly entries: Written };
type Written = readonly (readonly [key: string, content: Content])[];

/** A file with every table of a layout, its lines and totals, and no figure yet. */
export function skeletonOf(wish: NewDisclosure, catalog: Catalog): string {
  const { layouts, head, format } = vocabulary;
  const layout = layouts.find(({ id }) => id === wish.layout) ?? layouts[0]!;
  const keyOf = (id: string) => head[id]!.key;
  const tables = layout.tables.flatMap(({ id, columns }) => {
    const spec = vocabulary.tables.find((table) => table.id === id);
    return spec ? [[spec.key, tableOf(spec, columns, wish.year, catalog)] as const] : [];
  });
  const entries: Written = [
    [keyOf('format'), format],
    [keyOf('kind'), '部门决算'],
    [keyOf('year'), wish.year.toString()],
    [keyOf('organisation'), wish.organisation],
    [keyOf('unit'), '万元'],
    [keyOf('layout'), layout.key],
    ...tables,
  ];
  const text = wish.language === 'json' ? `${json({ entries }, '')}\n` : yaml(entries);
  const options = { tabSize: 2, insertSpaces: true };
  return apply(text, formatEdits(parse(text, wish.language), options));
}

function tableOf(
  spec: TableSpec,
  ids: Layout['tables'][number]['columns'],
  year: number,
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
  year: number,
  catalog: Catalog,
): Written {
  const blank: Content =
    columns.length === 1 ? '' : { cells: columns.map(({ key }) => [key, ''] as const) };
  const { codes } = section;
  const listed = codes?.lines ? linesOf(codes.lines, year) : [];
  // Every form prints the same economic subjects; of functional ones each department has its own.
  const economic =
    codes?.classification === 'economic'
      ? [...catalog.entries('economic')].flatMap(({ code, until }) =>
          codes.levels.includes(code.length) && (until === undefined || year <= until) ? code : [],
        )
      : [];
  const lines = [...listed, ...economic].map((code) => [code, blank] as const);
  return [...lines, ...section.rows.map((row) => [row.key, contentOf(row, blank)] as const)];
}

function contentOf({ parts, totalKey = '' }: RowSpec, blank: Content): Content {
  if (!parts) return blank;
  return { entries: [[totalKey, blank], ...parts.map(({ key }) => [key, blank] as const)] };
}

function yaml(entries: Written, indent = ''): string {
  return entries
    .map(([key, content]) => {
      const table = indent === '' && typeof content === 'object' ? '\n' : '';
      return `${table}${indent}${key}:${yamlValue(content, indent)}\n`;
    })
    .join('');
}

function yamlValue(content: Content, indent: string): string {
  if (typeof content === 'string') return content === '' ? '' : ` ${plainOrQuoted(content)}`;
  if ('entries' in content) return `\n${yaml(content.entries, `${indent}  `).trimEnd()}`;
  return ` {${content.cells.map(([key]) => `${key}: `).join(', ')}}`;
}

/** A name with a mark of YAML in it needs quotes. */
function plainOrQuoted(text: string): string {
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{N}/.（）()—-]*$/u.test(text);
  return isPlain && !/^(?:null|true|false|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}

function json(content: Content, indent: string): string {
  if (typeof content === 'string') {
    if (content === '') return 'null';
    return /^\d{4}$/.test(content) ? content : JSON.stringify(content);
  }
  if ('cells' in content) {
    return `{${content.cells.map(([key]) => `${JSON.stringify(key)}: null`).join(', ')}}`;
  }
  const inner = `${indent}  `;
  const lines = content.entries.map(
    ([key, value]) => `${inner}${JSON.stringify(key)}: ${json(value, inner)}`,
  );
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
