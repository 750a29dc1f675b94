import { append } from './arrays';
import { placeOf } from './placed';
import type { ScalarNode, SyntaxNode, SyntaxProblem } from './tree';

/** Reports every repeated key of every map at the repetition, with the first one as related place. */
export function findDuplicateKeys(root: SyntaxNode | undefined, problems: SyntaxProblem[]): void {
  const pending: (SyntaxNode | undefined)[] = [root];
  while (pending.length > 0) {
    const node = pending.pop();
    if (node?.kind === 'sequence') append(pending, node.items);
    if (node?.kind !== 'map') continue;
    const seen = new Map<string, ScalarNode>();
    for (const { key, value } of node.entries) {
      const first = seen.get(key.text);
      if (first) {
        problems.push({
          code: 'syntax.duplicate-key',
          range: placeOf(key).own,
          args: { key: key.text },
          related: placeOf(first).own,
        });
      } else {
        seen.set(key.text, key);
      }
      pending.push(value);
    }
  }
}
