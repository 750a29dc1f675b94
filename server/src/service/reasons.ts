import { vocabulary } from '../disclosure/vocabulary';
import type { Reason } from '../relations/relation';
import { message, type Locale } from './messages';
import { labelOf } from './places';

const specs = [...vocabulary.tables, ...vocabulary.statements];

/** Why something could not be checked, in words. */
export function reasonMessage({ code, table, cell, word = '' }: Reason, locale: Locale): string {
  return message(locale, `reason.${code}`, {
    table: specs.find(({ id }) => id === table)?.key ?? '',
    cell: cell ? labelOf(cell, locale) : '',
    word,
  });
}
