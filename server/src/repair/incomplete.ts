/** What fails only because a table is not filled in yet, or not to the end. */
import type { Cell, Row, Table } from '../disclosure/model';
import { cellsOf } from '../relations/network';
import type { Evaluation } from '../relations/evaluate';
import { isStructural } from '../relations/rounding';
import { groupBy } from '../syntax/multimap';
import { tableWithin } from '../relations/relation';
import type { Open } from './begun';
import { hasHollowRow, hasSubjectToCome, isHollow } from './hollow';
import { causeAt, type Candidate, type CandidateSet, type Cause } from './cause';
import type { Mistake } from './mistakes';
import type { SlipKind } from './solve/slips';
import { isKeyAlone, type Unfilled, type Unwritten } from './unfilled';

/** A cause for every table that is not filled in; undefined where the figures tell of something else. */
export function incompleteOf(mistake: Mistake, unfilled: Unfilled): Cause[] | undefined {
  const tables = unfilled.of(mistake.members);
  if (!tables) return undefined;
  const isNone = [...tables.keys()].every((table) => unfilled.isNone(table));
  if (isNone ? isFilledIn(mistake, unfilled) : isDecided(mistake)) return undefined;
  if (!isNone && (isAnyFigure(mistake, tables) || isAgainstForms(mistake, tables)))
    return undefined;
  return [...tables].map(([table, own]) =>
    unfilled.isNone(table)
      ? ofTable('unfilled', table, own.members)
      : ofUnfinished(mistake, table, own, tables.size === 1),
  );
}

/** Whether the figures tell what has to be written into a table that prints none, and no more. */
function isFilledIn({ verdict, sets }: Mistake, unfilled: Unfilled): boolean {
  if (verdict === 'undecided' || !sets[0]) return false;
  return sets[0].candidates.every(({ cell }) => unfilled.hasNone(cell) && !isKeyAlone(cell.table));
}

/** Slips that put another figure where one belongs, rather than any. */
export const UNTOLD: ReadonlySet<SlipKind> = new Set<SlipKind>(['omitted', 'other', 'calculated']);

/** Whether a blank is located, or digits tell how a written figure came about. */
function isDecided({ verdict, sets: [set], groups: [group] }: Mistake): boolean {
  if (verdict === 'undecided') return false;
  if (!set || (group && group.probability > set.probability)) return group?.kind !== 'lost-row';
  return set.candidates.every(({ cell, values: [value] }) => {
    return cell.state === 'blank' || (value !== undefined && !UNTOLD.has(value.slip.kind));
  });
}

/**
 * Whether it may as well be a figure of the table that does not add up: a blank line of a form is mostly blank
 * for good, and of a list nothing tells that it lacks a row.
 */
function isAnyFigure(
  { members, sets, groups }: Mistake,
  tables: ReadonlyMap<Table, Unwritten>,
): boolean {
  const isTold = [...tables].some(([table, { isForm, rows }]) => {
    const isLost = groups.some(({ kind, table: one }) => kind === 'lost-row' && one === table);
    return !isForm && (rows.size > 0 || isLost || hasHollowRow(table));
  });
  if (isTold) return false;
  const own = new Set(members.flatMap(({ relation }) => tableWithin(relation) ?? []));
  return sets.some(({ candidates: [only, ...more] }) => {
    return only?.cell.entry !== undefined && more.length === 0 && own.has(only.cell.table);
  });
}

/**
 * Whether one written figure elsewhere explains what several forms are short of: that the same was left out of each
 * of them is less likely.
 */
function isAgainstForms({ sets }: Mistake, tables: ReadonlyMap<Table, Unwritten>): boolean {
  if (tables.size < 2 || ![...tables.values()].every(({ isForm }) => isForm)) return false;
  const [{ candidates: [only, ...more] } = { candidates: [] }] = sets;
  return only?.cell.state === 'amount' && more.length === 0 && !tables.has(only.cell.table);
}

function ofTable(
  kind: 'unfilled' | 'unfinished',
  table: Table,
  members: readonly Evaluation[],
): Cause {
  const cells = members.flatMap(({ relation }) => [...cellsOf(relation)]);
  const cell = cells.find((one) => one.table === table) ?? cells[0]!;
  const groups = [{ kind, probability: 1, changes: new Map<never, never>(), table }] as const;
  const id = `${kind}:${table.id}`;
  return { ...causeAt('undecided', cell, members), id, groups, at: table.entry.key };
}

/** At the one line that is written without a figure, else at the table. */
function ofUnfinished(
  { sets, groups, complete }: Mistake,
  table: Table,
  { members, rows: [lacking, ...more] }: Unwritten,
  isAll: boolean,
): Cause {
  const own = ofTable('unfinished', table, members);
  const only = more.length === 0 ? lacking : undefined;
  const lost = groups.find(({ kind, table: one }) => kind === 'lost-row' && one === table);
  const row = only ?? lost?.row;
  const told = row === undefined ? own : { ...own, groups: [{ ...own.groups[0]!, row }] };
  if (!isAll) return { ...told, sets, complete };
  const blanks = sets.flatMap((set) => blankIn(set, table) ?? []);
  const [hollow, ...others] = blanks.filter(({ cell }) => isHollow(cell.row, table));
  if (hollow && others.length === 0 && isOnly(hollow, table)) {
    const located = causeAt('likely', hollow.cell, members, [hollow]);
    return { ...located, sets, groups: told.groups, complete };
  }
  return { ...told, sets, complete };
}

/**
 * Causes of failing relations that prove nothing yet, given with the tables that lack something (see
 * {@link openIn}): one for every table, and one for every printed line whose parts come to less so far.
 */
export function causesOfOpen(
  { tables: open, isLeft }: Open,
  mistakes: readonly Mistake[],
  unfilled: Unfilled,
): Cause[] {
  const lineIn = (member: Evaluation) => {
    const table = open.get(member)!;
    return unfilled.isNone(table) || isLeft(table) ? undefined : lineOf(member, table);
  };
  const lines = new Set([...open.keys()].map(lineIn));
  const blanks = new Map<Table, Candidate>();
  for (const [table, members] of groupBy([...open.keys()], (member) => open.get(member)!)) {
    const blank = unfilled.isNone(table) ? undefined : onlyBlankOf(members, mistakes, table);
    if (blank) blanks.set(table, blank);
  }
  // What amounts lack tells more than what a ratio does.
  const all = [...open.keys()];
  const inOrder = [...all.filter((one) => !isRatio(one)), ...all.filter(isRatio)];
  const groups = groupBy(inOrder, (member) => {
    const table = open.get(member)!;
    const total = totalOf(member, table);
    // What is computed beside a printed figure of a line lacks the same parts.
    const isLine = total && lines.has(total.row) && !blanks.has(table);
    const line = isLine ? total.row : undefined;
    return line ? `${table.id}/${line.id}` : table.id;
  });
  return [...groups.values()].map((members) => {
    const first = members.find(lineIn) ?? members[0]!;
    const table = open.get(first)!;
    if (unfilled.isNone(table)) return ofTable('unfilled', table, members);
    const own = ofTable('unfinished', table, members);
    const blank = blanks.get(table);
    const isBegun = !isLeft(table);
    if (blank) {
      const begun = [{ ...own.groups[0]!, isBegun }];
      return { ...causeAt('likely', blank.cell, members, [blank]), groups: begun };
    }
    const line = lineIn(first);
    const { cell } = first.relation.left[0]!;
    const group = { ...own.groups[0]!, isBegun, ...(line && { total: cell }) };
    const sets = mistakes
      .filter((mistake) => mistake.members.some((member) => members.includes(member)))
      .flatMap((mistake) => mistake.sets.filter((set) => blankIn(set, table)));
    const place = line?.entry
      ? { cell, id: `unfinished:${table.id}/${line.id}`, at: line.entry.key }
      : {};
    return { ...own, ...place, groups: [group], sets, complete: false };
  });
}

const isRatio = ({ relation: { base } }: Evaluation) => base !== undefined;

/** The written blank that alone explains all that is open of a table, where several relations agree on it. */
function onlyBlankOf(
  members: readonly Evaluation[],
  mistakes: readonly Mistake[],
  table: Table,
): Candidate | undefined {
  if (members.length < 2) return undefined;
  let found: Candidate | undefined;
  for (const member of members) {
    const mistake = mistakes.find((one) => one.members.includes(member));
    const [set, ...more] = mistake?.sets ?? [];
    const blank = set && blankIn(set, table);
    if (!blank || !mistake?.complete || more.length > 0 || mistake.groups.length > 0)
      return undefined;
    if (blank.cell.entry === undefined || (found && found.cell !== blank.cell)) return undefined;
    if (!found || blank.values.length < found.values.length) found = blank;
  }
  return found && isOnly(found, table) ? found : undefined;
}

/** Whether a blank is known that has a figure, and no further row is still to be filled in: then it may lack, too. */
const isOnly = ({ cell, values }: Candidate, table: Table): boolean =>
  values.length > 0 && !hasSubjectToCome(table, cell.row);

/** The line of a table that prints what others in it come to. */
function lineOf(member: Evaluation, table: Table): Row | undefined {
  const total = totalOf(member, table);
  return total?.state === 'amount' ? total.row : undefined;
}

/** The cell of a table that is what others come to. */
function totalOf({ relation: { rule, left } }: Evaluation, table: Table): Cell | undefined {
  const [only, ...more] = left;
  if (!only || more.length > 0 || !isStructural(rule.kind)) return undefined;
  return only.cell.table === table ? only.cell : undefined;
}

function blankIn(
  { candidates: [only, ...more] }: CandidateSet,
  table: Table,
): Candidate | undefined {
  const isBlank = only?.cell.state === 'blank' && only.cell.table === table;
  return isBlank && more.length === 0 ? only : undefined;
}
