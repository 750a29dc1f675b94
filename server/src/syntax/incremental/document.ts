import { append } from '../arrays';
import { LineIndex, type Lines } from '../lines';
import type { Entry, Language, SyntaxNode, SyntaxProblem, SyntaxTree, TextRange } from '../tree';
import { pathAt } from '../pathAt';
import { LONGEST, parseWhole } from '../whole';
import type { KeysAbove } from './flowLine';
import { scanJsonLine } from './jsonLine';
import { rangeOf, type RowMap, valueRangeOf, type LineScalar } from './nodes';
import { Outline } from './outline';
import { isRejecting, moved } from './region';
import { LineStore, type Line } from './store';
import type { Region } from './unit';
import { scanYamlLine } from './yamlLine';

/**
 * A text that is edited, and its tree. An edit costs what it touches: nodes of lines that have not
 * changed are the same objects in the next tree, and a map is another one only if an entry in it is.
 */
export class SyntaxDocument {
  private parts: { readonly store: LineStore; readonly outline: Outline } | undefined;
  /** The text if it is too long to be taken apart. */
  private overlong = '';
  private index: Lines | undefined;
  private current: SyntaxTree | undefined;
  private readonly above: KeysAbove = { texts: [] };

  constructor(
    text: string,
    readonly language: Language,
  ) {
    this.begin(text);
  }

  private begin(text: string): void {
    this.parts = undefined;
    this.overlong = '';
    this.index = undefined;
    if (text.length > LONGEST) {
      this.overlong = text;
      return;
    }
    const store = new LineStore(text);
    this.parts = { store, outline: new Outline(store, this.language) };
    // A chunk is a part of the text: what is scanned character by character is read sooner in the whole.
    store.forEach((line) => this.scan(line, text, line.start));
    this.parts.outline.update(undefined, undefined);
  }

  get text(): string {
    return this.parts ? this.parts.store.text : this.overlong;
  }

  /** The lines of the text, which change with it. */
  get lines(): Lines {
    return this.parts?.store ?? (this.index ??= new LineIndex(this.overlong));
  }

  /** The tree of the text as it is. An edit ends its life: what is asked of it then is undefined. */
  get tree(): SyntaxTree {
    return (this.current ??= this.makeTree());
  }

  /** Takes other characters in the place of some; offsets beyond the text are its ends. */
  edit(range: TextRange, newText: string): void {
    this.current = undefined;
    const length = this.parts ? this.parts.store.length : this.overlong.length;
    const start = Math.min(Math.max(range.start, 0), length);
    const end = Math.min(Math.max(range.end, start), length);
    if (!this.parts || length - (end - start) + newText.length > LONGEST) {
      const { text } = this;
      this.begin(text.slice(0, start) + newText + text.slice(end));
      return;
    }
    const { store, outline } = this.parts;
    const { removed, added, before, after } = store.replace({ start, end }, newText);
    for (const line of removed) {
      outline.forget(line);
      outline.marks.balance -= line.balance;
    }
    for (const line of added) this.scan(line);
    outline.update(before, start > 0 ? after : this.rescanned(after));
  }

  /** A byte order mark is one at the beginning of the text only; the line behind what changed. */
  private rescanned(after: Line | undefined): Line | undefined {
    if (!this.parts || !after?.text.startsWith('\uFEFF')) return after;
    const { store, outline } = this.parts;
    outline.forget(after);
    outline.marks.balance -= after.balance;
    after.balance = 0;
    after.kind = 'other';
    after.scanned = undefined;
    this.scan(after);
    return store.after(after);
  }

  private scan(line: Line, text = line.chunk!.text, start = line.at): void {
    if (this.language === 'yaml') scanYamlLine(line, text, start, this.above);
    else {
      scanJsonLine(line, text, start);
      this.parts!.outline.marks.balance += line.balance;
    }
  }

  /** Whether the text cannot be read in parts, so that an edit costs as much as opening it. */
  get isWhole(): boolean {
    return !this.parts || this.parts.outline.needsWhole;
  }

  private makeTree(): SyntaxTree {
    if (!this.parts || this.isWhole) return parseWhole(this.text, this.language);
    return new OutlineTree(this.language, this.parts.store, this.parts.outline);
  }
}

class OutlineTree implements SyntaxTree {
  readonly root: RowMap | undefined;
  private found: SyntaxProblem[] | undefined;
  private written: string | undefined;

  constructor(
    readonly language: Language,
    private readonly store: LineStore,
    private readonly outline: Outline,
  ) {
    this.root = outline.root;
  }

  get text(): string {
    return (this.written ??= this.store.text);
  }

  get problems(): readonly SyntaxProblem[] {
    return (this.found ??= this.findProblems());
  }

  private findProblems(): SyntaxProblem[] {
    const problems: SyntaxProblem[] = [];
    for (const line of this.outline.marks.troubled) {
      const { region, repetitions } = line.unit!;
      if (region) append(problems, problemsOf(region, line));
      for (const repetition of repetitions) problems.push(duplicate(repetition));
    }
    for (const keys of this.outline.repetitions.indexes) {
      for (const repetition of keys.repetitions()) problems.push(duplicate(repetition));
    }
    return problems.sort((a, b) => a.range.start - b.range.start);
  }

  rangeOf(node: SyntaxNode | Entry): TextRange {
    return rangeOf(node);
  }

  valueRangeOf(entry: Entry): TextRange {
    return valueRangeOf(entry);
  }

  pathAt(offset: number): (SyntaxNode | Entry)[] {
    return pathAt(this.root, offset, rangeOf);
  }
}

/** The problems of a region that begins at a line, with the lines that may be misunderstood. */
function problemsOf({ problems, lines, isContained }: Region, first: Line): SyntaxProblem[] {
  const within = { start: first.start, end: lines.at(-1)!.end };
  return problems.map((problem) => ({
    ...moved(problem, first.start),
    ...(isContained && isRejecting(problem) && { within }),
  }));
}

function duplicate({ key, first }: { key: LineScalar; first: LineScalar }): SyntaxProblem {
  return {
    code: 'syntax.duplicate-key',
    range: rangeOf(key),
    args: { key: key.text },
    related: rangeOf(first),
  };
}
