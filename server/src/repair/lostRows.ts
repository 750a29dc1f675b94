/** Rows that a table has lost while others still tell of them. */
import { codePlaces, type CodePlace } from '../catalog/places';
import { isSameAmount, type Amount } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure, type Row, type Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import type { Cause } from './cause';
import { isHollow } from './hollow';
import { completed, isUnwritten, nameOf, splitSomehow, Telling, twinsOf } from './lostFigures';
import { itemsLeftOut, itemsNamed } from './lostItems';
import { linesLackedBy, restOfLine } from './lostLines';
import { hasFixedRows } from './plain';
import {
  causesWith,
  FEWEST_SETTLED,
  isOneFigure,
  MOST_FAILING,
  settledIn,
  toExplain,
  type Settled,
} from './supposition';
import { hasNoFigure } from './unfilled';

/** A row as the rest of the document tells of it. */
export interface LostRow {
  readonly table: Table;
  /** The code of a subject, the id of a line of a form. */
  readonly row: string;
  /** By column what it would have to print; of others nobody knows anything. */
  readonly figures: ReadonlyMap<string, Amount>;
}

/** The document evaluated anew with a row more; undefined where it cannot be written. */
export type WithRow = (row: LostRow) => Evaluated | undefined;

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
  withRow: WithRow,
): Cause[] {
  const certain = causes.filter(({ verdict }) => verdict === 'certain');
  const tables = [...disclosure.tables.values()].filter((table) => isList(table) || isForm(table));
  const open = new Set(causes.flatMap(({ groups, members }) => (isTold(groups) ? [] : members)));
  const failing = toExplain(certain, network, disclosure, tables)
    .filter((one) => open.has(one))
    .slice(0, MOST_FAILING);
  if (failing.length === 0) return [...causes];
  const rows = suppositions(failing, tables, network, disclosure);
  const found = rows.slice(0, MOST_TRIED).flatMap((row): Found[] => {
    const tried = tryOut(row, network, withRow);
    if (!tried || leavesOpen(causes, tried.settled)) return [];
    // One figure that may be wrong weighs less than one that another table prints beside the code.
    const weighed = row.isPrinted && !row.isNamed ? certain : causes;
    return isOneFigure(weighed, tried.settled.relations) ? [] : [tried];
  });
  // Of rows that would do alike the one that is printed elsewhere with that figure.
  return causesWith(causes, found, causeOf, (one, other) => other.isPrinted >= one.isPrinted);
}

/** What a row settles; of a line of a form, with what its other columns have to print for the rest to hold. */
function tryOut(row: Supposition, before: Network, withRow: WithRow): Found | undefined {
  const after = withRow({ ...row, figures: row.whole });
  const own = after && settledBy(before, after.network, row);
  const found = own && { ...row, settled: own };
  const isAll = after?.network.counts.fails === 0;
  const figures = row.isLine && !isAll ? restOfLine(row, after) : undefined;
  const whole = figures && withRow({ ...row, figures });
  const settled = whole && settledBy(before, whole.network, row);
  const isMore = settled && settled.relations.size > (own?.relations.size ?? 0);
  return isMore ? { ...row, figures, settled } : found;
}

/** Whether more than the row is still to be written: then somebody is writing, and has lost nothing. */
const leavesOpen = (causes: readonly Cause[], { relations }: Settled) =>
  causes.some(({ groups: [group], members }) => {
    if (group?.kind !== 'unfinished' && group?.kind !== 'unfilled') return false;
    const left = members.filter((one) => !relations.has(one)).length;
    return left > 0 && left < members.length;
  });

/** Whether a row of the same table has been found to have a wrong code instead. */
const isTold = ([group]: Cause['groups']) => group?.kind === 'miscoded';

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
          const { wants, speaking } = telling.wantsOf(table, row);
          if (wants.size === 0) return [];
          const others = codePlaces(disclosure).filter(({ code }) => code === row);
          const twins = twinsOf(table, row, others, network);
          const figures = completed(table, row, wants, twins);
          const whole = splitSomehow(table, row, figures, twins);
          const isNamed = named.has(row);
          const isPrinted = isNamed || others.some((place) => prints(place, [...wants.values()]));
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

/** Codes of which something that fails speaks, or which a table of the same subjects lists. */
function codesLackedBy(
  table: Table,
  failing: readonly Evaluation[],
  { tables }: Disclosure,
): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const { relation } of failing) {
    const operands = operandsOf(relation);
    const isToldOf = operands.some(({ cell }) => cell.table !== table && isNonZero(cell));
    for (const { cell } of operands) {
      if (cell.table !== table || !cell.row.code || !isUnwritten(cell)) continue;
      if (cell.row.section.id === '' || (isToldOf && isSplit(cell))) codes.add(nameOf(cell.row));
    }
  }
  if (!isSister(table)) return codes;
  const others = [...tables.values()].filter((other) => other !== table && isSister(other));
  if (codes.size === 0 && others.length === 0) return codes;
  const printed = codesPrintedIn(table);
  for (const other of others) {
    for (const code of codesPrintedIn(other)) if (!printed.has(code)) codes.add(code);
  }
  if (codes.size === 0) return codes;
  // A subject whose sub-subjects a table prints need not be printed itself.
  const above = new Set(
    [...printed].flatMap((code) => Array.from(code, (_, at) => code.slice(0, at + 1))),
  );
  return new Set([...codes].filter((code) => !above.has(code)));
}

/** Whether others list the same subjects. */
const isSister = ({ spec }: Table): boolean => vocabulary.sisters.includes(spec.id);

/** Of a line of a form with one figure it is told at that. */
const isSplit = ({ table, row }: Cell) => table.columnsOf(row.section).length > 1;

/** Rows that print nothing but their code aside. */
function codesPrintedIn(table: Table): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const row of table.rows.values()) {
    if (row.entry && row.code !== undefined && !isHollow(row, table)) codes.add(row.code);
  }
  return codes;
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
    id: `row:${table.id}/${row}`,
    verdict: 'likely',
    cell,
    at: (own ?? rowAbove(table, cell.row)?.entry ?? table.entry).key,
    members: [...settled.relations],
    facts: settled.facts,
    candidates: [],
    sets: [],
    groups: [{ ...group, table, row, figures }],
    complete: true,
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
