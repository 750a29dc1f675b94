import { greatestOf } from '../syntax/arrays';
import { LineIndex } from '../syntax/lines';
import { MOST_ERRORS } from '../syntax/tree';
import type { Entry, SyntaxNode, SyntaxProblem, SyntaxTree, TextRange } from '../syntax/tree';

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
    const lines = new LineIndex(tree.text);
    const spans = entries.map((entry) => ({ entry, ...tree.rangeOf(entry) }));
    for (const { range } of guesses) {
      const start = range.start - lines.position(range.start).character;
      const index = lastBefore(spans, range.start);
      const around = spans[index];
      if (around) this.mark(around.entry, Math.min(start, around.end));
      // A parser stumbles over the next table where one is not closed.
      const before = spans[index - 1];
      if (before && (before.end >= start || around!.start >= start)) {
        this.mark(before.entry, Math.min(start, before.end));
      }
    }
    if (guesses.length >= MOST_ERRORS) {
      this.markRest(spans, greatestOf(guesses.map(({ range }) => range.start)));
    }
  }

  /** Behind the last error that is told there may be more. */
  private markRest(spans: readonly { entry: Entry; start: number; end: number }[], from: number) {
    for (const { entry, start, end } of spans)
      if (end >= from) this.mark(entry, Math.max(start, from));
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

/** The index of the last range that begins at or before an offset; −1 where none does. */
function lastBefore(ranges: readonly TextRange[], offset: number): number {
  let low = -1;
  let high = ranges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ranges[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
