import { isSameAmount, parseAmount, writeAmount, type Amount } from '../../disclosure/amount';
import type { Cell, Row, Table } from '../../disclosure/model';
import { rowId } from '../../disclosure/ownKeys';
import type { ColumnSpec, SectionSpec } from '../../disclosure/vocabulary';
import { append } from '../../syntax/arrays';
import { eolOf, indentOf, insertEntries, quoted } from '../../syntax/insert';
import { parse } from '../../syntax/parse';
import type { Entry, TextEdit } from '../../syntax/tree';
import { analyzeAgain } from '../again';
import type { Analysis } from '../analysis';
import { editCell } from '../edits';
import { changesBetween } from '../fixAll';
import { formatRangeEdits } from '../format/format';
import { apply } from '../textChanges';
import { figureText } from './headings';

/** What a row is to print, by columns. */
interface Wish {
  readonly section: SectionSpec;
  /** A code or a line, in its section. */
  readonly id: string;
  readonly values: Map<ColumnSpec, string>;
}

/** What is written for the wishes, and what cannot be. */
interface Draft {
  readonly edits: readonly TextEdit[];
  readonly count: number;
  readonly rows: readonly string[];
  readonly values: readonly string[];
}

export interface Written extends Draft {
  /** Cells that were left to the server and print another figure now, with the one that they came to. */
  readonly overridden: readonly string[];
}

/** A cell that is left to the server, and the figure for it that is pasted. */
interface Overwrite {
  readonly cell: Cell;
  readonly text: string;
  readonly place: string;
}

/** Gathers what the cells of a table are to print, and writes it. */
export class Writer {
  private readonly wishes = new Map<string, Wish>();
  private readonly strange: string[] = [];
  /** Cells into which more than one figure would go. */
  readonly clashes: string[] = [];

  constructor(
    private readonly analysis: Analysis,
    private readonly table: Table,
    private readonly entryOf: (section: SectionSpec) => Entry | undefined,
  ) {}

  /** Takes a cell of the block for one of the table. */
  put(section: SectionSpec, id: string, column: ColumnSpec, value: string): void {
    const key = rowId(section, id);
    const place = `${this.keyOf(section, id)}/${column.key}`;
    const text = figureText(value);
    if (text === undefined) {
      this.strange.push(`${place} ${value}`);
      return;
    }
    let wish = this.wishes.get(key);
    if (!wish) this.wishes.set(key, (wish = { section, id, values: new Map() }));
    const other = wish.values.get(column) ?? '';
    if (text !== '' && other !== '' && other !== text)
      this.clashes.push(`${place} ${other}/${text}`);
    wish.values.set(column, text === '' ? other : text);
  }

  /**
   * What is left to the server stays so where that comes to what is pasted, once everything else that is
   * pasted is there.
   */
  result(): Written {
    const { tree } = this.analysis;
    const { kept, overridden } = this.left();
    const draft = this.draft(kept);
    const edits = changesBetween(tree.text, this.aligned(apply(tree.text, draft.edits)));
    return {
      ...draft,
      edits: draft.edits.length > 0 ? edits : [],
      values: [...this.strange, ...draft.values],
      overridden,
    };
  }

  /** What stays left to the server; and what does not, with what it came to. */
  private left(): { readonly kept: ReadonlySet<Cell>; readonly overridden: readonly string[] } {
    const derived = this.overwrites();
    if (derived.length === 0) return { kept: new Set(), overridden: [] };
    const first = this.sameAmong(derived);
    const { expansion } = this.analysis.network!;
    const differing = derived.filter(({ cell }) => !first.kept.has(cell));
    const others = new Set(differing.map(({ cell }) => cell));
    // A sum of what is printed from now on may come to what is pasted after all.
    const isSum = ({ cell }: Overwrite) =>
      expansion.definitionOf(cell)?.terms.some((term) => others.has(term.cell)) === true;
    const open = derived.filter((one) => first.kept.has(one.cell) || isSum(one));
    const second = differing.some(isSum) ? this.sameAmong(open) : first;
    const amounts = new Map([...first.amounts, ...second.amounts]);
    const overridden = derived.flatMap(({ cell, text, place }) => {
      if (second.kept.has(cell)) return [];
      const amount = amounts.get(cell);
      const isNothing = amount === undefined || amount.units === 0n;
      const computed = isNothing ? '' : ` ≠ ${writeAmount(amount, cell.unit.exponent)}`;
      return `${place} ${text}${computed}`;
    });
    return { kept: second.kept, overridden };
  }

  /** Which of these cells come to what is pasted, if the others are printed; and what they come to. */
  private sameAmong(left: readonly Overwrite[]) {
    const { tree } = this.analysis;
    const text = apply(tree.text, this.draft(new Set(left.map(({ cell }) => cell))).edits);
    const { disclosure } = analyzeAgain(this.analysis, text);
    const kept = new Set<Cell>();
    const amounts = new Map<Cell, Amount>();
    for (const { cell, text: pasted } of left) {
      const { row, column, unit } = cell;
      const amount = disclosure?.cell(this.table.id, row.id, column.id)?.amount;
      if (!amount) continue;
      amounts.set(cell, amount);
      const wanted = parseAmount(pasted, unit.exponent);
      if (wanted && isSameAmount(amount, wanted)) kept.add(cell);
    }
    return { kept, amounts };
  }

  /** Cells that are left to the server, for which there is a figure. */
  private overwrites(): Overwrite[] {
    return [...this.wishes].flatMap(([key, { section, id, values }]) =>
      [...values].flatMap(([column, text]) => {
        const cell = this.table.cell(key, column.id);
        // A total that is still blank is only filled in.
        if (cell?.state !== 'derived' || cell.printed === '') return [];
        if (text === '' || text === cell.printed) return [];
        return { cell, text, place: `${this.keyOf(section, id)}/${column.key}` };
      }),
    );
  }

  private draft(kept: ReadonlySet<Cell>): Draft {
    const draft = {
      edits: [] as TextEdit[],
      count: 0,
      rows: [] as string[],
      values: [] as string[],
    };
    const added = new Map<SectionSpec, [key: string, value: string][]>();
    for (const [key, wish] of this.wishes) {
      const row = this.table.rows.get(key);
      if (row?.entry) this.writeRow(row, row.entry, wish, kept, draft);
      else this.addRow(wish, added, draft);
    }
    for (const [section, rows] of added) {
      const entry = this.entryOf(section);
      const edit = entry && this.addRows(entry, rows);
      if (edit) draft.edits.push(edit);
      else
        append(
          draft.rows,
          rows.map(([key]) => key),
        );
    }
    return draft;
  }

  /** In the order of the form, whatever that of the block: rows that have another one cannot be aligned. */
  private cellsOf({ section, values }: Wish): [ColumnSpec, string][] {
    const order = this.table.columnsOf(section);
    return [...values].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  }

  private writeRow(
    row: Row,
    entry: Entry,
    wish: Wish,
    kept: ReadonlySet<Cell>,
    draft: { edits: TextEdit[]; values: string[]; count: number },
  ): void {
    const { tree } = this.analysis;
    const missing: [key: string, value: string][] = [];
    for (const [column, text] of this.cellsOf(wish)) {
      const cell = this.table.cell(row.id, column.id);
      if (!cell || kept.has(cell) || cell.printed.replaceAll(',', '') === text) continue;
      // A blank says nothing against what is computed.
      if (text === '' && cell.state === 'derived') continue;
      if (cell.entry) {
        const edit = editCell(cell, text, tree);
        if (edit) draft.edits.push(edit);
        else draft.values.push(text);
      } else if (text !== '') missing.push([column.key, this.scalar(text)]);
      else continue;
      draft.count++;
    }
    const edit = missing.length > 0 ? insertEntries(entry, missing, tree) : undefined;
    if (edit) draft.edits.push(edit);
    else
      append(
        draft.values,
        missing.map(([, value]) => value),
      );
  }

  private addRow(
    wish: Wish,
    added: Map<SectionSpec, [key: string, value: string][]>,
    draft: { rows: string[]; count: number },
  ): void {
    const { section, id } = wish;
    const cells = this.cellsOf(wish).filter(([, text]) => text !== '');
    if (cells.length === 0) return;
    const key = this.keyOf(section, id);
    // A part stands within another row, which is not there to take it.
    if (section.rows.some(({ parts }) => parts?.some((part) => part.id === id))) {
      draft.rows.push(key);
      return;
    }
    const { tree } = this.analysis;
    const written = cells.map(
      ([column, text]) => `${quoted(column.key, tree)}: ${this.scalar(text)}`,
    );
    const single = section.columns.length === 1;
    let rows = added.get(section);
    if (!rows) added.set(section, (rows = []));
    rows.push([key, single ? this.scalar(cells[0]![1]) : `{${written.join(', ')}}`]);
    draft.count += cells.length;
  }

  private addRows(
    entry: Entry,
    rows: readonly (readonly [key: string, value: string])[],
  ): TextEdit | undefined {
    const { tree } = this.analysis;
    if (entry.value || tree.language === 'json') return insertEntries(entry, rows, tree);
    // A table without anything yet: its rows take lines of their own.
    const { end } = tree.valueRangeOf(entry);
    const gap = `${eolOf(tree)}${indentOf(tree, entry)}  `;
    return {
      range: { start: end, end },
      newText: rows.map(([key, value]) => `${gap}${key}: ${value}`).join(''),
    };
  }

  private keyOf(section: SectionSpec, id: string): string {
    const specs = section.rows.flatMap((row) => [row, ...(row.parts ?? [])]);
    return specs.find((spec) => spec.id === id)?.key ?? id;
  }

  /** A value as it is written in the braces of a row. */
  private scalar(text: string): string {
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
    return isNumber || (this.analysis.tree.language === 'yaml' && /^[\d.+]+$/.test(text))
      ? text
      : JSON.stringify(text);
  }

  /** The text with the columns of the table, and of no other, in line. */
  private aligned(text: string): string {
    const { tree } = this.analysis;
    const { start, end } = tree.rangeOf(this.table.entry);
    const grown = { start, end: end + text.length - tree.text.length };
    const options = { tabSize: 2, insertSpaces: true };
    return apply(text, formatRangeEdits(parse(text, tree.language), grown, options));
  }
}
