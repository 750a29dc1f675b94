/** Documents that somebody is still typing, table by table. */
import type { Cell, Disclosure, Row, Table } from '../disclosure/model';
import { saysNoData } from '../disclosure/note';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { hasHollowRow, hasRowsToCome } from './hollow';
import { laggingIn } from './lagging';
import { isRearranged } from './cause';
import type { Mistake } from './mistakes';
import { isTelling, type SlipKind } from './solve/slips';
import { hasNoFigure, type Short, type Unfilled } from './unfilled';
import { isList, Unfinished } from './unfinished';

/** What proves nothing yet. */
export interface Open {
  /**
   * The failing relations that may hold as soon as what is blank or not written is there, each with the table
   * that lacks it. What figures contradict whatever is still to be written is not among them; nor is a table
   * that has been left for a later one with its totals printed.
   */
  readonly tables: ReadonlyMap<Evaluation, Table>;
  /** Whether a table has been left so while the text was written: it has to be filled in. */
  readonly isLeft: (table: Table) => boolean;
}

const NOTHING: Open = { tables: new Map(), isLeft: () => false };

export function openIn(
  network: Network,
  disclosure: Disclosure,
  unfilled: Unfilled,
  mistakes: readonly Mistake[],
): Open {
  const told = new Set(mistakes.filter(isMisplaced).flatMap(({ members }) => members));
  const failing = network.opened('fails').filter((member) => !told.has(member));
  if (failing.length === 0) return NOTHING;
  const untouched = new Map<Evaluation, Table>();
  for (const member of failing) {
    const table = unfilled.tableOf(member) ?? unfilled.onlyLackOf(member);
    if (table) untouched.set(member, table);
  }
  const lacksTable = [...untouched.values()].some(isOfNine);
  const begun = begunIn(network, disclosure, lacksTable, (isTextless) =>
    laggingIn(failing, mistakes, network, isTextless),
  );
  if (!begun) return NOTHING;
  const { isBegun, isLeft } = begun;
  const unfinished = new Unfinished(network);
  const open = new Map(untouched);
  const short: Short[] = [];
  const needed = new Set(untouched.values());
  for (const member of failing) {
    if (untouched.has(member)) continue;
    const all = unfinished.of(member, isBegun);
    const lacks = new Map([...all].filter(([table]) => isBegun(table) || needed.has(table)));
    const table =
      lacks.size > 0 ? undefined : (tailIn(member, isBegun) ?? ratioIn(member, network, isBegun));
    if (table) open.set(member, table);
    else if (lacks.size > 0) short.push({ member, lacks });
  }
  for (const one of short) {
    // Nobody need be short of anything in a table beside one that is not begun.
    const none = [...one.lacks.keys()].find((table) => unfilled.isNone(table));
    open.set(one.member, none ?? unfilled.likeliest(one, short));
  }
  return { tables: open, isLeft };
}

/** Figures of a table that stand in others' places leave no line of it to be written. */
const isMisplaced = ({ verdict, groups: [group] }: Mistake): boolean =>
  verdict === 'likely' && isRearranged(group);

/** Slips that the digits of a figure tell by themselves. */
const TOLD: ReadonlySet<SlipKind> = new Set<SlipKind>(['transposed', 'digit', 'missing', 'extra']);

/** So many relations miss a figure by the same before it is no accident that a slip explains all. */
const FEWEST = 2;

/**
 * The same without those that one mistyped figure explains together: what is still to be written would not
 * make up in all of them for the very same. What compares with a table that has no figure tells of that.
 */
export function withoutMistyped(
  { tables, isLeft }: Open,
  mistakes: readonly Mistake[],
  unfilled: Unfilled,
): Open {
  const told = new Set(mistakes.filter(isMistyped).flatMap(({ members }) => members));
  const remains = ([member, table]: [Evaluation, Table]) =>
    !told.has(member) || unfilled.isNone(table);
  return { tables: new Map([...tables].filter(remains)), isLeft };
}

function isMistyped({ verdict, members, sets, groups: [group], complete }: Mistake): boolean {
  const [set, ...others] = sets;
  if (members.length < FEWEST || !set) return false;
  if (group && group.probability > set.probability) return false;
  // Which of the last places it should print may be open, not which figure it is.
  const isOne = complete && others.length === 0 && set.candidates.length === 1;
  if (verdict === 'undecided' && !isOne) return false;
  return set.candidates.every(({ cell, values: [value] }) => {
    const isTold = value !== undefined && TOLD.has(value.slip.kind);
    return isTold && cell.state === 'amount' && isTelling(cell.printed);
  });
}

interface Begun {
  readonly isBegun: (table: Table) => boolean;
  readonly isLeft: Open['isLeft'];
}

/**
 * Which tables somebody is still typing; undefined where nobody seems to. That another one has no figure yet
 * of which figures speak tells it; else that the text has none at all, or that the file ends with the last one,
 * or that others ask for several lines of one.
 */
function begunIn(
  network: Network,
  disclosure: Disclosure,
  lacksTable: boolean,
  lagging: (isTextless: boolean) => ReadonlySet<Table>,
): Begun | undefined {
  const { tables, tree } = disclosure;
  const startOf = ({ entry }: Table) => tree.rangeOf(entry).start;
  const inOrder = [...tables.values()].sort((a, b) => startOf(a) - startOf(b));
  const last = inOrder.findLast((table) => isOfNine(table) && !hasNoFigure(table));
  const texts = inOrder.filter((table) => !isOfNine(table));
  const isTextless = texts.length > 0 && texts.every(hasNoFigure);
  const behind = lagging(isTextless);
  if (!lacksTable) {
    const isDraft = isTextless || (texts.length === 0 && endsEarly(inOrder, network, disclosure));
    if (last && isDraft) return begun((table) => table === last || behind.has(table));
    // Whoever has written the rows of a list goes on with their figures.
    const isOpen = (table: Table) => isToGoOn(table) || behind.has(table);
    if (!inOrder.some(isOpen)) return undefined;
    return { isBegun: isOpen, isLeft: (table) => !isToGoOn(table) };
  }
  const known = new Map<Table, boolean>();
  return begun((table) => {
    const before = known.get(table);
    if (before !== undefined) return before;
    const is =
      isOfNine(table) &&
      (table === last || behind.has(table) || leavesTotals(table) || hasHollowRow(table));
    known.set(table, is);
    return is;
  });
}

const begun = (isBegun: Begun['isBegun']): Begun => ({ isBegun, isLeft: () => false });

/**
 * Whether a file without a text stops within one of the tables of its layout that stand in order, as one does
 * that is typed from the top: at a row of a list, which others may follow, or before the end of the last line of a
 * form.
 */
function endsEarly(
  inOrder: readonly Table[],
  network: Network,
  { layout, unreadable }: Disclosure,
): boolean {
  const isNext = ({ spec }: Table, place: number) => spec.id === layout.tables[place]?.id;
  const last = inOrder.at(-1);
  const section = last?.spec.sections.at(-1);
  if (!last || !section || unreadable.size > 0 || !inOrder.every(isNext)) return false;
  if (section.codes && !section.codes.lines) return inOrder.length < layout.tables.length;
  // One that is kept with a note is all there.
  if (last.empty) return false;
  const line = section.rows.at(-1);
  const end = [...last.rows.values()].find(
    ({ spec, entry }) => spec === line && entry !== undefined,
  );
  return !end || isHalfWritten(end, last, network);
}

/** Whether some figures of a row are written, and those at its end not, or not all that others speak of. */
function isHalfWritten({ id, section, values }: Row, table: Table, network: Network): boolean {
  const columns = table.columnsOf(section);
  const end = columns.at(-1);
  if (!end || values.size === 0) return false;
  if (!values.has(end.id)) return true;
  const cells = columns.map((column) => table.cell(id, column.id));
  const lastFigure = cells.findLastIndex((cell) => cell?.state !== 'blank');
  return (
    lastFigure >= 0 && cells.slice(lastFigure + 1).some((cell) => cell && isAwaited(cell, network))
  );
}

/** Whether all that speaks of a blank has figures for it: what stays blank for good agrees with something. */
function isAwaited(cell: Cell, network: Network): boolean {
  const equations = network.of(cell).filter(({ relation }) => relation.comparator === 'eq');
  return equations.length > 0 && equations.every(({ outcome }) => outcome === 'fails');
}

/** Of two copies that differ by one last place, the table whose rows may be what explains it. */
function tailIn(
  { copy, measure, relation: { left, right } }: Evaluation,
  isBegun: (table: Table) => boolean,
): Table | undefined {
  const gap = measure ? measure.left - measure.right : 0n;
  if (!copy || gap < -2n || gap > 2n) return undefined;
  return [...left, ...right].find(({ cell }) => isList(cell) && isBegun(cell.table))?.cell.table;
}

/** Of a ratio, the table from which its amounts come: they will be others. */
function ratioIn(
  { relation: { right, base } }: Evaluation,
  { expansion }: Network,
  isBegun: (table: Table) => boolean,
): Table | undefined {
  for (const { table } of base ? expansion.sourcesOf([...right, ...base]) : []) {
    if (isBegun(table)) return table;
  }
  return undefined;
}

const isToGoOn = (table: Table) => isOfNine(table) && hasRowsToCome(table);

const isOfNine = ({ spec }: Table) => spec.section === undefined;

/** Whether nobody has said what a table comes to. */
export const leavesTotals = (table: Table) =>
  !saysNoData(table) &&
  [...table.rows.values()].some(
    ({ id, spec, values }) =>
      spec?.total === true &&
      [...values.keys()].some((column) => table.cell(id, column)?.state === 'derived'),
  );
