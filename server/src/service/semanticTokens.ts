import { codePlaces } from '../catalog/places';
import type { Cell, Disclosure, Row, Table } from '../disclosure/model';
import { groupKeys } from '../disclosure/ownKeys';
import { vocabulary } from '../disclosure/vocabulary';
import { Memo } from '../syntax/memo';
import type { SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import type { Analysis } from './analysis';
import { withoutQuotes } from './places';

/**
 * What the words of a file are, by types of the protocol, so that every editor has a colour for them;
 * the manifest leads them to the scopes of the TextMate grammar.
 */
export const TOKEN_TYPES = [
  /** A table. */
  'class',
  /** A section outside the tables. */
  'namespace',
  /** A subject code, `readonly`. */
  'variable',
  /** A figure; in per cent `ratio`. */
  'number',
  /** 自动 */
  'keyword',
  /** A mark for "not applicable". */
  'enumMember',
  /** A direction word: 增加, 大于, 持平. */
  'operator',
] as const;

export const TOKEN_MODIFIERS = ['readonly', 'ratio'] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

export interface SemanticToken {
  /** Within one line, without quotes. */
  readonly range: TextRange;
  readonly type: TokenType;
  readonly modifier?: TokenModifier;
}

const known = new Memo<Analysis, readonly SemanticToken[]>();

/** In the order of the text, none over another. */
export function semanticTokensOf(analysis: Analysis): readonly SemanticToken[] {
  let tokens = known.get(analysis);
  if (!tokens) {
    const { disclosure, tree } = analysis;
    tokens = disclosure ? new Collector(disclosure, tree).tokens() : [];
    known.set(analysis, tokens);
  }
  return tokens;
}

/** Those that a range touches. */
export function semanticTokensIn(analysis: Analysis, within: TextRange): SemanticToken[] {
  return semanticTokensOf(analysis).filter(
    ({ range }) => range.end >= within.start && range.start <= within.end,
  );
}

/** Lists of words that say how two figures compare. */
const DIRECTIONS: ReadonlySet<string> = new Set(['directions', 'changes']);

class Collector {
  private readonly found = new Map<number, SemanticToken>();

  constructor(
    private readonly disclosure: Disclosure,
    private readonly tree: SyntaxTree,
  ) {}

  tokens(): SemanticToken[] {
    const { disclosure } = this;
    for (const place of codePlaces(disclosure)) this.mark(place.node, 'variable', 'readonly');
    for (const table of disclosure.tables.values()) {
      if (table.spec.section === undefined) this.mark(table.entry.key, 'class');
      for (const row of table.rows.values()) this.directions(table, row);
    }
    for (const { key, value } of disclosure.sections.values()) {
      this.mark(key, 'namespace');
      this.levels(value);
    }
    for (const cell of disclosure.cells()) this.figure(cell);
    return [...this.found.values()].sort((a, b) => a.range.start - b.range.start);
  }

  private mark(node: SyntaxNode, type: TokenType, modifier?: TokenModifier): void {
    this.add(withoutQuotes(this.tree.rangeOf(node), this.tree), type, modifier);
  }

  private add(range: TextRange, type: TokenType, modifier?: TokenModifier): void {
    // The protocol knows no token of several lines for clients in general.
    const text = this.tree.text.slice(range.start, range.end);
    if (text === '' || /[\r\n]/.test(text) || this.found.has(range.start)) return;
    this.found.set(range.start, { range, type, ...(modifier && { modifier }) });
  }

  private figure({ state, node, printed, around }: Cell): void {
    if (node?.kind !== 'scalar') return;
    if (state === 'derived') this.mark(node, 'keyword');
    if (state === 'marker') this.mark(node, 'enumMember');
    if (state !== 'amount') return;
    const range = withoutQuotes(this.tree.rangeOf(node), this.tree);
    const at = this.tree.text.slice(range.start, range.end).indexOf(printed);
    if (at < 0) return;
    // What is counted, and what makes it a bound, is no part of the figure: ≥98%, 8841人.
    const { before = '', after = '' } = around ?? {};
    const percent = /^\s*[%％]/.exec(after)?.[0] ?? '';
    const start = range.start + at + before.length;
    const end = range.start + at + printed.length - after.length + percent.length;
    this.add({ start, end }, 'number', percent ? 'ratio' : undefined);
  }

  /** Keys that turn a figure, and words that say how two compare. */
  private directions(table: Table, { section, values }: Row): void {
    for (const { id, opposite, kind, words = '' } of table.columnsOf(section)) {
      const entry = values.get(id);
      if (!entry) continue;
      if (opposite && !groupKeys.get(entry.key.text)) this.mark(entry.key, 'operator');
      if (kind !== 'word' || !DIRECTIONS.has(words) || entry.value?.kind !== 'scalar') continue;
      const word = entry.value.text.trim();
      const isWord = Object.values(vocabulary.words[words]!).some((list) => list.includes(word));
      if (isWord) this.mark(entry.value, 'operator');
    }
  }

  /** 比上年: 持平, 比上年: {减少: 0.00, 持平: } */
  private levels(node: SyntaxNode | undefined, level: readonly string[] = []): void {
    if (node?.kind === 'sequence') for (const item of node.items) this.levels(item);
    if (node?.kind !== 'map') return;
    for (const { key, value } of node.entries) {
      const group = groupKeys.get(key.text);
      const words = group ? [...group.level.words, ...group.about] : [];
      if (level.includes(key.text.trim())) this.mark(key, 'operator');
      if (value?.kind !== 'scalar') this.levels(value, words);
      else if (words.includes(value.text.trim())) this.mark(value, 'operator');
    }
  }
}
