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
import type { Locale } from './messages';

export interface CompletionOptions {
  readonly locale: Locale;
  /** The client can put the cursor inside what it inserts. */
  readonly snippets: boolean;
}

/** The keys that can still be written in a place, and the words that can be its value. */
export function completionsAt(
  analysis: Analysis,
  position: Position,
  options: CompletionOptions,
): CompletionItem[] {
  const { tree, lines } = analysis;
  const offset = lines.offset(position);
  if (tree.language === 'json' && tree.text.trim() === '') return [skeleton(analysis, options)];
  const slot = slotAt(tree, offset);
  if (!slot) return [];
  const writer = new Writer(analysis, slot, options);
  return candidatesFor(slot).map((candidate, index) => writer.item(candidate, index));
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
  /** What the filter of the client has seen typed before the word itself. */
  private readonly typed: string;
  private readonly range;
  private readonly indent: string;
  private readonly eol: string;
  /** What has to follow, for the next entry to stay one. */
  private readonly comma: string;

  constructor(
    { tree: { text, language }, lines }: Analysis,
    private readonly slot: Slot,
    private readonly options: CompletionOptions,
  ) {
    const { range, inQuotes } = slot;
    this.range = lines.range(range);
    this.json = language === 'json';
    this.eol = text.includes('\r\n') ? '\r\n' : '\n';
    this.indent = ' '.repeat(this.range.start.character + 2);
    const next = /^\s*(\S?)/.exec(text.slice(range.end))![1];
    this.comma = this.json && next === '"' ? ',' : '';
    this.typed = slot.glue === ': ' ? '：' : inQuotes && this.json ? '"' : '';
  }

  item(candidate: Candidate, index: number): CompletionItem {
    const { text, name, en, kind } = candidate;
    const { locale, snippets } = this.options;
    const newText = this.slot.glue + this.written(candidate);
    const isSnippet = snippets && newText.includes(CURSOR);
    const plain = newText.replace(CURSOR, '');
    const note = locale === 'en' ? en : undefined;
    return {
      label: name ? `${text} ${name}` : text,
      kind,
      ...(note && { detail: note }),
      // In the order of the form, not of the alphabet.
      sortText: index.toString().padStart(4, '0'),
      filterText: `${this.typed}${name ? `${text} ${name}` : text}`,
      textEdit: { range: this.range, newText: isSnippet ? escaped(newText) : plain },
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
  private content({ holds, value }: Candidate): string {
    const { json, comma } = this;
    if (value !== undefined) return json ? ` "${value}"${comma}` : ` ${value}`;
    if (holds === 'value') return json ? ` ${CURSOR}${comma}` : ' ';
    if (holds === 'map' && !json && this.slot.style === 'block') return this.eol + this.indent;
    return ` {${CURSOR}}${comma}`;
  }
}

/** Where the cursor goes; from the private use area, so that no text has it. */
const CURSOR = '\uE001';

/** As a snippet. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&').replace(CURSOR, '$0');
}
