/** Totals that somebody has left blank beside the figures that they come to. */
import { isBlankLine, isNonZero, type Cell, type Row, type Table } from '../disclosure/model';
import { push } from '../syntax/multimap';
import { Pending } from './pending';
import type { Relation } from './relation';
import { isStructural } from './rounding';
import type { Rule } from './rule';

/**
 * Where a table leaves to the server what it comes to, or says nothing of it yet, a blank total is one that is not
 * filled in: that it is nothing would make each figure below it wrong. Such cells, with what they come to being counted
 * in a sum of 自动 or in no figure that is printed; where totals are printed a blank is nothing.
 */
export function leftBlank(made: readonly (Relation | Pending)[]): Set<Cell> {
  const relations = new Set(made.filter((one): one is Relation => !(one instanceof Pending)));
  const groups = new Set<unknown>();
  for (;;) {
    const totals = totalsIn(relations);
    const blank = blankIn(totals);
    const fresh = blank.filter(({ table, row }) => !groups.has(groupOf(table, row)));
    if (fresh.length === 0) return leftAmong(blank, totals, relations);
    // What plainly holds while a blank is nothing holds no more, or tells against it.
    const isAbout = aboutRowsOf(fresh);
    for (const one of made) {
      if (one instanceof Pending && isOfTotal(one.rule) && isAbout(one))
        relations.add(one.relation);
    }
    for (const { table, row } of fresh) groups.add(groupOf(table, row));
  }
}

function leftAmong(
  blank: readonly Cell[],
  totals: ReadonlyMap<Cell, readonly Cell[]>,
  relations: Iterable<Relation>,
): Set<Cell> {
  if (blank.length === 0) return new Set();
  const derived = [...totals.keys()].filter(({ state }) => state === 'derived');
  const tops = topsAmong(blank, relations);
  const counted = countedIn(totals, [...derived, ...tops]);
  for (const top of tops) counted.add(top);
  return new Set(blank.filter((cell) => counted.has(cell)));
}

/** The blank totals that come to something. */
function blankIn(totals: ReadonlyMap<Cell, readonly Cell[]>): Cell[] {
  const comes = new Map<Cell, boolean>();
  const comesTo = (cell: Cell): boolean => {
    const known = comes.get(cell);
    if (known !== undefined) return known;
    comes.set(cell, false);
    const isSomething =
      isNonZero(cell) || (isOpen(cell) && (totals.get(cell)?.some(comesTo) ?? false));
    comes.set(cell, isSomething);
    return isSomething;
  };
  return [...totals.keys()].filter((cell) => isBlankLine(cell) && comesTo(cell));
}

/** Whether a relation of this rule says what a total of a table is made of, whatever the figures are. */
export const isOfTotal = ({ kind, severity, when, unless }: Rule): boolean =>
  isStructural(kind) && kind !== 'balance' && severity === 'error' && !when && !unless;

/** The total that a relation says the parts of. */
function totalOf({ rule, left: [only, ...more], base, comparator }: Relation): Cell | undefined {
  if (!only || more.length > 0 || base || comparator !== 'eq') return undefined;
  return isOfTotal(rule) ? only.cell : undefined;
}

/** By open total of a table, what it comes to. */
function totalsIn(relations: Iterable<Relation>): Map<Cell, Cell[]> {
  const totals = new Map<Cell, Cell[]>();
  for (const relation of relations) {
    const total = totalOf(relation);
    if (!total || !isOpen(total)) continue;
    const known = totals.get(total) ?? [];
    for (const { cell } of relation.right) known.push(cell);
    totals.set(total, known);
  }
  return totals;
}

/** What totals that are left to the server come to, and what those parts come to that are blank. */
function countedIn(totals: ReadonlyMap<Cell, readonly Cell[]>, open: Cell[]): Set<Cell> {
  const counted = new Set<Cell>();
  for (let total = open.pop(); total; total = open.pop()) {
    for (const part of totals.get(total) ?? []) {
      if (counted.has(part)) continue;
      counted.add(part);
      if (isBlankLine(part)) open.push(part);
    }
  }
  return counted;
}

/**
 * Those that no printed total counts, directly or by way of others, nor stands beside: of a row of totals of which one
 * is printed the others tell what it lacks.
 */
function topsAmong(blank: readonly Cell[], relations: Iterable<Relation>): Cell[] {
  const printed = new Set<unknown>();
  const over = new Map<Cell, Cell[]>();
  for (const relation of relations) {
    const total = totalOf(relation);
    if (!total) continue;
    if (isNonZero(total)) printed.add(groupOf(total.table, total.row));
    for (const { cell } of relation.right) if (isBlankLine(cell)) push(over, cell, total);
  }
  const known = new Map<Cell, boolean>();
  const isTop = (cell: Cell): boolean => {
    let is = known.get(cell);
    if (is === undefined) {
      known.set(cell, false);
      is = !printed.has(groupOf(cell.table, cell.row)) && (over.get(cell) ?? []).every(isUncounted);
      known.set(cell, is);
    }
    return is;
  };
  const isUncounted = (total: Cell) =>
    isUnwritten(total) || total.state === 'derived' || (isBlankLine(total) && isTop(total));
  return blank.filter(isTop);
}

/** The totals that stand beside those of a row: in the row, or in the form where rows have one figure. */
const groupOf = (table: Table, row: Row): unknown =>
  table.columnsOf(row.section).length > 1 ? row : `${table.id}/${row.section.id}`;

/** Tells of what plainly holds whether it speaks of the rows of some totals, or of totals beside them. */
export function aboutRowsOf(cells: Iterable<Cell>): (pending: Pending) => boolean {
  const groups = new Set(Array.from(cells, ({ table, row }) => groupOf(table, row)));
  return (pending) => {
    let found = false;
    pending.visit({
      take({ row }, _column, _coefficient, table) {
        found ||= groups.has(groupOf(table, row));
        return !found;
      },
    });
    return found;
  };
}

const isUnwritten = ({ state, row }: Cell) => state === 'missing' && !row.broken;

/**
 * Whether other totals may be left blank once some cells print something else, given with what they were before, where
 * none was.
 * @param totalsOf what they are parts of, and they themselves where they are totals
 */
export function mayLeaveBlank(
  cells: ReadonlyMap<Cell, Cell>,
  totalsOf: (cell: Cell) => Iterable<Cell>,
): boolean {
  const isCounted = (total: Cell) =>
    [...totalsOf(total)].some((over) => over !== total && over.state === 'amount');
  for (const [cell, before] of cells) {
    const isSame =
      isNonZero(cell) === isNonZero(before) && isBlankLine(cell) === isBlankLine(before);
    if (isSame) continue;
    for (const total of totalsOf(cell)) if (isBlankLine(total) && !isCounted(total)) return true;
  }
  return false;
}

const isOpen = (cell: Cell) => cell.state === 'derived' || isBlankLine(cell);
