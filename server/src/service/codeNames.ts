import { MarkupKind, type InlayHint, type Range } from 'vscode-languageserver-types';
import { nameIn } from '../catalog/catalog';
import { codePlaces, type CodePlace } from '../catalog/places';
import type { Lines } from '../syntax/lines';
import type { SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';

/** Beside every code in a range that has no printed name beside it, the name it had in that year. */
export function codeNamesIn(
  { disclosure, tree, lines, catalog }: Analysis,
  range: Range,
): InlayHint[] {
  if (!disclosure) return [];
  const start = lines.offset(range.start);
  const end = lines.offset(range.end);
  return codePlaces(disclosure).flatMap((place) => {
    const { node, code, classification, printed } = place;
    if (printed.length > 0) return [];
    const at = tree.rangeOf(node);
    if (at.end < start || at.start > end) return [];
    const entry = catalog.lookup(code, classification);
    if (!entry) return [];
    const path = catalog
      .pathOf(code, classification)
      .map((step) => `${step.code} ${step.name}`)
      .join(' › ');
    return [
      {
        position: lines.position(endOf(place, tree, lines)),
        label: nameIn(entry, disclosure.year),
        paddingLeft: true,
        tooltip: { kind: MarkupKind.Markdown, value: path },
      },
    ];
  });
}

/**
 * Where a name disturbs no columns: behind a row that ends in the line of its code, else behind the colon.
 * Values of 科目 are followed by nothing.
 */
function endOf({ node, entry }: CodePlace, tree: SyntaxTree, lines: Lines): number {
  const { end } = tree.rangeOf(node);
  if (entry.key !== node) return end;
  const row = entry.value && tree.rangeOf(entry.value);
  if (row && lines.position(row.end).line === lines.position(end).line) return row.end;
  return tree.text.startsWith(':', end) ? end + 1 : end;
}
