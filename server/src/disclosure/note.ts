/** The note under a table (说明). */
import type { ScalarNode } from '../syntax/tree';
import type { Table } from './model';
import { normalizeKey, vocabulary } from './vocabulary';

/** The words by which a note says that its table has no figures; undefined where it does not. */
export function noDataIn(note: ScalarNode): string | undefined {
  const text = normalizeKey(note.text);
  return vocabulary.noData.find((words) => text.includes(words));
}

/** Whether nothing is to come into a table: its note says that it has no figures. */
export function saysNoData({ note }: Table): boolean {
  return note !== undefined && noDataIn(note) !== undefined;
}
