import type { ProblemFix } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { SyntaxTree } from '../syntax/tree';
import type { Catalog } from './catalog';
import type { CodePlace } from './places';

/**
 * Writes the subject that a row belongs to before it, with the columns that the row has. What they come to
 * is left to the server (自动): a total that is not written is never supplied, a blank one contradicts its
 * parts, and the sum of what stands below it is right whatever that is.
 */
export function parentFix(
  { code, classification, row, entry, node, list }: CodePlace,
  catalog: Catalog,
  tree: SyntaxTree,
): ProblemFix[] {
  const parent = catalog.lookup(code.slice(0, -2), classification);
  const columns = row?.section.columns ?? [];
  const written = [...(row?.values.values() ?? [])];
  if (!parent || !list || written.length === 0) return [];
  const { start } = tree.rangeOf(entry);
  const before = tree.text.slice(lineStart(tree.text, start), start);
  // Behind other rows on the same line the new one goes there too.
  const onOwnLine = before.trim() === '';
  if (!onOwnLine && list.style === 'block') return [];
  const quote = tree.language === 'json' ? '"' : quoteOf(tree, node);
  const auto = tree.language === 'json' ? `"${vocabulary.derived}"` : vocabulary.derived;
  const eol = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = ' '.repeat(before.length);
  const isBlock = entry.value?.kind === 'map' && entry.value.style === 'block';
  const cells = written.map(({ key }) => {
    const { start: at, end } = tree.rangeOf(key);
    return `${tree.text.slice(at, end)}: ${auto}`;
  });
  const content =
    columns.length === 1 && entry.value?.kind !== 'map'
      ? ` ${auto}`
      : isBlock
        ? cells.map((cell) => `${eol}${indent}  ${cell}`).join('')
        : ` {${cells.join(', ')}}`;
  const mark = list.style === 'flow' ? ',' : '';
  const gap = onOwnLine ? eol + indent : ' ';
  const newText = `${quote}${parent.code}${quote}:${content}${mark}${gap}`;
  return [
    {
      title: 'parent-row',
      args: { code: parent.code, name: parent.name },
      edits: [{ at: { start, end: start }, newText }],
      certain: false,
    },
  ];
}

function quoteOf(tree: SyntaxTree, node: CodePlace['node']): string {
  const [first = ''] = tree.text.slice(tree.rangeOf(node).start);
  return /["']/.test(first) ? first : '';
}

function lineStart(text: string, offset: number): number {
  return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
}
