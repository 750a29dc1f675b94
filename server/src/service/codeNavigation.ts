import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Position,
  type Range,
} from 'vscode-languageserver-types';
import { codePlaceAt, codePlaces, type CodePlace } from '../catalog/places';
import { tablesInOrder } from '../disclosure/read';
import type { Analysis } from './analysis';

/** The subject code at a position. */
export function codeAt(analysis: Analysis, position: Position): CodePlace | undefined {
  const { disclosure, tree, lines } = analysis;
  return disclosure && codePlaceAt(disclosure, tree.pathAt(lines.offset(position)).at(-1));
}

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
export function codeDefinition(analysis: Analysis, position: Position): Range | undefined {
  const place = codeAt(analysis, position);
  const [first] = place ? placesOf(analysis, place) : [];
  return first && rangeOf(analysis, first);
}

export function codeReferences(analysis: Analysis, position: Position): Range[] {
  const place = codeAt(analysis, position);
  return place ? placesOf(analysis, place).map((other) => rangeOf(analysis, other)) : [];
}

export function codeHighlights(analysis: Analysis, position: Position): DocumentHighlight[] {
  return codeReferences(analysis, position).map((range) => ({
    range,
    kind: DocumentHighlightKind.Text,
  }));
}

/** The digits without their quotes. */
export function rangeOf(
  { tree, lines }: Pick<Analysis, 'tree' | 'lines'>,
  { node }: CodePlace,
): Range {
  const { start, end } = tree.rangeOf(node);
  const quoted = /^["']/.test(tree.text.slice(start, end)) ? 1 : 0;
  return lines.range({ start: start + quoted, end: end - quoted });
}
