import type { Cell, Table } from '../disclosure/model';

/** To which place each table prints its figures: the finest one that is no single slip. */
export class PrintPlaces {
  /** By table and kind of figure: how many figures are printed to a place. */
  private readonly tables = new Map<Table, Map<string, Map<number, number>>>();

  /** The last place that a table prints figures like this one to, as a power of ten. */
  of(cell: Cell): number {
    const { table, unit } = cell;
    let kinds = this.tables.get(table);
    if (!kinds) this.tables.set(table, (kinds = placesOf(table)));
    return Math.min(unit.exponent, finestOf(kinds.get(kindOf(cell)), table));
  }

  /** Takes a cell that prints something else. False where others would be printed otherwise by that. */
  replace(before: Cell, after: Cell): boolean {
    const kinds = this.tables.get(after.table);
    if (!kinds) return true;
    const known = finestOf(kinds.get(kindOf(after)), after.table);
    count(kinds, before, -1);
    count(kinds, after, 1);
    return (
      kindOf(before) === kindOf(after) && finestOf(kinds.get(kindOf(after)), after.table) === known
    );
  }
}

/** By what is measured; a text prints each kind of figure in its own way. */
const kindOf = ({ table, unit, column }: Cell) =>
  `${unit.measure ?? ''}/${table.spec.section ? column.id : ''}`;

function placesOf(table: Table) {
  const kinds = new Map<string, Map<number, number>>();
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const cell = table.cell(row.id, column);
      if (cell) count(kinds, cell, 1);
    }
  }
  return kinds;
}

function count(kinds: Map<string, Map<number, number>>, cell: Cell, times: number): void {
  const { amount } = cell;
  if (!amount || amount.units === 0n) return;
  const kind = kindOf(cell);
  const places = kinds.get(kind) ?? new Map<number, number>();
  kinds.set(kind, places);
  places.set(amount.place, (places.get(amount.place) ?? 0) + times);
}

/**
 * A place to which one figure of many is printed is a mistake of its own, and not how a table prints; in a
 * text every figure is one of its own.
 */
function finestOf(places: ReadonlyMap<number, number> | undefined, { spec }: Table): number {
  let [finest, finestOfMany] = [Infinity, Infinity];
  for (const [place, figures] of places ?? []) {
    if (figures > 0) finest = Math.min(finest, place);
    if (figures > 1) finestOfMany = Math.min(finestOfMany, place);
  }
  return finestOfMany === Infinity || spec.section !== undefined ? finest : finestOfMany;
}
