import type { Cell, Row, Table } from '../../disclosure/model';
import type { ColumnSpec, SectionSpec } from '../../disclosure/vocabulary';
import type { LineCharacter } from '../../syntax/lines';
import type { TextEdit } from '../../syntax/tree';
import type { Analysis } from '../analysis';
import { sideEntry } from '../insertCell';
import { message, shortList, type Locale, type MessageKey } from '../messages';
import { rowsAcross } from './across';
import { gridOf, isFilled } from './grid';
import { figureText, rolesByHeadings, unitsIn, type Role } from './headings';
import { readBlock, unknownColumns, type Block, type List } from './lists';
import { RowFinder, type Labels } from './rows';
import { cellAt, offsetAt, sideAt, tableAt } from './target';
import { Writer } from './writer';

export interface Paste {
  /** None where nothing can be written. */
  readonly edits: readonly TextEdit[];
  /** What was written and what was not, or why nothing could be. */
  readonly message: string;
  /** Something of the block was left out, or all of it, or what was written is to be looked at. */
  readonly incomplete: boolean;
}

type Refusal = readonly [key: MessageKey, args?: Readonly<Record<string, string | number>>];

/**
 * Writes a block of cells from a spreadsheet into the table at a place: by the headings and codes or
 * names that the block has, else from the cell at that place on. What is not understood is told, never
 * guessed. Figures lose their thousands separators; rows that the table lacks are put behind its others.
 */
export function pasteCells(
  analysis: Analysis,
  position: LineCharacter,
  clipboard: string,
  locale: Locale,
): Paste {
  const refused = ([key, args = {}]: Refusal): Paste => {
    return { edits: [], message: message(locale, key, args), incomplete: true };
  };
  const grid = gridOf(clipboard);
  if (!clipboard.includes('\t') && grid.length < 2) return refused(['paste.grid']);
  const offset = offsetAt(analysis, position);
  const table = tableAt(analysis, offset);
  if (!table) return refused(['paste.table']);
  const unit = unitsIn(grid).find((found) => found !== table.unit.name);
  if (unit !== undefined) {
    return refused(['paste.unit', { found: unit, known: table.unit.name, table: table.title }]);
  }
  const finders = table.spec.sections.map((section) => new RowFinder(section, analysis.catalog));
  const upright = finders.length === 1 ? rowsAcross(grid, finders[0]!.section) : undefined;
  const block = readBlock(upright ?? grid, table, finders, sideAt(analysis, table, offset));
  const entryOf = (section: SectionSpec) =>
    section.id === '' ? table.entry : sideEntry(table.entry, section.key);
  const writer = new Writer(analysis, table, entryOf);
  const strange = { rows: [] as string[], misnamed: [] as string[], beyond: [] as string[] };
  if (block.lists.some(({ roles }) => roles.includes('label') || roles.includes('name'))) {
    const refusal = refusalOf(block, table, entryOf);
    if (refusal) return refused(refusal);
    putRows(block, finders, writer, strange);
  } else {
    // Below what names a row there are no figures: they cannot be counted down from the cursor.
    const isCode = (cell: string) => finders.some((finder) => finder.isCertain(cell));
    const firsts = block.rows.filter(isFilled).map(([first = '']) => first);
    const isNaming = firsts.filter(isCode).length * 2 > firsts.length;
    if (isNaming || firsts.some((cell) => figureText(cell) === undefined))
      return refused(['paste.names']);
    const start = cellAt(analysis, offset);
    if (start?.table !== table) {
      const isSided = finders.length > 1 && !sideAt(analysis, table, offset);
      return refused(isSided ? ['paste.side', { table: table.title }] : ['paste.cell']);
    }
    strange.beyond = putFrom(start, analysis, block, writer);
  }
  const { clashes } = writer;
  if (clashes.length > 0)
    return refused(['paste.clash', { names: shortList(clashes, MOST_NAMED, locale) }]);
  const { edits, count, ...written } = writer.result();
  const said = (key: MessageKey, names: readonly string[]) =>
    names.length === 0
      ? []
      : [message(locale, key, { names: shortList(names, MOST_NAMED, locale) })];
  const leftOut = [
    ...said('paste.overridden', written.overridden),
    ...said('paste.rows', [...strange.rows, ...written.rows]),
    ...said('paste.headings', unknownColumns(block)),
    ...said('paste.beyond', strange.beyond),
    ...said('paste.values', written.values),
  ];
  const done =
    edits.length > 0
      ? [message(locale, 'paste.done', { count }), ...said('paste.order', orderOf(block))]
      : leftOut.length === 0
        ? [message(locale, 'paste.nothing')]
        : [];
  const incomplete = [...leftOut, ...said('paste.misnamed', strange.misnamed)];
  return {
    edits,
    message: [...done, ...incomplete].join(locale === 'en' ? ' ' : ''),
    incomplete: incomplete.length > 0,
  };
}

/** Why nothing of a block whose rows have names can be written. */
function refusalOf(
  { lists }: Block,
  table: Table,
  entryOf: (section: SectionSpec) => unknown,
): Refusal | undefined {
  for (const { section, misfit } of lists) {
    if (!section) return ['paste.side', { table: table.title }];
    if (misfit !== undefined) {
      const known = table.columnsOf(section).length;
      return ['paste.columns', { found: misfit, known, table: table.title }];
    }
    if (!entryOf(section)) return ['paste.noSide', { table: table.title, side: section.key! }];
  }
  return undefined;
}

/** A row of one of the lists of a block. */
interface ListRow {
  labels: Labels;
  readonly values: readonly (readonly [ColumnSpec, string])[];
}

const UNNAMED: Labels = { labels: [], names: [] };

/** Takes the rows of a block by what names them. Told are those that are not known, and names of others than the code. */
function putRows(
  { rows, lists }: Block,
  finders: readonly RowFinder[],
  writer: Writer,
  told: { readonly rows: string[]; readonly misnamed: string[] },
): void {
  const found = lists.map(({ section }) => finders.find((finder) => finder.section === section)!);
  const listed = rows.map((cells) => {
    const row = lists.map((list) => rowOf(cells, list));
    joinMerged(row, found);
    return row;
  });
  for (const [at, { section }] of lists.entries()) {
    const own = listed.map((row) => row[at]!);
    const ids = found[at]!.rows(own.map(({ labels }) => labels));
    for (const [index, { labels, values }] of own.entries()) {
      const id = ids[index];
      if (id !== undefined) {
        for (const [column, value] of values) writer.put(section!, id, column, value);
        const other = found[at]!.otherName(id, labels);
        if (other !== undefined) told.misnamed.push(`${id} ${other}`);
      } else if (hasValues(values)) told.rows.push(labels.labels[0] ?? labels.names[0] ?? '?');
    }
  }
}

function rowOf(cells: readonly string[], { roles }: List): ListRow {
  const having = (role: Role) =>
    roles.flatMap((one, at) => (one === role && cells[at] ? cells[at] : []));
  return {
    labels: { labels: having('label'), names: having('name') },
    values: roles.flatMap((role, at) =>
      typeof role === 'object' ? [[role, cells[at] ?? ''] as const] : [],
    ),
  };
}

const hasValues = (values: ListRow['values']) => values.some(([, value]) => value !== '');

/** The name of a line may take up all but the last of the lists that stand side by side: its figure is there. */
function joinMerged(row: readonly ListRow[], finders: readonly RowFinder[]): void {
  const isUnnamed = ({ labels }: ListRow) => labels.labels.length + labels.names.length === 0;
  for (const [at, own] of row.entries()) {
    if (!isUnnamed(own) || !hasValues(own.values)) continue;
    const left = row.slice(0, at).findLastIndex((one) => !isUnnamed(one) || hasValues(one.values));
    const other = row[left];
    if (!other || hasValues(other.values) || finders[left] !== finders[at]) continue;
    const { labels, names } = other.labels;
    if (![...labels, ...names].some(finders[at]!.isLine)) continue;
    own.labels = other.labels;
    other.labels = UNNAMED;
  }
}

/**
 * Figures alone: down from a cell by the rows as written, in the columns of their headings, or else to the
 * right by the columns of the form. Those that have no place are returned.
 */
function putFrom(start: Cell, { tree }: Analysis, block: Block, writer: Writer): string[] {
  const { table } = start;
  const { section } = start.row;
  const columns = table.columnsOf(section);
  const first = columns.findIndex(({ id }) => id === start.column.id);
  const written = [...table.rows.values()]
    .flatMap((row) => (row.section === section && row.entry ? [{ row, entry: row.entry }] : []))
    .sort((a, b) => tree.rangeOf(a.entry).start - tree.rangeOf(b.entry).start)
    .map(({ row }) => row);
  const top = written.indexOf(start.row);
  const { headings, rows } = block;
  const roles = headings.length > 0 ? rolesByHeadings(headings, columns) : undefined;
  const columnAt = (right: number) => {
    const role = roles ? roles[right] : columns[first + right];
    return typeof role === 'object' ? role : undefined;
  };
  return rows.flatMap((cells, down) => {
    const row = written[top + down];
    return cells.flatMap((value, right) => {
      const column = columnAt(right);
      if (row && column) writer.put(section, localId(row), column, value);
      // A column that no heading names is told as one.
      return value !== '' && (!row || (!column && !roles)) ? [value] : [];
    });
  });
}

/** The id of a row in its section. */
const localId = ({ id, section }: Row) => (section.id ? id.slice(section.id.length + 1) : id);

/** By which the columns were taken where no headings say what they are. */
function orderOf({ headings, lists }: Block): string[] {
  if (headings.length > 0) return [];
  const orders = lists.map(({ roles }) =>
    roles.includes('label') || roles.includes('name')
      ? roles.flatMap((role) => (typeof role === 'object' ? role.key : []))
      : [],
  );
  return [...new Set(orders.filter(({ length }) => length > 1).flat())];
}

/** Enough to see what is meant. */
const MOST_NAMED = 5;
