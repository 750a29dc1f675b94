import { indexed, type KeyIndex } from './keys';
import {
  CHANGE,
  CLOSE,
  HEAD,
  INDENT,
  KEYS,
  LineEntry,
  lineOf,
  numberOf,
  OPEN,
  RowMap,
  VALUE,
  VALUE_END,
} from './nodes';
import type { Line } from './store';

/** A place between the entries of a map. */
export interface Place {
  readonly map: RowMap;
  /** Entries before it. */
  readonly index: number;
}

/** A map that is being put together: what stays of it, what is new, and what stays behind that. */
export class Level {
  readonly added: LineEntry[] = [];
  /** The bracket that closes it (JSON). */
  close: Line | undefined;
  /** The bracket that opens it, of the root alone (JSON). */
  open: Line | undefined;

  constructor(
    readonly indent: number,
    /** The old map whose first entries stay. */
    private readonly left: Place | undefined,
  ) {
    this.kept = left?.index ?? 0;
  }

  private kept: number;

  /** The entry whose value the level below is. */
  get head(): LineEntry {
    return this.added.at(-1) ?? this.left!.map.entries[this.kept - 1]!;
  }

  /** Gives the head its map. */
  setHead(entry: LineEntry): void {
    if (this.head === entry) return;
    if (this.added.length > 0) this.added[this.added.length - 1] = entry;
    else {
      this.kept--;
      this.added.push(entry);
    }
  }

  /**
   * The map. An old one is used again if it says the same. `right` is the old map whose last entries
   * stay, `known` one that may be the same.
   */
  finish(style: RowMap['style'], right: Place | undefined, known: RowMap | undefined): RowMap {
    const { left, kept, added } = this;
    const close = this.close ?? right?.map[CLOSE];
    const behind = right ? right.map.entries.length - right.index : 0;
    const same = (map: RowMap) =>
      map[INDENT] === this.indent &&
      map[CLOSE] === close &&
      map[OPEN] === this.open &&
      map.entries.length === kept + added.length + behind &&
      (kept === 0 || map === left?.map) &&
      (behind === 0 || map === right?.map) &&
      added.every((entry, i) => entry === map.entries[kept + i]);
    for (const map of [left?.map, right?.map, known]) if (map && same(map)) return map;
    const keys = this.keys(right, behind);
    const entries = this.entries(right);
    const map = new RowMap(style, entries, this.indent);
    map[CLOSE] = close;
    map[OPEN] = this.open;
    map[KEYS] = keys ?? indexed(entries);
    if (left && left.map === right?.map) {
      const removed = right.index - kept;
      map[CHANGE] = { of: numberOf(left.map)!, at: kept, removed, added: added.length };
    }
    return map;
  }

  private entries(right: Place | undefined): LineEntry[] {
    const { left, kept, added } = this;
    if (!left && !right) return added;
    // The map that this one takes the place of is gone: so its entries need no copy, be it huge.
    if (left && left.map === right?.map && added.length < 100) {
      const entries = left.map.entries as LineEntry[];
      if (added.length === right.index - kept)
        added.forEach((entry, i) => (entries[kept + i] = entry));
      // eslint-disable-next-line no-restricted-syntax -- They are few, and the map may be huge.
      else entries.splice(kept, right.index - kept, ...added);
      return entries;
    }
    const before = left ? left.map.entries.slice(0, kept) : [];
    return before.concat(added, right ? right.map.entries.slice(right.index) : []);
  }

  /** The index of the larger part that stays, brought up to date. */
  private keys(right: Place | undefined, behind: number): KeyIndex | undefined {
    const { left, kept, added } = this;
    const both = left !== undefined && left.map === right?.map;
    const fromLeft = both || kept >= behind;
    const donor = fromLeft ? left?.map : right?.map;
    const index = donor?.[KEYS];
    if (!donor || !index) return undefined;
    donor[KEYS] = undefined;
    const { entries } = donor;
    const gone = fromLeft
      ? entries.slice(kept, both ? right.index : undefined)
      : entries.slice(0, right!.index);
    for (const { key } of gone) index.remove(key);
    for (const { key } of added) index.add(key);
    if (both) return index;
    const other = fromLeft
      ? (right?.map.entries.slice(right.index) ?? [])
      : (left?.map.entries.slice(0, kept) ?? []);
    for (const { key } of other) index.add(key);
    return index;
  }
}

/** An entry with a map of rows as its value. */
export function compose(head: LineEntry, map: RowMap): LineEntry {
  if (map[HEAD]?.key === head.key) return map[HEAD];
  return (map[HEAD] = new LineEntry(head.key, map, head[VALUE], head[VALUE_END]));
}

/**
 * The way to the row that begins at a line and stands in a column: in each map around it, the place
 * behind the entry that holds it, and in the last the place before it.
 */
export function locate(
  root: RowMap | undefined,
  column: number,
  isBefore: (line: Line) => boolean,
): Place[] | undefined {
  const path: Place[] = [];
  let map: RowMap | undefined = root;
  while (map) {
    const index = firstNot(map.entries, isBefore);
    path.push({ map, index });
    if (map[INDENT] === column) return path;
    const value = map.entries[index - 1]?.value;
    map = map[INDENT] < column && value instanceof RowMap ? value : undefined;
  }
  return undefined;
}

function firstNot(entries: readonly LineEntry[], isBefore: (line: Line) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(lineOf(entries[middle]!))) low = middle + 1;
    else high = middle;
  }
  return low;
}
