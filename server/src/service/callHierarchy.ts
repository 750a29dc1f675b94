import {
  SymbolKind,
  type CallHierarchyIncomingCall,
  type CallHierarchyItem,
  type CallHierarchyOutgoingCall,
  type Position,
} from 'vscode-languageserver-types';
import type { Cell } from '../disclosure/model';
import type { Analysis } from './analysis';
import { isWritten, sourcesOf, usersOf, type Tie } from './figures';
import { rangeOf } from './figureNavigation';
import { inLocale, type Locale } from './messages';
import { outcomeLabel } from './outcomes';
import { idsOf, printedOf, tableLastLabelOf } from './places';
import { underCursor } from './underCursor';

/**
 * The call hierarchy of figures: a figure calls what it is made of (a total its parts, a ratio what it
 * divides, a text the table that it repeats) and is called by what is made of it.
 */
export function figureItems(
  analysis: Analysis,
  uri: string,
  position: Position,
  locale: Locale,
): CallHierarchyItem[] {
  const cell = underCursor(analysis, position)?.cell;
  return cell?.entry ? [itemOf(analysis, uri, cell, locale)] : [];
}

/** Totals, ratios and texts that the figure of an item is in. */
export function incomingCalls(
  analysis: Analysis,
  item: CallHierarchyItem,
  locale: Locale,
): CallHierarchyIncomingCall[] {
  return calls(analysis, item, locale, usersOf).map(({ to, at }) => ({ from: to, fromRanges: at }));
}

/** What the figure of an item is made of. */
export function outgoingCalls(
  analysis: Analysis,
  item: CallHierarchyItem,
  locale: Locale,
): CallHierarchyOutgoingCall[] {
  return calls(analysis, item, locale, sourcesOf).map(({ to, at }) => ({ to, fromRanges: at }));
}

function calls(
  analysis: Analysis,
  { uri, data }: CallHierarchyItem,
  locale: Locale,
  tiesOf: typeof sourcesOf,
) {
  const cell = cellNamed(analysis, data);
  if (!cell) return [];
  return tiesOf(analysis.network, cell)
    .filter((tie) => isWritten(tie.cell))
    .map((tie) => {
      const to = itemOf(analysis, uri, tie.cell, locale, tie);
      // A cell holds no expression that could be shown: the call stands where the other figure does.
      return { to, at: [to.selectionRange] };
    });
}

function itemOf(
  analysis: Analysis,
  uri: string,
  cell: Cell,
  locale: Locale,
  tie?: Tie,
): CallHierarchyItem {
  const { tree, lines } = analysis;
  return {
    name: printedOf(cell, locale),
    kind: SymbolKind.Number,
    detail: [tableLastLabelOf(cell, locale), ...(tie ? troubleOf(tie, locale) : [])].join(' · '),
    uri,
    range: lines.range(tree.rangeOf(cell.entry!)),
    selectionRange: rangeOf(analysis, cell),
    data: idsOf(cell),
  };
}

/** The relation by which a figure was reached, where it does not hold. */
function troubleOf({ evaluation: { outcome, relation } }: Tie, locale: Locale): string[] {
  return outcome === 'fails'
    ? [`${outcomeLabel(outcome, locale)} · ${inLocale(relation.rule.title, locale)}`]
    : [];
}

/** By the meaning of the cell, for its place may be another one by now. */
function cellNamed({ disclosure }: Analysis, data: unknown): Cell | undefined {
  const { table, row, column } = (data ?? {}) as Partial<Record<string, unknown>>;
  const isNamed = [table, row, column].every((id) => typeof id === 'string');
  return isNamed ? disclosure?.cell(table as string, row as string, column as string) : undefined;
}
