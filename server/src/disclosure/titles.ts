import type { Disclosure } from './model';
import { vocabulary } from './vocabulary';

const specs = [...vocabulary.tables, ...vocabulary.statements];

/** What a table is called: as the file writes its key; one that is not there, as the layout prints it. */
export function titleOf(
  id: string,
  { tables, layout }: Pick<Disclosure, 'tables' | 'layout'>,
): string {
  const named = (one: { id: string }) => one.id === id;
  const written = tables.get(id)?.title;
  return written ?? layout.tables.find(named)?.title ?? specs.find(named)?.key ?? id;
}
