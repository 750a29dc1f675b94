import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import { append } from '../syntax/arrays';
import type { Entry, SyntaxNode, TextRange } from '../syntax/tree';
import type { Analysis } from './analysis';

/** Tables, sides and every row that takes more than a line; and comments of several lines. */
export function foldingRangesOf(analysis: Analysis): FoldingRange[] {
  const { entries, texts } = longNodes(analysis);
  return [
    ...entries.flatMap((entry) => block(analysis, entry) ?? []),
    ...comments(analysis, texts),
  ];
}

/** Entries with something in them, and the ranges of values in which `#` begins no comment. */
function longNodes({ tree }: Analysis): { entries: Entry[]; texts: TextRange[] } {
  const entries: Entry[] = [];
  const texts: TextRange[] = [];
  const pending: (SyntaxNode | undefined)[] = [tree.root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node?.kind === 'sequence') append(pending, node.items);
    if (node?.kind === 'scalar') texts.push(tree.rangeOf(node));
    if (node?.kind !== 'map') continue;
    for (const entry of node.entries) {
      if (entry.value && entry.value.kind !== 'scalar') entries.push(entry);
      pending.push(entry.value);
    }
  }
  return { entries, texts };
}

function block({ tree, lines }: Analysis, entry: Entry): FoldingRange | undefined {
  const { start, end } = tree.rangeOf(entry);
  const text = tree.text.slice(start, end).trimEnd();
  const startLine = lines.position(start).line;
  const lastLine = lines.position(start + text.length).line;
  // A bracket that closes on a line of its own stays in sight.
  const isFlow = entry.value?.kind !== 'scalar' && entry.value?.style === 'flow';
  const closed = isFlow && /^[ \t]*[\]}]$/.test(text.slice(text.lastIndexOf('\n') + 1));
  const endLine = closed ? lastLine - 1 : lastLine;
  return endLine > startLine ? { startLine, endLine } : undefined;
}

/** Lines in a row that hold nothing but a comment. */
function comments({ tree, lines }: Analysis, texts: readonly TextRange[]): FoldingRange[] {
  // JSON has none.
  if (tree.language === 'json') return [];
  const inText = new Set<number>();
  for (const { start, end } of texts) {
    const last = lines.position(end).line;
    for (let line = lines.position(start).line + 1; line <= last; line++) inText.add(line);
  }
  const ranges: FoldingRange[] = [];
  let startLine: number | undefined;
  for (let line = 0; line <= lines.lineCount; line++) {
    const start = lines.offset({ line, character: 0 });
    const isComment =
      line < lines.lineCount &&
      !inText.has(line) &&
      /^[ \t\uFEFF]*#/.test(lineAt(tree.text, start));
    if (isComment) startLine ??= line;
    else if (startLine !== undefined) {
      if (line - 1 > startLine) {
        ranges.push({ startLine, endLine: line - 1, kind: FoldingRangeKind.Comment });
      }
      startLine = undefined;
    }
  }
  return ranges;
}

/** Enough of a line to see whether it is a comment: its blanks and one character more. */
function lineAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && /[ \t\uFEFF]/.test(text[end]!)) end++;
  return text.slice(start, end + 1);
}
