import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Range,
} from 'vscode-languageserver-types';
import { codePlaces, type CodePlace } from '../catalog/places';
import { tablesInOrder } from '../disclosure/read';
import type { Analysis } from './analysis';
import { withoutQuotes } from './places';

/** Every place that has the same subject, in the order of the layout's tables, then of the sections. */
export function placesOf({ disclosure }: Analysis, place: CodePlace): CodePlace[] {
  if (!disclosure) return [];
  const order = tablesInOrder(disclosure);
  const rank = ({ table, section }: CodePlace) =>
    table && !section ? order.indexOf(table) : order.length;
  return codePlaces(disclosure)
    .filter(({ code, classification }) => {
      return code === place.code && classification === place.classification;
    })
    .sort((a, b) => rank(a) - rank(b));
}

/** Where a subject is first listed with its money. */
export function codeDefinition(analysis: Analysis, place: CodePlace): Range[] {
  return placesOf(analysis, place)
    .slice(0, 1)
    .map((first) => rangeOf(analysis, first));
}

export function codeReferences(analysis: Analysis, place: CodePlace): Range[] {
  return placesOf(analysis, place).map((other) => rangeOf(analysis, other));
}

export function codeHighlights(analysis: Analysis, place: CodePlace): DocumentHighlight[] {
  return codeReferences(analysis, place).map((range) => ({
    range,
    kind: DocumentHighlightKind.Text,
  }));
}

/** The digits without their quotes. */
export function rangeOf(
  { tree, lines }: Pick<Analysis, 'tree' | 'lines'>,
  { node }: CodePlace,
): Range {
  return lines.range(withoutQuotes(tree.rangeOf(node), tree));
}
