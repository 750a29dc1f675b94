import type { Disclosure, Table } from '../disclosure/model';
import { vocabulary, type TableSpec } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Unchecked } from '../relations/relation';
import type { LineRange } from '../syntax/lines';
import type { Entry, SyntaxNode } from '../syntax/tree';
import type { Analysis } from './analysis';
import { message, type Locale } from './messages';

/** A row of the ledger before anything is entered: a table, a statement or a section. */
export interface LedgerHead {
  /** The stable id of a table, statement or section; `file` for what belongs to none. */
  readonly id: string;
  readonly title: string;
  /**
   * - `read`: its figures are checked
   * - `text`: it stands in the file and is kept as text
   * - `missing`: it does not stand in the file; `unreadable`: it does, and cannot be read
   */
  readonly status: 'read' | 'text' | 'missing' | 'unreadable';
  /** Where it begins; null where it does not stand in the file. */
  readonly range: LineRange | null;
}

type Named = Pick<TableSpec, 'key' | 'en'>;

/** The id of the row for what belongs to no table. */
export const REST = 'file';

/** The rows of a file, and which of them a finding belongs to. */
export class LedgerSheet {
  /** The tables in the order of the layout, then the sections behind them, then the rest. */
  readonly heads: readonly LedgerHead[];
  private readonly byId = new Map<string, LedgerHead>();
  private readonly byAddress = new Map<string, string>();

  constructor(
    private readonly analysis: Analysis,
    private readonly disclosure: Disclosure,
    private readonly locale: Locale,
  ) {
    for (const { id, title } of disclosure.layout.tables) {
      const spec = vocabulary.tables.find((table) => table.id === id)!;
      const table = disclosure.tables.get(id);
      if (table) this.open(table);
      else
        this.openMissing(
          { ...spec, key: title },
          disclosure.unreadable.has(id) ? 'unreadable' : 'missing',
        );
    }
    for (const id of Object.keys(vocabulary.sections)) {
      if (id !== 'accepted') this.openSection(id);
    }
    this.add({ id: REST, title: message(locale, 'ledger.rest'), status: 'read', range: null });
    this.heads = [...this.byId.values()];
  }

  rowOf(found: Evaluation | Fact): string {
    if (!('relation' in found)) return this.rowAt(found.path);
    const { id } = found.relation.left[0]!.cell.table;
    return this.byId.has(id) ? id : REST;
  }

  /** The table whose address a path begins with. */
  rowAt(path: readonly string[]): string {
    for (let length = path.length; length > 0; length--) {
      const row = this.byAddress.get(path.slice(0, length).join('/'));
      if (row !== undefined) return row;
    }
    return REST;
  }

  /** What could not be applied belongs to the table that it would have checked. */
  rowOfRule({ rule, id, reason }: Unchecked): string {
    const [place] = rule.at ?? [];
    const tables = [rule.target?.table, place?.table, reason.table, reason.cell?.table.spec.id];
    for (const table of tables) {
      if (!table) continue;
      const form = this.heads.find(
        (head) => head.id.startsWith(`${table}:`) && id.endsWith(head.id.slice(table.length)),
      );
      if (form) return form.id;
      if (this.byId.has(table)) return table;
    }
    return REST;
  }

  private add(head: LedgerHead): void {
    this.byId.set(head.id, head);
  }

  private open(table: Table): void {
    const { id, spec, project, within, entry } = table;
    const called = project?.printedAs?.text.trim() ?? project?.code;
    const title = [this.titleOf({ ...spec, key: table.title }), ...(called ? [called] : [])].join(
      ' · ',
    );
    this.add({ id, title, status: 'read', range: this.rangeOf(project?.node ?? entry.key) });
    const address = [...within, spec.key, ...(project ? [project.code] : [])].join('/');
    this.byAddress.set(address, id);
  }

  private openMissing(spec: TableSpec, status: 'missing' | 'unreadable'): void {
    this.add({ id: spec.id, title: this.titleOf(spec), status, range: null });
  }

  /** A section with its statements; one that holds none is kept as text. */
  private openSection(id: string): void {
    const { tables, sections } = this.disclosure;
    const specs = vocabulary.statements.filter(({ section }) => section === id);
    const named = vocabulary.sections[id]!;
    const title = this.titleOf(named);
    const entry = sections.get(id);
    const key = `section.${id}`;
    if (!entry) {
      if (specs.length > 0) this.add({ id: key, title, status: 'missing', range: null });
      return;
    }
    if (specs.length === 0) {
      this.add({ id: key, title, status: 'text', range: this.rangeOf(entry.key) });
    }
    for (const spec of specs) {
      const written = [...tables.values()].filter((table) => table.spec.id === spec.id);
      for (const table of written) this.open(table);
      if (written.length === 0) this.openMissing(spec, 'missing');
    }
  }

  /** In English what it says is told beside the words that the file and all messages call it by. */
  private titleOf({ key, en }: Named): string {
    return this.locale === 'zh-cn' ? key : `${key} (${en})`;
  }

  private rangeOf(node: SyntaxNode | Entry): LineRange {
    return this.analysis.lines.range(this.analysis.tree.rangeOf(node));
  }
}
