import { append } from '../../syntax/arrays';
import { lineEnd, nextLine } from '../../syntax/traps/characters';
import type { ScalarNode, SyntaxTree, TextEdit, TextRange } from '../../syntax/tree';
import { alignEdits } from './align';
import { beginsLine, childrenOf, runsOf, type Collection } from './rows';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** Where the text says what a person must settle first: blanks could come to mean something else. */
const UNREAD: ReadonlySet<string> = new Set([
  'syntax.yaml',
  'syntax.json',
  'syntax.conflict',
  'syntax.unreadable',
  'syntax.documents',
]);

/** The errors of syntax that keep a file from being formatted. */
export function unreadRanges({ problems }: SyntaxTree): TextRange[] {
  return problems.filter(({ code }) => UNREAD.has(code)).map(({ range }) => range);
}

/**
 * Aligns the rows of every table in columns, by the width they are shown with and the decimal points
 * of figures, and takes away blanks at the ends of lines but for one behind the colon of a key without a value,
 * where that is to be typed. Only blanks within and around a line's
 * content are exchanged: comments, blank lines, quotes and values stay, and so does YAML's
 * indentation, which has a meaning. A file with an error of syntax is left alone:
 * how far that reaches can hang on its blanks.
 */
export function formatEdits(tree: SyntaxTree, options: FormatOptions): TextEdit[] {
  return new Formatter(tree, options).edits();
}

/** Those of the formatting that fall into a range. */
export function formatRangeEdits(
  tree: SyntaxTree,
  { start, end }: TextRange,
  options: FormatOptions,
): TextEdit[] {
  return formatEdits(tree, options).filter(({ range }) => range.start >= start && range.end <= end);
}

class Formatter {
  private readonly collected: TextEdit[] = [];
  /** Ranges of values of several lines, whose blanks are their own. */
  private readonly texts: TextRange[] = [];
  /** Where keys without a value end. */
  private readonly open = new Set<number>();

  constructor(
    private readonly tree: SyntaxTree,
    private readonly options: FormatOptions,
  ) {}

  edits(): TextEdit[] {
    const { root } = this.tree;
    if (root?.kind !== 'map' && root?.kind !== 'sequence') return [];
    if (unreadRanges(this.tree).length > 0) return [];
    this.collection(root, 1);
    this.trailingBlanks();
    return this.collected.sort((a, b) => a.range.start - b.range.start);
  }

  private collection(node: Collection, depth: number): void {
    const { tree } = this;
    for (const run of runsOf(node, tree)) append(this.collected, alignEdits(run, tree.text));
    for (const child of childrenOf(node)) {
      const range = tree.rangeOf(child);
      this.indent(range.start, depth);
      const value = child.kind === 'entry' ? child.value : child;
      if (!value) {
        if (child.kind === 'entry') this.open.add(tree.valueRangeOf(child).start);
        continue;
      }
      const place = tree.rangeOf(value);
      const isBlockMap = value.kind === 'map' && value.style === 'block';
      if (!isBlockMap && !/[\r\n]/.test(tree.text.slice(place.start, place.end))) continue;
      if (value.kind === 'scalar') this.texts.push(this.wholeText(value, place));
      else this.collection(value, depth + 1);
    }
    if (node.style === 'flow') this.indent(tree.rangeOf(node).end - 1, depth - 1);
  }

  /** Blanks at the end of a block scalar are part of it. */
  private wholeText({ style }: ScalarNode, { start, end }: TextRange): TextRange {
    if (style !== 'block') return { start, end };
    const rest = /\S/g;
    rest.lastIndex = end;
    return { start, end: rest.exec(this.tree.text)?.index ?? this.tree.text.length };
  }

  /** In JSON blanks before a line say nothing. */
  private indent(at: number, depth: number): void {
    const { text, language } = this.tree;
    if (language !== 'json' || !beginsLine(text, at)) return;
    const { tabSize, insertSpaces } = this.options;
    const newText = insertSpaces ? ' '.repeat(depth * tabSize) : '\t'.repeat(depth);
    let start = at;
    while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
    if (text.slice(start, at) !== newText)
      this.collected.push({ range: { start, end: at }, newText });
  }

  private trailingBlanks(): void {
    const { text } = this.tree;
    let inText = 0;
    for (let start = 0; start < text.length;) {
      const end = lineEnd(text, start);
      let from = end;
      while (from > start && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
      while (inText < this.texts.length && this.texts[inText]!.end <= from) inText++;
      const own = this.texts[inText];
      if (this.open.has(from)) from = Math.min(from + 1, end);
      if (from < end && !(own && own.start <= from)) {
        this.collected.push({ range: { start: from, end }, newText: '' });
      }
      start = nextLine(text, end);
    }
  }
}
