import type { Table } from '../disclosure/model';
import { sectionKeys } from '../disclosure/ownKeys';
import type { DisclosureData } from '../disclosure/read';
import type { RowPlace } from '../disclosure/reread';
import type { TableData } from '../disclosure/tableData';
import { changeOf, numberOf } from '../syntax/incremental/nodes';
import type { Entry, SyntaxNode } from '../syntax/tree';

/** What an edit changed: at most one row, or a section of the narrative. */
export interface RowChange {
  readonly row?: { readonly before: Entry; readonly after: Entry; readonly place: RowPlace };
  readonly section?: { readonly id: string; readonly entry: Entry };
  /** Takes the entries as they are now for known. */
  accept(): void;
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

  /** Undefined where more than one row is another one, or something beside the rows. */
  changed(root: SyntaxNode | undefined): RowChange | undefined {
    if (root?.kind !== 'map') return undefined;
    const top = this.root.difference(root);
    if (top === undefined) return undefined;
    if (top === SAME) return { accept: () => undefined };
    const before = this.root.entries[top]!;
    const entry = entriesOf(root)[top]!;
    const id = sectionKeys.get(entry.key.text);
    if (id !== undefined && before.key.text === entry.key.text) {
      const accept = () => {
        this.root.accept(root, top);
      };
      return { section: { id, entry }, accept };
    }
    const table = this.tables.get(entry.key.text);
    if (table?.entry !== before || before.key.text !== entry.key.text) return undefined;
    const rows = this.lists.get(entry.key.text)!;
    const at = rows.difference(entry.value);
    // The table is written anew and its rows are not: nobody knows what became of it.
    if (at === undefined || at === SAME) return undefined;
    const row = entriesOf(entry.value)[at]!;
    if (rows.entries[at]!.key.text !== row.key.text) return undefined;
    const acceptRow = () => {
      this.root.accept(root, top);
      rows.accept(entry.value, at);
    };
    if (!isSide(row, table)) {
      const place = { table, entry, side: undefined };
      return { row: { before: rows.entries[at]!, after: row, place }, accept: acceptRow };
    }
    const inside = this.lists.get(pathOf(entry.key.text, row))!;
    const index = inside.difference(row.value);
    if (index === undefined || index === SAME) return undefined;
    const after = entriesOf(row.value)[index]!;
    if (inside.entries[index]!.key.text !== after.key.text) return undefined;
    return {
      row: { before: inside.entries[index]!, after, place: { table, entry, side: row } },
      accept: () => {
        acceptRow();
        inside.accept(row.value, index);
      },
    };
  }
}

const SAME = -1;

/** The entries of a map as they were read. */
class EntryList {
  readonly entries: Entry[];
  private number: number | undefined;

  constructor(map: SyntaxNode | undefined) {
    this.entries = [...entriesOf(map)];
    this.number = numberOf(map);
  }

  /** The only place at which a map has another entry; undefined where there are more. */
  difference(map: SyntaxNode | undefined): number | undefined {
    if (this.number !== undefined && this.number === numberOf(map)) return SAME;
    const after = entriesOf(map);
    const { length } = this.entries;
    if (after.length !== length) return undefined;
    // One that an edit has put in the place of the map that is known says where it differs.
    const change = changeOf(map);
    const isNext = change !== undefined && change.of === this.number;
    const [from, to] = isNext ? [change.at, change.at + change.added] : [0, length];
    let at = from;
    while (at < to && this.entries[at] === after[at]) at++;
    if (at === to) return SAME;
    for (let i = at + 1; i < to; i++) if (this.entries[i] !== after[i]) return undefined;
    return at;
  }

  accept(map: SyntaxNode | undefined, at: number): void {
    this.entries[at] = entriesOf(map)[at]!;
    this.number = numberOf(map);
  }
}

const entriesOf = (node: SyntaxNode | undefined): readonly Entry[] =>
  node?.kind === 'map' ? node.entries : [];

const isSide = ({ key }: Entry, { spec }: Table) =>
  spec.sections.some((section) => section.id !== '' && section.key === key.text.trim());

const pathOf = (table: string, side: Entry) => `${table}/${side.key.text}`;
