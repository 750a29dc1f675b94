import { hasNoFigure } from '../repair/unfilled';
import type { Cause } from '../repair/cause';
import type { Analysis } from './analysis';

/**
 * Whether a cause tells only that somebody is still writing: nothing that is written is wrong. A table that
 * was left for a later one with something lacking is not being written any more.
 */
export function isDraft({ groups: [group] }: Cause, { disclosure, tree }: Analysis): boolean {
  if (group?.kind === 'unfilled' || group?.kind === 'unsaid') return true;
  if (group?.kind !== 'unfinished' || !group.table) return false;
  const { start } = tree.rangeOf(group.table.entry);
  return [...(disclosure?.tables.values() ?? [])].every(
    (table) => tree.rangeOf(table.entry).start <= start || hasNoFigure(table),
  );
}
