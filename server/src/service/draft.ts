import { isLeftToWrite, type Cell, type Row, type Table } from '../disclosure/model';
import { saysNoData } from '../disclosure/note';
import type { Relation } from '../relations/relation';
import { lacksParts, openPartIn } from '../relations/unsaid';
import { hasNoFigure } from '../repair/unfilled';
import type { Candidate, Cause } from '../repair/cause';
import { groupBy } from '../syntax/multimap';
import type { SyntaxTree } from '../syntax/tree';
import type { Analysis } from './analysis';
import { mayHaveNoData } from './underivedProblems';

type Place = Pick<Analysis, 'disclosure' | 'tree'>;

/**
 * Whether a cause tells only that somebody is still writing: nothing that is written is wrong. A table that
 * was left for a later one with something lacking is not being written any more.
 */
export function isDraft(cause: Cause, analysis: Place): boolean {
  if (cause.members.every(({ relation, measure }) => lacksParts(relation, measure))) return true;
  const parts = cause.members.map(({ relation }) => openPartIn(relation) && relation);
  if (parts.some((sum) => sum && isPassed(sum, analysis))) return false;
  if (
    isLeftOpen(cause) ||
    saysNothingYet(cause) ||
    isAtEnd(cause, analysis) ||
    parts.every((sum) => sum !== undefined)
  )
    return true;
  const [group] = cause.groups;
  if (group?.kind === 'unfilled' || group?.kind === 'unsaid') return true;
  // A row that others tell of may be the next to be written.
  const mayFollow = group?.kind === 'unfinished' || group?.figures !== undefined;
  if (!mayFollow || group.table === undefined) return false;
  return group.isBegun === true || isLast(group.table, analysis);
}

/** Whether all that is to be changed is a blank in a text: a sentence whose figure is still to come. */
function isLeftOpen({ cell, candidates: [only, ...more] }: Cause): boolean {
  return only?.cell === cell && more.length === 0 && isLeftToWrite(cell);
}

/** Whether each relation compares figures with a sentence that is still to come, and is told at one. */
const saysNothingYet = ({ cell, candidates, members }: Cause): boolean =>
  isLeftToWrite(cell) &&
  members.every(({ relation: { rule, left } }) => {
    const [only, ...more] = left;
    return (
      (rule.kind === 'balance' || (rule.kind === 'equal' && candidates.length === 0)) &&
      only !== undefined &&
      more.length === 0 &&
      isLeftToWrite(only.cell)
    );
  });

/** Whether somebody who writes from the top has left a part of a sum behind: a later one is written. */
function isPassed(sum: Relation, { tree }: Place): boolean {
  const startOf = ({ entry }: Cell) => (entry ? tree.rangeOf(entry).start : -1);
  const start = startOf(openPartIn(sum)!);
  return sum.right.some(({ cell }) => startOf(cell) > start);
}

/** Whether nothing is written yet behind a table: in none of the others, or, where a text is, in one that has to be. */
export function isLast({ entry }: Table, { disclosure, tree }: Place): boolean {
  const { start } = tree.rangeOf(entry);
  const behind = [...(disclosure?.tables.values() ?? [])].filter(
    (table) => tree.rangeOf(table.entry).start > start,
  );
  const written = behind.filter((table) => !hasNoFigure(table));
  if (written.length === 0) return true;
  const isAwaited = (table: Table) =>
    !isText(table) && hasNoFigure(table) && !saysNoData(table) && !mayHaveNoData(table.spec.id);
  return written.every(isText) && behind.some(isAwaited);
}

const isText = ({ spec }: Table) => spec.section !== undefined;

/**
 * Whether all that is to be changed is in the last lines of a table, of which none has a figure yet. One alone may
 * have been forgotten.
 */
function isAtEnd({ candidates }: Cause, { tree }: Place): boolean {
  const isLeftToCome = ({ cell: { state, entry, table } }: Candidate) =>
    state === 'blank' && entry !== undefined && !isText(table);
  if (candidates.length === 0 || !candidates.every(isLeftToCome)) return false;
  const byTable = groupBy(candidates, ({ cell }) => cell.table);
  return [...byTable].every(([table, own]) => {
    const rest = restOf(table, tree);
    return rest.size > 1 && own.every(({ cell }) => rest.has(cell.row));
  });
}

/** The lines behind the last one that says something. */
function restOf(table: Table, tree: SyntaxTree): ReadonlySet<Row> {
  const startOf = ({ entry }: Row) => (entry ? tree.rangeOf(entry).start : -1);
  const inOrder = [...table.rows.values()].sort((a, b) => startOf(a) - startOf(b));
  return new Set(inOrder.slice(inOrder.findLastIndex((one) => saysSomething(one, table)) + 1));
}

const saysSomething = ({ id, values }: Row, table: Table) =>
  [...values.keys()].some((column) => table.cell(id, column)?.state !== 'blank');
