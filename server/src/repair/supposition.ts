/** What becomes of a document where something in it is supposed to be written otherwise. */
import { isGuess } from '../disclosure/damage';
import type { Cell, Disclosure, Table } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Network } from '../relations/network';
import { causeAt, isRearranged, type Cause, type CellGroup } from './cause';

/** What fails as the document is written, and no longer as it is supposed to be. */
export interface Settled {
  readonly relations: ReadonlySet<Evaluation>;
  readonly facts: ReadonlySet<Fact>;
}

export interface Supposed {
  /** The id that a relation or fact has as supposed. */
  readonly renamed?: (id: string) => string;
  /** Whether a relation has to hold, as supposed, for it to explain anything. */
  readonly isToHold: (evaluation: Evaluation) => boolean;
  /** How many relations it has to settle, where something else speaks for it. */
  readonly fewest?: number;
}

/** One figure that is wrong breaks no less. */
export const FEWEST_SETTLED = 2;

/** What is looked at of a document in which nearly everything fails. */
export const MOST_FAILING = 50;

/** Of a document with more rows nothing is tried, while somebody types: each trial evaluates it anew. */
const MOST_ROWS = 2000;

/**
 * The failing relations for which suppositions about some tables are worth trying: none where one figure explains
 * all of them, or where a syntax error was read by a guess.
 */
export function toExplain(
  causes: readonly Cause[],
  network: Network,
  { tree }: Disclosure,
  tables: readonly Table[],
): readonly Evaluation[] {
  if (network.counts.fails === 0 || tree.problems.some(isGuess)) return [];
  if (tables.reduce((count, { rows }) => count + rows.size, 0) > MOST_ROWS) return [];
  const failing = network.opened('fails');
  return isOneFigure(causes, failing) ? [] : failing;
}

/** What of all that fails is not told of as wrong codes, as several rows lost, or as figures of a whole table. */
export function untold(
  causes: readonly Cause[],
  failing: readonly Evaluation[],
): readonly Evaluation[] {
  const told = causes.filter(
    ({ groups: [group] }) => group && (TOLD.has(group.kind) || isRearranged(group)),
  );
  const members = new Set(told.flatMap((cause) => cause.members));
  return members.size === 0 ? failing : failing.filter((one) => !members.has(one));
}

const TOLD: ReadonlySet<CellGroup['kind']> = new Set(['miscoded', 'exchanged-codes', 'lost-rows']);

/** What no longer fails; undefined where that is too little, or anything new fails. */
export function settledIn(
  before: Network,
  after: Network,
  { renamed = (id) => id, isToHold, fewest = FEWEST_SETTLED }: Supposed,
): Settled | undefined {
  const failing = before.opened('fails');
  const known = new Set(failing.flatMap(({ relation: { id } }) => [id, renamed(id)]));
  // Nor is it new where it could not be checked.
  for (const { id } of before.unchecked) known.add(id);
  const still = after.opened('fails');
  if (still.some((one) => !known.has(one.relation.id) || isToHold(one))) return undefined;
  const said = before.facts.filter(fails);
  const facts = new Set(said.flatMap(({ id }) => [id, renamed(id)]));
  const stillSaid = after.facts.filter(fails);
  // A list need not name everything.
  if (stillSaid.some(({ id, variant }) => variant !== 'left-out' && !facts.has(id)))
    return undefined;
  if (after.unchecked.length > before.unchecked.length) return undefined;
  const left = new Set([
    ...still.map(({ relation }) => relation.id),
    ...stillSaid.map(({ id }) => id),
  ]);
  const isSettled = (id: string) => !left.has(id) && !left.has(renamed(id));
  const relations = new Set(failing.filter(({ relation: { id } }) => isSettled(id)));
  if (relations.size < fewest) return undefined;
  return { relations, facts: new Set(said.filter(({ id }) => isSettled(id))) };
}

const fails = ({ outcome }: { readonly outcome: string }) => outcome === 'fails';

const overlap = (a: Settled, b: Settled): boolean =>
  [...a.relations].some((one) => b.relations.has(one));

/**
 * The causes with those of what was found instead of what it settles; of findings that settle the same, none.
 * @param rivals whether another finding that settles the same speaks against one
 */
export function causesWith<T extends { readonly settled: Settled }>(
  causes: readonly Cause[],
  found: readonly T[],
  causeOf: (one: T) => Cause,
  rivals: (one: T, other: T) => boolean = () => true,
): Cause[] {
  const isRival = (one: T, other: T) =>
    other !== one && rivals(one, other) && overlap(one.settled, other.settled);
  return found
    .filter((one) => !found.some((other) => isRival(one, other)))
    .reduce<Cause[]>((told, one) => [causeOf(one), ...without(told, one.settled)], [...causes]);
}

/** What is told of one mistake of several cells, which settles what it does, instead of each cell's own. */
export function causeOfSettled(
  cell: Cell,
  { relations, facts }: Settled,
  group: CellGroup,
  verdict: Cause['verdict'] = 'likely',
): Cause {
  return { ...causeAt(verdict, cell, [...relations]), facts, groups: [group] };
}

/** Whether one figure that is located explains all of it. */
export function isOneFigure(causes: readonly Cause[], relations: Iterable<Evaluation>): boolean {
  return causes.some(({ verdict, candidates, members }) => {
    if ((verdict !== 'certain' && verdict !== 'likely') || candidates.length !== 1) return false;
    const own = new Set(members);
    return [...relations].every((one) => own.has(one));
  });
}

/** What is left of other causes; of what stood together with the settled it is only told that it fails. */
function without(causes: readonly Cause[], { relations }: Settled): Cause[] {
  return causes.flatMap((cause): Cause[] => {
    const members = cause.members.filter((member) => !relations.has(member));
    if (members.length === cause.members.length) return [cause];
    if (members.length === 0) return [];
    const { cell } = members[0]!.relation.left[0]!;
    const open = { verdict: 'undecided', candidates: [], sets: [], groups: [] } as const;
    return [{ ...cause, ...open, id: `cell:${cell.id}`, cell, members }];
  });
}
