import type { Table } from '../disclosure/model';
import type { DisclosureData } from '../disclosure/read';
import type { RowPlace } from '../disclosure/reread';
import type { TableData } from '../disclosure/tableData';
import type { Entry, SyntaxNode } from '../syntax/tree';

/** What an edit changed: at most one row. */
export interface RowChange {
  readonly row?: { readonly before: Entry; readonly after: Entry; readonly place: RowPlace };
  /** Takes the entries as they are now for known. */
  accept(): void;
}

/**
 * The rows of the tables as they were read. An edit may change the maps of a tree in place, so their
 * entries are kept apart.
 */
export class RowList {
  private readonly root: Entry[];
  private readonly tables = new Map<string, TableData>();
  private readonly entries = new Map<string, Entry[]>();

  constructor({ tree, tables }: DisclosureData) {
    this.root = [...entriesOf(tree.root)];
    for (const table of tables.values()) {
      // What a text says is read as a whole.
      if (table.spec.section !== undefined) continue;
      const { key } = table.entry;
      this.tables.set(key.text, table);
      this.entries.set(key.text, [...entriesOf(table.entry.value)]);
      for (const side of entriesOf(table.entry.value)) {
        if (isSide(side, table))
          this.entries.set(pathOf(key.text, side), [...entriesOf(side.value)]);
      }
    }
  }

  /** Undefined where more than one row is another one, or something beside the rows. */
  changed(root: SyntaxNode | undefined): RowChange | undefined {
    if (root?.kind !== 'map') return undefined;
    const top = difference(this.root, entriesOf(root));
    if (top === undefined) return undefined;
    if (top === SAME) return { accept: () => undefined };
    const before = this.root[top]!;
    const entry = entriesOf(root)[top]!;
    const table = this.tables.get(entry.key.text);
    if (table?.entry !== before || before.key.text !== entry.key.text) return undefined;
    const rows = this.entries.get(entry.key.text)!;
    const at = difference(rows, entriesOf(entry.value));
    if (at === undefined) return undefined;
    const acceptTop = () => (this.root[top] = entry);
    // The table is written anew and its rows are not: nobody knows what became of it.
    if (at === SAME) return undefined;
    const row = entriesOf(entry.value)[at]!;
    if (rows[at]!.key.text !== row.key.text) return undefined;
    if (!isSide(row, table)) {
      const accept = () => void (acceptTop(), (rows[at] = row));
      return {
        row: { before: rows[at]!, after: row, place: { table, entry, side: undefined } },
        accept,
      };
    }
    const inside = this.entries.get(pathOf(entry.key.text, row))!;
    const index = difference(inside, entriesOf(row.value));
    if (index === undefined || index === SAME) return undefined;
    const after = entriesOf(row.value)[index]!;
    if (inside[index]!.key.text !== after.key.text) return undefined;
    return {
      row: { before: inside[index]!, after, place: { table, entry, side: row } },
      accept: () => void (acceptTop(), (rows[at] = row), (inside[index] = after)),
    };
  }
}

const SAME = -1;

/** The only place at which two lists differ; undefined where there are more. */
function difference(before: readonly Entry[], after: readonly Entry[]): number | undefined {
  const { length } = before;
  if (after.length !== length) return undefined;
  let at = 0;
  while (at < length && before[at] === after[at]) at++;
  if (at === length) return SAME;
  for (let i = at + 1; i < length; i++) if (before[i] !== after[i]) return undefined;
  return at;
}

const entriesOf = (node: SyntaxNode | undefined): readonly Entry[] =>
  node?.kind === 'map' ? node.entries : [];

const isSide = ({ key }: Entry, { spec }: Table) =>
  spec.sections.some((section) => section.id !== '' && section.key === key.text.trim());

const pathOf = (table: string, side: Entry) => `${table}/${side.key.text}`;
