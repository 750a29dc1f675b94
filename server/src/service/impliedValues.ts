/** What a blank has to print, as the figures around it say. */
import { CompletionItemKind } from 'vscode-languageserver-types';
import { formatHalves } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell } from '../disclosure/model';
import { cellsOf } from '../relations/network';
import { measureRatio } from '../relations/ratio';
import type { Cause } from '../repair/cause';
import type { SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';
import { arithmeticOf } from './arithmetic';
import type { Candidate } from './candidate';
import { fixesOf } from './fixes';
import type { Locale } from './messages';

/** More values than these say nothing. */
const MOST_VALUES = 2;

/**
 * The values that the quick fixes of a file would write into a blank: they are known, nothing is calculated for them.
 * @param id of the cell in the file as it was analysed
 */
export function impliedValues(
  id: string,
  { causes, tree }: Pick<Analysis, 'causes' | 'tree'>,
  locale: Locale,
): Candidate[] {
  const cellIn = ({ cell, candidates, sets }: Cause) => {
    const suspects = [...candidates, ...sets.flatMap((set) => set.candidates)];
    const cells = [cell, ...suspects.map((one) => one.cell)];
    return cells.find((one) => one.id === id && isBlank(one));
  };
  return causes.flatMap((cause): Candidate[] => {
    const cell = cellIn(cause);
    if (!cell) return [];
    const own = cause.members.find(({ relation }) => [...cellsOf(relation)].includes(cell));
    return valuesFor(cell, cause, tree, locale).map((text) => ({
      text,
      kind: CompletionItemKind.Value,
      ...(own && { path: arithmeticOf(own) }),
    }));
  });
}

/** What fixes write into a cell alone. */
function valuesFor(cell: Cell, cause: Cause, tree: SyntaxTree, locale: Locale): string[] {
  const { start, end } = tree.rangeOf(cell.entry!);
  const texts = fixesOf(cause, tree, locale).flatMap(({ edits: [only, ...more] }) => {
    const isOwn =
      only && more.length === 0 && start <= only.range.start && only.range.end <= end + 1;
    const text = isOwn ? only.newText.trim() : '';
    return /^[-\d][\d.,]*%?$/.test(text) ? text : [];
  });
  return [...new Set(texts)].slice(0, MOST_VALUES);
}

/** As shares and rates are printed. */
const SHARE = -2;

/** What a blank in per cent comes to, to two decimals, as far as what it is a ratio of is printed. */
export function impliedRatios(
  { table, row, column }: Cell,
  { network, disclosure }: Analysis,
): Candidate[] {
  const cell = disclosure?.cell(table.id, row.id, column.id);
  if (!network || !cell || !isBlank(cell)) return [];
  const { context } = network;
  const printed = { ...amountOf(cell), place: SHARE };
  const amount = (one: Cell) => (one === cell ? printed : amountOf(one));
  const found = network.of(cell).flatMap(({ relation }) => {
    const { left, right, base = [] } = relation;
    const isOwn = left.length === 1 && left[0]!.cell === cell && base.length > 0;
    const isPrinted = [...right, ...base].every((one) => isNonZero(one.cell));
    if (!isOwn || !isPrinted) return [];
    return `${formatHalves(measureRatio(relation, { ...context, amount }).right, SHARE, 0)}%`;
  });
  const [value, ...others] = new Set(found);
  if (value === undefined || others.length > 0) return [];
  return [{ text: value, kind: CompletionItemKind.Value }];
}

const isBlank = ({ state, entry }: Cell) => state === 'blank' && entry !== undefined;
