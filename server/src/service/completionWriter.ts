import { InsertTextFormat, InsertTextMode, type CompletionItem } from 'vscode-languageserver-types';
import { eolOf } from '../syntax/insert';
import type { Analysis } from './analysis';
import type { Candidate, Field, Form, Holds } from './candidate';
import { DASH, type Slot } from './completionSlot';
import { message, type Locale } from './messages';

export interface CompletionOptions {
  readonly locale: Locale;
  /** The client can put the cursor inside what it inserts. */
  readonly snippets: boolean;
}

/** Writes candidates into a slot: in its quotes, with its braces and commas, indented as its line is. */
export class CompletionWriter {
  private readonly json: boolean;
  /** What the filter of the client sees of what is typed. */
  private readonly filter: string;
  private readonly range;
  /** What brings a line to the column of the slot, and to what stands inside of what is written. */
  private readonly outer: string;
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
    this.outer = line.replace(/[^\t]/g, ' ');
    this.indent = this.outer + (this.outer.includes('\t') ? '\t' : '  ');
    const next = /^\s*(\S?)/.exec(text.slice(range.end))![1];
    this.comma = this.json && (next === '"' || next === '{') ? ',' : '';
    this.filter = text.slice(range.start, offset);
  }

  item(candidate: Candidate, index: number): CompletionItem {
    const { text, name, en, kind, path } = candidate;
    const { locale, snippets } = this.options;
    const newText = this.slot.glue + this.written(candidate);
    const isSnippet = snippets && newText !== plain(newText);
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
    const content = value === undefined ? this.content(candidate, holds) : ` ${this.value(value)}`;
    const entry = `${this.quoted(text)}:${content}`;
    const needsBraces = slot.list && !slot.isBegun && (json || slot.style === 'flow');
    return (needsBraces ? `{${entry}}` : entry) + comma;
  }

  private quoted(text: string): string {
    return this.slot.quote + text + this.slot.quote;
  }

  /** JSON takes nothing but figures without quotes; a comma would end a value in braces. */
  private value(text: string): string {
    const isPlain = this.json ? isNumber(text) : !text.includes(',');
    return isPlain ? text : `"${text}"`;
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
    return `{${eol}${indent}${written.join(`,${eol}${indent}`)}${eol}${this.outer}}`;
  }

  private listItem({ fields, form }: NonNullable<Candidate['item']>): string {
    const { slot, json, comma, eol } = this;
    const written = fields.map((field) => this.field(field));
    if (form === 'block' && !json && slot.style === 'block') {
      const isListed = slot.list !== undefined;
      const column = this.range.start.character + (isListed ? slot.glue.length : 2);
      return (isListed ? '' : DASH) + written.join(eol + ' '.repeat(column));
    }
    const dash = !json && slot.style === 'block' && slot.list === undefined ? DASH : '';
    return dash + (slot.isBegun ? written.join(', ') : this.braces(written, form)) + comma;
  }

  private field({ key, holds, value, mayDiffer = false }: Field): string {
    const { json } = this;
    const hole = { value: json ? NULL : CURSOR, row: `{${CURSOR}}`, words: `[${CURSOR}]` };
    const content =
      value === undefined
        ? hole[holds === 'value' || holds === 'words' ? holds : 'row']
        : mayDiffer
          ? open(this.value(value))
          : this.value(value);
    return `${json ? `"${key}"` : key}: ${content}`;
  }
}

/** A code begins with zero, or has no point, and stays a text. */
const isNumber = (text: string) => /^-?(?:0|[1-9]\d*)\.\d+$/.test(text);

/** Where the cursor goes, in turn; from the private use area, so that no text has it. */
const CURSOR = '\uE001';

/** Likewise around what stands there until it is typed over. */
const [OPEN, CLOSE] = ['\uE002', '\uE003'];

const open = (text: string) => OPEN + text + CLOSE;

const NULL = open('null');

const MARKS = /[\uE001-\uE003]/g;

const plain = (text: string) => text.replace(MARKS, '');

/** As a snippet. */
function escaped(text: string): string {
  const count = text.replace(/[^\uE001\uE002]/g, '').length;
  let stop = 0;
  const next = () => (count === 1 ? 0 : ++stop);
  return text.replace(/[\\$}]/g, '\\$&').replace(MARKS, (mark) => {
    if (mark === CLOSE) return '}';
    return mark === CURSOR ? `$${next()}` : `\${${next()}:`;
  });
}
