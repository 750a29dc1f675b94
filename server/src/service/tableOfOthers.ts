/** What a table has to print in which nobody has written a figure, as far as the figures of other tables determine it. */
import { codePlaces } from '../catalog/places';
import {
  halves,
  isSameAmount,
  printedAmount,
  writeAmount,
  ZERO,
  type Amount,
} from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure, type Table } from '../disclosure/model';
import { vocabulary, type SectionSpec, type TableSpec } from '../disclosure/vocabulary';
import { difference as weighedDifference } from '../relations/expansion';
import type { Network } from '../relations/network';
import { operandsOf, type Relation } from '../relations/relation';
import { leavesTotals } from '../repair/begun';
import { nameOf, sumOf } from '../repair/lostFigures';
import { leastOf } from '../syntax/arrays';
import { evaluateAgain, isLarge } from './again';
import type { Analysis } from './analysis';
import type { Content } from './skeleton/written';

/** A file with that content in the table; undefined where it cannot be written. */
export type WithContent = (content: Content) => string | undefined;

interface Evaluated {
  readonly table: Table;
  readonly network: Network;
}

/** By row and column. */
type Figures = Map<string, Map<string, Amount>>;

/** How a table is written. */
interface Form {
  readonly section: SectionSpec;
  readonly columns: SectionSpec['columns'];
  readonly exponent: number;
  /** Whether the file leaves what its tables come to to the server. */
  readonly isLeft: boolean;
}

/**
 * The total of a table, and its rows: the subjects of which the table of all money prints more than the tables of other
 * money do, in the classes of which others say that there is this money. Undefined where it is not told what
 * subjects these are. A figure of a row that nobody tells stays blank.
 * @param printed what the table prints of its total already: then it lists the subjects that others do, if no more is told
 */
export function tableOfOthers(
  spec: TableSpec,
  analysis: Analysis,
  withContent: WithContent,
  printed?: ReadonlyMap<string, Amount>,
): Content | undefined {
  const { disclosure } = analysis;
  const [section] = spec.sections;
  const total = section?.rows.find((row) => row.total);
  if (!disclosure || !total || !section?.codes || isLarge(disclosure)) return undefined;
  const form: Form = {
    section,
    columns: columnsIn(spec, section, disclosure),
    exponent: disclosure.unit.exponent,
    isLeft:
      !printed &&
      [...disclosure.tables.values()].some((table) => table.id !== spec.id && leavesTotals(table)),
  };
  const evaluated = (figures: Figures): Evaluated | undefined => {
    const text = withContent(contentOf(figures, form));
    const after = text === undefined ? undefined : evaluateAgain(analysis, text);
    const table = after?.disclosure.tables.get(spec.id);
    return table && { table, network: after!.network };
  };
  // What the table comes to, as others say.
  const totals: Figures = new Map([[total.id, new Map<string, Amount>(printed)]]);
  const empty = evaluated(totals);
  if (!empty) return undefined;
  complete(totals, empty, { isByOthers: true });
  // Of every subject of other tables, what these leave for it.
  const open: Figures = new Map(totals);
  for (const code of codesBeside(disclosure, section)) open.set(code, new Map());
  const bare = printed && open.size > totals.size ? contentOf(open, form) : undefined;
  const supposed = evaluated(open);
  const rows = supposed && rowsLeft(supposed);
  if (!rows) return bare;
  const figures: Figures = new Map([...totals, ...rows]);
  const listed = evaluated(figures);
  if (!listed) return undefined;
  complete(figures, listed, { isAll: printed !== undefined });
  const written = evaluated(figures);
  return written && !isContradicted(written) ? contentOf(figures, form) : bare;
}

const columnsIn = ({ id }: TableSpec, { columns }: SectionSpec, { layout }: Disclosure) => {
  const own = layout.tables.find((table) => table.id === id)?.columns;
  return columns.filter((column) => !own || own.includes(column.id));
};

/** The subjects that the tables list which list all of them, in their order. */
function codesBeside(disclosure: Disclosure, { codes }: SectionSpec): readonly string[] {
  const found = new Set<string>();
  for (const { table, code, classification } of codePlaces(disclosure)) {
    if (!table || !vocabulary.sisters.includes(table.spec.id)) continue;
    if (classification === codes?.classification && codes.levels.includes(code.length))
      found.add(code);
  }
  return [...found].sort();
}

/** A row a line; a figure that is not known is blank. */
function contentOf(figures: Figures, { columns, section, exponent, isLeft }: Form): Content {
  const rows = [...figures.values()].slice(1);
  const textOf = (own: ReadonlyMap<string, Amount>, column: string, isTotal: boolean): string => {
    const isKnown = rows.length > 0 && rows.every((row) => row.has(column));
    if (isTotal && isLeft && isKnown) return vocabulary.derived;
    const amount = own.get(column);
    return amount && amount.units !== 0n ? writeAmount(amount, exponent) : '';
  };
  const entries = [...figures].map(([row, own]) => {
    const total = section.rows.find(({ id }) => id === row);
    const cells = columns.map(
      ({ id, key }) => [key, textOf(own, id, total !== undefined)] as const,
    );
    return [total?.key ?? row, { cells }] as const;
  });
  return { entries };
}

/**
 * Writes down what an equation tells that lacks one figure, as long as any does.
 * @param isByOthers whether only what speaks of another table tells anything, for no row is written yet
 * @param isAll whether a row has nothing else where its parts come to all of it
 */
function complete(
  figures: Figures,
  { table, network }: Evaluated,
  { isByOthers = false, isAll = false } = {},
): void {
  const known = new Map<Cell, Amount>();
  const isOpen = (cell: Cell) =>
    cell.table === table && cell.state !== 'amount' && !known.has(cell);
  const cells = [...figures.keys()].flatMap((row) => cellsIn(table, row));
  const nothing = isAll ? cells.filter((cell) => isOpen(cell) && isNothing(cell, figures)) : [];
  for (const cell of nothing) known.set(cell, ZERO);
  for (let isMore = true; isMore;) {
    isMore = false;
    for (const cell of cells.filter(isOpen)) {
      const amount = network.of(cell).reduce<Amount | undefined>((told, { relation }) => {
        const own = operandsOf(relation).map((operand) => operand.cell);
        const isTelling =
          relation.comparator === 'eq' &&
          own.every((other) => other === cell || !isOpen(other)) &&
          (!isByOthers || own.some((other) => other.table !== table));
        return told ?? (isTelling ? restOf(relation, cell, network, known) : undefined);
      }, undefined);
      if (!amount) continue;
      known.set(cell, amount);
      figures.get(nameOf(cell.row))!.set(cell.column.id, amount);
      isMore = true;
    }
  }
}

/** Whether the other parts of a row come to all of it. */
function isNothing({ row, column }: Cell, figures: Figures): boolean {
  const isPart = ({ sets }: Cell['column']) => sets?.includes('parts') === true;
  const own = figures.get(nameOf(row))!;
  const whole = row.section.columns.find(({ total }) => total);
  const parts = row.section.columns.flatMap((one) => (isPart(one) ? (own.get(one.id) ?? []) : []));
  const all = whole && own.get(whole.id);
  return isPart(column) && all !== undefined && parts.length > 0 && isSameAmount(sumOf(parts), all);
}

const cellsIn = (table: Table, row: string): Cell[] =>
  table.columnsOf(table.spec.sections[0]!).flatMap(({ id }) => table.cell(row, id) ?? []);

/** What a cell has to print for both sides to be equal. */
function restOf(
  { left, right, base, constant }: Relation,
  own: Cell,
  { expansion }: Network,
  known: ReadonlyMap<Cell, Amount> = new Map(),
): Amount | undefined {
  if (base || constant) return undefined;
  const weighed = weighedDifference(expansion.sum(left), expansion.sum(right));
  const weight = weighed.get(own);
  if (weight !== 1 && weight !== -1) return undefined;
  const others = [...weighed].flatMap(([cell, times]) =>
    cell === own ? [] : [{ amount: known.get(cell) ?? cell.amount, times: -times * weight }],
  );
  if (others.length === 0 || others.some(({ amount }) => amount === undefined)) return undefined;
  // What is blank says nothing of the places that are printed.
  const printed = others.flatMap(({ amount }) => (amount!.units === 0n ? [] : amount!.place));
  if (printed.length === 0) return ZERO;
  const place = leastOf(printed);
  const sum = others.reduce(
    (all, { amount, times }) =>
      amount!.units === 0n ? all : all + BigInt(times) * halves(amount!, place),
    0n,
  );
  return printedAmount(sum / 2n, place);
}

/** The rows that others leave for a table whose total is written; undefined where these may be others. */
function rowsLeft({ table, network }: Evaluated): Figures | undefined {
  const classes = new Map<string, Amount>();
  const rows: Figures = new Map();
  // Subjects of which others print the very figure, rather than a limit of it.
  const repeated = new Set<string>();
  for (const { relation } of network.evaluations) {
    const operands = operandsOf(relation);
    const own = operands.flatMap(({ cell }) =>
      cell.table === table && cell.row.code !== undefined ? cell : [],
    );
    const others = operands.flatMap(({ cell }) => (cell.table === table ? [] : cell));
    const [first] = own;
    const [other, ...more] = others;
    if (!first || !other) continue;
    const { code } = other.row;
    if (code === undefined || others.length + own.length < operands.length) continue;
    // A form prints what all subjects of a class come to.
    if (more.length === 0 && other.row.section.codes?.lines && relation.comparator === 'eq') {
      if (isNonZero(other)) classes.set(code, other.amount!);
    } else if (own.length === 1 && operands.every(({ cell }) => cell.row.code === first.row.code)) {
      const left = restOf(relation, first, network);
      if (!left || left.units <= 0n) continue;
      columnsOf(rows, first.row.code!).set(first.column.id, left);
      if (relation.comparator === 'eq') repeated.add(first.row.code!);
    }
  }
  const exact = new Map([...rows].filter(([row]) => repeated.has(row)));
  const all = [...classes].map(
    ([code, amount]) => ofClass(code, amount, rows, table) ?? ofClass(code, amount, exact, table),
  );
  const told = all.flatMap((one) => (one ? [...one] : []));
  return told.length > 0 && all.every((one) => one !== undefined) ? new Map(told) : undefined;
}

function columnsOf(rows: Figures, code: string): Map<string, Amount> {
  const known = rows.get(code) ?? new Map<string, Amount>();
  rows.set(code, known);
  return known;
}

/** The rows of a class, if they come to what it does; of one alone, whatever else may be left of it. */
function ofClass(
  code: string,
  amount: Amount,
  rows: Figures,
  { spec, rows: lines }: Table,
): Figures | undefined {
  const whole = spec.sections[0]!.columns.find(({ total }) => total)!.id;
  const own = [...rows].filter(([row, left]) => row.startsWith(code) && left.has(whole));
  const isLast = (row: string) => own.every(([other]) => other === row || !other.startsWith(row));
  const last = own.filter(([row]) => isLast(row));
  const sum = sumOf([printedAmount(0n, amount.place), ...last.map(([, one]) => one.get(whole)!)]);
  if (isSameAmount(sum, amount)) return new Map(own);
  // What the others leave is of the only subject of which nobody tells anything.
  const [open, ...others] = [...lines.values()].flatMap(({ entry, code: line = '' }) =>
    entry && line.startsWith(code) && line.length > code.length && !rows.has(line) ? line : [],
  );
  if (open !== undefined && others.length === 0 && isLess(sum, amount))
    return new Map([...own, [open, new Map([[whole, difference(amount, sum)]])]]);
  const [[only, left] = [], ...more] = last;
  if (!only || !left) return undefined;
  if (more.length > 0 || isLess(left.get(whole)!, amount)) return undefined;
  // What it has of each kind may be of other money.
  const kinds = [...left.keys()].filter((column) => column !== whole);
  const split = kinds.length === 1 ? kinds : [];
  const figures = new Map([whole, ...split].map((column) => [column, amount]));
  return new Map(own.map(([row]) => [row, new Map(figures)]));
}

function difference(one: Amount, other: Amount): Amount {
  const place = Math.min(one.place, other.place);
  return printedAmount((halves(one, place) - halves(other, place)) / 2n, place);
}

const isLess = (one: Amount, other: Amount) => {
  const place = Math.min(one.place, other.place);
  return halves(one, place) < halves(other, place);
};

/** Whether what is written of it contradicts anything, rather than what is still blank. */
const isContradicted = ({ table, network }: Evaluated): boolean =>
  network.opened('fails').some(({ relation }) => {
    const cells = operandsOf(relation).map(({ cell }) => cell);
    const isOwn = cells.some((cell) => cell.table === table);
    return isOwn && !cells.some((cell) => cell.table === table && cell.state === 'blank');
  });
