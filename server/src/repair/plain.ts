import { writeAmount } from '../disclosure/amount';
import type { Cell, Mode, Table } from '../disclosure/model';
import type { Network } from '../relations/network';
import type { Operand, Relation as Instance } from '../relations/relation';
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

/** Relations that cannot be evaluated, and what stands only in them, are left out. */
export function plainOf(network: Network, mode: Mode): Plain {
  const cells = new Map<string, Cell>();
  const places = new Map<Table, number>();
  const evaluated = network.evaluations.filter(({ outcome }) => outcome !== 'unchecked');
  const relations = evaluated.map(({ relation }) => {
    for (const { cell } of [...relation.left, ...relation.right]) cells.set(cell.id, cell);
    return plainRelation(relation);
  });
  const variables = [...cells.values()].map((cell) => {
    const { table } = cell;
    if (!places.has(table)) places.set(table, printPlace(table));
    return plainVariable(cell, places.get(table)!, network);
  });
  const tables = new Set([...cells.values()].map(({ table }) => table));
  return {
    problem: { mode, variables, relations, grids: [...tables].flatMap((t) => grids(t, cells)) },
    cells,
  };
}

function plainRelation({ id, rule, left, right, comparator }: Instance): Relation {
  return {
    id,
    kind: KINDS[rule.kind] ?? 'equal',
    left: left.map(operand),
    comparator: ({ eq: '=', ge: '>=', le: '<=' } as const)[comparator],
    right: right.map(operand),
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
  const { id, state, amount, row, table } = cell;
  const { exponent } = table.unit;
  const derived = state === 'derived';
  const feeds = network
    .of(cell)
    .some(({ relation }) =>
      [...relation.left, ...relation.right].some((o) => o.cell.state === 'derived'),
    );
  const own = amount && amount.units !== 0n ? amount.width : undefined;
  // 分 is the smallest money: what is printed to it was never rounded.
  const width = own ?? (place <= FEN ? 0n : 1n);
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

const FEN = -2;

/** The rows above and below in the same column, and the same row in other columns. */
function beside({ table, row, column }: Cell): Pick<Variable, 'neighbours'> {
  const rows = [...table.rows.values()].filter((r) => r.section === row.section && r.printed);
  const at = rows.indexOf(row);
  const near = [rows[at - 1], rows[at + 1]].flatMap((r) =>
    r ? [`${table.spec.id}/${r.id}/${column.id}`] : [],
  );
  return { neighbours: near };
}

/** The last place that a table prints to. */
function printPlace(table: Table): number {
  let place = table.unit.exponent;
  for (const row of table.rows.values()) {
    for (const column of row.values.keys()) {
      const amount = table.cell(row.id, column)?.amount;
      if (amount && amount.units !== 0n && amount.place < place) ({ place } = amount);
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
      id: section.id === '' ? table.spec.id : `${table.spec.id}.${section.id}`,
      table: table.spec.id,
      rows: rows.map((row) => ({
        id: row.code ?? row.id,
        ...(!row.printed && { absent: true }),
        cells: columns.map(({ id }) => {
          const key = `${table.spec.id}/${row.id}/${id}`;
          return cells.has(key) ? key : null;
        }),
      })),
    };
  });
}
