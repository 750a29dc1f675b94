import {
  SymbolKind,
  type DocumentSymbol,
  type SymbolInformation,
} from 'vscode-languageserver-types';
import type { Row, Table } from '../disclosure/model';
import { tablesInOrder } from '../disclosure/read';
import type { Entry } from '../syntax/tree';
import type { Analysis } from './analysis';
import { amountText, symbol } from './symbol';
import { SectionOutline } from './sectionOutline';

/** The outline: tables and sections, their sides, and rows by code and name, with what each of them comes to. */
export function symbolsOf(analysis: Analysis): DocumentSymbol[] {
  const { disclosure } = analysis;
  if (!disclosure) return [];
  const tables = tablesInOrder(disclosure).map((table) =>
    new TableOutline(analysis, table).symbol(),
  );
  const sections = new SectionOutline(analysis).symbols();
  return [...tables, ...sections].sort((a, b) => a.range.start.line - b.range.start.line);
}

/** For clients without trees: what contains a symbol is its container. */
export function flatSymbols(symbols: readonly DocumentSymbol[], uri: string): SymbolInformation[] {
  const flat = (symbol: DocumentSymbol, containerName?: string): SymbolInformation[] => [
    {
      name: symbol.name,
      kind: symbol.kind,
      location: { uri, range: symbol.range },
      ...(containerName !== undefined && { containerName }),
    },
    ...(symbol.children ?? []).flatMap((child) => flat(child, symbol.name)),
  ];
  return symbols.flatMap((symbol) => flat(symbol));
}

class TableOutline {
  private readonly rows: ReadonlyMap<Entry, Row>;

  constructor(
    private readonly analysis: Analysis,
    private readonly table: Table,
  ) {
    const written = [...table.rows.values()].flatMap((row): [Entry, Row][] =>
      row.entry ? [[row.entry, row]] : [],
    );
    this.rows = new Map(written);
  }

  symbol(): DocumentSymbol {
    const { entry, unit } = this.table;
    const total = this.totalOf('total');
    return symbol(this.analysis, entry, entry.key, {
      name: entry.key.text,
      kind: SymbolKind.Class,
      detail: total === '' ? '' : `${total} ${unit.name}`,
      children: this.childrenOf(entry),
    });
  }

  private childrenOf({ value }: Entry): DocumentSymbol[] {
    return value?.kind === 'map' ? value.entries.flatMap((entry) => this.child(entry) ?? []) : [];
  }

  /** A row; or what holds rows, a side or a line that is broken down. */
  private child(entry: Entry): DocumentSymbol | undefined {
    const row = this.rows.get(entry);
    const key = entry.key.text.trim();
    if (row) {
      const name = row.code ? [row.code, this.nameOf(row)].filter(Boolean).join(' ') : key;
      return symbol(this.analysis, entry, entry.key, {
        name,
        kind: SymbolKind.Field,
        detail: amountText(this.table, row),
      });
    }
    const children = this.childrenOf(entry);
    if (children.length === 0) return undefined;
    const side = this.table.spec.sections.find((section) => section.key === key);
    return symbol(this.analysis, entry, entry.key, {
      name: key,
      kind: side ? SymbolKind.Namespace : SymbolKind.Field,
      detail: side ? this.totalOf(`${side.id}.total`) : '',
      children,
    });
  }

  private nameOf(row: Row): string {
    const printed = row.name?.text.trim();
    const classification = row.section.codes?.classification ?? 'functional';
    return printed ?? this.analysis.catalog.lookup(row.code!, classification)?.name ?? '';
  }

  private totalOf(rowId: string): string {
    const row = this.table.rows.get(rowId);
    return row ? amountText(this.table, row) : '';
  }
}
