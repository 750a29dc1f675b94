import type { ProblemFix } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { eolOf, indentOf, insertBefore, quoted } from '../syntax/insert';
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
  const quote = tree.language === 'json' ? '"' : quoteOf(tree, node);
  const auto = quoted(vocabulary.derived, tree);
  const isBlock = entry.value?.kind === 'map' && entry.value.style === 'block';
  const cells = written.map(({ key }) => {
    const { start, end } = tree.rangeOf(key);
    return `${tree.text.slice(start, end)}: ${auto}`;
  });
  const content =
    columns.length === 1 && entry.value?.kind !== 'map'
      ? ` ${auto}`
      : isBlock
        ? cells.map((cell) => `${eolOf(tree)}${indentOf(tree, entry)}  ${cell}`).join('')
        : ` {${cells.join(', ')}}`;
  const { range, newText } = insertBefore(
    entry,
    list,
    `${quote}${parent.code}${quote}:${content}`,
    tree,
  );
  return [
    {
      title: 'parent-row',
      args: { code: parent.code, name: parent.name },
      edits: [{ at: range, newText }],
      certain: false,
    },
  ];
}

function quoteOf(tree: SyntaxTree, node: CodePlace['node']): string {
  const [first = ''] = tree.text.slice(tree.rangeOf(node).start);
  return /["']/.test(first) ? first : '';
}
