import type { DocumentSymbol } from 'vscode-languageserver-types';
import type { Row, Table } from '../disclosure/model';
import { trimmedRange, type Entry, type SyntaxNode } from '../syntax/tree';
import type { Analysis } from './analysis';
import { derivedText } from './derived';
import { totalCell } from './places';

/** What the outline shows of something that is written; `selected` is what names it. */
export function symbol(
  { tree, lines }: Analysis,
  whole: Entry | SyntaxNode,
  selected: SyntaxNode,
  parts: Pick<DocumentSymbol, 'name' | 'kind' | 'detail' | 'children'>,
): DocumentSymbol {
  return {
    ...parts,
    // Clients refuse symbols without a name.
    name: parts.name || '?',
    range: lines.range(trimmedRange(whole, tree)),
    selectionRange: lines.range(tree.rangeOf(selected)),
  };
}

/** What a row prints in its total column, or in its only one. */
export function amountText(table: Table, row: Row): string {
  const cell = totalCell(table, row);
  if (!cell) return '';
  return cell.state === 'derived' && cell.amount ? derivedText(cell) : cell.printed;
}
