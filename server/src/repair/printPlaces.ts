import { measureOf, type Cell, type Disclosure, type Table } from '../disclosure/model';

/** Where a cell stands, and in what unit. */
type Place = Pick<Cell, 'table' | 'unit' | 'column'>;

/** How many figures are printed to a place, by place. */
type Places = Map<number, number>;

/**
 * To which place figures of a kind are printed. How many places a wrong one prints is no evidence of that:
 * those of the others are.
 */
export class PrintPlaces {
  /** By table and kind of figure. */
  private readonly tables = new Map<Table, Map<string, Places>>();
  /** By measure, the place to which the whole text prints it. */
  private readonly texts = new Map<string, number>();

  constructor(private readonly disclosure: Disclosure) {}

  /** The last place that figures like this one are printed to, as a power of ten. */
  of(cell: Place): number {
    return Math.min(cell.unit.exponent, this.usual(cell));
  }

  /** Whether it is a guess that a share is a whole number, where others of the text are not: it may have lost its decimals. */
  isGuessed(cell: Cell): boolean {
    if (!isTextRatio(cell)) return false;
    const { finest } = this.finestLike(cell);
    return finest === Infinity && this.ofTexts(cell) < cell.unit.exponent;
  }

  /**
   * Takes cells that print something else, given with what they were before. False where others would be
   * printed otherwise by that.
   */
  replace(cells: ReadonlyMap<Cell, Cell>): boolean {
    // A table that nobody has asked for is counted as it is now.
    const counted = new Set(this.tables.keys());
    for (const [cell, before] of cells) {
      if (counted.has(cell.table) && !this.replaceOne(before, cell)) return false;
    }
    return true;
  }

  private replaceOne(before: Cell, after: Cell): boolean {
    const kinds = this.placesIn(after.table);
    if (kindOf(before) !== kindOf(after)) return false;
    const usual = () => [
      this.usual(after),
      this.ofMeasure(after),
      this.texts.get(measured(after.unit)),
    ];
    const known = usual();
    count(kinds, before, -1);
    count(kinds, after, 1);
    const measure = measured(after.unit);
    if (isText(after.table) && this.texts.has(measure)) {
      this.texts.set(measure, this.countTexts(measure));
    }
    return usual().every((place, at) => place === known[at]);
  }

  /**
   * A place to which one figure of many is printed is a mistake of its own, and not how a table prints. In a
   * text, what has none of its kind beside it is printed as what else is measured so: an amount as those of
   * its paragraph are, a share as those of the whole text, as is an amount whose paragraph does not tell.
   */
  private usual(cell: Place): number {
    const { finest, finestOfMany } = this.finestLike(cell);
    if (finestOfMany < Infinity) return finestOfMany;
    if (!isText(cell.table)) return finest;
    if (isTextRatio(cell)) return Math.max(finest, this.ofTexts(cell));
    if (!isMoney(cell)) return finest;
    const others = this.ofMeasure(cell);
    if (others < Infinity) return others;
    const texts = this.ofTexts(cell);
    return finest === Infinity && texts > -Infinity ? texts : Math.max(finest, texts);
  }

  private finestLike(cell: Place): Finest {
    const kinds = this.placesIn(cell.table);
    const printed = finestOf(kinds.get(printedKindOf(cell)));
    return printed.finest < Infinity
      ? printed
      : finestOf(kinds.get(COMPUTED + printedKindOf(cell)));
  }

  /** To which place what is measured alike is printed in a table, whatever column it stands in. */
  private ofMeasure({ table, unit }: Place): number {
    const all: Places = new Map();
    for (const [kind, places] of this.placesIn(table)) {
      if (kind.startsWith(measured(unit))) add(all, places);
    }
    return finestOf(all).finestOfMany;
  }

  /** To which place texts print what is measured so; minus infinity where they do not tell. */
  private ofTexts({ unit }: Place): number {
    const measure = measured(unit);
    let place = this.texts.get(measure);
    if (place === undefined) this.texts.set(measure, (place = this.countTexts(measure)));
    return place;
  }

  private countTexts(measure: string): number {
    const all: Places = new Map();
    for (const table of this.disclosure.tables.values()) {
      if (!isText(table)) continue;
      for (const [kind, places] of this.placesIn(table)) {
        if (kind.startsWith(measure)) add(all, places);
      }
    }
    const { finestOfMany } = finestOf(all);
    return finestOfMany < Infinity ? finestOfMany : -Infinity;
  }

  private placesIn(table: Table): Map<string, Places> {
    let kinds = this.tables.get(table);
    if (!kinds) this.tables.set(table, (kinds = placesOf(table)));
    return kinds;
  }
}

const isText = ({ spec }: Table) => spec.section !== undefined;

const isMoney = ({ unit }: Place) => measureOf(unit) === 'money';

const isTextRatio = ({ table, unit }: Place) => unit.measure === 'ratio' && isText(table);

const measured = ({ measure }: Cell['unit']) => `${measure ?? ''}/`;

/** By what is measured; a text prints each kind of figure in its own way. */
const printedKindOf = ({ table, unit, column }: Place) =>
  `${measured(unit)}${isText(table) ? column.id : ''}`;

/** What is left to the server comes out as fine as the finest of its parts: that is no way of printing. */
const kindOf = (cell: Cell) => `${cell.state === 'derived' ? COMPUTED : ''}${printedKindOf(cell)}`;

const COMPUTED = '=';

function placesOf(table: Table): Map<string, Places> {
  const kinds = new Map<string, Places>();
  // Plain figures are those of the nine tables, which do not tell their columns apart.
  const kind = measured(table.unit);
  for (const row of table.rows.values()) {
    const plain = table.figures(row.id)?.figures;
    for (const [at, { id }] of table.columnsOf(row.section).entries()) {
      const figure = plain?.[at];
      if (figure?.said) {
        if (figure.units !== 0) put(kinds, kind, figure.place, 1);
      } else if (row.values.has(id)) {
        const cell = table.cell(row.id, id);
        if (cell) count(kinds, cell, 1);
      }
    }
  }
  return kinds;
}

function count(kinds: Map<string, Places>, cell: Cell, times: number): void {
  const { amount, table, unit } = cell;
  if (!amount || amount.units === 0n) return;
  // In a text a whole number stands where decimals would say nothing: it does not tell of the others.
  if (isText(table) && amount.place >= unit.exponent) return;
  put(kinds, kindOf(cell), amount.place, times);
}

function put(kinds: Map<string, Places>, kind: string, place: number, times: number): void {
  const places = kinds.get(kind) ?? new Map<number, number>();
  kinds.set(kind, places);
  places.set(place, (places.get(place) ?? 0) + times);
}

function add(all: Places, places: Places): void {
  for (const [place, figures] of places) all.set(place, (all.get(place) ?? 0) + figures);
}

interface Finest {
  readonly finest: number;
  readonly finestOfMany: number;
}

/** The finest place there is, and the finest one to which more than one figure is printed. */
function finestOf(places: Places = new Map()): Finest {
  let [finest, finestOfMany] = [Infinity, Infinity];
  for (const [place, figures] of places) {
    if (figures > 0) finest = Math.min(finest, place);
    if (figures > 1) finestOfMany = Math.min(finestOfMany, place);
  }
  return { finest, finestOfMany };
}
