import type { Columns } from './fit';
import type { Line, LineStore } from './store';

/** Whether a line begins an entry wherever it stands. */
export const isHead = ({ kind }: Line): boolean => kind === 'entry' || kind === 'headed';

/** What stands below a line, as far as it decides what the line is. */
export class Lookahead {
  constructor(private readonly store: LineStore) {}

  /** A line, or the next one below it that is not blank. */
  significant(from: Line | undefined): Line | undefined {
    let line = from;
    while (line?.kind === 'blank') line = this.store.after(line);
    return line;
  }

  /**
   * Whether a line is a key that is just being typed: in the column of an open map, and nothing below it could
   * belong to it.
   */
  isAlone(line: Line, { columns, open }: Columns): boolean {
    if (line.kind !== 'lone') return false;
    if (open) return this.isAboveRows(line, columns.at(-1)!);
    return this.isIn(columns, line);
  }

  /** The same below a row, which closes the maps that are deeper than itself. */
  isAloneBelow(row: number, line: Line, { columns }: Columns): boolean {
    const around = columns.filter((column) => column < row);
    return line.kind === 'lone' && this.isIn([...around, row], line);
  }

  /** Whether keys that are just being typed stand above the first row of a map that is opened in column `head`. */
  isAboveRows(line: Line, head: number): boolean {
    if (line.indent <= head) return false;
    let next: Line | undefined = line;
    while (next?.kind === 'lone' && next.indent === line.indent) next = this.below(next);
    return next !== undefined && next !== line && isHead(next) && next.indent === line.indent;
  }

  private isIn(columns: readonly number[], line: Line): boolean {
    let next: Line | undefined = line;
    while (next?.kind === 'lone' && columns.includes(next.indent)) next = this.below(next);
    if (!next) return true;
    return isHead(next) && next.indent <= line.indent && columns.includes(next.indent);
  }

  private below(line: Line): Line | undefined {
    return this.significant(this.store.after(line));
  }
}
