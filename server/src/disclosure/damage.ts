import { greatestOf } from '../syntax/arrays';
import { LineIndex } from '../syntax/lines';
import { push } from '../syntax/multimap';
import { MOST_ERRORS } from '../syntax/tree';
import type { Entry, SyntaxNode, SyntaxProblem, SyntaxTree, TextRange } from '../syntax/tree';

/** Problems after which the tree is a guess. */
const GUESSED = new Set(['syntax.yaml', 'syntax.json', 'syntax.unreadable']);

/** Whether the parser could not take what stands there and went on as best it could. */
export const isGuess = ({ code }: Pick<SyntaxProblem, 'code'>) => GUESSED.has(code);

/** The lines of a tree that are a guess; undefined where it is not certain that others are not. */
export function linesInDoubt({ problems }: SyntaxTree): TextRange[] | undefined {
  const guesses = problems.filter(isGuess);
  if (guesses.length === 0) return [];
  // Which of two entries of one name counts, hangs on which of them is broken.
  const isDoubtful = problems.some(({ code }) => code === 'syntax.duplicate-key');
  if (isDoubtful || guesses.length >= MOST_ERRORS) return undefined;
  const lines = new Map<number, TextRange>();
  for (const { within } of guesses) {
    if (!within) return undefined;
    lines.set(within.start, within);
  }
  return [...lines.values()];
}

/**
 * Where the tree is a guess: from the line of a syntax error to the end of the table around it. What is
 * written there is read; what is not may have been swallowed, so that it is neither blank nor absent.
 */
export class Damage {
  /** By entry of the file's top level: the first offset that is a guess. */
  private readonly from = new Map<Entry, number>();
  /** The lines that are a guess, as far as it is certain that nothing else is. */
  private readonly lines = new Map<Entry, TextRange[]>();
  private readonly unbounded = new Set<Entry>();

  constructor(private readonly tree: SyntaxTree) {
    const guesses = tree.problems.filter(isGuess);
    if (guesses.length === 0 || tree.root?.kind !== 'map') return;
    const { entries } = tree.root;
    const lines = new LineIndex(tree.text);
    const spans = entries.map((entry) => ({ entry, ...tree.rangeOf(entry) }));
    for (const { range, within } of guesses) {
      const home = within && spans[lastBefore(spans, within.start)];
      if (home && holdsLines(entries, entries.indexOf(home.entry), within, tree)) {
        this.keepTo(home, within);
        continue;
      }
      const start = range.start - lines.position(range.start).character;
      const index = lastBefore(spans, range.start);
      const around = spans[index];
      if (around) this.markOn(around.entry, Math.min(start, around.end));
      // A parser stumbles over the next table where one is not closed.
      const before = spans[index - 1];
      if (before && (before.end >= start || around!.start >= start)) {
        this.markOn(before.entry, Math.min(start, before.end));
      }
    }
    if (guesses.length >= MOST_ERRORS) {
      this.markRest(spans, greatestOf(guesses.map(({ range }) => range.start)));
    }
  }

  /** Behind the last error that is told there may be more. */
  private markRest(spans: readonly { entry: Entry; start: number; end: number }[], from: number) {
    for (const { entry, start, end } of spans)
      if (end >= from) this.markOn(entry, Math.max(start, from));
  }

  private keepTo({ entry, end }: { entry: Entry; end: number }, lines: TextRange): void {
    this.mark(entry, Math.min(lines.start, end));
    push(this.lines, entry, lines);
  }

  private markOn(entry: Entry, from: number): void {
    this.unbounded.add(entry);
    this.mark(entry, from);
  }

  private mark(entry: Entry, from: number): void {
    this.from.set(entry, Math.min(from, this.from.get(entry) ?? from));
  }

  /** Rows of a table stand outside of it: they are not blank, wherever nothing else is. */
  missesRows(table: Entry): void {
    this.markOn(table, this.tree.rangeOf(table).end);
  }

  /** What of a table, or of another entry of the top level, is a guess. */
  of(entry: Entry): TableDamage | undefined {
    const from = this.from.get(entry);
    if (from === undefined) return undefined;
    const lines = this.unbounded.has(entry) ? undefined : this.lines.get(entry);
    return new TableDamage(this.tree, from, lines && new BrokenLines(this.tree, lines));
  }
}

/** Whether some lines stand below the key of one of the entries of a map, and before the next one. */
export function holdsLines(
  entries: readonly Entry[],
  index: number,
  { start, end }: TextRange,
  tree: SyntaxTree,
): boolean {
  const entry = entries[index];
  const next = entries[index + 1];
  if (!entry || tree.rangeOf(entry.key).end > start) return false;
  return !next || tree.rangeOf(next.key).start >= end;
}

/** Lines that are misunderstood, and nothing but them: each of them begins an entry, or might begin one. */
export class BrokenLines {
  constructor(
    private readonly tree: SyntaxTree,
    private readonly ranges: readonly TextRange[],
  ) {}

  reach(node: Entry | SyntaxNode): boolean {
    const { start, end } = this.tree.rangeOf(node);
    return this.ranges.some((range) => start < range.end && end > range.start);
  }

  /** Whether one of the lines is part of an entry of a map, or stands behind it and before the next one. */
  reachIn(entries: readonly Entry[], index: number): boolean {
    const entry = entries[index]!;
    const next = entries[index + 1];
    const { end } = this.tree.rangeOf(entry.key);
    const limit = next ? this.tree.rangeOf(next.key).start : Infinity;
    const isBehind = this.ranges.some(({ start }) => start >= end && start < limit);
    return isBehind || this.reach(entry);
  }

  /** Whether one of the lines is part of none of some entries: a key that is just being typed. */
  hasMoreThan(entries: readonly Entry[]): boolean {
    const ranges = entries.map((entry) => this.tree.rangeOf(entry));
    return this.ranges.some((line) =>
      ranges.every(({ start, end }) => start >= line.end || end <= line.start),
    );
  }
}

export class TableDamage {
  constructor(
    private readonly tree: SyntaxTree,
    private readonly from: number,
    /** Where that is all that is damaged. */
    readonly lines: BrokenLines | undefined,
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
