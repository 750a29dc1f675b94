import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import { codePlaces, type CodePlace } from '../catalog/places';
import type { Row, Table } from '../disclosure/model';
import { itemKeys } from '../disclosure/ownKeys';
import { projectOf } from '../disclosure/statementItems';
import type { Entry, MapNode, ScalarNode, SyntaxNode } from '../syntax/tree';
import type { Analysis } from './analysis';
import { amountText, symbol } from './symbol';

/** The narrative and the annexes: their statements and parts, and of those the rows and items. */
export class SectionOutline {
  private readonly statements = new Set<Entry>();
  /** Rows by their entries, those of lists by what names them. */
  private readonly rows = new Map<Entry | SyntaxNode, { table: Table; row: Row }>();
  private readonly places = new Map<Entry | SyntaxNode, CodePlace>();

  constructor(private readonly analysis: Analysis) {
    const disclosure = analysis.disclosure!;
    for (const table of disclosure.tables.values()) {
      if (table.spec.section === undefined) continue;
      this.statements.add(table.entry);
      for (const row of table.rows.values()) {
        const at = row.section.items ? row.titleNode : row.entry;
        if (at) this.rows.set(at, { table, row });
      }
    }
    for (const place of codePlaces(disclosure)) {
      if (place.section) this.places.set(place.item ?? place.entry, place);
    }
  }

  symbols(): DocumentSymbol[] {
    return [...this.analysis.disclosure!.sections.values()].map((entry) =>
      symbol(this.analysis, entry, entry.key, {
        name: entry.key.text,
        kind: SymbolKind.Namespace,
        detail: '',
        children: this.within(entry.value),
      }),
    );
  }

  private within(node: SyntaxNode | undefined): DocumentSymbol[] {
    if (node?.kind === 'map') return node.entries.flatMap((entry) => this.entry(entry));
    if (node?.kind !== 'sequence') return [];
    return node.items.flatMap((item) => (item?.kind === 'map' ? this.item(item) : []));
  }

  /** Facets of a row are too many to be shown, and what is nested in it belongs to it. */
  private entry(entry: Entry): DocumentSymbol[] {
    const children = this.within(entry.value);
    if (itemKeys.get(entry.key.text) === 'nested' && entry.value?.kind === 'map') return children;
    const found = this.rows.get(entry);
    const isStatement = this.statements.has(entry);
    if (!found && !isStatement && children.length === 0) return [];
    const place = this.places.get(entry);
    return [
      symbol(this.analysis, entry, entry.key, {
        name: place ? this.subject(place) : entry.key.text.trim(),
        kind: isStatement ? SymbolKind.Class : found ? SymbolKind.Field : SymbolKind.Namespace,
        detail: found ? amountText(found.table, found.row) : '',
        children,
      }),
    ];
  }

  /** An item of a list by what tells it from the others. */
  private item(item: MapNode): DocumentSymbol[] {
    const children = this.within(item);
    const project = item.entries.find(({ key }) => itemKeys.get(key.text) === 'project');
    const form = project && projectOf(project);
    const place = this.places.get(item);
    const titles = item.entries.flatMap(({ value }) =>
      value?.kind === 'scalar' && this.rows.has(value) ? value : [],
    );
    const title: ScalarNode | undefined = place?.node ?? titles[0] ?? form?.node;
    if (!title) return children;
    const found = this.rows.get(title);
    const own = title === form?.node ? (form.printedAs ?? title).text : title.text;
    return [
      symbol(this.analysis, item, title, {
        name: place ? this.subject(place) : own.trim(),
        kind: SymbolKind.Field,
        detail: found ? amountText(found.table, found.row) : '',
        children,
      }),
    ];
  }

  private subject({ code, classification }: CodePlace): string {
    const name = this.analysis.catalog.lookup(code, classification)?.name ?? '';
    return `${code} ${name}`.trim();
  }
}
