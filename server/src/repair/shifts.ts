import { halves, power } from '../disclosure/amount';
import { amountOf, isNonZero, type Cell, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { Operand } from '../relations/relation';

/** Amounts of a table that stand one row off against the labels of their rows. */
export interface RowShift {
  readonly table: Table;
  /** Of one of the columns, the amounts that moved, in printed order. */
  readonly cells: readonly Cell[];
  /** All amounts of the columns concerned that are contradicted. */
  readonly wrong: ReadonlySet<Cell>;
  /** Where the amounts went: one row down or up. */
  readonly direction: 'down' | 'up';
}

/** Fewer amounts than this can meet their neighbours' by accident. */
const FEWEST = 3;

/** What a cell should print by another table, in halves of a place. */
interface Expected {
  readonly value: bigint;
  readonly place: number;
}

/**
 * Finds columns in which amounts were pasted one row off: row by row each prints what another table says
 * of its neighbour, and none what is said of itself.
 */
export function findShifts(network: Network): RowShift[] {
  const failing = new Set<Cell>();
  for (const evaluation of network.opened('fails')) {
    for (const [cell] of comparisons(evaluation)) failing.add(cell);
  }
  if (failing.size < FEWEST) return [];
  const expected = (cell: Cell) =>
    network
      .of(cell)
      .flatMap((evaluation) => [...comparisons(evaluation)])
      .findLast(([other]) => other === cell)?.[1];
  const shifts = columnsOf(failing).flatMap((column): RowShift[] => {
    const wrong = column.filter((cell) => failing.has(cell));
    const down = along(column, wrong, expected, 1);
    const up = along(column, wrong, expected, -1);
    const cells = down.length >= FEWEST ? down : up;
    if (cells.length < FEWEST) return [];
    const direction = cells === down ? 'down' : 'up';
    return [{ table: cells[0]!.table, cells, wrong: new Set(wrong), direction }];
  });
  return byTable(shifts, network);
}

/**
 * One shift a table, the most contradicted first: where one table is shifted, the other one seems to be
 * too, the other way round. Of two that nothing else tells apart it is the later one, which repeats.
 */
function byTable(shifts: readonly RowShift[], network: Network): RowShift[] {
  const merged = new Map<string, RowShift>();
  for (const shift of shifts) {
    const key = `${shift.table.id} ${shift.direction}`;
    const known = merged.get(key);
    const wrong = new Set([...(known?.wrong ?? []), ...shift.wrong]);
    merged.set(key, { ...(known ?? shift), wrong });
  }
  const evidence = ({ wrong }: RowShift) =>
    [...wrong].flatMap((cell) => network.of(cell)).filter(({ outcome }) => outcome === 'fails')
      .length;
  return [...merged.values()].reverse().sort((a, b) => evidence(b) - evidence(a));
}

/** Cells that a relation equates alone with something else. */
function* comparisons({ relation, measure }: Evaluation): Iterable<[Cell, Expected]> {
  const { rule, left, right, base, comparator } = relation;
  if (rule.kind !== 'equal' || comparator !== 'eq' || base || !measure) return;
  const { place } = measure;
  const [one] = figures(left);
  const [other] = figures(right);
  if (one && figures(left).length === 1 && one.coefficient === 1) {
    yield [one.cell, { value: measure.right, place }];
  }
  if (other && figures(right).length === 1 && other.coefficient === 1) {
    yield [other.cell, { value: measure.left, place }];
  }
}

const figures = (operands: readonly Operand[]) => operands.filter(({ cell }) => isNonZero(cell));

/** The code rows of every column that holds one of the cells, in printed order. */
function columnsOf(cells: ReadonlySet<Cell>): Cell[][] {
  const columns = new Map<string, Cell[]>();
  for (const { table, row, column } of cells) {
    const key = `${table.id}/${row.section.id}/${column.id}`;
    if (row.code === undefined || columns.has(key)) continue;
    const rows = [...table.rows.values()].filter(
      (other) => other.section === row.section && other.code !== undefined && other.printed,
    );
    columns.set(
      key,
      rows.flatMap(({ id }) => table.cell(id, column.id) ?? []),
    );
  }
  return [...columns.values()];
}

/** The wrong cells whose neighbour on one side should print what they do, and those neighbours. */
function along(
  column: readonly Cell[],
  wrong: readonly Cell[],
  expected: (cell: Cell) => Expected | undefined,
  step: 1 | -1,
): Cell[] {
  const moved = wrong.filter((cell) => {
    const origin = column[column.indexOf(cell) - step];
    const says = origin && expected(origin);
    return says !== undefined && isNonZero(cell) && prints(cell, says);
  });
  // A few that meet by accident among many that do not prove nothing.
  return 2 * moved.length > wrong.length ? moved : [];
}

function prints(cell: Cell, { value, place }: Expected): boolean {
  const amount = amountOf(cell);
  const finer = Math.min(amount.place, place);
  return halves(amount, finer) === value * power(place - finer);
}
