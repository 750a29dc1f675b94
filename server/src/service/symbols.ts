import {
  SymbolKind,
  type DocumentSymbol,
  type SymbolInformation,
} from 'vscode-languageserver-types';
import { codePlaces } from '../catalog/places';
import type { Row, Table } from '../disclosure/model';
import { tablesInOrder } from '../disclosure/read';
import type { Entry } from '../syntax/tree';
import type { Analysis } from './analysis';
import { derivedText } from './derived';
import { totalCell } from './places';

/** The outline: tables, their sides, and rows by code and name, with the total each of them prints. */
export function symbolsOf(analysis: Analysis): DocumentSymbol[] {
  const { disclosure } = analysis;
  if (!disclosure) return [];
  const tables = tablesInOrder(disclosure).map((table) =>
    new TableOutline(analysis, table).symbol(),
  );
  const sections = [...disclosure.sections.values()].map((entry) =>
    symbol(analysis, entry, {
      name: entry.key.text,
      kind: SymbolKind.Namespace,
      detail: '',
      children: subjectsIn(analysis, entry),
    }),
  );
  return [...tables, ...sections].sort((a, b) => a.range.start.line - b.range.start.line);
}

/** The items of a section that are about a subject. */
function subjectsIn(analysis: Analysis, section: Entry): DocumentSymbol[] {
  const { disclosure, catalog } = analysis;
  return codePlaces(disclosure!)
    .filter((place) => place.section === section)
    .map(({ code, classification, entry }) => {
      const name = catalog.lookup(code, classification)?.name ?? '';
      return symbol(analysis, entry, {
        name: `${code} ${name}`.trim(),
        kind: SymbolKind.Field,
        detail: '',
      });
    });
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
    return symbol(this.analysis, entry, {
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
      return symbol(this.analysis, entry, {
        name,
        kind: SymbolKind.Field,
        detail: this.amount(row),
      });
    }
    const children = this.childrenOf(entry);
    if (children.length === 0) return undefined;
    const side = this.table.spec.sections.find((section) => section.key === key);
    return symbol(this.analysis, entry, {
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
    return row ? this.amount(row) : '';
  }

  /** What a row prints in its total column, or in its only one. */
  private amount(row: Row): string {
    const cell = totalCell(this.table, row);
    if (!cell) return '';
    return cell.state === 'derived' && cell.amount ? derivedText(cell) : cell.printed;
  }
}

function symbol(
  { tree, lines }: Analysis,
  entry: Entry,
  parts: Pick<DocumentSymbol, 'name' | 'kind' | 'detail' | 'children'>,
): DocumentSymbol {
  const { start, end } = tree.rangeOf(entry);
  // A map's range can take in the line end behind it, which belongs to nobody.
  const length = tree.text.slice(start, end).trimEnd().length;
  return {
    ...parts,
    // Clients refuse symbols without a name.
    name: parts.name || '?',
    range: lines.range({ start, end: start + length }),
    selectionRange: lines.range(tree.rangeOf(entry.key)),
  };
}
