import type { Entry, SyntaxNode, SyntaxProblem, SyntaxTree } from '../../server/src/syntax/tree';

/** Problems by which a parser says that a text is none of its language. */
const REJECTING = new Set(['syntax.yaml', 'syntax.json', 'syntax.documents', 'syntax.unreadable']);

export const isRejected = ({ problems }: SyntaxTree) =>
  problems.some(({ code }) => REJECTING.has(code));

/** Where a parser stumbles first; undefined if it does not. */
export function firstError({ problems }: SyntaxTree): number | undefined {
  const starts = problems.filter(({ code }) => REJECTING.has(code)).map(({ range }) => range.start);
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/** Every node of a tree with its text and ranges, a line each; comparable whatever made the tree. */
export function treeLines(tree: SyntaxTree): string[] {
  const lines: string[] = [];
  const range = (node: SyntaxNode | Entry) => {
    const { start, end } = tree.rangeOf(node);
    return `${start}-${end}`;
  };
  const visit = (node: SyntaxNode | undefined, depth: number): void => {
    const indent = ' '.repeat(depth);
    if (!node) lines.push(`${indent}nothing`);
    else if (node.kind === 'scalar') {
      const doubtful = node.doubtful ? ' doubtful' : '';
      lines.push(`${indent}${node.style} ${range(node)} ${JSON.stringify(node.text)}${doubtful}`);
    } else if (node.kind === 'sequence') {
      lines.push(`${indent}${node.style} sequence ${range(node)}`);
      for (const item of node.items) visit(item, depth + 1);
    } else {
      lines.push(`${indent}${node.style} map ${range(node)}`);
      for (const entry of node.entries) {
        const value = tree.valueRangeOf(entry);
        lines.push(`${indent} entry ${range(entry)} value ${value.start}-${value.end}`);
        visit(entry.key, depth + 2);
        visit(entry.value, depth + 2);
      }
    }
  };
  visit(tree.root, 0);
  return lines;
}

/** Problems in an order that does not depend on who found them. */
export const problemLines = (problems: readonly SyntaxProblem[]) =>
  problems.map((problem) => JSON.stringify(problem, sorted)).sort();

function sorted(_: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
