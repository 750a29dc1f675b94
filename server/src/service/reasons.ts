import type { Disclosure } from '../disclosure/model';
import { titleOf } from '../disclosure/titles';
import type { Reason } from '../relations/relation';
import { message, type Locale } from './messages';
import { labelOf } from './places';

/** Why something could not be checked, in words; a table is called what the file calls it. */
export function reasonMessage(
  { code, table, cell, word = '' }: Reason,
  disclosure: Disclosure | undefined,
  locale: Locale,
): string {
  return message(locale, `reason.${code}`, {
    table: table && disclosure ? titleOf(table, disclosure) : '',
    cell: cell ? labelOf(cell, locale) : '',
    word,
  });
}
