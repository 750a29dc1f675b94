import { holdsLines } from '../disclosure/damage';
import type { Table } from '../disclosure/model';
import { sectionKeys } from '../disclosure/ownKeys';
import type { DisclosureData } from '../disclosure/disclosureData';
import type { RowPlace } from '../disclosure/reread';
import type { TableData } from '../disclosure/tableData';
import { changeOf, numberOf } from '../syntax/incremental/nodes';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';

/** A row that is written anew. */
export interface ChangedRow {
  readonly before: Entry;
  readonly after: Entry;
  readonly place: RowPlace;
}

/** What an edit changed: rows of one table, or a section of the narrative. */
export interface RowChanges {
  readonly rows: readonly ChangedRow[];
  readonly section?: { readonly id: string; readonly entry: Entry };
}

/**
 * The rows of the tables as they were read. An edit may change the maps of a tree in place, so their
 * entries are kept apart.
 */
export class RowList {
  private readonly root: EntryList;
  private readonly tables = new Map<string, TableData>();
  private readonly lists = new Map<string, EntryList>();

  constructor({ tree, tables }: DisclosureData) {
    this.root = new EntryList(tree.root);
    for (const table of tables.values()) {
      // What a text says is read as a whole.
      if (table.spec.section !== undefined) continue;
      const { key } = table.entry;
      this.tables.set(key.text, table);
      this.lists.set(key.text, new EntryList(table.entry.value));
      for (const side of entriesOf(table.entry.value)) {
        if (isSide(side, table)) {
          this.lists.set(pathOf(key.text, side), new EntryList(side.value));
        }
      }
    }
  }

  /**
   * What an edit changed; takes the entries as they are now for known. Undefined where it
   * changed many, or something beside the rows: then the list is of no use any more.
   */
  follow(root: SyntaxNode | undefined): RowChanges | undefined {
    if (root?.kind !== 'map') return undefined;
    const top = this.root.follow(root);
    if (!top || top.length > 1) return undefined;
    const [changed] = top;
    if (!changed) return { rows: [] };
    const { before, after: entry } = changed;
    const id = sectionKeys.get(entry.key.text);
    if (id !== undefined) return { rows: [], section: { id, entry } };
    const table = this.tables.get(entry.key.text);
    if (table?.entry !== before) return undefined;
    const rows = this.lists.get(entry.key.text)!.follow(entry.value);
    // The table is written anew and its rows are not: nobody knows what became of it.
    if (!rows || rows.length === 0) return undefined;
    const result: ChangedRow[] = [];
    for (const row of rows) {
      const side = isSide(row.after, table) ? row.after : undefined;
      const inside = side
        ? this.lists.get(pathOf(entry.key.text, side))?.follow(side.value)
        : [row];
      if (!inside || inside.length === 0) return undefined;
      for (const one of inside) result.push({ ...one, place: { table, entry, side } });
    }
    return { rows: result };
  }

  /** The rows that stand in some lines; undefined where something else does, too. */
  at(lines: TextRange, tree: SyntaxTree): ChangedRow[] | undefined {
    const { entries } = this.root;
    const home = lastBefore(entries, lines.start, tree);
    const entry = entries[home];
    const table = entry && this.tables.get(entry.key.text);
    if (!table || !holdsLines(entries, home, lines, tree)) return undefined;
    const result: ChangedRow[] = [];
    for (const row of entriesIn(this.lists.get(entry.key.text)!.entries, lines, tree)) {
      const side = isSide(row, table) ? row : undefined;
      if (side && tree.rangeOf(side.key).end > lines.start) return undefined;
      const list = side && this.lists.get(pathOf(entry.key.text, side));
      const inside = side ? entriesIn(list?.entries ?? [], lines, tree) : [row];
      for (const one of inside)
        result.push({ before: one, after: one, place: { table, entry, side } });
    }
    return result;
  }

  /** A place that was known before, with the entries as they are now. */
  again({ table, side }: RowPlace): RowPlace | undefined {
    const isCalled =
      ({ key }: Entry) =>
      (other: Entry) =>
        other.key.text === key.text;
    const entry = this.root.entries.find(isCalled(table.entry));
    const sides = entry && this.lists.get(entry.key.text)?.entries;
    return entry && { table, entry, side: side && sides?.find(isCalled(side)) };
  }
}

/** Entries of one map that overlap some lines. */
function entriesIn(entries: readonly Entry[], lines: TextRange, tree: SyntaxTree): Entry[] {
  const found: Entry[] = [];
  for (let at = Math.max(lastBefore(entries, lines.start, tree), 0); at < entries.length; at++) {
    const { start, end } = tree.rangeOf(entries[at]!);
    if (start >= lines.end) break;
    if (end > lines.start) found.push(entries[at]!);
  }
  return found;
}

/** The index of the last entry that begins at or before an offset; −1 where none does. */
function lastBefore(entries: readonly Entry[], offset: number, tree: SyntaxTree): number {
  let low = -1;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tree.rangeOf(entries[middle]!.key).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** An edit that changes more entries than this is followed by doing everything anew. */
const MOST = 16;

/** The entries of a map as they were read. */
class EntryList {
  readonly entries: Entry[];
  private number: number | undefined;

  constructor(map: SyntaxNode | undefined) {
    this.entries = [...entriesOf(map)];
    this.number = numberOf(map);
  }

  /**
   * The entries that are others now, under the same keys; they are known from now on. Undefined where
   * there are many, or entries have come or gone.
   */
  follow(map: SyntaxNode | undefined): { before: Entry; after: Entry }[] | undefined {
    const number = numberOf(map);
    if (this.number !== undefined && this.number === number) return [];
    const after = entriesOf(map);
    const { length } = this.entries;
    if (after.length !== length) return undefined;
    // One that an edit has put in the place of the map that is known says where it differs.
    const change = changeOf(map);
    const isNext = change !== undefined && change.of === this.number;
    const [from, to] = isNext ? [change.at, change.at + change.added] : [0, length];
    const changed: { before: Entry; after: Entry }[] = [];
    for (let i = from; i < to; i++) {
      const [one, other] = [this.entries[i]!, after[i]!];
      if (one === other) continue;
      if (one.key.text !== other.key.text || changed.length === MOST) return undefined;
      changed.push({ before: one, after: other });
      this.entries[i] = other;
    }
    this.number = number;
    return changed;
  }
}

const entriesOf = (node: SyntaxNode | undefined): readonly Entry[] =>
  node?.kind === 'map' ? node.entries : [];

const isSide = ({ key }: Entry, { spec }: Table) =>
  spec.sections.some((section) => section.id !== '' && section.key === key.text.trim());

const pathOf = (table: string, side: Entry) => `${table}/${side.key.text}`;
