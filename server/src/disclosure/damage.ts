import type { Entry, SyntaxNode, SyntaxProblem, SyntaxTree } from '../syntax/tree';

/** Problems after which the tree is a guess. */
const GUESSED = new Set(['syntax.yaml', 'syntax.json', 'syntax.unreadable']);

/** Whether the parser could not take what stands there and went on as best it could. */
export const isGuess = ({ code }: SyntaxProblem) => GUESSED.has(code);

/**
 * Where the tree is a guess: from the line of a syntax error to the end of the table around it. What is
 * written there is read; what is not may have been swallowed, so that it is neither blank nor absent.
 */
export class Damage {
  /** By entry of the file's top level: the first offset that is a guess. */
  private readonly from = new Map<Entry, number>();

  constructor(private readonly tree: SyntaxTree) {
    const guesses = tree.problems.filter(isGuess);
    if (guesses.length === 0 || tree.root?.kind !== 'map') return;
    const { entries } = tree.root;
    const spans = entries.map((entry) => ({ entry, ...tree.rangeOf(entry) }));
    for (const { range } of guesses) {
      const start = lineStart(tree.text, range.start);
      for (const [index, span] of spans.entries()) {
        const next = spans[index + 1];
        // A parser stumbles over the next table where one is not closed.
        const isAround = span.start <= range.start && (!next || next.start >= start);
        const isHit = span.start <= range.end && span.end >= start;
        if (isAround || isHit) this.mark(span.entry, Math.min(start, span.end));
      }
    }
  }

  private mark(entry: Entry, from: number): void {
    this.from.set(entry, Math.min(from, this.from.get(entry) ?? from));
  }

  /** What of a table, or of another entry of the top level, is a guess. */
  of(entry: Entry): TableDamage | undefined {
    const from = this.from.get(entry);
    return from === undefined ? undefined : new TableDamage(this.tree, from);
  }
}

export class TableDamage {
  constructor(
    private readonly tree: SyntaxTree,
    private readonly from: number,
  ) {}

  /** Whether something may belong to this entry or node that is not read as if it did. */
  reaches(node: Entry | SyntaxNode): boolean {
    return this.tree.rangeOf(node).end >= this.from;
  }

  /** Whether the text breaks off in the midst of a value: there may have been more of it. */
  cuts(node: SyntaxNode): boolean {
    return this.tree.rangeOf(node).end === this.tree.text.length;
  }
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text[at - 1] !== '\n' && text[at - 1] !== '\r') at--;
  return at;
}
