/** Rows that a table has lost while others still tell of them. */
import { codePlaces, type CodePlace } from '../catalog/places';
import { isSameAmount, type Amount } from '../disclosure/amount';
import type { Cell, Disclosure, Row, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import type { Cause, LostRow } from './cause';
import { hasSubjectToCome } from './hollow';
import { codesLackedBy } from './lostCodes';
import { completed, nameOf, splitSomehow, Telling, twinsOf } from './lostFigures';
import { itemsLeftOut, itemsNamed } from './lostItems';
import { linesLackedBy, restOfLine } from './lostLines';
import { hasFixedRows } from './plain';
import {
  causeOfSettled,
  causesWith,
  FEWEST_SETTLED,
  isOneFigure,
  MOST_FAILING,
  type Settled,
  settledIn,
  toExplain,
  untold,
} from './supposition';
import { hasNoFigure } from './unfilled';
import { WholeLists } from './wholeLists';

/** The document evaluated anew with rows more; undefined where they cannot be written. */
export type WithRows = (rows: readonly LostRow[]) => Evaluated | undefined;

export interface Evaluated {
  readonly network: Network;
  readonly disclosure: Disclosure;
}

interface Supposition extends LostRow {
  /** The same with what is not known supposed somehow. */
  readonly whole: LostRow['figures'];
  /** What fails by the very figures of the row. */
  readonly speaking: readonly Evaluation[];
  /** Whether another place prints one of them beside the code. */
  readonly isPrinted: boolean;
  /** Whether it is a line of a form, rather than a subject. */
  readonly isLine?: boolean;
  /** Whether a list of a text names it. */
  readonly isNamed?: boolean;
}

interface Found extends Supposition {
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 3;

/**
 * Tells of failing relations that one row explains which a table lacks and others speak of. As each wrong
 * code, each row is tried on the whole document: all that speaks of it has to hold with it, and nothing
 * else may fail.
 */
export function withLostRows(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  withRows: WithRows,
): Cause[] {
  const certain = causes.filter(({ verdict }) => verdict === 'certain');
  const tables = [...disclosure.tables.values()].filter((table) => isList(table) || isForm(table));
  const failing = untold(causes, toExplain(certain, network, disclosure, tables)).slice(
    0,
    MOST_FAILING,
  );
  if (failing.length === 0) return [...causes];
  const rows = suppositions(failing, tables, network, disclosure);
  const found = rows.slice(0, MOST_TRIED).flatMap((row): Found[] => {
    const tried = tryOut(row, network, withRows);
    if (!tried || isBeingFilledIn(row, causes) || leavesOpen(causes, tried.settled)) return [];
    // One figure that may be wrong weighs less than one that another table prints beside the code.
    const weighed = row.isPrinted && !row.isNamed ? certain : causes;
    return isOneFigure(weighed, tried.settled.relations) ? [] : [tried];
  });
  const told = causes.reduce((rows, cause) => withAllOf(cause, rows, withRows), found);
  // Of rows that would do alike the one that is printed elsewhere with that figure.
  return causesWith(causes, told, causeOf, (one, other) => other.isPrinted >= one.isPrinted);
}

/** What a row settles; of a line of a form, with what its other columns have to print for the rest to hold. */
function tryOut(row: Supposition, before: Network, withRows: WithRows): Found | undefined {
  const after = withRows([{ ...row, figures: row.whole }]);
  const own = after && settledBy(before, after.network, row);
  const found = own && { ...row, settled: own };
  const isAll = after?.network.counts.fails === 0;
  const figures = row.isLine && !isAll ? restOfLine(row, after) : undefined;
  const whole = figures && withRows([{ ...row, figures }]);
  const settled = whole && settledBy(before, whole.network, row);
  const isMore = settled && settled.relations.size > (own?.relations.size ?? 0);
  return isMore ? { ...row, figures, settled } : found;
}

/**
 * Of a table that lacks several rows these are told where they explain together all that comes of it; else that the
 * table lacks some.
 */
function withAllOf(
  { groups: [group], members }: Cause,
  found: Found[],
  withRows: WithRows,
): Found[] {
  if (group?.kind !== 'unfinished' || group.isBegun !== false) return found;
  const [first, ...others] = found.filter(({ table }) => table === group.table);
  if (!first) return found;
  const rows = [first, ...others];
  const left = new Set(
    withRows(rows.map((row) => ({ ...row, figures: row.whole })))
      ?.network.opened('fails')
      .map(({ relation }) => relation.id) ?? members.map(({ relation }) => relation.id),
  );
  const rest = found.filter((one) => !rows.includes(one));
  if (members.some(({ relation }) => left.has(relation.id))) return rest;
  const given = new Set(others.flatMap(({ settled }) => [...settled.relations]));
  const own = members.filter((one) => !given.has(one));
  const relations = new Set([...first.settled.relations, ...own]);
  return [...rest, { ...first, settled: { ...first.settled, relations } }, ...others];
}

/** Whether other rows of a table that somebody is typing have no figure, either. */
const isBeingFilledIn = ({ table, row }: LostRow, causes: readonly Cause[]): boolean =>
  hasSubjectToCome(table, table.rows.get(row)) &&
  causes.some(({ groups: [group] }) => {
    return group?.kind === 'unfinished' && group.table === table && group.isBegun !== false;
  });

/** Whether more than the row is still to be written: then somebody is writing, and has lost nothing. */
const leavesOpen = (causes: readonly Cause[], { relations }: Settled) =>
  causes.some(({ groups: [group], members }) => {
    if (group?.kind !== 'unfinished' && group?.kind !== 'unfilled') return false;
    if (group.isBegun === false) return false;
    const left = members.filter((one) => !relations.has(one)).length;
    return left > 0 && left < members.length;
  });

/** Tables that say themselves which subjects they list, and that somebody has begun. */
function isList(table: Table): boolean {
  const { spec, empty } = table;
  if (spec.section !== undefined || empty || hasNoFigure(table)) return false;
  return spec.sections.some(
    (section) => section.codes && !section.codes.lines && !hasFixedRows(section),
  );
}

/** Forms whose lines do not depend on the subject, and that somebody has begun. */
const isForm = (table: Table): boolean =>
  table.spec.section === undefined && !table.empty && !hasNoFigure(table) && hasLines(table);

const hasLines = ({ spec }: Table) => spec.sections.some(hasFixedRows);

/** Rows that tables lack, those of which most that fails speaks first. */
function suppositions(
  failing: readonly Evaluation[],
  tables: readonly Table[],
  network: Network,
  disclosure: Disclosure,
): Supposition[] {
  const telling = new Telling(failing, network);
  // One figure that is wrong fails as much as one relation: then a row is tried only if something else speaks of it.
  const isAlone = failing.length < FEWEST_SETTLED;
  const lists = new WholeLists(network.tables);
  return tables
    .flatMap((table) => {
      const named = itemsNamed(table, network);
      const codes = isAlone
        ? named
        : new Set([
            ...codesLackedBy(table, failing, disclosure),
            ...itemsLeftOut(table, disclosure.year),
            ...named,
          ]);
      const lines = isAlone ? [] : [...linesLackedBy(table, failing)];
      return [
        ...[...codes].flatMap((row): Supposition[] => {
          const others = codePlaces(disclosure).filter(({ code }) => code === row);
          const isSaid = (amounts: ReadonlyMap<string, Amount>) =>
            others.some((place) => prints(place, [...amounts.values()]));
          const isOnly = lists.lackedBy(table).length < 2;
          // What several rows lack together is the figure of none of them, unless somebody prints it.
          const all = telling.wantsOf(table, row);
          const { wants, speaking } =
            isOnly || isSaid(all.wants) ? all : telling.wantsOf(table, row, false);
          if (wants.size === 0) return [];
          const twins = twinsOf(table, row, others, network);
          const figures = completed(table, row, wants, twins);
          const whole = splitSomehow(table, row, figures, twins);
          const isNamed = named.has(row);
          const isPrinted = isNamed || isSaid(wants);
          if (!isPrinted && !isOnly) return [];
          return [{ table, row, figures, whole, speaking, isPrinted, isNamed }];
        }),
        ...lines.flatMap((row): Supposition[] => {
          const { wants, speaking } = telling.wantsOf(table, row);
          if (wants.size === 0) return [];
          const line = { table, row, figures: wants, whole: wants };
          return [{ ...line, speaking, isPrinted: true, isLine: true }];
        }),
      ];
    })
    .sort(
      (a, b) =>
        b.speaking.length - a.speaking.length || (b.isPrinted ? 1 : 0) - (a.isPrinted ? 1 : 0),
    );
}

function prints({ table, row }: CodePlace, amounts: readonly Amount[]): boolean {
  if (!table || !row) return false;
  return [...row.values.keys()].some((column) => {
    const amount = table.cell(row.id, column)?.amount;
    return amount !== undefined && amounts.some((one) => isSameAmount(one, amount));
  });
}

/** What no longer fails with the row; undefined where that is not all that speaks of it. */
function settledBy(
  before: Network,
  after: Network,
  { table, row, speaking, isNamed = false }: Supposition,
): Settled | undefined {
  const isOwn = (cell: Cell) => cell.table.id === table.id && nameOf(cell.row) === row;
  const settled = settledIn(before, after, {
    isToHold: ({ relation }) => operandsOf(relation).some(({ cell }) => isOwn(cell)),
    ...(isNamed && { fewest: 1 }),
  });
  return settled && speaking.every((one) => settled.relations.has(one)) ? settled : undefined;
}

function causeOf({ table, row, figures, settled }: Found): Cause {
  const [first] = figures.keys();
  const cell = table.cell(row, first!)!;
  const own = cell.row.entry;
  const kind = own ? 'emptied-row' : 'lost-row';
  const group = { kind, probability: 1, changes: new Map<never, never>() } as const;
  return {
    ...causeOfSettled(cell, settled, { ...group, table, row, figures }),
    id: `row:${table.id}/${row}`,
    at: (own ?? rowAbove(table, cell.row)?.entry ?? table.entry).key,
  };
}

/** The nearest subject above that a table prints: it exceeds what stands below it. */
function rowAbove({ rows }: Table, { section, code = '' }: Row): Row | undefined {
  let above: Row | undefined;
  for (const row of rows.values()) {
    if (!row.entry || row.section !== section || row.code === undefined) continue;
    const isAbove = code.startsWith(row.code) && row.code.length < code.length;
    if (isAbove && row.code.length > (above?.code?.length ?? 0)) above = row;
  }
  return above;
}
