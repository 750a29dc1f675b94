import type { Ledger, LedgerRow, LedgerRule } from '../service/ledger';
import { message, type Locale } from '../service/messages';
import { countsText, word } from './text';

/** The ledger for people: a line a table with its counts, and below it the rules by how they came out. */
export function ledgerText({ rows, unread }: Ledger, locale: Locale): string {
  const lines = [
    ...rows.flatMap((row) => [headOf(row, locale), ...linesOf(row, locale)]),
    ...(unread.length > 0 ? [message(locale, 'ledger.unread')] : []),
    ...unread.map(({ message: text }) => `  ${text}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function headOf({ title, status, counts, noted }: LedgerRow, locale: Locale): string {
  const state = status === 'read' ? '' : message(locale, `ledger.${status}`);
  const words = [state, countsText(counts, noted, locale)].filter((part) => part !== '');
  return `${title}: ${words.join(', ') || message(locale, 'ledger.nothing')}`;
}

function linesOf(row: LedgerRow, locale: Locale): string[] {
  const of = (outcome: 'holds' | 'rounding' | 'fails' | 'empty') =>
    row[outcome].map((rule) => `  ${word(outcome, locale)}  ${ruleText(rule)}`);
  return [
    ...of('fails'),
    ...row.notes.map((rule) => `  ${word('noted', locale)}  ${ruleText(rule)}`),
    ...row.accepted.map(
      ({ title, rule, path, reason }) =>
        `  ${word('accepted', locale)}  ${title} [${rule}] ${path}: ${reason}`,
    ),
    ...of('rounding'),
    ...row.unchecked.map(
      ({ message: why, rules }) =>
        `  ${word('unchecked', locale)}  ${why}: ${rules.map(ruleText).join(message(locale, 'list'))}`,
    ),
    ...of('holds'),
    ...of('empty'),
  ];
}

const ruleText = ({ title, rule, count }: LedgerRule) =>
  `${title} [${rule}]${count > 1 ? ` ×${count}` : ''}`;
