/** Tables whose note says that they have no data, though others print figures that they would have to print. */
import { isNonZero, type Cell, type Table } from '../disclosure/model';
import { saysNoData } from '../disclosure/note';
import type { Evaluation } from '../relations/evaluate';
import type { Network } from '../relations/network';
import { operandsOf, type Operand } from '../relations/relation';
import { groupBy } from '../syntax/multimap';
import { causeAt, type Cause } from './cause';
import { hasNoFigure } from './unfilled';

/** One figure may be wrong itself; so many that nothing else contradicts are not. */
const FEWEST = 2;

/** The failing relations that come of such a note, each with its table. */
export function deniedIn(network: Network): ReadonlyMap<Evaluation, Table> {
  const byTable = new Map<Table, Map<Evaluation, readonly Cell[]>>();
  for (const member of network.opened('fails')) {
    const found = denialOf(member, network);
    if (!found) continue;
    const members = byTable.get(found.table) ?? new Map<Evaluation, readonly Cell[]>();
    byTable.set(found.table, members.set(member, found.figures));
  }
  const denied = new Map<Evaluation, Table>();
  for (const [table, members] of byTable) {
    // What is said of a figure by what fails besides may be what is wrong.
    const isAlone = (cell: Cell) =>
      network.of(cell).every((one) => one.outcome !== 'fails' || members.has(one));
    const own = [...members].filter(([, figures]) => figures.every(isAlone));
    const printed = new Set(own.flatMap(([, figures]) => figures.filter(isOfNine)));
    if (own.length < members.size || printed.size < FEWEST) continue;
    for (const member of members.keys()) denied.set(member, table);
  }
  return denied;
}

/** The table that one side speaks of alone, and the figures of the other. */
function denialOf(
  { relation: { left, right, base, comparator } }: Evaluation,
  network: Network,
): { readonly table: Table; readonly figures: readonly Cell[] } | undefined {
  if (base || comparator !== 'eq') return undefined;
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const table = deniedTable(side, network);
    if (!table) continue;
    const figures = other.map(({ cell }) => cell).filter(isNonZero);
    return figures.some((cell) => cell.table === table) ? undefined : { table, figures };
  }
  return undefined;
}

function deniedTable(side: readonly Operand[], network: Network): Table | undefined {
  const [first] = side;
  if (!first || !saysNoData(first.cell.table) || !hasNoFigure(first.cell.table)) return undefined;
  const { table } = first.cell;
  return [...network.expansion.sourcesOf(side)].every((cell) => cell.table === table)
    ? table
    : undefined;
}

const isOfNine = ({ table }: Cell) => table.spec.section === undefined;

/** A cause for every such table, at its note. */
export function causesOfDenied(denied: ReadonlyMap<Evaluation, Table>): Cause[] {
  const byTable = groupBy([...denied.keys()], (member) => denied.get(member)!);
  return [...byTable].map(([table, members]) => {
    const [first] = members.flatMap(({ relation }) =>
      operandsOf(relation).flatMap(({ cell }) => (isNonZero(cell) ? cell : [])),
    );
    const group = { kind: 'denied', probability: 1, changes: new Map<never, never>() } as const;
    const { note } = table;
    return {
      ...causeAt('undecided', first!, members),
      id: `denied:${table.id}`,
      at: note ?? table.entry.key,
      groups: [{ ...group, table, total: first! }],
    };
  });
}
