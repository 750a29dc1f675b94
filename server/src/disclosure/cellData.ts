import type { Entry, SyntaxNode } from '../syntax/tree';
import type { Amount } from './amount';
import type { Bound, Cell, CellState, Row, Table, Unit } from './model';
import type { ColumnSpec } from './vocabulary';

/** What kind of value a cell has, read from its entry. */
export type CellValue = Pick<
  Cell,
  'state' | 'printed' | 'amount' | 'node' | 'unit' | 'sign' | 'bound' | 'around'
>;

/** A cell of a table. There may be as many as figures: what is put together is so when it is asked for. */
export class CellData implements Cell {
  readonly state: CellState;
  readonly printed: string;
  readonly amount: Amount | undefined;
  readonly node: SyntaxNode | undefined;
  readonly unit: Unit;
  readonly sign: 1 | -1;
  declare readonly bound?: Bound;
  declare readonly around?: { readonly before: string; readonly after: string };
  declare readonly lacking?: Table;
  private known: string | undefined;

  constructor(
    readonly table: Table,
    readonly row: Row,
    readonly column: ColumnSpec,
    readonly entry: Entry | undefined,
    { state, printed, amount, node, unit, sign, bound, around }: CellValue,
  ) {
    this.state = state;
    this.printed = printed;
    this.amount = amount;
    this.node = node;
    this.unit = unit;
    this.sign = sign;
    if (bound) this.bound = bound;
    if (around) this.around = around;
  }

  get id(): string {
    return (this.known ??= `${this.table.id}/${this.row.id}/${this.column.id}`);
  }

  /** Takes what it prints now; answers with what it was. */
  rewrite(entry: Entry | undefined, value: CellValue): Cell {
    const before = Object.assign(Object.create(CellData.prototype) as CellData, this);
    Object.assign(this, { entry }, value);
    return before;
  }
}
