/** Rows of a list whose figures are those that another list prints of other subjects: they stand beside wrong codes. */
import { writeAmount } from '../disclosure/amount';
import { isNonZero, type Disclosure, type Row, type Table } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import { groupBy, push } from '../syntax/multimap';
import { causeAt, type Cause } from './cause';

/** Rows in one run with figures of other subjects: of fewer it may be chance, or a slip of each. */
const FEWEST_ROWS = 4;

/** Fewer relations fail by themselves than a table of wrong figures breaks. */
const FEWEST_FAILING = 8;

/** Of more rows nothing is compared, while somebody types. */
const MOST_ROWS = 2000;

/** So large a part of what speaks against a table may speak against the other one. */
const LARGEST_REST = 0.25;

/** A table with such rows, and the first of them with the subject whose figures it prints. */
export interface Displaced {
  readonly table: Table;
  readonly rows: readonly Row[];
  /** The table that prints the figures of the first row, and of which subject. */
  readonly sister: Table;
  readonly code: string;
  /** In how many columns they are compared. */
  readonly columns: number;
}

/** The failing relations that speak of such a table, each with what is told of it. */
export function displacedIn(
  network: Network,
  { tables }: Disclosure,
): ReadonlyMap<Evaluation, Displaced> {
  const found = new Map<Evaluation, Displaced>();
  if (network.counts.fails < FEWEST_FAILING) return found;
  const sisters = vocabulary.sisters.flatMap((id) => tables.get(id) ?? []);
  if (sisters.some(({ rows }) => rows.size > MOST_ROWS)) return found;
  const failing = network.opened('fails').map((member) => {
    const operands = operandsOf(member.relation);
    const sources = [...network.expansion.sourcesOf(operands)];
    const cells = [...operands.map(({ cell }) => cell), ...sources];
    return { member, tables: new Set(cells.map((cell) => cell.table)) };
  });
  const against = (one: Table, other: Table) =>
    failing.filter(({ tables: of }) => of.has(one) && !of.has(other)).length;
  for (const table of sisters) {
    const members = failing.filter(({ tables: of }) => of.has(table));
    // Rows are compared where that many speak against the table alone: while somebody types they seldom do.
    if (members.length < FEWEST_FAILING) continue;
    const [told] = sisters
      .filter((sister) => {
        const own = against(table, sister);
        return own >= FEWEST_ROWS && against(sister, table) <= own * LARGEST_REST;
      })
      .flatMap((sister) => runIn(table, sister) ?? [])
      .sort((a, b) => b.rows.length - a.rows.length || b.columns - a.columns);
    if (told) for (const { member } of members) found.set(member, told);
  }
  return found;
}

/** The longest run of rows that print, in order, what another list prints of other subjects than theirs. */
function runIn(table: Table, sister: Table): Displaced | undefined {
  const columns = columnsShared(table, sister);
  const others = subjectsOf(sister);
  const own = new Map(others.map((row) => [row.code, figuresOf(row, sister, columns)]));
  const places = new Map<string, number[]>();
  for (const [at, { code }] of others.entries()) push(places, own.get(code)!, at);
  let best: Displaced | undefined;
  let run: { rows: Row[]; first: number; at: number } | undefined;
  for (const row of subjectsOf(table)) {
    const text = figuresOf(row, table, columns);
    if (text === '') continue;
    const from = run ? run.at + 1 : 0;
    const at = places.get(text)?.find((place) => place >= from);
    // The figures may be those of its own subject as well: equal ones stand one below the other.
    const isOwn = text === own.get(row.code);
    if (at === undefined || (!run && isOwn)) run = undefined;
    else if (!run) run = { rows: [row], first: at, at };
    else run = { ...run, rows: isOwn ? run.rows : [...run.rows, row], at };
    if (run && run.rows.length >= FEWEST_ROWS && run.rows.length > (best?.rows.length ?? 0)) {
      best = {
        table,
        rows: run.rows,
        sister,
        code: others[run.first]!.code!,
        columns: columns.length,
      };
    }
  }
  return best;
}

const subjectsOf = ({ rows }: Table): Row[] =>
  [...rows.values()].filter(({ code, entry }) => code !== undefined && entry !== undefined);

const columnsShared = ({ spec }: Table, other: Table): string[] => {
  const ids = new Set(other.spec.sections.flatMap(({ columns }) => columns.map(({ id }) => id)));
  return spec.sections.flatMap(({ columns }) =>
    columns.flatMap(({ id }) => (ids.has(id) ? id : [])),
  );
};

/** What a row prints in some columns, as text; empty for nothing. */
export function figuresOf(row: Row, table: Table, columns: readonly string[]): string {
  const figures = columns.map((column) => {
    const cell = table.cell(row.id, column);
    return cell?.state === 'amount' && cell.amount && isNonZero(cell)
      ? writeAmount(cell.amount, cell.unit.exponent).replace(/\.0+$|(\.\d*[1-9])0+$/, '$1')
      : '';
  });
  return figures.some((figure) => figure !== '') ? figures.join(' ') : '';
}

/** A cause for every such table, at the first of the rows. */
export function causesOfDisplaced(displaced: ReadonlyMap<Evaluation, Displaced>): Cause[] {
  const byTable = groupBy([...displaced.keys()], (member) => displaced.get(member)!);
  return [...byTable].map(([{ table, rows, sister, code }, members]) => {
    const [first] = rows;
    const cell = table.cell(first!.id, [...first!.values.keys()][0]!)!;
    const group = { kind: 'displaced', probability: 1, changes: new Map<never, never>() } as const;
    return {
      ...causeAt('undecided', cell, members),
      id: `displaced:${table.id}`,
      at: first!.entry!.key,
      groups: [{ ...group, table, from: sister, row: first!.id, code, rows: rows.length }],
    };
  });
}
