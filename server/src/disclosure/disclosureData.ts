/** A file that was read: its tables, and where in them something is written. */
import type { Entry, SyntaxNode, SyntaxTree } from '../syntax/tree';
import type { Acceptance, Cell, Disclosure, Mode, Problem, Row, Unit } from './model';
import type { TableData } from './tableData';
import type { Layout } from './vocabulary';

/** A section of the narrative, and the problems of the whole file with it. */
export interface WrittenSection {
  readonly id: string;
  readonly entry: Entry;
  readonly problems: readonly Problem[];
}

interface RowOfTable {
  readonly table: TableData;
  readonly row: Row;
}

/** Whether something is the entry of a figure, or its value. */
const isOf = (entry: Entry | undefined, node: SyntaxNode | Entry) =>
  entry !== undefined && (entry === node || entry.value === node);

function writes({ row }: RowOfTable, node: SyntaxNode | Entry): boolean {
  for (const entry of row.values.values()) if (isOf(entry, node)) return true;
  return false;
}

export class DisclosureData implements Disclosure {
  /** The row that was found last, and those behind it: who asks for several cells asks in their order. */
  private last: RowOfTable | undefined;
  private ahead: Iterator<RowOfTable, undefined> | undefined;

  constructor(
    public tree: SyntaxTree,
    readonly year: number | undefined,
    readonly organisation: string | undefined,
    readonly unit: Unit,
    readonly layout: Layout,
    readonly mode: Mode,
    readonly tables: ReadonlyMap<string, TableData>,
    readonly unreadable: ReadonlySet<string>,
    readonly sections: Map<string, Entry>,
    readonly acceptances: readonly Acceptance[],
    public problems: readonly Problem[],
  ) {}

  cell(table: string, row: string, column: string): Cell | undefined {
    return this.tables.get(table)?.cell(row, column);
  }

  /**
   * Takes the tree that an edit has left, and the section that it has written anew, with all that is to be
   * said of the writing then; all tables have been told what became of their rows.
   */
  follow(tree: SyntaxTree, section?: WrittenSection): void {
    this.tree = tree;
    if (section) {
      this.sections.set(section.id, section.entry);
      this.problems = section.problems;
    }
    this.last = this.ahead = undefined;
  }

  *cells(): Iterable<Cell> {
    for (const table of this.inOrder()) yield* table.cells();
  }

  *unusual(): Iterable<Cell> {
    for (const table of this.inOrder()) yield* table.unusual();
  }

  private inOrder(): TableData[] {
    const order = new Set([...this.layout.tables.map(({ id }) => id), ...this.tables.keys()]);
    return [...order].flatMap((id) => this.tables.get(id) ?? []);
  }

  cellOf(node: SyntaxNode | Entry): Cell | undefined {
    // An index would be as large as the document, and good until the next key.
    if (!this.last || !writes(this.last, node)) {
      this.last = (this.ahead && this.find(node)) ?? this.find(node);
    }
    if (!this.last) return undefined;
    const { table, row } = this.last;
    // One word may say something in several columns.
    return table
      .columnsOf(row.section)
      .flatMap(({ id }) => (isOf(row.values.get(id), node) ? (table.cell(row.id, id) ?? []) : []))
      .at(-1);
  }

  /** Goes on to the row that writes a figure, or to the end. */
  private find(node: SyntaxNode | Entry): RowOfTable | undefined {
    const rows = (this.ahead ??= this.rows());
    for (let next = rows.next(); !next.done; next = rows.next()) {
      if (writes(next.value, node)) return next.value;
    }
    return (this.ahead = undefined);
  }

  private *rows(): Generator<RowOfTable, undefined> {
    for (const table of this.inOrder()) for (const row of table.rows.values()) yield { table, row };
    return undefined;
  }
}
