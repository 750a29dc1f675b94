/**
 * One tree for YAML and JSON alike.
 *
 * Nodes carry what is written, never where: positions are asked for with {@link SyntaxTree.rangeOf},
 * because an incremental tree moves them. Parsing never fails; what is wrong is in `problems`.
 */

export type Language = 'yaml' | 'json';

/** UTF-16 offsets into the text, half-open: `end` is the first offset after the range. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  /** The characters of the value, escapes resolved: what amounts and codes are read from. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
  /** What is meant cannot be told for certain, as a problem of the tree says: it is no amount. */
  readonly doubtful?: true;
}

export interface MapNode {
  readonly kind: 'map';
  readonly style: 'block' | 'flow';
  readonly entries: readonly Entry[];
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly style: 'block' | 'flow';
  readonly items: readonly (SyntaxNode | undefined)[];
}

export type SyntaxNode = ScalarNode | MapNode | SequenceNode;

/** A key with its value; `value` is undefined where nothing, or JSON's `null`, stands after the colon. */
export interface Entry {
  readonly kind: 'entry';
  readonly key: ScalarNode;
  readonly value: SyntaxNode | undefined;
}

/** Characters that take the place of others. */
export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** A way to mend a problem. `title` names its wording in the message bundles, `fix.<title>`. */
export interface TextFix {
  readonly title: string;
  readonly args?: Readonly<Record<string, string>>;
  readonly edits: readonly TextEdit[];
  /** There is no other way to understand what is written. */
  readonly certain: boolean;
  /** One of several ways: which of them is meant, the keys around it may tell. */
  readonly byKeys?: true;
  /** Of two that the keys do not tell apart, this one is meant. */
  readonly first?: true;
}

/** More errors of a parser than this say no more: the rest of the text is taken for a guess. */
export const MOST_ERRORS = 200;

/** What the parser could not take. `code` is a rule id; its wording is in the message bundles. */
export interface SyntaxProblem {
  readonly code: string;
  readonly range: TextRange;
  /** Values for the placeholders of the message. */
  readonly args: Readonly<Record<string, string>>;
  readonly related?: TextRange;
  readonly fixes?: readonly TextFix[];
  /**
   * The whole lines that may be misunderstood because of it, each of which begins an entry of the tree: what
   * those entries hold is a guess, and nothing else is. Undefined where it may reach further.
   */
  readonly within?: TextRange;
  /** What stands in a wrong place until it is mended: what is said of keys in there says nothing. */
  readonly misplaced?: TextRange;
}

export interface SyntaxTree {
  readonly language: Language;
  readonly text: string;
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** A scalar with its quotes; a collection or entry from its first to its last character. */
  rangeOf(node: SyntaxNode | Entry): TextRange;
  /** Where the value of an entry stands or, if there is none, where it would be typed (empty range). */
  valueRangeOf(entry: Entry): TextRange;
  /** Entries and nodes around an offset, outermost first. An offset at the end of a scalar is in it. */
  pathAt(offset: number): (SyntaxNode | Entry)[];
}

/** The entry of a map that has this key, the last one where a key is repeated (as YAML readers do). */
export function entryOf(node: SyntaxNode | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  for (let i = node.entries.length - 1; i >= 0; i--) {
    const entry = node.entries[i]!;
    if (entry.key.text === key) return entry;
  }
  return undefined;
}

/** A node without the blanks and line ends that its range may take in behind it. */
export function trimmedRange(node: SyntaxNode | Entry, tree: SyntaxTree): TextRange {
  const { start, end } = tree.rangeOf(node);
  return { start, end: start + tree.text.slice(start, end).trimEnd().length };
}

/** The text of an entry's value where that is a scalar. */
export function scalarText(entry: Entry | undefined): string | undefined {
  return entry?.value?.kind === 'scalar' ? entry.value.text : undefined;
}
