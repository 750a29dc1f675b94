import { DEEPEST } from '../depth';
import { findDuplicateKeys } from '../duplicates';
import { placeOf } from '../placed';
import type {
  Entry,
  Language,
  MapNode,
  ScalarNode,
  SyntaxNode,
  SyntaxProblem,
  SyntaxTree,
  TextEdit,
  TextRange,
} from '../tree';
import { isAnyBlank, skip } from '../traps/characters';
import { hasKey } from '../traps/keys';
import { parseWhole } from '../whole';
import { isUnclosed } from '../yaml';
import { LineEntry, LineMap, LineScalar, LineSequence, type LineNode } from './nodes';
import type { Line, LineStore } from './store';
import type { Row } from './unit';

/** Errors of the parser proper: the text is none of its language. */
const REJECTING = new Set(['syntax.yaml', 'syntax.json', 'syntax.documents', 'syntax.unreadable']);

export const isRejecting = ({ code }: SyntaxProblem) => REJECTING.has(code);

/** What the general parser says of some lines in their context. */
export interface RegionReading {
  readonly rows: readonly Row[];
  readonly problems: readonly SyntaxProblem[];
  /** The parser refuses it. */
  readonly rejected: boolean;
  /** It does so before the region's end: nothing behind it could change that. */
  readonly broken: boolean;
  /** It does so for nothing that is still open at the region's end: no more is to come. */
  readonly settled: boolean;
  /** A quote or a bracket that it opens is not closed: what is behind it may change that. */
  readonly openEnded: boolean;
  /** All of it is in `rows`, and the next line begins an entry where it seems to. */
  readonly complete: boolean;
}

/**
 * Reads lines with the general parser: within maps that are open at `indents`, the last of which the
 * lines are in, and up to the key of the line behind them.
 */
export function readRegion(
  store: LineStore,
  language: Language,
  lines: readonly Line[],
  next: Line | undefined,
  indents: readonly number[],
  { sibling, closers }: { readonly sibling: string; readonly closers: number },
): RegionReading {
  const first = lines[0]!;
  const body = store.slice(first.start, next ? next.start : store.length);
  const before =
    language === 'json' ? jsonContext(indents, sibling) : yamlContext(indents.slice(0, -1));
  const behind = next ? (language === 'json' ? jsonNext(next, closers) : yamlNext(next)) : '';
  const tree = parseWhole(before + body + behind, language);
  return new RegionReader(tree, first, next, before.length, body.length, indents).read();
}

/** What the general parser says of a word that stands where a key is to be. */
export function readAlone({ text, indent }: Line): readonly SyntaxProblem[] {
  const before = 'k: 0\n';
  const { problems } = parseWhole(before + text.slice(indent).trimEnd(), 'yaml');
  return problems.map((problem) => moved(problem, indent - before.length));
}

const yamlContext = (indents: readonly number[]) =>
  indents.map((indent) => `${' '.repeat(indent)}k:\n`).join('');

const yamlNext = (next: Line) => `${next.text.slice(0, next.colonEnd)} 0\n`;

/** In lines that are indented as those of the document: by that it is told where a brace is missing. */
function jsonContext(indents: readonly number[], sibling: string): string {
  const line = (indent: number, text: string) => `${' '.repeat(indent)}${text}\n`;
  const open = indents.slice(0, -1).map((indent) => line(indent, '"k":{'));
  const before = sibling === '' ? '' : line(indents.at(-1) ?? 0, sibling);
  return `{\n${open.join('')}${before}`;
}

const jsonNext = (next: Line, closers: number) =>
  (next.kind === 'close' ? '' : `${next.text.slice(0, next.colonEnd)}0`) + '}'.repeat(closers);

/** What only the whole text can tell. */
const UNREADABLE = {
  rejected: false,
  broken: false,
  settled: false,
  openEnded: false,
  complete: false,
};

class RegionReader {
  private readonly rows: Row[] = [];
  private readonly problems: SyntaxProblem[] = [];
  /** Offsets in what was parsed. */
  private readonly end: number;
  /** Blanks that are read as others, by where they begin. */
  private blanks: ReadonlyMap<number, TextEdit> | undefined;

  constructor(
    private readonly tree: SyntaxTree,
    private readonly line: Line,
    private readonly next: Line | undefined,
    private readonly start: number,
    private readonly length: number,
    private readonly indents: readonly number[],
  ) {
    this.end = start + length;
  }

  read(): RegionReading {
    const { tree, end } = this;
    const errors = tree.problems.filter(isRejecting);
    // `yaml` says so where it contradicts itself, which depends on more than the region.
    const isOdd = errors.some(({ args }) => args['parser'] === 'IMPOSSIBLE');
    if (isOdd) return { rows: [], problems: [], ...UNREADABLE };
    const rejected = errors.length > 0;
    const isWithin = (error: SyntaxProblem) => error.range.start < end && !isOpenEnded(error);
    for (const problem of tree.problems) {
      if (problem.code === 'syntax.duplicate-key') continue;
      // Traps behind the region are those of the next line.
      if (problem.range.start >= end && !isRejecting(problem)) continue;
      this.problems.push(moved(problem, -this.start));
    }
    const consistent = tree.root === undefined || this.flatten(tree.root, 0);
    return {
      rows: this.rows,
      problems: this.problems,
      rejected,
      broken: errors.some(isWithin),
      settled: rejected && errors.every(isWithin),
      openEnded: errors.some(isOpenEnded),
      complete: consistent && (this.met || !this.next),
    };
  }

  /** The next line is where it seems to be. */
  private met = false;

  /** Makes rows of the maps that go on behind the region; whether they are where they should be. */
  private flatten(node: SyntaxNode, depth: number): boolean {
    if (node.kind !== 'map' || node.style !== this.style || depth > DEEPEST) return false;
    // Without keys that could be rows it still is a map.
    if (node.entries.length === 0) return false;
    // A bracket that closes a map around the region is one of the document's rows, or none is.
    if (node.style === 'flow' && placeOf(node).own.end <= this.end) return false;
    let column = this.indents[depth];
    for (const entry of node.entries) {
      const key = placeOf(entry.key).own;
      if (key.start < this.start) {
        // A map around the region.
        if (entry.value?.kind === 'map' && !this.flatten(entry.value, depth + 1)) return false;
        continue;
      }
      const at = this.column(key.start);
      column ??= at;
      // Whatever its column, an entry of JSON is in the map whose brackets are around it.
      if (at !== column && (this.style === 'block' || key.start >= this.end)) return false;
      if (key.start >= this.end) return (this.met = at === this.next?.indent);
      if (key.end > this.end || !this.beginsRow(key)) return false;
      if (this.next && entry.value && this.goesOn(entry.value)) {
        this.rows.push({ indent: column, entry: this.bare(entry), open: true });
        return this.flatten(entry.value, depth + 1);
      }
      this.row(entry, column);
    }
    // JSON's next line may be the bracket that closes this map.
    if (this.next?.kind === 'close' && this.goesOn(node)) this.met = true;
    return true;
  }

  private get style(): MapNode['style'] {
    return this.tree.language === 'json' ? 'flow' : 'block';
  }

  /** Whether a map holds the line behind the region. */
  private goesOn(value: SyntaxNode): boolean {
    return value.kind === 'map' && value.style === this.style && placeOf(value).own.end > this.end;
  }

  private row(entry: Entry, indent: number): void {
    const { value } = entry;
    const place = placeOf(entry).value!;
    const open = this.tree.language === 'yaml' && !value && place.start === place.end;
    const duplicates: SyntaxProblem[] = [];
    findDuplicateKeys(value, duplicates);
    for (const problem of duplicates) this.problems.push(moved(problem, -this.start));
    this.rows.push({ indent, entry: this.entry(entry), open });
  }

  private bare(entry: Entry): LineEntry {
    const { start } = placeOf(entry).value!;
    return new LineEntry(this.scalar(entry.key), undefined, start - this.start, start - this.start);
  }

  private entry(entry: Entry): LineEntry {
    const { start, end } = this.within(placeOf(entry).value!);
    return new LineEntry(this.scalar(entry.key), this.node(entry.value), start, end);
  }

  private node(node: SyntaxNode | undefined): LineNode | undefined {
    if (!node) return undefined;
    if (node.kind === 'scalar') return this.scalar(node);
    const { start, end } = this.within(placeOf(node).own);
    if (node.kind === 'map') {
      const entries = node.entries.map((entry) => this.entry(entry));
      return new LineMap(node.style, entries, this.line, start, end);
    }
    const items = node.items.map((item) => this.node(item));
    return new LineSequence(node.style, items, this.line, start, end);
  }

  private scalar(node: ScalarNode): LineScalar {
    const { start, end } = this.within(placeOf(node).own);
    const scalar = new LineScalar(node.text, node.style, this.line, start, end);
    return node.doubtful ? Object.assign(scalar, { doubtful: true as const }) : scalar;
  }

  /** From the beginning of the region. */
  private within({ start, end }: TextRange): TextRange {
    const clamp = (at: number) => Math.min(Math.max(at - this.start, 0), this.length);
    return { start: clamp(start), end: clamp(end) };
  }

  /**
   * Whether a key begins its line. What is none to the finder of traps makes it take the lines below
   * for text.
   */
  private beginsRow({ start: offset, end }: TextRange): boolean {
    if (this.style === 'flow') return true;
    if (offset === end) return false;
    const { text } = this.tree;
    let start = this.lineStart(offset);
    if (text[start] === '\uFEFF') start++;
    return (
      skip(text, start, offset, isAnyBlank) === offset &&
      (hasKey(text, offset) || this.lostColons.has(offset))
    );
  }

  /** Where keys begin that are read as if their colon were there. */
  private get lostColons(): ReadonlySet<number> {
    const lost = this.tree.problems.filter(({ code }) => code === 'syntax.colon-lost');
    return new Set(lost.map(({ range }) => range.start));
  }

  private lineStart(offset: number): number {
    const { text } = this.tree;
    let start = offset;
    while (start > this.start && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
    return start;
  }

  /** The column in which a key is meant to stand: blanks that are none may be typed before it. */
  private column(offset: number): number {
    const { text } = this.tree;
    let start = this.lineStart(offset);
    const blanks = this.meantBlanks.get(start);
    if (blanks) return blanks.newText.length + offset - blanks.range.end;
    if (text[start] === '\uFEFF') start++;
    return offset - start;
  }

  private get meantBlanks(): ReadonlyMap<number, TextEdit> {
    return (this.blanks ??= new Map(
      this.tree.problems
        .filter(({ code }) => code === 'syntax.blank')
        .flatMap(({ fixes }) => fixes![0]!.edits.map((edit) => [edit.range.start, edit] as const)),
    ));
  }
}

/** Errors that are told where something begins, but depend on what is behind the region. */
const isOpenEnded = (error: SyntaxProblem) =>
  isUnclosed(error) || /^Close\w+Expected$/.test(error.args['detail'] ?? '');

/** A problem with all of its ranges moved by as many characters. */
export function moved(problem: SyntaxProblem, by: number): SyntaxProblem {
  const move = ({ start, end }: TextRange): TextRange => ({
    start: Math.max(start + by, 0),
    end: Math.max(end + by, 0),
  });
  const { related, fixes } = problem;
  return {
    ...problem,
    range: move(problem.range),
    ...(related && { related: move(related) }),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map(({ range, newText }) => ({ range: move(range), newText })),
      })),
    }),
  };
}
