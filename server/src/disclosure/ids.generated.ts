// Generated from schemas/ by "npm run generate".

export type TableId = 'T1' | 'T2' | 'T3' | 'T4' | 'T5' | 'T6' | 'T7' | 'T8' | 'T9';

export type LayoutId = 'national' | 'shanghai';

export type UnitName = '元' | '千元' | '万元' | '百万元' | '亿元';

/** Rows by table; a row of a side is `side.row`, a code row is its subject code. */
export interface RowIds {
  T1: 'in.general' | 'in.fund' | 'in.capital' | 'in.superior' | 'in.service' | 'in.business' | 'in.affiliated' | 'in.other' | 'in.year' | 'in.surplus' | 'in.opening' | 'in.total' | 'out.year' | 'out.distribution' | 'out.closing' | 'out.total' | `out.${number}`;
  T2: 'total' | `${number}`;
  T3: 'total' | `${number}`;
  T4: 'in.general' | 'in.fund' | 'in.capital' | 'in.year' | 'in.opening' | 'in.opening-general' | 'in.opening-fund' | 'in.opening-capital' | 'in.total' | 'out.year' | 'out.closing' | 'out.total' | `out.${number}`;
  T5: 'total' | `${number}`;
  T6: 'personnel' | 'public' | `${number}`;
  T7: 'total' | `${number}`;
  T8: 'total' | `${number}`;
  T9: 'total' | 'abroad' | 'vehicles' | 'purchase' | 'running' | 'reception';
}

/** Columns by table, whatever the side. */
export interface ColumnIds {
  T1: 'amount';
  T2: 'total' | 'fiscal' | 'superior' | 'service' | 'business' | 'affiliated' | 'other';
  T3: 'total' | 'basic' | 'project' | 'superior' | 'business' | 'affiliated';
  T4: 'amount' | 'total' | 'general' | 'fund' | 'capital';
  T5: 'total' | 'basic' | 'project';
  T6: 'amount';
  T7: 'opening' | 'income' | 'total' | 'basic' | 'project' | 'closing';
  T8: 'opening' | 'income' | 'total' | 'basic' | 'project' | 'closing';
  T9: 'budget' | 'final';
}

export type RowId<T extends TableId = TableId> = RowIds[T];

export type ColumnId<T extends TableId = TableId> = ColumnIds[T];

/** The address of a cell, as `Cell.id` has it. */
export type CellId = { [T in TableId]: `${T}/${RowIds[T]}/${ColumnIds[T]}` }[TableId];
