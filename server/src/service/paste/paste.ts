import { append, greatestOf } from '../../syntax/arrays';
import type { Cell, Row, Table } from '../../disclosure/model';
import { rowId } from '../../disclosure/ownKeys';
import type { ColumnSpec, SectionSpec } from '../../disclosure/vocabulary';
import type { LineCharacter } from '../../syntax/lines';
import { parse } from '../../syntax/parse';
import type { Entry, SyntaxTree, TextEdit, TextRange } from '../../syntax/tree';
import type { Analysis } from '../analysis';
import { editCell } from '../edits';
import { changesBetween } from '../fixAll';
import { apply } from '../textChanges';
import { formatRangeEdits } from '../format/format';
import { eolOf, indentOf, insertEntries } from '../../syntax/insert';
import { message, type Locale, type MessageKey } from '../messages';
import { gridOf } from './grid';
import { figureText, rolesByContent, rolesByHeadings, splitHeadings, type Role } from './headings';
import { RowFinder } from './rows';

export interface Paste {
  /** None where nothing can be written. */
  readonly edits: readonly TextEdit[];
  /** What was written and what was not, or why nothing could be. */
  readonly message: string;
  /** Something of the block was left out, or all of it. */
  readonly incomplete: boolean;
}

/** Where a block goes. */
interface Target {
  readonly table: Table;
  readonly section: SectionSpec;
  /** The table, or the side of it. */
  readonly entry: Entry;
}

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
  const refused = (
    key: MessageKey,
    args: Readonly<Record<string, string | number>> = {},
  ): Paste => {
    return { edits: [], message: message(locale, key, args), incomplete: true };
  };
  const grid = gridOf(clipboard);
  if (!clipboard.includes('\t') && grid.length < 2) return refused('paste.grid');
  const offset = analysis.lines.offset(position);
  const target = targetAt(analysis, offset);
  if (!target) return refused('paste.table');
  if (target === 'side')
    return refused('paste.side', { table: tableAt(analysis, offset)!.spec.key });
  const { table, section } = target;
  const columns = table.columnsOf(section);
  const find = new RowFinder(section, analysis.catalog);
  const { headings, rows } = splitHeadings(grid, columns);
  const byContent =
    headings.length > 0
      ? undefined
      : rolesByContent(rows, columns, (cell) => find.row(cell) !== undefined);
  const roles =
    byContent === undefined
      ? rolesByHeadings(headings, columns)
      : 'roles' in byContent
        ? byContent.roles
        : [];
  // Forms leave the heading above codes blank, or print it where it is not copied.
  const isNamed = roles.includes('label') || roles.includes('name');
  const isUnheaded = byContent === undefined && !isNamed && roles[0] === undefined;
  if (isUnheaded && rows.some(([first = '']) => find.row(first) !== undefined)) roles[0] = 'label';
  const paster = new Paster(analysis.tree, target);
  if (roles.includes('label') || roles.includes('name')) {
    for (const cells of rows) paster.row(find, cells, roles);
    paster.unknownColumns(headings, rows, roles);
    if (byContent && columns.length > 1) paster.order = columns;
  } else if (rows.some((cells) => isLabel(find, cells[0] ?? ''))) {
    const found = byContent && 'figures' in byContent ? byContent.figures : 0;
    return refused('paste.columns', { found, known: columns.length, table: table.spec.key });
  } else {
    const start = cellAt(analysis, offset);
    if (!start) return refused('paste.cell');
    paster.from(start, rows, headings.length > 0 ? roles : undefined);
    paster.unknownColumns(headings, headings.length > 0 ? rows : [], roles);
  }
  return paster.result(locale);
}

/** What names a row, known or not: below it there are no figures. */
const isLabel = (find: RowFinder, cell: string) =>
  find.row(cell) !== undefined || figureText(cell) === undefined;

/**
 * Whether cells that are pasted at a place can be meant to become rows: in a table, or where a line begins.
 * In a remark or a text they are text.
 */
export function isForCells(analysis: Analysis, position: LineCharacter): boolean {
  if (!analysis.disclosure) return false;
  const offset = analysis.lines.offset(position);
  if (tableAt(analysis, offset)) return true;
  return /(?:^|[\r\n])[ \t]*$/.test(analysis.tree.text.slice(0, offset));
}

function tableAt({ disclosure, tree }: Analysis, offset: number): Table | undefined {
  const path = tree.pathAt(offset);
  return [...(disclosure?.tables.values() ?? [])].find(
    ({ entry, spec }) => spec.section === undefined && path.includes(entry),
  );
}

function targetAt(analysis: Analysis, offset: number): Target | 'side' | undefined {
  const table = tableAt(analysis, offset) ?? tableAbove(analysis, offset);
  if (!table) return undefined;
  const { sections } = table.spec;
  const main = sections.find(({ id }) => id === '');
  if (main) return { table, section: main, entry: table.entry };
  const path = analysis.tree.pathAt(offset);
  for (const section of sections) {
    const entry = path.find(
      (node) => node.kind === 'entry' && node.key.text.trim() === section.key,
    );
    if (entry?.kind === 'entry') return { table, section, entry };
  }
  return 'side';
}

/** Behind the last row of a table there is nothing of it, but an indented line is meant to be. */
function tableAbove({ disclosure, tree }: Analysis, offset: number): Table | undefined {
  const before = tree.text.slice(0, offset);
  if (!/(?:^|[\r\n])[ \t]+$/.test(before)) return undefined;
  return [...(disclosure?.tables.values() ?? [])]
    .filter(({ entry, spec }) => spec.section === undefined && tree.rangeOf(entry).end <= offset)
    .filter(({ entry }) => before.slice(tree.rangeOf(entry).end).trim() === '')
    .at(-1);
}

function cellAt({ disclosure, tree }: Analysis, offset: number): Cell | undefined {
  const entries = tree.pathAt(offset).filter((node) => node.kind === 'entry');
  return entries.reverse().flatMap((entry) => disclosure?.cellOf(entry) ?? [])[0];
}

class Paster {
  private readonly edits: TextEdit[] = [];
  private readonly added: [key: string, value: string][] = [];
  private readonly strangeRows: string[] = [];
  private readonly strangeColumns: string[] = [];
  private readonly strangeValues: string[] = [];
  private count = 0;
  /** By which the columns were taken where no headings say what they are. */
  order: readonly ColumnSpec[] | undefined;

  constructor(
    private readonly tree: SyntaxTree,
    private readonly target: Target,
  ) {}

  row(find: RowFinder, cells: readonly string[], roles: readonly Role[]): void {
    const at = (role: Role) =>
      roles.flatMap((one, index) => (one === role ? (cells[index] ?? '') : []));
    const labels = [at('label').join(''), ...at('label'), ...at('name')].filter(
      (cell) => cell !== '',
    );
    const id = labels.flatMap((label) => find.row(label) ?? [])[0];
    const values = roles.flatMap((role, index) =>
      typeof role === 'object' ? [[role, cells[index] ?? ''] as const] : [],
    );
    if (id !== undefined) this.write(id, values);
    else if (values.some(([, value]) => value !== '')) this.strangeRows.push(labels[0] ?? '?');
  }

  /** Columns with something in them of which it is not known what they are. */
  unknownColumns(
    headings: readonly (readonly string[])[],
    rows: readonly (readonly string[])[],
    roles: readonly Role[],
  ): void {
    const width = greatestOf(
      rows.map((row) => row.length),
      0,
    );
    for (let index = 0; index < width; index++) {
      if (roles[index] !== undefined || rows.every((row) => (row[index] ?? '') === '')) continue;
      const names = headings.flatMap((row) => row[index] ?? []).filter((name) => name !== '');
      this.strangeColumns.push(names.at(-1) ?? `${index + 1}`);
    }
  }

  /**
   * Figures alone: down from a cell by the rows as written, in the columns of their headings, or else to the
   * right by the columns of the form.
   */
  from(
    start: Cell,
    rows: readonly (readonly string[])[],
    roles: readonly Role[] | undefined,
  ): void {
    const { table, section } = this.target;
    const columns = table.columnsOf(section);
    const first = columns.findIndex(({ id }) => id === start.column.id);
    const written = [...table.rows.values()]
      .flatMap((row) => (row.section === section && row.entry ? [{ row, entry: row.entry }] : []))
      .sort((a, b) => this.tree.rangeOf(a.entry).start - this.tree.rangeOf(b.entry).start)
      .map(({ row }) => row);
    const top = written.indexOf(start.row);
    const columnAt = (right: number) => {
      const role = roles ? roles[right] : columns[first + right];
      return typeof role === 'object' ? role : undefined;
    };
    for (const [down, cells] of rows.entries()) {
      const row = written[top + down];
      const values = cells.map((value, right) => [columnAt(right), value] as const);
      // A column that no heading names is told as one.
      const outside = values.filter(
        ([column, value]) => (!row || (!column && !roles)) && value !== '',
      );
      append(
        this.strangeValues,
        outside.map(([, value]) => value),
      );
      if (row)
        this.writeRow(
          row,
          values.flatMap(([column, value]) => (column ? [[column, value] as const] : [])),
        );
    }
  }

  private write(id: string, values: readonly (readonly [ColumnSpec, string])[]): void {
    const { table, section } = this.target;
    const row = table.rows.get(rowId(section, id));
    if (row?.entry) return this.writeRow(row, values);
    const key = section.rows.find((spec) => spec.id === id)?.key ?? id;
    const cells = this.figures(key, values).filter(([, text]) => text !== '');
    if (cells.length === 0) return;
    const isPart = key === id && !/^\d+$/.test(id);
    if (isPart) {
      this.strangeRows.push(
        section.rows.flatMap(({ parts }) => parts ?? []).find((part) => part.id === id)!.key,
      );
      return;
    }
    const written = cells.map(([column, text]) => `${this.key(column.key)}: ${this.scalar(text)}`);
    const single = section.columns.length === 1;
    this.added.push([key, single ? this.scalar(cells[0]![1]) : `{${written.join(', ')}}`]);
    this.count += cells.length;
  }

  private writeRow(row: Row, values: readonly (readonly [ColumnSpec, string])[]): void {
    const missing: [key: string, value: string][] = [];
    for (const [column, text] of this.figures(row.spec?.key ?? row.code ?? row.id, values)) {
      const cell = this.target.table.cell(row.id, column.id);
      if (!cell || cell.printed.replaceAll(',', '') === text) continue;
      // A blank says nothing against what is computed.
      if (text === '' && cell.state === 'derived') continue;
      if (cell.entry) {
        const edit = editCell(cell, text, this.tree);
        if (edit) this.edits.push(edit);
        else this.strangeValues.push(text);
      } else if (text !== '') missing.push([column.key, this.scalar(text)]);
      else continue;
      this.count++;
    }
    const edit =
      missing.length > 0 && row.entry ? insertEntries(row.entry, missing, this.tree) : undefined;
    if (edit) this.edits.push(edit);
    else
      append(
        this.strangeValues,
        missing.map(([, value]) => value),
      );
  }

  private figures(
    row: string,
    values: readonly (readonly [ColumnSpec, string])[],
  ): (readonly [ColumnSpec, string])[] {
    return values.flatMap(([column, value]) => {
      const text = figureText(value);
      if (text === undefined) this.strangeValues.push(`${row}/${column.key} ${value}`);
      return text === undefined ? [] : [[column, text] as const];
    });
  }

  private key(key: string): string {
    return this.tree.language === 'json' ? JSON.stringify(key) : key;
  }

  /** A value as it is written in the braces of a row. */
  private scalar(text: string): string {
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
    return isNumber || (this.tree.language === 'yaml' && /^[\d.+]+$/.test(text))
      ? text
      : JSON.stringify(text);
  }

  result(locale: Locale): Paste {
    const { tree, target } = this;
    if (this.added.length > 0) {
      const edit = this.addRows();
      if (edit) this.edits.push(edit);
      else
        append(
          this.strangeRows,
          this.added.map(([key]) => key),
        );
    }
    const before = tree.text;
    const after = this.aligned(apply(before, this.edits), tree.rangeOf(target.table.entry));
    const edits = changesBetween(before, after);
    const said = (key: MessageKey, names: readonly string[]) =>
      names.length === 0 ? [] : [message(locale, key, { names: listed(names) })];
    const incomplete = [
      ...said('paste.rows', this.strangeRows),
      ...said('paste.headings', this.strangeColumns),
      ...said('paste.values', this.strangeValues),
    ];
    const done =
      this.edits.length > 0
        ? [
            message(locale, 'paste.done', { count: this.count }),
            ...said('paste.order', this.order?.map(({ key }) => key) ?? []),
          ]
        : incomplete.length === 0
          ? [message(locale, 'paste.nothing')]
          : [];
    return {
      edits: this.edits.length > 0 ? edits : [],
      message: [...done, ...incomplete].join(locale === 'en' ? ' ' : ''),
      incomplete: incomplete.length > 0,
    };
  }

  private addRows(): TextEdit | undefined {
    const { entry } = this.target;
    if (entry.value || this.tree.language === 'json')
      return insertEntries(entry, this.added, this.tree);
    // A table without anything yet: its rows take lines of their own.
    const { end } = this.tree.valueRangeOf(entry);
    const gap = `${eolOf(this.tree)}${indentOf(this.tree, entry)}  `;
    const rows = this.added.map(([key, value]) => `${gap}${key}: ${value}`);
    return { range: { start: end, end }, newText: rows.join('') };
  }

  /** The text with the columns of the table, and of no other, in line. */
  private aligned(text: string, { start, end }: TextRange): string {
    const grown = { start, end: end + text.length - this.tree.text.length };
    const options = { tabSize: 2, insertSpaces: true };
    return apply(text, formatRangeEdits(parse(text, this.tree.language), grown, options));
  }
}

/** Enough to see what is meant. */
const MOST_NAMED = 5;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).join('、');
  return names.length > MOST_NAMED ? `${shown}…` : shown;
}
