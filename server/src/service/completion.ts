import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type Position,
} from 'vscode-languageserver-types';
import { vocabulary } from '../disclosure/vocabulary';
import type { Analysis } from './analysis';
import { candidatesFor, type Candidate } from './candidates';
import { slotAt, type Slot } from './completionSlot';
import { matchRank } from './completionMatch';
import { message, type Locale } from './messages';

export interface CompletionOptions {
  readonly locale: Locale;
  /** The client can put the cursor inside what it inserts. */
  readonly snippets: boolean;
}

/** So many items are a list to look through; who wants others types on. */
const MOST_ITEMS = 100;

/**
 * The keys that can still be written in a place, and the words that can be its value. What fits what is
 * typed is decided here, because editors know nothing of initials: the list is for this word only.
 */
export function completionsAt(
  analysis: Analysis,
  position: Position,
  options: CompletionOptions,
): CompletionItem[] {
  const { tree, lines, catalog } = analysis;
  const offset = lines.offset(position);
  if (tree.language === 'json' && tree.text.trim() === '') return [skeleton(analysis, options)];
  const slot = slotAt(tree, offset);
  if (!slot) return [];
  const writer = new Writer(analysis, slot, offset, options);
  return candidatesFor(slot, catalog)
    .flatMap((candidate): [Candidate, number][] => {
      const rank = matchRank(slot.typed, candidate);
      return rank === undefined ? [] : [[candidate, rank]];
    })
    .sort(([, a], [, b]) => a - b)
    .slice(0, MOST_ITEMS)
    .map(([candidate], index) => writer.item(candidate, index));
}

/** JSON needs its braces before anything else. */
function skeleton({ lines, tree }: Analysis, { snippets }: CompletionOptions): CompletionItem {
  const label = `${vocabulary.head['format']!.key}: ${vocabulary.format}`;
  const key = vocabulary.head['format']!.key;
  const body = `{\n  "${key}": "${vocabulary.format}"${snippets ? ',\n  $0' : ''}\n}`;
  const range = lines.range({ start: tree.text.length, end: tree.text.length });
  return {
    label,
    kind: CompletionItemKind.Keyword,
    textEdit: { range, newText: body },
    insertTextMode: InsertTextMode.asIs,
    ...(snippets && { insertTextFormat: InsertTextFormat.Snippet }),
  };
}

class Writer {
  private readonly json: boolean;
  /** What the filter of the client sees of what is typed. */
  private readonly filter: string;
  private readonly range;
  private readonly indent: string;
  private readonly eol: string;
  /** What has to follow, for the next entry to stay one. */
  private readonly comma: string;

  constructor(
    { tree: { text, language }, lines }: Analysis,
    private readonly slot: Slot,
    offset: number,
    private readonly options: CompletionOptions,
  ) {
    const { range } = slot;
    this.range = lines.range(range);
    this.json = language === 'json';
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
    this.indent = ' '.repeat(this.range.start.character + 2);
    const next = /^\s*(\S?)/.exec(text.slice(range.end))![1];
    this.comma = this.json && next === '"' ? ',' : '';
    this.filter = text.slice(range.start, offset);
  }

  item(candidate: Candidate, index: number): CompletionItem {
    const { text, name, en, kind, path, above, usedIn } = candidate;
    const { locale, snippets } = this.options;
    const newText = this.slot.glue + this.written(candidate);
    const isSnippet = snippets && /[\uE001\uE002]/.test(newText);
    const detail = path ?? (locale === 'en' ? en : undefined);
    const label = name ? `${text} ${name}` : text;
    const mark =
      usedIn === undefined ? above : message(locale, 'completion.used', { table: usedIn });
    return {
      label,
      kind,
      ...(detail && { detail }),
      ...(mark && { labelDetails: { description: mark } }),
      sortText: index.toString().padStart(4, '0'),
      filterText: this.filter === '' ? label : this.filter,
      textEdit: { range: this.range, newText: isSnippet ? escaped(newText) : plain(newText) },
      insertTextMode: InsertTextMode.asIs,
      ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    };
  }

  private written(candidate: Candidate): string {
    const { slot, json } = this;
    const { text, holds } = candidate;
    if (slot.inQuotes && !json) return text;
    const word = json ? `"${text}"` : text;
    if (!holds) return word + this.comma;
    if (slot.hasColon) return word;
    return `${word}:${this.content(candidate)}`;
  }

  /** What stands behind the colon of a new key. */
  private content(candidate: Candidate): string {
    const { json, comma } = this;
    const { holds, value, columns = [] } = candidate;
    if (value !== undefined) return json ? ` "${value}"${comma}` : ` ${value}`;
    if (holds === 'value') return json ? ` ${CURSOR}${comma}` : ' ';
    if (holds === 'map' && !json && this.slot.style === 'block') return this.eol + this.indent;
    return columns.length > 0 ? this.row(candidate) : ` {${CURSOR}}${comma}`;
  }

  /** A row with its columns, to be filled one after the other. */
  private row({ columns = [], rowsInBlocks }: Candidate): string {
    const { json, comma, eol, indent } = this;
    if (json) return ` {${columns.map((column) => `"${column}": ${NULL}`).join(', ')}}${comma}`;
    const amounts = columns.map((column) => `${column}: ${CURSOR}`);
    return rowsInBlocks && this.slot.style === 'block'
      ? amounts.map((amount) => eol + indent + amount).join('')
      : ` {${amounts.join(', ')}}`;
  }
}

/** Where the cursor goes, in turn; from the private use area, so that no text has it. */
const CURSOR = '\uE001';

/** Likewise where something has to stand until it is filled. */
const NULL = '\uE002';

const plain = (text: string) => text.replaceAll(CURSOR, '').replaceAll(NULL, 'null');

/** As a snippet. */
function escaped(text: string): string {
  const count = text.replace(/[^\uE001\uE002]/g, '').length;
  let stop = 0;
  return text.replace(/[\\$}]/g, '\\$&').replace(/[\uE001\uE002]/g, (mark) => {
    const number = count === 1 ? 0 : ++stop;
    return mark === NULL ? `\${${number}:null}` : `$${number}`;
  });
}
