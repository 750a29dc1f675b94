import { push } from '../syntax/multimap';
import type { Row, Table } from '../disclosure/model';

/** So many rows are looked at faster than they are sorted. */
const FEW = 16;

/**
 * The printed code rows of one side of a table by level. A row's parent is the nearest printed code
 * that begins it: forms print all levels, or only the lowest, or leave some out.
 */
export class CodeTree {
  /** Printed code rows, as printed. */
  readonly rows: readonly Row[];
  /** Those without a printed ancestor. */
  readonly top: readonly Row[];
  private readonly byCode = new Map<string, Row>();
  /** Lengths of their codes, the longest first. */
  private readonly lengths: readonly number[];
  private readonly childrenOf = new Map<string, Row[]>();
  /** Rows that stand together, in the order of their codes. */
  private readonly sorted = new Map<readonly Row[], readonly Row[]>();

  constructor(table: Table, side: string) {
    this.rows = [...table.rows.values()].filter(
      (row) => row.code !== undefined && row.section.id === side,
    );
    const lengths = new Set<number>();
    for (const row of this.rows) {
      this.byCode.set(row.code!, row);
      lengths.add(row.code!.length);
    }
    this.lengths = [...lengths].sort((a, b) => b - a);
    const top: Row[] = [];
    for (const row of this.rows) {
      const parent = this.ancestor(row.code!);
      if (parent) push(this.childrenOf, parent.code!, row);
      else top.push(row);
    }
    this.top = top;
  }

  get parents(): Row[] {
    return this.rows.filter(({ code }) => this.childrenOf.has(code!));
  }

  /** The first three digits of all rows, each once. */
  get classes(): string[] {
    return [...new Set(this.rows.map(({ code }) => code!.slice(0, 3)))];
  }

  children(row: Row): readonly Row[] {
    return this.childrenOf.get(row.code ?? '') ?? [];
  }

  /**
   * The rows that together make up a code: itself where printed, else its nearest printed
   * descendants. None means that the table has no such money; undefined, that the table does not go
   * into that detail (a printed ancestor is not broken down).
   */
  rolled(code: string): readonly Row[] | undefined {
    const row = this.byCode.get(code);
    if (row) return [row];
    const ancestor = this.ancestor(code);
    const around = ancestor ? this.children(ancestor) : this.top;
    if (ancestor && around.length === 0) return undefined;
    return this.beginning(around, code);
  }

  /** The rows whose codes begin with one, as printed. */
  private beginning(rows: readonly Row[], code: string): readonly Row[] {
    if (rows.length <= FEW) return rows.filter((row) => row.code!.startsWith(code));
    let sorted = this.sorted.get(rows);
    if (!sorted) {
      sorted = [...rows].sort((a, b) => (a.code! < b.code! ? -1 : 1));
      this.sorted.set(rows, sorted);
    }
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]!.code! < code) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < sorted.length && sorted[end]!.code!.startsWith(code)) end++;
    if (end - low <= 1) return sorted.slice(low, end);
    return rows.filter((row) => row.code!.startsWith(code));
  }

  private ancestor(code: string): Row | undefined {
    for (const length of this.lengths) {
      const row = length < code.length ? this.byCode.get(code.slice(0, length)) : undefined;
      if (row) return row;
    }
    return undefined;
  }
}
