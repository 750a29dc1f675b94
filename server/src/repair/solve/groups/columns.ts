import type { Bounds } from '../bounds';
import type { Model } from '../model';
import type { Spot } from './group';
import type { Layout } from './layout';
import type { Layouts } from './layouts';

/** The variables of a column by what they print: mostly one, for which a list takes a third of what a set does. */
type Column = Map<bigint, number[]>;

/** In a wider interval than of so many figures a column is gone through, not looked up. */
const WIDEST = 400n;

/** Shorter ones are sooner gone through than entered. */
const FEW = 200;

/** Finds who prints a figure in a column without going through it, however long it is. */
export class Columns {
  private readonly known = new Map<Layout, Map<number, Column>>();

  constructor(
    private readonly model: Model,
    private readonly layouts: Layouts,
  ) {}

  /**
   * The variables in the column of a spot that print something within bounds, in halves of the scale;
   * undefined where the bounds are too wide for looking up.
   */
  within({ layout, column }: Spot, { lo, hi }: Bounds): number[] | undefined {
    if (lo === undefined || hi === undefined || (hi - lo) / 2n > WIDEST) return undefined;
    if (layout.length < FEW) {
      const { value } = this.model;
      return layout.cellsBelow(column).filter((v) => v >= 0 && value[v]! >= lo && value[v]! <= hi);
    }
    const own = this.of(layout, column);
    const found: number[] = [];
    // Printed figures are whole places, of two halves.
    for (let value = lo + (lo & 1n); value <= hi; value += 2n) {
      for (const variable of own.get(value) ?? []) found.push(variable);
    }
    return found;
  }

  /** A variable prints something else than it did. */
  follow(variable: number, before: bigint): void {
    const spot = this.layouts.spotOf(variable);
    const column = spot && this.known.get(spot.layout)?.get(spot.column);
    if (!column) return;
    const alike = column.get(before);
    const at = alike?.indexOf(variable) ?? -1;
    if (at >= 0) alike!.splice(at, 1);
    enter(column, this.model.value[variable]!, variable);
  }

  private of(layout: Layout, column: number): Column {
    const columns = this.known.get(layout) ?? new Map<number, Column>();
    this.known.set(layout, columns);
    const known = columns.get(column);
    if (known) return known;
    const made: Column = new Map();
    for (const variable of layout.cellsBelow(column)) {
      if (variable >= 0) enter(made, this.model.value[variable]!, variable);
    }
    columns.set(column, made);
    return made;
  }
}

function enter(column: Column, value: bigint, variable: number): void {
  const known = column.get(value);
  if (known) known.push(variable);
  else column.set(value, [variable]);
}
