/** The note under a table (说明). */
import type { ScalarNode } from '../syntax/tree';
import type { Table } from './model';
import { tableKeys } from './ownKeys';
import { normalizeKey, vocabulary } from './vocabulary';

export function noteOf({ entry: { value } }: Table): ScalarNode | undefined {
  if (value?.kind !== 'map') return undefined;
  const found = value.entries.find(({ key }) => tableKeys.get(key.text) === 'note');
  return found?.value?.kind === 'scalar' ? found.value : undefined;
}

/** The words by which a note says that its table has no figures; undefined where it does not. */
export function noDataIn(note: ScalarNode): string | undefined {
  const text = normalizeKey(note.text);
  return vocabulary.noData.find((words) => text.includes(words));
}

/** Whether nothing is to come into a table: its note says that it has no figures. */
export function saysNoData(table: Table): boolean {
  const note = noteOf(table);
  return note !== undefined && noDataIn(note) !== undefined;
}
