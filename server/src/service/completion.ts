import {
  CompletionItemKind,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem,
  type Position,
} from 'vscode-languageserver-types';
import { vocabulary } from '../disclosure/vocabulary';
import { eolOf } from '../syntax/insert';
import type { Analysis } from './analysis';
import type { Candidate, Field, Form, Holds } from './candidate';
import { candidatesFor } from './candidates';
import { slotAt, type Slot } from './completionSlot';
import { matchRank } from './completionMatch';
import { message, type Locale } from './messages';
import { statementAt } from './statementPlace';

export interface CompletionOptions {
  readonly locale: Locale;
  /** The client can put the cursor inside what it inserts. */
  readonly snippets: boolean;
}

/** So many items are a list to look through; who wants others types on. */
const MOST_ITEMS = 100;

/** Behind everything that is not there yet. */
const LAST = 9;

/**
 * The keys that can still be written in a place, and the words that can be its value. What fits what is
 * typed is decided here, because editors know nothing of initials: the list is for this word only.
 */
export function completionsAt(
  analysis: Analysis,
  position: Position,
  options: CompletionOptions,
): CompletionItem[] {
  const { tree, lines } = analysis;
  const offset = lines.offset(position);
  if (tree.language === 'json' && tree.text.trim() === '') return [skeleton(analysis, options)];
  const whole = slotAt(tree, offset);
  if (!whole) return [];
  const { slot, before } = lastName(whole, offset);
  const writer = new Writer(analysis, slot, offset, options);
  return candidatesFor(slot, analysis)
    .filter(({ text }) => !before.includes(text))
    .flatMap((candidate): [Candidate, number][] => {
      const rank = matchRank(slot.typed, candidate);
      return rank === undefined ? [] : [[candidate, candidate.isTaken ? LAST : rank]];
    })
    .sort(([, a], [, b]) => a - b)
    .slice(0, MOST_ITEMS)
    .map(([candidate], index) => writer.item(candidate, index));
}

/** Of names written one behind the other (基本工资、津贴补贴) the last is being typed. */
function lastName(slot: Slot, offset: number): { slot: Slot; before: readonly string[] } {
  const names = slot.typed.split('、');
  if (names.length === 1 || slot.quote !== '') return { slot, before: [] };
  const { level } = statementAt(slot.around) ?? {};
  if (level !== 'words' && level !== 'printed') return { slot, before: [] };
  const typed = names.pop()!;
  const start = offset - typed.length;
  return {
    slot: { ...slot, typed, range: { start, end: slot.range.end }, glue: '' },
    before: names,
  };
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
  private readonly beginsLine: boolean;
  private readonly eol: string;
  /** What has to follow, for the next entry to stay one. */
  private readonly comma: string;

  constructor(
    { tree, lines }: Analysis,
    private readonly slot: Slot,
    offset: number,
    private readonly options: CompletionOptions,
  ) {
    const { range } = slot;
    const { text, language } = tree;
    this.range = lines.range(range);
    this.json = language === 'json';
    const line = text.slice(range.start - this.range.start.character, range.start);
    this.beginsLine = line.trim() === '';
    this.eol = eolOf(tree);
    this.indent = ' '.repeat(this.range.start.character + 2);
    const next = /^\s*(\S?)/.exec(text.slice(range.end))![1];
    this.comma = this.json && (next === '"' || next === '{') ? ',' : '';
    this.filter = text.slice(range.start, offset);
  }

  item(candidate: Candidate, index: number): CompletionItem {
    const { text, name, en, kind, path } = candidate;
    const { locale, snippets } = this.options;
    const newText = this.slot.glue + this.written(candidate);
    const isSnippet = snippets && /[\uE001\uE002]/.test(newText);
    const detail = path ?? (locale === 'en' ? en : undefined);
    const label = name ? `${text} ${name}` : text;
    const mark = this.mark(candidate);
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

  private mark({ isTaken, usedIn, above }: Candidate): string | undefined {
    const { locale } = this.options;
    if (isTaken) return message(locale, 'completion.taken');
    return usedIn === undefined ? above : message(locale, 'completion.used', { table: usedIn });
  }

  private written(candidate: Candidate): string {
    const { slot, json, comma } = this;
    const { text, holds, value, item, words } = candidate;
    if (words) return `[${words.map((word) => this.quoted(word)).join(', ')}]${comma}`;
    if (!holds) return this.quoted(text) + comma;
    if (slot.hasColon) return this.quoted(text);
    if (item) return this.listItem(item);
    const content =
      value === undefined ? this.content(candidate, holds) : ` ${json ? `"${value}"` : value}`;
    const entry = `${this.quoted(text)}:${content}`;
    const needsBraces = slot.list && !slot.isBegun && (json || slot.style === 'flow');
    return (needsBraces ? `{${entry}}` : entry) + comma;
  }

  private quoted(text: string): string {
    return this.slot.quote + text + this.slot.quote;
  }

  /** What stands behind the colon of a new key. */
  private content(candidate: Candidate, holds: Holds): string {
    const { json, slot, eol, indent } = this;
    const onOwnLines = !json && slot.style === 'block';
    const { fields = [] } = candidate;
    if (fields.length > 0 && holds === 'row') return this.row(candidate);
    switch (holds) {
      case 'value':
        return json ? ` ${CURSOR}` : ' ';
      case 'map':
        return onOwnLines ? eol + indent : ` {${CURSOR}}`;
      case 'list':
        return onOwnLines ? `${eol}${indent}- ` : ` [${CURSOR}]`;
      case 'row':
        return ` {${CURSOR}}`;
      case 'words':
        return ` [${CURSOR}]`;
    }
  }

  /** A row with its fields, to be filled one after the other. */
  private row({ fields = [], form = 'line' }: Candidate): string {
    const { json, slot, eol, indent } = this;
    const written = fields.map((field) => this.field(field));
    return form === 'block' && !json && slot.style === 'block'
      ? written.map((field) => eol + indent + field).join('')
      : ` ${this.braces(written, form)}`;
  }

  /** Fields in braces, each on a line of its own where rows are written so and begin one. */
  private braces(written: readonly string[], form: Form): string {
    const { eol, indent } = this;
    if (form !== 'lines' || !this.beginsLine) return `{${written.join(', ')}}`;
    return `{${eol}${indent}${written.join(`,${eol}${indent}`)}${eol}${indent.slice(2)}}`;
  }

  private listItem({ fields, form }: NonNullable<Candidate['item']>): string {
    const { slot, json, comma, eol } = this;
    const written = fields.map((field) => this.field(field));
    if (form === 'block' && !json && slot.style === 'block') {
      const isListed = slot.list !== undefined;
      const column = this.range.start.character + (isListed ? 0 : 2);
      return (isListed ? '' : '- ') + written.join(eol + ' '.repeat(column));
    }
    return (slot.isBegun ? written.join(', ') : this.braces(written, form)) + comma;
  }

  private field({ key, holds, value }: Field): string {
    const { json } = this;
    const hole = { value: json ? NULL : CURSOR, row: `{${CURSOR}}`, words: `[${CURSOR}]` };
    const content =
      value === undefined
        ? hole[holds === 'value' || holds === 'words' ? holds : 'row']
        : json
          ? `"${value}"`
          : value;
    return `${json ? `"${key}"` : key}: ${content}`;
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
