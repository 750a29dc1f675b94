import type { Network } from '../relations/network';
import type { Cause } from '../repair/cause';
import { lackedRows } from '../repair/lackedRows';
import { MOST_NAMES } from './groupMessage';
import { subjectIn } from './lostRow';
import { message, shortList, type Locale } from './messages';

/** The subjects that a list seems to have lost, where no other words name them. */
export function lackedText(cause: Cause, network: Network | undefined, locale: Locale): string[] {
  const lacked = network && lackedRows(cause, network);
  if (!lacked) return [];
  const { table, codes } = lacked;
  if (codes.every((code) => code === cause.groups[0]?.row)) return [];
  const names = codes.map((code) => subjectIn(table, code));
  const rows = shortList(names, MOST_NAMES, locale);
  return [message(locale, 'cause.lacked', { table: table.title, rows })];
}
