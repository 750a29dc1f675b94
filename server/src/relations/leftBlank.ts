/** Totals that somebody has left blank beside the figures that they come to. */
import { isBlankLine, isNonZero, type Cell } from '../disclosure/model';
import type { Relation } from './relation';
import { isStructural } from './rounding';

/**
 * Where a table leaves to the server what it comes to, a blank total is one that is not filled in yet: that
 * it is nothing would make each figure below it wrong. Such cells, with what they come to being counted in
 * a sum of 自动; where totals are printed a blank is nothing.
 */
export function leftBlank(relations: readonly Relation[]): Set<Cell> {
  const totals = totalsIn(relations);
  const counted = countedIn(totals);
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
  return new Set([...counted].filter((cell) => isBlankLine(cell) && comesTo(cell)));
}

/** By total of a table, what it comes to. */
function totalsIn(relations: readonly Relation[]): Map<Cell, Cell[]> {
  const totals = new Map<Cell, Cell[]>();
  for (const { rule, left, right, base, comparator } of relations) {
    const [only, ...more] = left;
    if (!only || more.length > 0 || base || comparator !== 'eq' || rule.kind === 'balance')
      continue;
    if (!isStructural(rule.kind) || rule.severity !== 'error' || !isOpen(only.cell)) continue;
    const known = totals.get(only.cell) ?? [];
    for (const { cell } of right) known.push(cell);
    totals.set(only.cell, known);
  }
  return totals;
}

/** What totals that are left to the server come to, and what those parts come to that are blank. */
function countedIn(totals: ReadonlyMap<Cell, readonly Cell[]>): Set<Cell> {
  const counted = new Set<Cell>();
  const open = [...totals.keys()].filter(({ state }) => state === 'derived');
  for (let total = open.pop(); total; total = open.pop()) {
    for (const part of totals.get(total) ?? []) {
      if (counted.has(part)) continue;
      counted.add(part);
      if (isBlankLine(part)) open.push(part);
    }
  }
  return counted;
}

const isOpen = (cell: Cell) => cell.state === 'derived' || isBlankLine(cell);
