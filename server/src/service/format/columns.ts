import { isSubjectKey } from '../../catalog/places';
import { vocabulary } from '../../disclosure/vocabulary';
import { groupBy } from '../../syntax/multimap';
import { displayWidth } from './width';

/** A key and its value in a row, as they are written. */
export interface WrittenCell {
  /** What tells columns apart. */
  readonly key: string;
  readonly label: string;
  /** Empty for a blank. */
  readonly value: string;
}

/** How many blanks a row has where. */
export interface Placing {
  /** Behind the opening brace. */
  readonly open: number;
  readonly cells: readonly {
    /** Between the colon and the value. */
    readonly before: number;
    /** Between the comma and the next key; of the last cell, before the closing brace. */
    readonly after: number;
  }[];
}

/** Longer words than this stand out of their column; a sentence must not drive the figures apart. */
const LONGEST_WORDS = 48;

/** Nor does a key that is none. */
const LONGEST_LABEL = 100;

/** How wide a column has to be for a label; one that is too long stands out of it. */
export function labelWidth(label: string): number {
  const width = displayWidth(label);
  return width <= LONGEST_LABEL ? width : 0;
}

/** Rows with more columns than any table has are no table. */
const MOST_COLUMNS = 100;

/**
 * Places the cells of rows in columns: cells of one key stand below each other, figures with their
 * decimal points, and a row that lacks a column leaves its place free. A row that has the columns in
 * another order than the longest rows stands for itself.
 */
export function placeInColumns(rows: readonly (readonly WrittenCell[])[]): Placing[] {
  const placed = new Map<readonly WrittenCell[], Placing>();
  for (const family of familiesOf(rows)) {
    for (const [index, placing] of placeFamily(family).entries())
      placed.set(family[index]!, placing);
  }
  return rows.map((row) => placed.get(row)!);
}

/** Rows that have columns in common, be it through others: what lies beside them is another table. */
function familiesOf<T extends readonly WrittenCell[]>(rows: readonly T[]): T[][] {
  const families = new Families();
  for (const row of rows) for (const { key } of row) families.join(row[0]!.key, key);
  return [...groupBy(rows, (row) => row[0] && families.of(row[0].key)).values()];
}

/** Keys that stand in one row, be it by way of others: each is led to one key that all of them share. */
class Families {
  private readonly leads = new Map<string, string>();

  of(key: string): string {
    let last = key;
    for (let next = this.leads.get(last); next !== undefined; next = this.leads.get(last))
      last = next;
    // The way is shorter the next time.
    for (let at = key; at !== last;) {
      const next = this.leads.get(at)!;
      this.leads.set(at, last);
      at = next;
    }
    return last;
  }

  join(a: string, b: string): void {
    const [from, to] = [this.of(b), this.of(a)];
    if (from !== to) this.leads.set(from, to);
  }
}

function placeFamily(rows: readonly (readonly WrittenCell[])[]): Placing[] {
  const order = columnOrder(rows.map((row) => row.map(({ key }) => key)));
  if (!order) return rows.map(plain);
  const fitting = rows.map((row) => isInOrder(row, order));
  const columns = new Map(order.map((key) => [key, new Column()]));
  for (const [index, row] of rows.entries()) {
    if (fitting[index]) for (const cell of row) columns.get(cell.key)!.add(cell);
  }
  const starts = new Map<string, number>();
  let start = 0;
  for (const [key, column] of columns) {
    starts.set(key, start);
    start += column.width;
  }
  return rows.map((row, index) => (fitting[index] ? inColumns(row, columns, starts) : plain(row)));
}

function plain(row: readonly WrittenCell[]): Placing {
  const last = row.length - 1;
  return { open: 0, cells: row.map((_, index) => ({ before: 1, after: index === last ? 0 : 1 })) };
}

function inColumns(
  row: readonly WrittenCell[],
  columns: ReadonlyMap<string, Column>,
  starts: ReadonlyMap<string, number>,
): Placing {
  const open = row[0] ? starts.get(row[0].key)! : 0;
  let at = open;
  const cells = row.map((cell, index) => {
    const before = columns.get(cell.key)!.before(cell);
    const next = row[index + 1];
    // Colon and comma.
    at += displayWidth(cell.label) + 1 + before + displayWidth(cell.value) + (next ? 1 : 0);
    const after = next ? Math.max(starts.get(next.key)! - at, 1) : 0;
    at += after;
    return { before, after };
  });
  return { open, cells };
}

class Column {
  private label = 0;
  private words = 0;
  private whole = 0;
  private fraction = 0;
  private hasFigures = false;
  private hasWords = false;

  add({ key, label, value }: WrittenCell): void {
    this.label = Math.max(this.label, labelWidth(label));
    const figure = isSubjectKey(key) ? undefined : figureOf(value);
    if (figure) {
      this.hasFigures = true;
      this.whole = Math.max(this.whole, displayWidth(figure.whole));
      this.fraction = Math.max(this.fraction, displayWidth(figure.fraction));
    } else if (!isMarker(value)) this.hasWords = true;
    const width = displayWidth(value);
    if (width <= LONGEST_WORDS) this.words = Math.max(this.words, width);
  }

  private get isFigures(): boolean {
    return this.hasFigures && !this.hasWords;
  }

  private get values(): number {
    return this.isFigures ? Math.max(this.whole + this.fraction, this.words) : this.words;
  }

  /** From the beginning of a key to the beginning of the next. */
  get width(): number {
    return this.label + ': '.length + this.values + ', '.length;
  }

  before({ label, value }: WrittenCell): number {
    const least = Math.max(1, 1 + this.label - displayWidth(label));
    if (!this.isFigures) return value === '' ? 1 : least;
    const figure = figureOf(value);
    const integers = this.values - this.fraction;
    const free = figure ? integers - displayWidth(figure.whole) : this.values - displayWidth(value);
    return Math.max(1, least + free);
  }
}

const FIGURE = /^(["']?[+-]?\d[\d,]*)((?:\.\d+)?[%‰]?["']?)$/;

/** The part of a figure before its decimal point and the rest; undefined for what is none that fits a column. */
export function figureOf(value: string): { whole: string; fraction: string } | undefined {
  if (value.length > LONGEST_WORDS) return undefined;
  const [, whole, fraction] = FIGURE.exec(value) ?? [];
  return whole === undefined || fraction === undefined ? undefined : { whole, fraction };
}

const markers = new Set([...vocabulary.markers, vocabulary.derived, '', 'null', '~']);

/** What can stand in a column of figures without being one. */
export const isMarker = (value: string): boolean => markers.has(value.replace(/^["']|["']$/g, ''));

/**
 * The keys of all rows in one order, that of the longest row; of two that contradict each other, the
 * longer's. Undefined where they are too many.
 */
function columnOrder(rows: readonly (readonly string[])[]): string[] | undefined {
  if (new Set(rows.flat()).size > MOST_COLUMNS) return undefined;
  const distinct = new Map(rows.map((keys) => [JSON.stringify(keys), keys]));
  const longestFirst = [...distinct.values()].sort((a, b) => b.length - a.length);
  let order: string[] = [];
  for (const keys of longestFirst) order = merged(order, keys) ?? order;
  return order;
}

/** Puts keys that are new where they stand between those that are known; undefined where that cannot be. */
function merged(order: readonly string[], keys: readonly string[]): string[] | undefined {
  if (new Set(keys).size < keys.length) return undefined;
  const known = new Set(order);
  const common = keys.filter((key) => known.has(key));
  const places = common.map((key) => order.indexOf(key));
  if (places.some((place, index) => index > 0 && place < places[index - 1]!)) return undefined;
  const result = [...order];
  let end = result.length;
  for (const key of [...keys].reverse()) {
    if (known.has(key)) end = result.indexOf(key);
    else result.splice(end, 0, key);
  }
  return result;
}

function isInOrder(row: readonly WrittenCell[], order: readonly string[]): boolean {
  let last = -1;
  for (const { key } of row) {
    const place = order.indexOf(key, last + 1);
    if (place < 0) return false;
    last = place;
  }
  return true;
}
