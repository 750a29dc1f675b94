import type { SelectionRange } from 'vscode-languageserver-types';
import type { LineCharacter } from '../syntax/lines';
import { trimmedRange, type Entry, type SyntaxNode, type TextRange } from '../syntax/tree';
import type { Analysis } from './analysis';

/**
 * What to select around a place, step by step: the text of a value, the value with its quotes, key and
 * value, all rows of a table, the table, the file.
 */
export function selectionRangeAt(analysis: Analysis, position: LineCharacter): SelectionRange {
  const { tree, lines } = analysis;
  const offset = lines.offset(position);
  const here = { start: offset, end: offset };
  const ranges = [
    { start: 0, end: tree.text.length },
    ...tree.pathAt(offset).flatMap((node) => around(analysis, node, offset)),
    here,
  ];
  let selection: SelectionRange | undefined;
  let last: TextRange | undefined;
  for (const range of ranges) {
    const within = !last || (last.start <= range.start && range.end <= last.end);
    const smaller = !last || last.start < range.start || range.end < last.end;
    if (!within || !smaller) continue;
    last = range;
    selection = { range: lines.range(range), ...(selection && { parent: selection }) };
  }
  return selection!;
}

function around({ tree }: Analysis, node: SyntaxNode | Entry, offset: number): TextRange[] {
  const { start, end } = trimmedRange(node, tree);
  const range = { start, end: Math.max(offset, end) };
  const isQuoted = node.kind === 'scalar' && node.style === 'quoted';
  const isInBrackets = node.kind !== 'scalar' && node.kind !== 'entry' && node.style === 'flow';
  if (!isQuoted && !isInBrackets) return [range];
  const inner = { start: range.start + 1, end: range.end - 1 };
  return inner.start <= offset && offset <= inner.end ? [range, inner] : [range];
}
