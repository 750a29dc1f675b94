import { formatHalves } from '../disclosure/amount';
import { isNonZero, type Cell, type Disclosure } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { groupBy, push } from '../syntax/multimap';
import type { Network } from '../relations/network';
import { operandsOf } from '../relations/relation';
import { zerosExplain } from '../relations/zeros';
import { causeAt, type Candidate, type Cause, type CellGroup, type Origin } from './cause';
import { CoarseFigures } from './coarse';
import { withEmptiedParts } from './emptiedParts';
import { withEmptiedRows } from './emptiedRows';
import { withExchanged } from './exchanged';
import { withUnitRows } from './unitRows';
import type { Conflict, Mistake, Mistakes } from './mistakes';
import { incompleteOf } from './incomplete';
import { sourcesOfNothing } from './named';
import { undecided } from './undecided';
import { doubted } from './vouched';
import type { Unfilled } from './unfilled';
import { unsaidSharesOf } from './unsaidShares';

/**
 * Groups everything that does not plainly hold by what it comes from, but for failing relations that are
 * told by themselves.
 */
export function causesFrom(
  network: Network,
  disclosure: Disclosure,
  { mistakes, conflicts }: Mistakes,
  unfilled: Unfilled,
  besides: ReadonlyMap<Evaluation, unknown> = new Map(),
): Cause[] {
  const told = new Set(besides.keys());
  for (const { members } of [...mistakes, ...conflicts]) {
    for (const member of members) told.add(member);
  }
  const left = (outcome: 'fails' | 'rounding') =>
    network.opened(outcome).filter((evaluation) => !told.has(evaluation));
  const roundings = left('rounding');
  const loose = new CoarseFigures(network, disclosure).causes(roundings);
  const loosened = new Set(loose.flatMap(({ members }) => members));
  const found = mistakes.flatMap((mistake) => causesOf(network, disclosure, mistake, unfilled));
  const located = withExchanged(withUnitRows(withEmptiedParts(withEmptiedRows(toldOnce(found)))));
  const { causes, others } = withRatiosOver(located, left('fails'), network);
  return [
    ...causes,
    // What is worth knowing, and no more, does not tell which figure is wrong.
    ...byPrintedCell(others.map((member) => [member])),
    ...conflicts.map(ofConflict),
    ...loose,
    ...tails(roundings.filter((member) => !loosened.has(member))),
  ];
}

/**
 * A ratio over nothing fails through what it is over: where that is told as wrong, the ratio is not. Nor is one of
 * computed amounts that says nothing to the solver, where a figure they are computed from is located.
 */
function withRatiosOver(
  causes: readonly Cause[],
  failing: readonly Evaluation[],
  network: Network,
): { causes: Cause[]; others: Evaluation[] } {
  const accused = new Map<Cell, number>();
  for (const [at, { cell, candidates }] of causes.entries()) {
    for (const one of [cell, ...candidates.map((candidate) => candidate.cell)]) {
      if (!isNonZero(one) && !accused.has(one)) accused.set(one, at);
    }
  }
  const isThrough = ({ verdict, cell }: Cause, { relation }: Evaluation) =>
    (verdict === 'certain' || verdict === 'likely') &&
    relation.base !== undefined &&
    network.expansion.reaches(relation, cell);
  const over = new Map<number, Evaluation[]>();
  const others: Evaluation[] = [];
  for (const member of failing) {
    const wrong = [...sourcesOfNothing(member, network)].find((cell) => accused.has(cell));
    const at = wrong ? accused.get(wrong)! : causes.findIndex((one) => isThrough(one, member));
    if (at >= 0) push(over, at, member);
    else others.push(member);
  }
  const withOwn = (cause: Cause, at: number) =>
    over.has(at) ? { ...cause, members: [...cause.members, ...over.get(at)!] } : cause;
  return { causes: causes.map(withOwn), others };
}

const MISSING: ReadonlySet<CellGroup['kind']> = new Set(['lost-row', 'unfilled', 'unfinished']);

/** A row that a table lacks is missing in each of its columns, but once; so is a whole table. */
function toldOnce(causes: readonly Cause[]): Cause[] {
  const missing = new Map<string, number>();
  const told: Cause[] = [];
  for (const one of causes) {
    const [group] = one.groups;
    const isMissing = one.candidates.length === 0 && group !== undefined && MISSING.has(group.kind);
    const key = isMissing ? `${group.kind} ${group.table?.id ?? ''} ${group.row ?? ''}` : undefined;
    const at = key === undefined ? undefined : missing.get(key);
    if (at !== undefined) {
      const { members, sets } = told[at]!;
      told[at] = {
        ...told[at]!,
        members: [...members, ...one.members],
        sets: [...sets, ...one.sets],
      };
      continue;
    }
    if (key !== undefined) missing.set(key, told.length);
    told.push(one);
  }
  return told;
}

/** A cause for every located cell, and one for what is left of the failing relations. */
function causesOf(
  network: Network,
  disclosure: Disclosure,
  mistake: Mistake,
  unfilled: Unfilled,
): Cause[] {
  const { members, sets, groups, complete } = mistake;
  // What fails only beside a computed figure is no finding of the document.
  if (members.length === 0) return [];
  const unsaid = unsaidSharesOf(members, network);
  if (unsaid) return [unsaid];
  const incomplete = incompleteOf(mistake, unfilled);
  if (incomplete) return incomplete;
  const origin = { sets, groups, complete };
  const [first] = sets;
  const [group] = groups;
  // Where printed zeros may have been rounded nothing is wrong for certain.
  const isOpen = members.every(zerosExplain);
  if (group && mistake.certain.length === 0 && isLeading(mistake)) {
    const verdict = mistake.verdict === 'likely' && !isOpen ? 'likely' : 'undecided';
    const cell = placeOf(group, members);
    // A row that is not there stands nowhere: of what is computed without it nothing is wrong. And of a table
    // in another unit no figure is to be changed, least of all one of another table.
    const isNowhere = group.kind === 'lost-row' && cell.state === 'derived';
    const isOfTable = group.table && (isNowhere || OF_TABLES.has(group.kind));
    const at = isOfTable ? { at: group.table.entry.key } : {};
    return [{ ...causeAt(verdict, cell, members), ...origin, ...at }];
  }
  if (!first) return byPrintedCell(mistake.alike, origin);
  const { certain, likely } = isOpen ? NOWHERE : locate(mistake);
  const located = [...certain, ...likely];
  const shares = share(network, members, located);
  const causes = [...shares].map(([cell, own]) => {
    const verdict = certain.some((c) => c.cell === cell) ? 'certain' : 'likely';
    const others = located.filter((c) => c.cell === cell || !shares.has(c.cell));
    return { ...causeAt(verdict, cell, own, byPlace(others, cell)), ...origin };
  });
  const given = new Set([...shares.values()].flat());
  const open = members.filter((member) => !given.has(member));
  if (open.length === 0) return causes;
  const rest = byCell(
    sets.flatMap(({ candidates }) => candidates.filter((c) => !located.includes(c))),
  );
  return [
    ...causes,
    ...undecided(network, disclosure, mistake, open, rest).map((one) => ({
      ...one,
      ...origin,
      sets: sets.map((set) => doubted(set, network)),
    })),
  ];
}

interface Place {
  readonly certain: readonly Candidate[];
  readonly likely: readonly Candidate[];
}

const NOWHERE: Place = { certain: [], likely: [] };

/** Whether one mistake of several cells is as likely as all else together. */
function isLeading({ sets: [set], groups: [group] }: Mistake): boolean {
  return group !== undefined && (!set || group.probability >= HALF);
}

const HALF = 0.49;

/** What is said of a table rather than of a figure. */
const OF_TABLES: ReadonlySet<CellGroup['kind']> = new Set(['unit', 'columns', 'foreign']);

/** The first cell that one mistake of several cells has touched, or that is spoken of in its table. */
function placeOf({ moved, changes, table }: CellGroup, members: readonly Evaluation[]): Cell {
  const [changed] = changes.keys();
  const spoken = table && members.flatMap(({ relation }) => operandsOf(relation));
  const own = spoken?.find(({ cell }) => cell.table === table)?.cell;
  return moved?.cells[0] ?? changed ?? own ?? members[0]!.relation.left[0]!.cell;
}

/** What is certain, and the others of the set that stands out. */
function locate(mistake: Mistake): Place {
  const { verdict, sets, certain } = mistake;
  const rest = sets[0]!.candidates.filter((candidate) => !certain.includes(candidate));
  // A row that nobody wrote stands in no sum of its table: nothing speaks against a value for it.
  const isWritten = ({ cell }: Candidate) => cell.row.entry !== undefined;
  const standsOut = verdict === 'likely' || areCopies(mistake);
  return { certain, likely: standsOut && rest.every(isWritten) ? rest : [] };
}

/** Whether nothing but one figure and its copies explains it: which ones are wrong is told, to rounding. */
function areCopies({ complete, sets: [only, ...more] }: Mistake): boolean {
  const [first, ...others] = only?.candidates ?? [];
  if (!complete || more.length > 0 || !first || others.length === 0) return false;
  const [right] = first.values;
  return (
    right !== undefined &&
    isNonZero(first.cell) &&
    others.every(
      ({ cell, values: [value] }) =>
        cell.printed === first.cell.printed && value?.units === right.units,
    )
  );
}

/**
 * Gives each failing relation to one of the located cells that can mend it, the least laden one; cells
 * for which none is left are not in the result.
 */
function share(
  network: Network,
  members: readonly Evaluation[],
  located: readonly Candidate[],
): Map<Cell, Evaluation[]> {
  const shares = new Map<Cell, Evaluation[]>();
  const laden = (cell: Cell) => shares.get(cell)?.length ?? 0;
  const owners = members.map((member) => {
    const cells = located.map(({ cell }) => cell).filter((c) => network.isSuspect(member, c));
    return { member, cells };
  });
  for (const { member, cells } of owners.sort((a, b) => a.cells.length - b.cells.length)) {
    const [least] = cells.sort((a, b) => laden(a) - laden(b));
    if (least) push(shares, least, member);
  }
  return shares;
}

/** The candidate of a cell first. */
function byPlace(candidates: readonly Candidate[], cell: Cell): Candidate[] {
  const own = candidates.filter((candidate) => candidate.cell === cell);
  return [...own, ...candidates.filter((candidate) => candidate.cell !== cell)];
}

/** One candidate a cell: what several explanations say of it together, in the order of the sets. */
function byCell(candidates: readonly Candidate[]): Candidate[] {
  const merged = new Map<Cell, Candidate>();
  for (const candidate of candidates) {
    const known = merged.get(candidate.cell);
    if (!known) {
      merged.set(candidate.cell, candidate);
      continue;
    }
    const more = candidate.values.filter(
      ({ units }) => !known.values.some((value) => value.units === units),
    );
    merged.set(candidate.cell, { ...known, values: [...known.values, ...more] });
  }
  return [...merged.values()];
}

/**
 * Nothing explains all: each printed side that does not add up stands for itself, and for what says the
 * same.
 */
function byPrintedCell(
  alike: readonly (readonly Evaluation[])[],
  origin: Partial<Origin> = {},
): Cause[] {
  const printed = groupBy(alike, ([first]) => first!.relation.left[0]!.cell);
  return [...printed].map(([cell, own]) => ({
    ...causeAt('undecided', cell, own.flat()),
    ...origin,
  }));
}

function ofConflict({ members, cell }: Conflict): Cause {
  return { ...causeAt('joint', cell, members), id: `joint:${members[0]!.relation.id}` };
}

/** Tails are one where the same printed total stands against the same computed value. */
function tails(members: readonly Evaluation[]): Cause[] {
  // A text only repeats what a table says.
  const isText = ({ relation }: Evaluation) =>
    relation.left[0]!.cell.table.spec.section !== undefined;
  return [...groupBy(members, tailKey)].map(([key, found]) => {
    const own = [...found.filter((m) => !isText(m)), ...found.filter(isText)];
    return { ...causeAt('tail', own[0]!.relation.left[0]!.cell, own), id: `tail:${key}` };
  });
}

function tailKey({ measure, relation }: Evaluation): string {
  // How a ratio is printed is told of each by itself.
  if (relation.base) return relation.id;
  const { exponent } = relation.left[0]!.cell.unit;
  const text = (value: bigint) => formatHalves(value, measure!.place, exponent);
  return `${text(measure!.left)}/${text(measure!.right)}`;
}
