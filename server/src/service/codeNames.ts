import { MarkupKind, type InlayHint, type Range } from 'vscode-languageserver-types';
import { nameIn } from '../catalog/catalog';
import { codePlaces } from '../catalog/places';
import type { Analysis } from './analysis';

/** Behind every code in a range that has no printed name beside it, the name it had in that year. */
export function codeNamesIn(
  { disclosure, tree, lines, catalog }: Analysis,
  range: Range,
): InlayHint[] {
  if (!disclosure) return [];
  const start = lines.offset(range.start);
  const end = lines.offset(range.end);
  return codePlaces(disclosure).flatMap(({ node, code, classification, printed }) => {
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
        position: lines.position(at.end),
        label: nameIn(entry, disclosure.year),
        paddingLeft: true,
        tooltip: { kind: MarkupKind.Markdown, value: path },
      },
    ];
  });
}
