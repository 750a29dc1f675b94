import type { Cell, Row, Table } from '../disclosure/model';
import type { ColumnSpec } from '../disclosure/vocabulary';
import type { Operand } from './relation';

/** One of the figures of what was pending: of a long sum few cells are ever looked at. */
export class PlainOperand implements Operand {
  private known: Cell | undefined;

  constructor(
    readonly table: Table,
    private readonly row: Row,
    private readonly column: ColumnSpec,
    readonly coefficient: 1 | -1,
  ) {}

  get cell(): Cell {
    return (this.known ??= this.table.cell(this.row.id, this.column.id)!);
  }
}
