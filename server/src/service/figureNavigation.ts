import {
  DocumentHighlightKind,
  type DocumentHighlight,
  type Range,
} from 'vscode-languageserver-types';
import type { Cell } from '../disclosure/model';
import { operandsOf } from '../relations/relation';
import type { Analysis } from './analysis';
import { isWritten, relationsOf, repeatsOf, sourcesOf } from './figures';
import { anchorOf, withoutQuotes } from './places';

/**
 * Where a figure comes from: of one that a text repeats, the table that it is from; of a total or a ratio,
 * what it is made of; else itself, for which editors show its other places.
 */
export function figureDefinitions(analysis: Analysis, cell: Cell): Range[] {
  const { network } = analysis;
  const isText = ({ table }: Cell) => table.spec.section !== undefined;
  const twins = repeatsOf(network, cell);
  // Nearest first: what the text itself is compared with.
  const original = isText(cell) ? [...twins].find((other) => !isText(other)) : undefined;
  if (original) return [rangeOf(analysis, original)];
  const parts = sourcesOf(network, cell).map((tie) => tie.cell);
  const written = inOrder(
    analysis,
    parts.filter((part) => isWritten(part) && !twins.has(part)),
  );
  return (written.length > 0 ? written : [cell]).map((part) => rangeOf(analysis, part));
}

/** Every place that prints the same quantity, also where it should and is left blank. */
export function figureReferences(analysis: Analysis, cell: Cell): Range[] {
  const places = [...repeatsOf(analysis.network, cell)].filter(({ entry }) => entry);
  return inOrder(analysis, places).map((place) => rangeOf(analysis, place));
}

/** The cell itself, the places that repeat it, and whatever else stands in a relation with it. */
export function figureHighlights(analysis: Analysis, cell: Cell): DocumentHighlight[] {
  const { network } = analysis;
  const twins = repeatsOf(network, cell);
  const others = relationsOf(network, cell).flatMap(({ relation }) =>
    operandsOf(relation).map((operand) => operand.cell),
  );
  const cells = [...new Set([...twins, ...others])].filter(
    (other) => other === cell || isWritten(other),
  );
  return inOrder(analysis, cells).map((other) => ({
    range: rangeOf(analysis, other),
    kind:
      other === cell
        ? DocumentHighlightKind.Write
        : twins.has(other)
          ? DocumentHighlightKind.Text
          : DocumentHighlightKind.Read,
  }));
}

/** The figure without its quotes; of a blank, the key that it would stand behind. */
export function rangeOf({ tree, lines }: Analysis, cell: Cell): Range {
  return lines.range(withoutQuotes(anchorOf(cell, tree), tree));
}

/** As they stand in the text. */
function inOrder({ tree }: Analysis, cells: Iterable<Cell>): Cell[] {
  return [...cells]
    .map((cell) => ({ cell, at: anchorOf(cell, tree).start }))
    .sort((a, b) => a.at - b.at)
    .map(({ cell }) => cell);
}
