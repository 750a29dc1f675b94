import { formatHalves, halves, type Amount } from '../disclosure/amount';
import { amountOf, type Cell } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { cellsOf, type Network } from '../relations/network';
import { zerosExplain } from '../relations/zeros';
import { isSoft } from './binding';
import { explainCluster } from './search';
import { findShifts, type RowShift } from './shifts';
import type { RightValues } from './values';

/**
 * - `certain`: one cell and one value explain every member
 * - `likely`: one cell explains every member; of the values that would do, one is what its twin prints
 * - `undecided`: more than one would, or none alone
 * - `tail`: nothing is wrong; rounded parts do not add up to the rounded total
 */
export type Verdict = 'certain' | 'likely' | 'undecided' | 'tail';

/** What has one origin and is shown once. */
export interface Cause {
  readonly id: string;
  readonly verdict: Verdict;
  /** Where it is shown: the located cell, or the printed side of the first member. */
  readonly cell: Cell;
  readonly members: readonly Evaluation[];
  /** Cells that could be wrong, with what they would have to print. */
  readonly candidates: readonly RightValues[];
  /** Amounts that stand one row off explain it. */
  readonly shift?: RowShift;
}

/** Groups everything that does not plainly hold by what it comes from. */
export function findCauses(network: Network): Cause[] {
  const tails = network.opened('rounding');
  const all = network.opened('fails');
  const { shifted, failing } = splitShifts(network, all);
  const [soft, hard] = parted(failing, isSoft);
  return [
    ...shifted,
    ...clusters(network, hard).flatMap((cluster) => explain(network, cluster)),
    // What is worth knowing, and no more, does not tell which figure is wrong.
    ...byPrintedCell(soft),
    ...group(tails),
  ];
}

/** What a shifted column explains is one cause, and not looked at further. */
function splitShifts(
  network: Network,
  all: readonly Evaluation[],
): { shifted: Cause[]; failing: readonly Evaluation[] } {
  let failing = all;
  const shifted = findShifts(network).flatMap((shift): Cause[] => {
    const touches = ({ relation }: Evaluation) =>
      [...cellsOf(relation)].some((cell) => shift.wrong.has(cell));
    const members = failing.filter(touches);
    const [cell] = shift.cells;
    if (!cell || members.length === 0) return [];
    failing = failing.filter((member) => !touches(member));
    return [{ ...cause('undecided', cell, members, []), shift }];
  });
  return { shifted, failing };
}

/** Tails are one where the same printed total stands against the same computed value. */
function group(tails: readonly Evaluation[]): Cause[] {
  const groups = new Map<string, Evaluation[]>();
  for (const tail of tails) {
    const key = tailKey(tail);
    groups.set(key, [...(groups.get(key) ?? []), tail]);
  }
  // A text only repeats what a table says.
  const isText = ({ relation }: Evaluation) =>
    relation.left[0]!.cell.table.spec.section !== undefined;
  const ordered = [...groups].map(([key, members]) => ({
    key,
    members: [...members.filter((m) => !isText(m)), ...members.filter(isText)],
  }));
  return ordered.map(({ key, members }) => ({
    id: `tail:${key}`,
    verdict: 'tail',
    cell: members[0]!.relation.left[0]!.cell,
    members,
    candidates: [],
  }));
}

function tailKey({ measure, relation }: Evaluation): string {
  // How a ratio is printed is told of each by itself.
  if (relation.base) return relation.id;
  const { exponent } = relation.left[0]!.cell.unit;
  const text = (value: bigint) => formatHalves(value, measure!.place, exponent);
  return `${text(measure!.left)}/${text(measure!.right)}`;
}

/** Failing relations that share a cell, directly or through others, in the order of their last member. */
function clusters(network: Network, failing: readonly Evaluation[]): Evaluation[][] {
  /** Which relation a relation is joined to; one that is joined to itself stands for its cluster. */
  const joined = failing.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (joined[root] !== root) root = joined[root]!;
    for (let at = index; at !== root;) [at, joined[at]] = [joined[at]!, root];
    return root;
  };
  const owners = new Map<Cell, number>();
  for (const [index, evaluation] of failing.entries()) {
    for (const cell of network.suspectsOf(evaluation)) {
      const owner = owners.get(cell);
      // The later relation stands for both.
      if (owner === undefined) owners.set(cell, index);
      else joined[rootOf(owner)] = index;
    }
  }
  const members = new Map<number, Evaluation[]>();
  for (const [index, evaluation] of failing.entries()) {
    const root = rootOf(index);
    const known = members.get(root);
    if (known) known.push(evaluation);
    else members.set(root, [evaluation]);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, found]) => found);
}

/**
 * A cause per located cell, as far as all the smallest explanations agree on it; one undecided cause for
 * what is left of the cluster.
 */
function explain(network: Network, cluster: readonly Evaluation[]): Cause[] {
  const { sets, complete } = explainCluster(network, cluster);
  const [first, ...others] = sets;
  if (!first) return byPrintedCell(cluster);
  const isCertain = ({ cell, values: [value, ...more] }: RightValues) =>
    complete &&
    value !== undefined &&
    more.length === 0 &&
    !isPrinted(value, cell) &&
    !cluster.every(zerosExplain) &&
    !isLoneSum(cluster, cell) &&
    !feedsDerived(network, cell) &&
    // A row that nobody wrote stands in no sum of its table: nothing speaks against a value for it.
    cell.row.entry !== undefined &&
    others.every((set) => {
      const same = set.get(cell)?.values;
      return same?.length === 1 && same[0]!.units === value.units;
    });
  const certain = [...first.values()].filter(isCertain);
  const shares = share(
    network,
    cluster,
    certain.map(({ cell }) => cell),
  );
  const located = new Set(shares.keys());
  const rest = byCell(
    sets.flatMap((set) =>
      [...set.values()].filter(({ cell, values }) => {
        const [value, ...more] = values;
        return !located.has(cell) && !(value && more.length === 0 && isPrinted(value, cell));
      }),
    ),
  );
  const open = cluster.filter((member) => ![...shares.values()].flat().includes(member));
  return [
    ...certain.map((candidate) =>
      cause('certain', candidate.cell, shares.get(candidate.cell)!, [candidate]),
    ),
    ...(open.length > 0 ? [unsettled(open, rest, complete && sets.length === 1)] : []),
  ];
}

function parted<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** Whether a value is what its cell prints already: then nothing is wrong with it. */
function isPrinted(value: Amount, cell: Cell): boolean {
  const printed = amountOf(cell);
  const place = Math.min(value.place, printed.place);
  return cell.state === 'amount' && halves(value, place) === halves(printed, place);
}

/** More figures than this are not a figure told twice, nor a ratio with its two amounts. */
const FEW = 3;

/**
 * Whether one long sum of a text is all that speaks against a figure. In a table nearly every figure
 * stands in several relations; in a form a score that was left out fails its total in the same way.
 */
function isLoneSum(cluster: readonly Evaluation[], { table }: Cell): boolean {
  const [only, ...more] = cluster;
  return (
    table.spec.section !== undefined && more.length === 0 && cellsOf(only!.relation).size > FEW
  );
}

/** Gives each failing relation to one of the located cells that can mend it, the least laden one. */
function share(
  network: Network,
  cluster: readonly Evaluation[],
  located: readonly Cell[],
): Map<Cell, Evaluation[]> {
  const shares = new Map<Cell, Evaluation[]>(located.map((cell) => [cell, []]));
  const owners = cluster.map((member) => {
    const suspects = network.suspectsOf(member);
    return { member, cells: located.filter((cell) => suspects.has(cell)) };
  });
  for (const { member, cells } of owners.sort((a, b) => a.cells.length - b.cells.length)) {
    const [least] = cells.sort((a, b) => shares.get(a)!.length - shares.get(b)!.length);
    if (least) shares.get(least)!.push(member);
  }
  return shares;
}

function unsettled(
  members: readonly Evaluation[],
  candidates: readonly RightValues[],
  alone: boolean,
): Cause {
  const [only, ...more] = candidates;
  const located = only && more.length === 0;
  const likely = located && alone && only.twin !== undefined && only.cell.row.entry !== undefined;
  const cell = located ? only.cell : members[0]!.relation.left[0]!.cell;
  return cause(likely ? 'likely' : 'undecided', cell, members, candidates);
}

/** One candidate a cell: what several explanations say of it together. */
function byCell(candidates: readonly RightValues[]): RightValues[] {
  const merged = new Map<Cell, RightValues>();
  for (const candidate of candidates) {
    const known = merged.get(candidate.cell);
    const more = candidate.values.filter(
      ({ units }) => !known?.values.some((value) => value.units === units),
    );
    merged.set(candidate.cell, {
      ...candidate,
      values: [...(known?.values ?? []), ...more],
    });
  }
  // What is printed is more often wrong than what is blank.
  const all = [...merged.values()];
  return [
    ...all.filter(({ cell }) => cell.state === 'amount'),
    ...all.filter(({ cell }) => cell.state !== 'amount'),
  ];
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
