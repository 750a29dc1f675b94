import type { LineRange } from '../syntax/lines';
import type { Analysis, Counts } from './analysis';
import { ledgerOf, type Ledger, type LedgerRow, type LedgerRule } from './ledger';
import { message, type Locale, type MessageKey } from './messages';

/** The ledger as a page: a line a table, which opens to the rules and where they did not hold. */
export interface LedgerPage {
  readonly title: string;
  readonly language: 'zh-CN' | 'en';
  /** HTML without styles or scripts. A link to a place is `#line:character`, both from 0. */
  readonly body: string;
}

const COLUMNS = ['fails', 'noted', 'accepted', 'rounding', 'unchecked', 'holds', 'empty'] as const;
type Column = (typeof COLUMNS)[number];

export function ledgerPage(analysis: Analysis, locale: Locale): LedgerPage {
  return {
    title: message(locale, 'ledger.title'),
    language: locale === 'zh-cn' ? 'zh-CN' : 'en',
    body: new Page(locale).body(ledgerOf(analysis, locale)),
  };
}

class Page {
  constructor(private readonly locale: Locale) {}

  body({ counts: all, rows, unread }: Ledger): string {
    const noted = rows.reduce((sum, row) => sum + row.noted, 0);
    const counts = apart(all, noted);
    const total = COLUMNS.reduce((sum, column) => sum + counts[column], 0);
    const heads = COLUMNS.map((column) => `<span class="count">${this.outcome(column)}</span>`);
    const sums = COLUMNS.map((column) => this.count(column, counts[column]));
    return [
      `<h1>${this.words('ledger.title')}</h1>`,
      `<p>${this.words('ledger.summary', { count: total })}</p>`,
      `<div class="row head" aria-hidden="true"><span></span>${heads.join('')}</div>`,
      ...rows.map((row) => this.row(row)),
      `<div class="row total"><span>${this.words('ledger.total')}</span>${sums.join('')}</div>`,
      ...(unread.length > 0 ? [`<h2>${this.words('ledger.unread')}</h2>`] : []),
      this.list(unread.map(({ message: text, range }) => `${this.link(range)} ${escape(text)}`)),
    ].join('\n');
  }

  private row(row: LedgerRow): string {
    const { id, title, status, range } = row;
    const counts = apart(row.counts, row.noted);
    const none = COLUMNS.every((column) => counts[column] === 0);
    const state =
      status !== 'read'
        ? this.words(`ledger.${status}`)
        : none
          ? this.words('ledger.nothing')
          : undefined;
    const name = `<span class="name">${escape(title)}${state ? ` <small>${state}</small>` : ''}</span>`;
    const cells = COLUMNS.map((column) => this.count(column, counts[column]));
    const line = `${name}${none ? '' : cells.join('')}`;
    if (none) return `<div class="row none">${line}</div>`;
    const at = range ? `<p>${this.link(range)}</p>` : '';
    return [
      `<details id="${escape(id)}"><summary class="row">${line}</summary>`,
      `<div class="rules">${at}${COLUMNS.map((column) => this.group(row, column)).join('')}</div>`,
      '</details>',
    ].join('');
  }

  private group(row: LedgerRow, column: Column): string {
    const items = this.items(row, column);
    if (items.length === 0) return '';
    return `<h3 class="${column}">${this.outcome(column)}</h3>${this.list(items)}`;
  }

  private items(row: LedgerRow, column: Column): string[] {
    switch (column) {
      case 'accepted':
        return row.accepted.map(
          ({ title, rule, path, range, reason, entry }) =>
            `${escape(title)} <code>${escape(rule)}</code> ${this.place(path, range)}` +
            `<br>${this.words('ledger.reason')}${escape(reason)} ${this.link(entry)}`,
        );
      case 'unchecked':
        return row.unchecked.map(
          ({ message: why, rules }) =>
            `${escape(why)}${this.list(rules.map((rule) => this.rule(rule)))}`,
        );
      case 'noted':
        return row.notes.map((rule) => this.rule(rule));
      default:
        return row[column].map((rule) => this.rule(rule));
    }
  }

  private rule({ title, rule, count: times, places = [] }: LedgerRule): string {
    const where = this.list(places.map(({ path, range }) => this.place(path, range)));
    const often = times > 1 ? ` ×${times}` : '';
    return `${escape(title)} <code>${escape(rule)}</code>${often}${where}`;
  }

  private place(path: string, range: LineRange): string {
    return `<a href="${hrefOf(range)}">${escape(path)}</a>`;
  }

  private link(range: LineRange): string {
    const line = range.start.line + 1;
    return `<a href="${hrefOf(range)}">${this.words('ledger.line', { line })}</a>`;
  }

  private list(items: readonly string[]): string {
    return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
  }

  /** A count that is none is left blank. Whoever is read to has no heading above it. */
  private count(column: Column, number: number): string {
    const text =
      number === 0 ? '' : `<span class="spoken">${this.outcome(column)} </span>${number}`;
    return `<span class="count ${column}">${text}</span>`;
  }

  private outcome(column: Column): string {
    return this.words(`outcome.${column}`);
  }

  private words(key: MessageKey, args: Readonly<Record<string, string | number>> = {}): string {
    return escape(message(this.locale, key, args));
  }
}

/** What is only worth knowing is not counted among what is wrong. */
const apart = (counts: Counts, noted: number): Readonly<Record<Column, number>> => ({
  ...counts,
  fails: counts.fails - noted,
  noted,
});

const hrefOf = ({ start }: LineRange) => `#${start.line}:${start.character}`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
