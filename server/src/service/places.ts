import { catalogOf } from '../catalog/inForce';
import { formatHalves, writeAmount, ZERO, type Amount } from '../disclosure/amount';
import { keysOf, parentKeys } from '../disclosure/keys';
import { isLeftBlank, type Cell, type Row, type Table } from '../disclosure/model';
import { standsAlone } from '../disclosure/statementData';
import { vocabulary } from '../disclosure/vocabulary';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { message, type Locale } from './messages';

/** The nearest thing in the text that stands for a cell: its value, its key, its row, its table. */
export function anchorOf(cell: Cell, tree: SyntaxTree): TextRange {
  const { entry, row, table } = cell;
  if (entry?.value) return tree.rangeOf(entry.value);
  if (!entry && row.titleNode) return tree.rangeOf(row.titleNode);
  return tree.rangeOf((entry ?? row.entry ?? table.entry).key);
}

/** Of a scalar in quotes, what stands between them. */
export function withoutQuotes({ start, end }: TextRange, { text }: SyntaxTree): TextRange {
  const quoted = end - start >= 2 && /["']/.test(text[start]!) ? 1 : 0;
  return { start: start + quoted, end: end - quoted };
}

/** The address by meaning, in the file's own keys: `支出决算表/2080101/基本支出`. */
export function pathOf({ table, row, column }: Cell): string {
  return keysOf(table, row, column).join('/');
}

/** The keys around a place, outermost first. */
export function pathTo(at: SyntaxNode | Entry | TextRange, tree: SyntaxTree): string[] {
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  return tree
    .pathAt(start)
    .flatMap((node) => (node.kind === 'entry' ? [node.key.text.trim()] : []));
}

/** The address by stable ASCII ids. */
export function idsOf(cell: Cell): { table: string; row: string; column: string } {
  return { table: cell.table.id, row: cell.row.id, column: cell.column.id };
}

/** The cell in words: `《支出决算表》 2080101 行政运行 基本支出`. */
export function labelOf(cell: Cell, locale: Locale): string {
  return [`《${cell.table.title}》`, innerLabelOf(cell, locale)]
    .filter((word) => word !== '')
    .join(' ');
}

/** The same with the table last, for where there is little room: most cells of a table are alike at first. */
export function tableLastLabelOf(cell: Cell, locale: Locale): string {
  return [innerLabelOf(cell, locale), `《${cell.table.title}》`]
    .filter((word) => word !== '')
    .join(' ');
}

/** The same without the table, for where that is known. */
export function innerLabelOf(cell: Cell, locale: Locale): string {
  const { table, row, column } = cell;
  const { section } = row;
  const named = (item: { key?: string; en?: string }) =>
    (locale === 'zh-cn' ? item.key : item.en) ?? '';
  const line = named(row.spec ?? {});
  // 下降 42.68%, not 增长.
  const key = cell.sign === -1 ? column.opposite?.key : undefined;
  const asWritten = { ...column, ...(key !== undefined && { key }) };
  const project = table.project?.printedAs?.text ?? table.project?.code ?? '';
  return [
    project,
    // English lines mostly name their side: expenditure of the year.
    line.includes(named(section)) ? '' : named(section),
    ...(locale === 'zh-cn' ? parentKeys(row) : []),
    ...(row.code ? [row.code, subjectName(row.code, cell)] : [row.title ?? line]),
    // 决算较预算 增长: what stands alone is against last year.
    ...(standsAlone(column) ? [] : [named(vocabulary.groups[column.group!]!)]),
    ...(section.columns.length > 1 && column.key !== section.key ? [named(asWritten)] : []),
  ]
    .filter((word) => word !== '')
    .join(' ');
}

export const headingOf = ({ key, en }: Cell['column'], locale: Locale): string =>
  locale === 'zh-cn' ? key : en;

function subjectName(code: string, { row, table }: Cell): string {
  const classification = row.section.codes?.classification ?? 'functional';
  return catalogOf(table).lookup(code, classification)?.name ?? '';
}

/** What a row comes to: its total column, or its only one. */
export function totalCell(table: Table, row: Row): Cell | undefined {
  const columns = table.columnsOf(row.section);
  const column =
    columns.find(({ total }) => total) ??
    // Of a statement, what it says beside budgets and shares.
    columns.find(({ id }) => id === 'amount') ??
    (columns.length === 1 ? columns[0] : undefined);
  return column && table.cell(row.id, column.id);
}

/** The figure a cell shows: as printed, or as computed where that is left to the server; a sum of blanks is blank. */
export function figureOf({ state, amount, printed, unit }: Cell): string {
  if (state !== 'derived' || !amount) return printed;
  return amount === ZERO ? '' : writeAmount(amount, unit.exponent);
}

/** An amount as a cell would write it: under a key that turns it, between the characters around its digits. */
export function valueText({ units, place }: Amount, cell: Cell): string {
  const turned = BigInt(cell.sign) * units;
  const { before = '', after = cell.unit.measure === 'ratio' ? '%' : '' } = cell.around ?? {};
  return `${before}${formatHalves(2n * turned, place, cell.unit.exponent)}${after}`;
}

/** What a cell says, as the predicate of a sentence: it prints a figure, is blank, or is 自动 and comes to one. */
export function saysOf(cell: Cell, figure: string, locale: Locale): string {
  if (cell.state === 'derived') {
    const key = isLeftBlank(cell) ? 'says.left-blank' : 'says.derived';
    return message(locale, key, { value: figure === '' ? '0' : figure });
  }
  return says(figure, locale);
}

export const says = (figure: string, locale: Locale): string =>
  figure === '' ? message(locale, 'says.blank') : message(locale, 'says.figure', { value: figure });

/** The figure, or the word for a blank. */
export function printedOf(cell: Cell, locale: Locale): string {
  const figure = figureOf(cell);
  return figure === '' ? message(locale, 'blank') : figure;
}
