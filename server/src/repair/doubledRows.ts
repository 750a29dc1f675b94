/** Rows of a list that repeat the figures of another one under a code of their own. */
import { codePlaces, type CodePlace } from '../catalog/places';
import { abs, isSameAmount, printedAmount } from '../disclosure/amount';
import type { Disclosure, Row, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import { groupBy } from '../syntax/multimap';
import type { Cause } from './cause';
import { figuresOf } from './displaced';
import type { SlipKind } from './solve/slips';
import {
  causeOfSettled,
  causesWith,
  FEWEST_SETTLED,
  type Settled,
  settledIn,
  toExplain,
} from './supposition';

/** The document evaluated anew without a row; undefined where it cannot be taken out. */
export type WithoutRow = (table: Table, row: Row) => Network | undefined;

interface Double {
  readonly table: Table;
  readonly row: Row;
  /** The row whose figures it repeats. */
  readonly twin: Row;
}

interface Found extends Double {
  readonly settled: Settled;
}

/** Trying one costs as much as evaluating the document. */
const MOST_TRIED = 3;

/**
 * Tells of a row that was written twice, once under a code that nothing else in the document has: without it all that it
 * fails holds, and nothing else fails. Where the document would do without either of the two nobody knows which is too many.
 */
export function withDoubledRows(
  causes: readonly Cause[],
  network: Network,
  disclosure: Disclosure,
  withoutRow: WithoutRow,
): Cause[] {
  const tables = [...disclosure.tables.values()].filter(({ spec }) => spec.section === undefined);
  const failing = toExplain(causes.filter(isNoEmptying), network, disclosure, tables);
  if (failing.length === 0) return [...causes];
  const found = doublesIn(tables, failing, network, disclosure)
    .slice(0, MOST_TRIED)
    .flatMap((double): Found[] => {
      const after = withoutRow(double.table, double.row);
      const spoken = new Set(
        failing.filter((one) => speaksOf(one, double, network)).map(({ relation: { id } }) => id),
      );
      const settled =
        after &&
        settledIn(network, after, {
          isToHold: ({ relation }) => spoken.has(relation.id),
          fewest: 1,
        });
      const isTooMany =
        settled && isExceeded(settled, double, network) && !isSlip(causes, settled, double);
      return isTooMany ? [{ ...double, settled }] : [];
    });
  return causesWith(causes, found, causeOf);
}

/** Whether a sum that has both rows is off by their very figure: what no longer applies without one of them tells nothing. */
function isExceeded(
  { relations }: Settled,
  { table, row, twin }: Double,
  { expansion }: Network,
): boolean {
  const amounts = [...row.values.keys()].flatMap((id) => table.cell(row.id, id)?.amount ?? []);
  return [...relations].some(({ relation, measure }) => {
    const cells = [...expansion.sourcesOf(operandsOf(relation))];
    const isOfBoth = [row, twin].every((one) =>
      cells.some((cell) => cell.table === table && cell.row === one),
    );
    if (!measure || !isOfBoth) return false;
    const gap = abs(measure.left - measure.right) / 2n;
    const off = printedAmount(gap, measure.place);
    return amounts.some((one) => isSameAmount(one, off));
  });
}

/** Whether what little a row fails may as well be one mistyped digit of another figure. */
function isSlip(causes: readonly Cause[], { relations }: Settled, { row }: Double): boolean {
  if (relations.size >= FEWEST_SETTLED) return false;
  return causes.some(
    ({ members, sets }) =>
      members.some((one) => relations.has(one)) &&
      sets.some(({ candidates: [first, ...more] }) => {
        const isOther = first && more.length === 0 && first.cell.row !== row;
        return isOther && first.values.some(({ slip }) => OF_DIGITS.has(slip.kind));
      }),
  );
}

const OF_DIGITS: ReadonlySet<SlipKind> = new Set<SlipKind>([
  'digit',
  'transposed',
  'missing',
  'extra',
  'shift',
]);

/** That a figure would have to be nothing is what a row too many comes to. */
const isNoEmptying = ({ candidates: [first] }: Cause): boolean => first?.values[0]?.units !== 0n;

/** Rows that print what another one prints, of a code that stands nowhere else. */
function doublesIn(
  tables: readonly Table[],
  failing: readonly Evaluation[],
  network: Network,
  disclosure: Disclosure,
): Double[] {
  const doubles = tables.flatMap((table) => {
    const alike = groupBy(rowsOf(table), (row) => keyOf(row, table));
    return [...alike.values()].flatMap((rows): Double[] =>
      rows.length < 2
        ? []
        : rows.map((row) => ({ table, row, twin: rows.find((other) => other !== row)! })),
    );
  });
  if (doubles.length === 0) return [];
  const used = groupBy(codePlaces(disclosure), ({ code }) => code);
  return doubles.filter(
    (double) =>
      isOnlyUse(double.row, used) && failing.some((one) => speaksOf(one, double, network)),
  );
}

/** Whether nothing else has a code, nor one of its sub-subjects. */
const isOnlyUse = ({ code }: Row, used: ReadonlyMap<string, readonly CodePlace[]>): boolean =>
  [...used].every(
    ([other, places]) => !other.startsWith(code!) || (other === code && places.length === 1),
  );

const rowsOf = ({ rows }: Table): Row[] =>
  [...rows.values()].filter(({ code, entry }) => code !== undefined && entry !== undefined);

/** What a row prints, with the level it stands on; a row that prints nothing is like no other. */
function keyOf(row: Row, table: Table): string {
  const { id, section, code } = row;
  const columns = section.columns.map((column) => column.id);
  const figures = figuresOf(row, table, columns);
  return figures === '' ? id : [section.id, code!.length, figures].join(' ');
}

const speaksOf = ({ relation }: Evaluation, { table, row }: Double, { expansion }: Network) =>
  [...expansion.sourcesOf(operandsOf(relation))].some(
    (cell) => cell.table === table && cell.row === row,
  );

function causeOf({ table, row, twin, settled }: Found): Cause {
  const [column] = row.values.keys();
  const [first] = settled.relations;
  const group = {
    kind: 'doubled-row',
    probability: 1,
    changes: new Map<never, never>(),
  } as const;
  return {
    ...causeOfSettled(
      (column === undefined ? undefined : table.cell(row.id, column)) ??
        first!.relation.left[0]!.cell,
      settled,
      { ...group, table, row: row.code!, code: twin.code! },
    ),
    id: `doubled:${table.id}/${row.id}`,
    at: row.entry!.key,
  };
}
