/** What a row that a table lacks would have to print, by what the rest of the document says. */
import type { CodePlace } from '../catalog/places';
import { halves, isSameAmount, printedAmount, type Amount } from '../disclosure/amount';
import { isNonZero, type Cell, type Row, type Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { difference } from '../relations/expansion';
import { isHollow } from './hollow';
import type { Network } from '../relations/network';
import { isStructural } from '../relations/rounding';
import { leastOf } from '../syntax/arrays';

/** What fails, asked of many rows. */
export class Telling {
  private readonly rests = new Map<Evaluation, ReadonlyMap<Cell, number>>();

  constructor(
    private readonly failing: readonly Evaluation[],
    private readonly network: Network,
  ) {}

  /**
   * By column what a row would have to print for what fails to hold.
   * @param isOnly whether nothing else is lacking in what the table comes to
   */
  wantsOf(
    table: Table,
    row: string,
    isOnly = true,
  ): { readonly wants: Map<string, Amount>; readonly speaking: Evaluation[] } {
    const speaking: Evaluation[] = [];
    const told: Record<'exact' | 'sums' | 'least', [Evaluation, string, Amount][]> = {
      exact: [],
      sums: [],
      least: [],
    };
    for (const evaluation of this.failing) {
      const { relation, measure } = evaluation;
      if (!measure || relation.base) continue;
      const isEqual = relation.comparator === 'eq';
      const own = rowIn(evaluation, table, row);
      const one = own ?? (isEqual && isOnly ? this.columnIn(evaluation, table, row) : undefined);
      if (!one) continue;
      const gap = (measure.right - measure.left) / 2n;
      const units = one.weight > 0 ? gap : -gap;
      if (units <= 0n) continue;
      const kind = !own ? 'sums' : isEqual ? 'exact' : 'least';
      told[kind].push([evaluation, one.column, printedAmount(units, measure.place)]);
    }
    // What is missing in a sum may be more than what a limit asks for.
    const wants = new Map<string, Amount>();
    for (const [evaluation, column, amount] of [...told.exact, ...told.sums]) {
      const known = wants.get(column);
      if (known && !isSameAmount(known, amount)) continue;
      speaking.push(evaluation);
      if (!known) wants.set(column, amount);
    }
    const isWhole = wants.has(totalOf(table, row) ?? '');
    for (const [evaluation, column, amount] of told.least) {
      speaking.push(evaluation);
      if (!isWhole && !wants.has(column)) wants.set(column, amount);
    }
    return { wants, speaking };
  }

  /** The column of a table that a relation adds up over rows among which a subject would stand. */
  private columnIn(evaluation: Evaluation, table: Table, lost: string): Weighed | undefined {
    const { relation } = evaluation;
    let found: Weighed | undefined;
    for (const [cell, weight] of this.restOf(evaluation)) {
      const { table: own, row, column } = cell;
      if (own !== table) continue;
      // A line of a form stands in the sums itself, though nobody has written it.
      if (isUnwritten(cell) && nameOf(row) === lost) return { column: column.id, weight };
      if (row.code === undefined) continue;
      // A subject exceeds what stands below it.
      if (isStructural(relation.rule.kind) && row === relation.left[0]!.cell.row) {
        if (!lost.startsWith(row.code)) return undefined;
        continue;
      }
      if (found && found.weight !== weight) return undefined;
      // Where totals are left to the server, the columns that a row comes to are added up.
      const isOne = !found || found.column === column.id;
      const into = isOne ? column.id : totalOf(table, lost);
      if (into === undefined) return undefined;
      found = { column: into, weight };
    }
    return found && (found.weight === 1 || found.weight === -1) ? found : undefined;
  }

  private restOf(evaluation: Evaluation): ReadonlyMap<Cell, number> {
    let rest = this.rests.get(evaluation);
    if (!rest) {
      const { expansion } = this.network;
      const { left, right } = evaluation.relation;
      rest = difference(expansion.sum(left), expansion.sum(right));
      this.rests.set(evaluation, rest);
    }
    return rest;
  }
}

interface Weighed {
  readonly column: string;
  /** Which way a figure there moves the left side beside the right one. */
  readonly weight: number;
}

/** What a row is asked for by: the code of a subject that a table lists, the id of any line of a side. */
export const nameOf = ({ code, id, section }: Row): string =>
  section.id === '' ? (code ?? id) : id;

/** Whether a cell is of a row that is not there, or of which only the code is; a line of a form counts as blank then. */
export const isUnwritten = ({ state, row, table }: Cell): boolean =>
  state === 'absent' ||
  (state === 'blank' && table.spec.section === undefined && (!row.entry || isHollow(row, table)));

/** Where a relation speaks of one cell of a row that is not there. */
export function rowIn({ relation }: Evaluation, table: Table, row: string): Weighed | undefined {
  const isOwn = ({ cell }: { cell: Cell }) =>
    cell.table === table && isUnwritten(cell) && nameOf(cell.row) === row;
  const left = relation.left.filter(isOwn);
  const right = relation.right.filter(isOwn);
  const [only, ...more] = [...left, ...right];
  if (!only || more.length > 0) return undefined;
  const weight = left.length > 0 ? only.coefficient : -only.coefficient;
  return { column: only.cell.column.id, weight };
}

/** Of every other row of a subject its figures, by the column in which the lost one would have them. */
export function twinsOf(
  table: Table,
  code: string,
  places: readonly CodePlace[],
  network: Network,
): ReadonlyMap<string, Cell>[] {
  return places.flatMap(({ table: other, row }) => {
    if (!other || !row || other === table) return [];
    const twin = new Map<string, Cell>();
    for (const column of row.values.keys()) {
      const cell = other.cell(row.id, column);
      if (!cell) continue;
      for (const evaluation of network.of(cell)) {
        const own = evaluation.relation.base ? undefined : rowIn(evaluation, table, code);
        if (own) twin.set(own.column, cell);
      }
    }
    return twin.size > 0 ? [twin] : [];
  });
}

/** What a row comes to and how that is split, as far as other tables tell. */
export function completed(
  table: Table,
  code: string,
  wants: ReadonlyMap<string, Amount>,
  twins: readonly ReadonlyMap<string, Cell>[],
): Map<string, Amount> {
  const figures = new Map(wants);
  const total = totalOf(table, code);
  if (total === undefined) return figures;
  const whole = wants.get(total);
  if (!whole) {
    figures.set(total, sumOf([...wants.values()]));
    return figures;
  }
  if (wants.size > 1) return figures;
  for (const twin of twins) {
    const parts = [...twin].filter(([column, cell]) => column !== total && isNonZero(cell));
    const own = twin.get(total)?.amount;
    const [only, ...more] = parts;
    if (own && isSameAmount(own, whole))
      for (const [column, cell] of parts) figures.set(column, cell.amount!);
    else if (only && more.length === 0) figures.set(only[0], whole);
    if (figures.size > 1) break;
  }
  return figures;
}

const columnsOf = (table: Table, code: string) =>
  table.columnsOf(
    table.cell(code, table.spec.sections[0]!.columns[0]!.id)?.row.section ??
      table.spec.sections[0]!,
  );

/** The column that tells what a row comes to, if it has others. */
function totalOf(table: Table, code: string): string | undefined {
  const columns = columnsOf(table, code);
  return columns.length > 1 ? columns.find((column) => column.total)?.id : undefined;
}

export function sumOf(amounts: readonly Amount[]): Amount {
  const place = leastOf(amounts.map((amount) => amount.place));
  return printedAmount(amounts.reduce((sum, one) => sum + halves(one, place), 0n) / 2n, place);
}

/**
 * The same split in some way that other rows of the subject leave room for, where nobody tells how: only to
 * see whether all would agree.
 */
export function splitSomehow(
  table: Table,
  code: string,
  figures: ReadonlyMap<string, Amount>,
  twins: readonly ReadonlyMap<string, Cell>[],
): ReadonlyMap<string, Amount> {
  const total = totalOf(table, code);
  const whole = total === undefined ? undefined : figures.get(total);
  if (!whole || figures.size > 1) return figures;
  const rooms = twins.map((twin) =>
    [...twin].flatMap(([column, { amount }]): [string, Amount][] =>
      column !== total && amount && amount.units > 0n ? [[column, amount]] : [],
    ),
  );
  const first = columnsOf(table, code).find((column) => !column.total)!.id;
  const split = new Map(figures);
  let left = whole;
  for (const [column, room] of rooms.find(({ length }) => length > 0) ?? [[first, whole]]) {
    const place = Math.min(left.place, room.place);
    const [rest, most] = [halves(left, place) / 2n, halves(room, place) / 2n];
    if (rest === 0n) break;
    split.set(column, printedAmount(rest < most ? rest : most, place));
    left = printedAmount(rest < most ? 0n : rest - most, place);
  }
  return split;
}
