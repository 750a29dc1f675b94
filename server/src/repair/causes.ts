import { formatHalves, type Amount } from '../disclosure/amount';
import type { Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { cellsOf, type Network } from '../relations/network';
import { rightValues, type RightValues } from './values';

/**
 * - `certain`: one cell and one value explain every member
 * - `undecided`: more than one would, or none alone
 * - `tail`: nothing is wrong; rounded parts do not add up to the rounded total
 */
export type Verdict = 'certain' | 'undecided' | 'tail';

/** What has one origin and is shown once. */
export interface Cause {
  readonly id: string;
  readonly verdict: Verdict;
  /** Where it is shown: the located cell, or the printed side of the first member. */
  readonly cell: Cell;
  readonly members: readonly Evaluation[];
  /** Cells that could be wrong, with what they would have to print. */
  readonly candidates: readonly RightValues[];
}

/** Groups everything that does not plainly hold by what it comes from. */
export function findCauses(network: Network): Cause[] {
  const tails = network.evaluations.filter(({ outcome }) => outcome === 'rounding');
  const failing = network.evaluations.filter(({ outcome }) => outcome === 'fails');
  return [...clusters(failing).flatMap((cluster) => explain(network, cluster)), ...group(tails)];
}

/** Tails are one where the same printed total stands against the same computed value. */
function group(tails: readonly Evaluation[]): Cause[] {
  const groups = new Map<string, Evaluation[]>();
  for (const tail of tails) {
    const key = tailKey(tail);
    groups.set(key, [...(groups.get(key) ?? []), tail]);
  }
  return [...groups].map(([key, members]) => ({
    id: `tail:${key}`,
    verdict: 'tail',
    cell: members[0]!.relation.left[0]!.cell,
    members,
    candidates: [],
  }));
}

function tailKey({ measure, relation }: Evaluation): string {
  const { exponent } = relation.left[0]!.cell.table.unit;
  const text = (value: bigint) => formatHalves(value, measure!.place, exponent);
  return `${text(measure!.left)}/${text(measure!.right)}`;
}

/** Failing relations that share a cell, directly or through others. */
function clusters(failing: readonly Evaluation[]): Evaluation[][] {
  const found: { cells: Set<Cell>; members: Evaluation[] }[] = [];
  for (const evaluation of failing) {
    const cells = cellsOf(evaluation.relation);
    const touching = found.filter((cluster) => [...cells].some((cell) => cluster.cells.has(cell)));
    const merged = { cells, members: [] as Evaluation[] };
    for (const cluster of touching) {
      for (const cell of cluster.cells) merged.cells.add(cell);
      merged.members.push(...cluster.members);
      found.splice(found.indexOf(cluster), 1);
    }
    merged.members.push(evaluation);
    found.push(merged);
  }
  return found.map(({ members }) => members);
}

function explain(network: Network, cluster: readonly Evaluation[]): Cause[] {
  const [first, ...others] = cluster.map(({ relation }) => cellsOf(relation));
  const common = [...first!].filter((cell) => others.every((cells) => cells.has(cell)));
  // A computed cell is not wrong by itself.
  const written = common.filter(({ state }) => state !== 'derived');
  const candidates = written.flatMap((cell) => rightValues(network, cell) ?? []);
  const [only, ...more] = candidates;
  if (only && more.length === 0) {
    const sure = only.values.length === 1 && !feedsDerived(network, only.cell);
    const verdict = sure ? 'certain' : 'undecided';
    return [cause(verdict, only.cell, cluster, candidates)];
  }
  if (candidates.length > 0) {
    return [cause('undecided', cluster[0]!.relation.left[0]!.cell, cluster, candidates)];
  }
  return byPrintedCell(cluster);
}

/** Whether a computed cell hangs on this one: it would change too, and what it is compared with. */
function feedsDerived(network: Network, cell: Cell): boolean {
  return network
    .of(cell)
    .some(({ relation }) => [...cellsOf(relation)].some(({ state }) => state === 'derived'));
}

/** No single cell explains all: each printed side that does not add up stands for itself. */
function byPrintedCell(cluster: readonly Evaluation[]): Cause[] {
  const groups = new Map<Cell, Evaluation[]>();
  for (const member of cluster) {
    const { cell } = member.relation.left[0]!;
    groups.set(cell, [...(groups.get(cell) ?? []), member]);
  }
  return [...groups].map(([cell, members]) => cause('undecided', cell, members, []));
}

function cause(
  verdict: Verdict,
  cell: Cell,
  members: readonly Evaluation[],
  candidates: readonly RightValues[],
): Cause {
  return { id: `cell:${cell.id}`, verdict, cell, members, candidates };
}

/** The one value to write, where the figures leave no choice. */
export function certainValue({ verdict, candidates }: Cause): Amount | undefined {
  return verdict === 'certain' ? candidates[0]?.values[0] : undefined;
}
