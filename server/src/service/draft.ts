import type { Table } from '../disclosure/model';
import { hasNoFigure } from '../repair/unfilled';
import type { Cause } from '../repair/cause';
import type { Analysis } from './analysis';

/**
 * Whether a cause tells only that somebody is still writing: nothing that is written is wrong. A table that
 * was left for a later one with something lacking is not being written any more.
 */
export function isDraft({ groups: [group] }: Cause, analysis: Analysis): boolean {
  if (group?.kind === 'unfilled' || group?.kind === 'unsaid') return true;
  return group?.kind === 'unfinished' && group.table !== undefined && isLast(group.table, analysis);
}

/** Whether nothing is written yet behind a table. */
export function isLast({ entry }: Table, { disclosure, tree }: Analysis): boolean {
  const { start } = tree.rangeOf(entry);
  return [...(disclosure?.tables.values() ?? [])].every(
    (table) => tree.rangeOf(table.entry).start <= start || hasNoFigure(table),
  );
}
