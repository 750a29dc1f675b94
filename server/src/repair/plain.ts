import { printedAmount, writeAmount } from '../disclosure/amount';
import type { Cell, Disclosure, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { measureRatio } from '../relations/ratio';
import { operandsOf, type Operand, type Relation as Instance } from '../relations/relation';
import { namesakesOf, neighboursOf } from './around';
import { isBinding } from './binding';
import type {
  Grid,
  Kind,
  Operand as PlainOperand,
  Problem,
  Relation,
  Variable,
} from './solve/problem';

/** The figures and relations of a document as the solver takes them; its cells by the ids used there. */
export interface Plain {
  readonly problem: Problem;
  readonly cells: ReadonlyMap<string, Cell>;
  /** What each of the problem's relations was made of, in the same order. */
  readonly evaluations: readonly Evaluation[];
}

/**
 * Relations that bind nothing (see {@link isBinding}), and what stands only in them, are left out: they
 * would say something else here.
 */
export function plainOf(network: Network, disclosure: Disclosure): Plain {
  const cells = new Map<string, Cell>();
  const seen: Seen = { repeats: new Map(), derived: new Set(), few: new Set() };
  const evaluations = network.evaluations.filter(isBinding);
  const relations = evaluations.map((evaluation) => {
    const operands = operandsOf(evaluation.relation);
    const hasDerived = operands.some(({ cell }) => cell.state === 'derived');
    for (const { cell } of operands) {
      cells.set(cell.id, cell);
      if (hasDerived) seen.derived.add(cell);
      if (operands.length <= FEW) seen.few.add(cell);
    }
    repeated(evaluation.relation, seen);
    return plainRelation(evaluation, network);
  });
  const variables = [...cells.values()].map((cell) =>
    plainVariable(cell, seen, network, disclosure),
  );
  const tables = new Set([...cells.values()].map(({ table }) => table));
  return {
    problem: {
      mode: disclosure.mode,
      variables,
      relations,
      grids: [...tables].flatMap((table) => grids(table, cells)),
    },
    cells,
    evaluations,
  };
}

/** What relations tell of cells. */
interface Seen {
  /** By cell of a text, the cells of tables that it repeats. */
  readonly repeats: Map<Cell, Cell[]>;
  /** Cells that stand in relation with a computed one, or are one. */
  readonly derived: Set<Cell>;
  /** Cells that stand in a relation of few. */
  readonly few: Set<Cell>;
}

/** More figures than this are not a figure told twice, nor a ratio with its two amounts. */
const FEW = 3;

function plainRelation({ relation, outcome }: Evaluation, { context }: Network): Relation {
  const { id, rule, left, right, constant, comparator, or } = relation;
  // Of two bases the one that explains what is printed.
  const base =
    or && outcome !== 'fails' && measureRatio(relation, context).reading === undefined
      ? or
      : relation.base;
  if (base) {
    // What is printed is in per cent.
    const numerator = right.map(({ cell, coefficient }) => ({
      variable: cell.id,
      coefficient: 100 * coefficient,
    }));
    return {
      id,
      kind: 'ratio',
      ratio: left[0]!.cell.id,
      numerator,
      denominator: base.map(operand),
    };
  }
  const added = constant ? [{ constant: writeAmount(constant, 0) }] : [];
  return {
    id,
    kind: KINDS[rule.kind] ?? (isAddedUp(relation) ? 'added' : 'equal'),
    left: left.map(operand),
    comparator: ({ eq: '=', ge: '>=', le: '<=' } as const)[comparator],
    right: [...right.map(operand), ...added],
  };
}

const KINDS: Readonly<Record<string, Exclude<Kind, 'ratio'>>> = {
  sum: 'sum',
  hierarchy: 'sum',
  balance: 'balance',
};

/** Several rows of a table that a text adds up are its parts. */
function isAddedUp({ rule, left, right }: Instance): boolean {
  if (rule.kind !== 'equal' || left.length !== 1 || right.length < 2) return false;
  const [text, source] = [left[0]!.cell, right[0]!.cell];
  if (!text.table.spec.section || source.table.spec.section) return false;
  return right.every(({ coefficient }) => coefficient > 0);
}

function operand({ cell, coefficient }: Operand): PlainOperand {
  return coefficient === 1 ? cell.id : { variable: cell.id, coefficient };
}

function plainVariable(cell: Cell, seen: Seen, network: Network, disclosure: Disclosure): Variable {
  const { id, state, amount, table } = cell;
  const { exponent, measure } = cell.unit;
  const own = amount && amount.units !== 0n ? amount.width : undefined;
  const repeats = seen.repeats.get(cell) ?? [];
  // A text that repeats a table prints what the table does.
  const places = table.spec.section ? repeats.flatMap(placeOf) : [];
  const place = Math.min(printPlace(cell), ...places);
  const width = own ?? printedAmount(1n, place, measure).width;
  return {
    id,
    printed:
      amount && state !== 'blank' && amount.units !== 0n ? writeAmount(amount, exponent) : '',
    unit: exponent,
    decimals: exponent - place,
    ...(width !== 1n && { width }),
    ...(state === 'derived' && { fixed: true }),
    ...(isUnprovable(cell, seen) && { unprovable: true }),
    ...(repeats.length > 0 && { repeats: repeats.map((source) => source.id) }),
    // Asked for only where a value is proposed.
    get neighbours() {
      return neighboursOf(cell).map((other) => other.id);
    },
    get namesakes() {
      return [...namesakesOf(cell, network, disclosure)].map((other) => other.id);
    },
  };
}

/**
 * A computed cell that hangs on this one would change too, and what it is compared with. A row that
 * nobody wrote stands in no sum of its table. And where long sums of a text are all that speaks of a
 * figure, a score that was left out fails them in the same way.
 */
function isUnprovable(cell: Cell, { derived, few }: Seen): boolean {
  const { row, table } = cell;
  const isText = table.spec.section !== undefined;
  return row.entry === undefined || derived.has(cell) || (isText && !few.has(cell));
}

/** A text that repeats one cell of a table is as much a sum as that. */
function repeated({ rule, left, right }: Instance, { repeats }: Seen): void {
  const [text, source] = [left[0]?.cell, right[0]?.cell];
  if (rule.kind !== 'equal' || left.length !== 1 || right.length !== 1 || !text || !source) return;
  if (!text.table.spec.section || source.table.spec.section) return;
  const known = repeats.get(text);
  if (known) known.push(source);
  else repeats.set(text, [source]);
}

const placeOf = ({ amount }: Cell) => (amount && amount.units !== 0n ? [amount.place] : []);

/** By how a table prints: the finest places in it, by what is measured and, of a text, by column. */
const printedPlaces = new WeakMap<Table['manner'], ReadonlyMap<string, number>>();

/** The last place that a table prints figures like this one to. */
function printPlace(cell: Cell): number {
  const { table, unit } = cell;
  let places = printedPlaces.get(table.manner);
  if (!places) printedPlaces.set(table.manner, (places = placesOf(table)));
  return Math.min(unit.exponent, places.get(placeKey(cell)) ?? unit.exponent);
}

// A text prints each kind of figure in its own way.
const placeKey = ({ table, unit, column }: Cell) =>
  `${unit.measure ?? ''}/${table.spec.section ? column.id : ''}`;

function placesOf(table: Table): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const other = table.cell(row.id, column);
      if (!other?.amount || other.amount.units === 0n) continue;
      const key = placeKey(other);
      places.set(key, Math.min(places.get(key) ?? other.amount.place, other.amount.place));
    }
  }
  return places;
}

/** One grid for each side of a table. */
function grids(table: Table, cells: ReadonlyMap<string, Cell>): Grid[] {
  return table.spec.sections.map((section) => {
    const columns = table.columnsOf(section);
    const rows = [...table.rows.values()].filter((row) => row.section === section);
    return {
      id: section.id === '' ? table.id : `${table.id}.${section.id}`,
      table: table.id,
      rows: rows.map((row) => ({
        id: row.code ?? row.id,
        ...(!row.printed && { absent: true }),
        cells: columns.map(({ id }) => {
          const key = `${table.id}/${row.id}/${id}`;
          return cells.has(key) ? key : null;
        }),
      })),
    };
  });
}
