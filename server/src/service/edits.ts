import type { Amount } from '../disclosure/amount';
import type { Cell, Table } from '../disclosure/model';
import { isLineEnd } from '../syntax/traps/characters';
import type { Entry, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import { openValue } from '../syntax/insert';
import { insertCell } from './insertCell';
import { valueText } from './places';

export interface CellEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/**
 * What a cell should show for an amount in the document's own style: zero as its table mostly shows it,
 * or as digits where it stands beside a printed zero; thousands separated where the table does so.
 * Empty for a blank.
 * @param beside cells that a failing relation equates or adds up with this one
 */
export function textFor(amount: Amount, cell: Cell, beside: readonly Cell[] = []): string {
  if (amount.units === 0n) {
    const isPrintedZero = (other: Cell) => other.state === 'amount' && other.amount?.units === 0n;
    if (!beside.some(isPrintedZero) && !printsZeros(cell.table)) return '';
  }
  const text = valueText(amount, cell);
  if (!separatesThousands(cell.table)) return text;
  const [whole, fraction] = text.split('.');
  const grouped = whole!.replace(/\B(?=(?:\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/**
 * The smallest edit that makes a cell show a text: only its scalar is touched, its quotes stay; a
 * cell that is not written is added to its row. Undefined where it cannot be written in place.
 */
export function editCell(cell: Cell, text: string, tree: SyntaxTree): CellEdit | undefined {
  const { entry } = cell;
  if (!entry) {
    // It may come to stand in braces.
    const value = text.includes(',') ? `"${text}"` : text;
    return text === '' ? undefined : insertCell(cell, value, tree);
  }
  if (!isRewritable(entry.value, tree)) return undefined;
  const range = tree.valueRangeOf(entry);
  const written = tree.text.slice(range.start, range.end);
  const quote = /^["']/.exec(written)?.[0];
  if (text === '') return blank(range, tree, quote);
  if (quote) return { range, newText: `${quote}${text}${quote}` };
  const newText = needsQuotes(text, range, tree) ? `"${text}"` : text;
  return openValue(entry, newText, tree);
}

/** Takes the value of an entry away, its quotes stay; undefined where it cannot be done in place. */
export function clearValue(entry: Entry, tree: SyntaxTree): CellEdit | undefined {
  if (!entry.value || !isRewritable(entry.value, tree)) return undefined;
  const range = tree.valueRangeOf(entry);
  return blank(range, tree, /^["']/.exec(tree.text.slice(range.start, range.end))?.[0]);
}

/**
 * Whether another text can take the place of a value whole. The first line of a block scalar may hold a
 * comment, which is not to be lost.
 */
export function isRewritable(node: SyntaxNode | undefined, tree: SyntaxTree): boolean {
  if (node?.kind !== 'scalar' || node.style !== 'block') return true;
  const { start, end } = tree.rangeOf(node);
  return !/^[^\r\n]*#/.test(tree.text.slice(start, end));
}

/** JSON takes nothing but numbers without quotes; inside YAML's braces a comma ends a value. */
function needsQuotes(text: string, { start }: TextRange, tree: SyntaxTree): boolean {
  if (tree.language === 'json') return !/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text);
  const inBraces = () =>
    tree.pathAt(start).some((node) => node.kind === 'map' && node.style === 'flow');
  return text.includes(',') && inBraces();
}

function blank(range: TextRange, tree: SyntaxTree, quote: string | undefined): CellEdit {
  if (tree.language === 'json') return { range, newText: 'null' };
  if (quote) return { range, newText: `${quote}${quote}` };
  // One blank stays behind the colon, for what is typed there to be apart from it.
  const behind = tree.text[range.end] ?? '\n';
  const spaces = /:( *)$/.exec(tree.text.slice(0, range.start))?.[1]?.length ?? 0;
  const spare = /[ \t]/.test(behind) ? spaces : isLineEnd(behind) ? Math.max(spaces - 1, 0) : 0;
  return { range: { start: range.start - spare, end: range.end }, newText: '' };
}

const thousands = new WeakMap<object, boolean>();

function separatesThousands(table: Table): boolean {
  let separates = thousands.get(table.manner);
  if (separates === undefined) thousands.set(table.manner, (separates = hasSeparators(table)));
  return separates;
}

/** Most of the figures that are large enough have them. */
function hasSeparators(table: Table): boolean {
  let balance = 0;
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const printed = table.cell(row.id, column)?.printed ?? '';
      if (printed.includes(',')) balance++;
      else if (/\d{4}/.test(printed)) balance--;
    }
  }
  return balance > 0;
}

const zeroStyles = new WeakMap<object, boolean>();

/** Whether a table prints its zeros as digits rather than leaving them blank. */
function printsZeros(table: Table): boolean {
  let prints = zeroStyles.get(table.manner);
  if (prints === undefined) zeroStyles.set(table.manner, (prints = hasMoreZerosThanBlanks(table)));
  return prints;
}

function hasMoreZerosThanBlanks(table: Table): boolean {
  let zeros = 0;
  let blanks = 0;
  for (const row of table.rows.values()) {
    if (!row.entry) continue;
    for (const { id } of table.columnsOf(row.section)) {
      const cell = table.cell(row.id, id);
      if (cell?.state === 'amount' && cell.amount?.units === 0n) zeros++;
      else if (cell?.state === 'blank') blanks++;
    }
  }
  return zeros > blanks;
}
