import { printedAmount, writeAmount } from '../disclosure/amount';
import type { Cell, Mode, Table } from '../disclosure/model';
import type { Network } from '../relations/network';
import { operandsOf, type Operand, type Relation as Instance } from '../relations/relation';
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
}

/**
 * Relations that cannot be evaluated, and what stands only in them, are left out; so are ratios that are
 * understood as a habit of their own (over nothing, plugged), which would say something else here.
 */
export function plainOf(network: Network, mode: Mode): Plain {
  const cells = new Map<string, Cell>();
  const places = new Map<string, number>();
  const repeats = new Map<string, string[]>();
  const evaluated = network.evaluations.filter(
    ({ outcome, reading }) =>
      outcome !== 'unchecked' && reading !== 'zero-base' && reading !== 'plugged',
  );
  const relations = evaluated.map(({ relation }) => {
    for (const { cell } of operandsOf(relation)) cells.set(cell.id, cell);
    repeated(relation, repeats);
    return plainRelation(relation);
  });
  const variables = [...cells.values()].map((cell) => {
    const { table, column, unit } = cell;
    // A text prints each kind of figure in its own way, a table all of one measure alike.
    const key = `${table.id}/${unit.measure ?? ''}/${table.spec.section ? column.id : ''}`;
    if (!places.has(key)) places.set(key, printPlace(cell));
    const variable = plainVariable(cell, places.get(key)!, network);
    return { ...variable, ...(repeats.has(cell.id) && { repeats: repeats.get(cell.id)! }) };
  });
  const tables = new Set([...cells.values()].map(({ table }) => table));
  return {
    problem: { mode, variables, relations, grids: [...tables].flatMap((t) => grids(t, cells)) },
    cells,
  };
}

function plainRelation({ id, rule, left, right, base, constant, comparator }: Instance): Relation {
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
    kind: KINDS[rule.kind] ?? 'equal',
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

function operand({ cell, coefficient }: Operand): PlainOperand {
  return coefficient === 1 ? cell.id : { variable: cell.id, coefficient };
}

function plainVariable(cell: Cell, place: number, network: Network): Variable {
  const { id, state, amount, row } = cell;
  const { exponent, measure } = cell.unit;
  const derived = state === 'derived';
  const feeds = network
    .of(cell)
    .some(({ relation }) => operandsOf(relation).some((o) => o.cell.state === 'derived'));
  const own = amount && amount.units !== 0n ? amount.width : undefined;
  const width = own ?? printedAmount(1n, place, measure).width;
  return {
    id,
    printed:
      amount && state !== 'blank' && amount.units !== 0n ? writeAmount(amount, exponent) : '',
    unit: exponent,
    decimals: exponent - place,
    ...(width !== 1n && { width }),
    ...(derived && { fixed: true }),
    ...((feeds || row.entry === undefined) && { unprovable: true }),
    ...beside(cell),
  };
}

/** The rows above and below in the same column, and the same row in other columns. */
function beside({ table, row, column }: Cell): Pick<Variable, 'neighbours'> {
  const rows = [...table.rows.values()].filter((r) => r.section === row.section && r.printed);
  const at = rows.indexOf(row);
  const near = [rows[at - 1], rows[at + 1]].flatMap((r) =>
    r ? [`${table.id}/${r.id}/${column.id}`] : [],
  );
  return { neighbours: near };
}

/** A text that repeats one cell of a table is as much a sum as that. */
function repeated({ rule, left, right }: Instance, repeats: Map<string, string[]>): void {
  const [text, source] = [left[0]?.cell, right[0]?.cell];
  if (rule.kind !== 'equal' || left.length !== 1 || right.length !== 1 || !text || !source) return;
  if (!text.table.spec.section || source.table.spec.section) return;
  repeats.set(text.id, [...(repeats.get(text.id) ?? []), source.id]);
}

/** The last place that a table prints figures like this one to. */
function printPlace({ table, column, unit }: Cell): number {
  let place = unit.exponent;
  for (const row of table.rows.values()) {
    for (const id of row.values.keys()) {
      const other = table.cell(row.id, id);
      if (!other?.amount || other.unit.measure !== unit.measure) continue;
      if (table.spec.section && id !== column.id) continue;
      if (other.amount.units !== 0n && other.amount.place < place) ({ place } = other.amount);
    }
  }
  return place;
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
