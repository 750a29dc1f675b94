import { vocabulary, type Layout } from '../disclosure/vocabulary';
import type { Reason } from '../relations/relation';
import { message, type Locale } from './messages';
import { labelOf } from './places';

const specs = [...vocabulary.tables, ...vocabulary.statements];

/** Why something could not be checked, in words; a table is called what the layout calls it. */
export function reasonMessage(
  { code, table, cell, word = '' }: Reason,
  layout: Layout | undefined,
  locale: Locale,
): string {
  const named = ({ id }: { id: string }) => id === table;
  return message(locale, `reason.${code}`, {
    table: layout?.tables.find(named)?.title ?? specs.find(named)?.key ?? '',
    cell: cell ? labelOf(cell, locale) : '',
    word,
  });
}
