/** Rows of a list of which nothing is left but the code: what they have to print is told once. */
import type { Amount } from '../disclosure/amount';
import type { Row } from '../disclosure/model';
import { groupBy } from '../syntax/multimap';
import type { Cause } from './cause';
import { isHollow } from './hollow';

/** The same with one cause for all blanks of such a row that are located. */
export function withEmptiedRows(causes: readonly Cause[]): Cause[] {
  const emptied = causes.filter(isOfEmptied);
  if (emptied.length === 0) return [...causes];
  const told = new Map<Cause, Cause>();
  for (const [row, own] of groupBy(emptied, ({ cell }) => cell.row)) {
    const one = ofRow(row, own);
    if (one) for (const cause of own) told.set(cause, one);
  }
  return [...new Set(causes.map((cause) => told.get(cause) ?? cause))];
}

const isOfEmptied = ({ verdict, cell }: Cause): boolean =>
  (verdict === 'certain' || verdict === 'likely') &&
  cell.state === 'blank' &&
  !cell.row.name &&
  isHollow(cell.row, cell.table);

function ofRow(row: Row, causes: readonly Cause[]): Cause | undefined {
  const [first] = causes;
  const { table } = first!.cell;
  const figures = new Map<string, Amount>();
  for (const { cell, values } of causes.flatMap(({ candidates }) => candidates)) {
    const [value] = values;
    if (cell.row === row && value && value.units > 0n) figures.set(cell.column.id, value);
  }
  // One figure is told at its own place.
  if (figures.size < 2) return undefined;
  const group = { kind: 'emptied-row', probability: 1, changes: new Map<never, never>() } as const;
  return {
    ...first!,
    id: `row:${table.id}/${row.id}`,
    verdict: 'likely',
    at: row.entry!.key,
    members: [...new Set(causes.flatMap(({ members }) => members))],
    candidates: [],
    sets: [],
    groups: [{ ...group, table, row: row.id, figures }],
  };
}
