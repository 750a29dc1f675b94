/** Failing relations that belong together, and what explains them together. */

import { leastOf } from '../../syntax/arrays';
import { groupBy } from '../../syntax/multimap';
import type { Groups } from './groups';
import {
  isLikely,
  Search,
  weightOf,
  type Budget,
  type Explanation,
  type Explanations,
} from './search';
import type { Verifier } from './verify';

export interface Cluster extends Explanations {
  readonly failing: readonly number[];
}

/**
 * Explains all failing relations: each cluster by one figure if one will do that need not be negative; what
 * one mistake of many cells binds together; then by more figures, and clusters that only together make sense.
 */
export function explainAll(
  verifier: Verifier,
  groups: Groups,
  failing: readonly number[],
  budget: Budget,
): readonly Cluster[] {
  const alone = connected(verifier, failing).map((members) =>
    explain(verifier, members, budget, ALONE),
  );
  const isOpen = (cluster: Cluster) =>
    !cluster.sets.some((set) => isLikely(verifier.state, set)) ||
    weightOfLightest(verifier, cluster) > 2 * lightestOf(verifier, cluster);
  const open = alone.filter(isOpen).map((cluster) => cluster.failing);
  const united = unite(verifier, groups, open, budget);
  const explained = united.map((members, at) => {
    // What one cluster leaves undecided is not to be the others' end.
    const share = Math.floor(budget.left / (united.length - at));
    const own: Budget = { ...budget, left: share };
    const cluster = explain(verifier, members, own);
    budget.left -= share - Math.max(0, own.left);
    return cluster;
  });
  return merge(verifier, [...alone.filter((cluster) => !isOpen(cluster)), ...explained], budget);
}

/** The largest set of those that are searched first. */
const ALONE = 1;

/** What the lightest of the figures weighs that may be wrong. */
const lightestOf = (verifier: Verifier, { failing }: Cluster): number =>
  leastOf(failing.map((index) => verifier.lightestOf(index)));

/** Clusters all of which one mistake of many cells explains become one. */
function unite(
  verifier: Verifier,
  groups: Groups,
  clusters: readonly (readonly number[])[],
  budget: Budget,
): (readonly number[])[] {
  let open = [...clusters];
  const done: (readonly number[])[] = [];
  for (let own = open.shift(); own; own = open.shift()) {
    const mistakes = open.length > 0 ? groups.explaining(verifier, own, budget, false) : [];
    const widest = mistakes.reduce(
      (most, { explains }) => (explains.length > most.length ? explains : most),
      own,
    );
    // Clusters have no relation in common.
    if (widest === own) {
      done.push(own);
      continue;
    }
    const within = new Set(widest);
    const bound = open.filter((members) => members.every((index) => within.has(index)));
    open = open.filter((members) => !bound.includes(members));
    done.push([...own, ...bound.flat()]);
  }
  return done;
}

function explain(
  verifier: Verifier,
  failing: readonly number[],
  budget: Budget,
  largest?: number,
): Cluster {
  const before = verifier.unfinished;
  verifier.unfinished = false;
  const search = new Search(verifier, failing, budget);
  const found = largest === ALONE ? search.alone() : search.run(largest);
  verifier.unfinished = before;
  return { failing, ...found };
}

/** What is left of a cluster when a part of it is explained. */
export function explainRest(
  verifier: Verifier,
  failing: readonly number[],
  budget: Budget,
): readonly Cluster[] {
  return connected(verifier, failing).map((members) => explain(verifier, members, budget));
}

/** Groups relations that share a suspect, directly or through others, in the order of their last one. */
function connected(verifier: Verifier, failing: readonly number[]): number[][] {
  /** Where a relation is joined to; one that is joined to itself stands for its group. */
  const joined = failing.map((_, at) => at);
  const rootOf = (at: number): number => {
    let root = at;
    while (joined[root] !== root) root = joined[root]!;
    for (let next = at; next !== root;) [next, joined[next]] = [joined[next]!, root];
    return root;
  };
  const join = (a: number, b: number) => {
    const [x, y] = [rootOf(a), rootOf(b)];
    if (x !== y) joined[Math.min(x, y)] = Math.max(x, y);
  };
  const hits = failing.map((index, at) => ({ at, suspects: verifier.suspectsOf(index) }));
  hits.sort((a, b) => a.suspects.length - b.suspects.length);
  const owners = new Map<number, number>();
  const longest = hits.pop();
  for (const { at, suspects } of hits) {
    for (const variable of suspects) {
      const owner = owners.get(variable);
      if (owner === undefined) owners.set(variable, at);
      else join(owner, at);
    }
  }
  // A total may have as many parts as a file has lines: what it shares with the others they know.
  if (longest) {
    for (const [variable, owner] of owners) {
      if (verifier.isSuspect(failing[longest.at]!, variable)) join(owner, longest.at);
    }
  }
  const groups = groupBy(failing.keys(), rootOf);
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([, members]) => members.map((at) => failing[at]!));
}

/**
 * Two wrong figures may hide each other in a relation that holds (amounts exchanged between two rows of a
 * column): then no cluster is explained rightly by itself. Clusters that share such a relation become one
 * where fewer figures explain both together, or as many in another way.
 */
function merge(verifier: Verifier, found: readonly Cluster[], budget: Budget): Cluster[] {
  const clusters: (Cluster | undefined)[] = [...found];
  const queue = linked(verifier, found);
  for (const [i, j] of queue) {
    const [a, b] = [clusters[i], clusters[j]];
    if (!a || !b) continue;
    const merged = together(verifier, a, b, budget);
    if (!merged) continue;
    const at = clusters.push(merged) - 1;
    clusters[i] = clusters[j] = undefined;
    // What was bound to one of them is bound to both now.
    const bound = new Set(
      queue.flatMap(([p, q]) => (p === i || p === j ? q : q === i || q === j ? p : [])),
    );
    for (const other of bound) if (clusters[other]) queue.push([other, at]);
  }
  return clusters.filter((cluster) => cluster !== undefined);
}

/** Pairs of clusters whose suspects meet in a relation that fails in neither. */
function linked(verifier: Verifier, clusters: readonly Cluster[]): [number, number][] {
  const known = new Map<number, number[]>();
  const pairs = new Map<string, [number, number]>();
  if (clusters.length < 2) return [];
  clusters.forEach((cluster, own) => {
    for (const index of verifier.relationsOf(linkingSuspects(verifier, cluster))) {
      const others = known.get(index) ?? [];
      for (const other of others) pairs.set(`${other} ${own}`, [other, own]);
      known.set(index, [...others, own]);
    }
  });
  return [...pairs.values()];
}

/** All that may be wrong; of a total with very many parts, what stands in all failing relations. */
function linkingSuspects(verifier: Verifier, { failing }: Cluster): readonly number[] {
  const all = new Set<number>();
  for (const index of failing) {
    for (const variable of verifier.suspectsOf(index)) all.add(variable);
    if (all.size > MOST_LINKING) return hittingAll(verifier, failing);
  }
  return [...all];
}

/** Of more figures than this, the relations of all are not gone through. */
const MOST_LINKING = 1_000;

function together(verifier: Verifier, a: Cluster, b: Cluster, budget: Budget): Cluster | undefined {
  const failing = [...a.failing, ...b.failing];
  if (!goTogether(verifier, a, b, budget))
    return explain(verifier, failing, budget, LARGEST_MERGED);
  const pairs = links(verifier, a, b);
  const first = pairs.next().value;
  if (!first) return undefined;
  const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
  const complete = a.complete && b.complete;
  if (sizeA > 1 || sizeB > 1) {
    const fewer = explain(verifier, failing, budget, Math.min(sizeA + sizeB - 1, LARGEST_MERGED));
    return weightOfLightest(verifier, fewer) <
      weightOfLightest(verifier, a) + weightOfLightest(verifier, b)
      ? fewer
      : undefined;
  }
  // One figure each explains both apart; do two that hide each other explain them too?
  const hidden: Explanation[] = [];
  for (let pair: Pair | undefined = first; pair; pair = pairs.next().value) {
    budget.left -= COST_OF_PAIR;
    if (budget.left < 0) return { failing, sets: products(a, b), complete: false };
    const variables = [...pair].sort((p, q) => p - q);
    const options = verifier.together(variables);
    if (options) hidden.push({ variables, options });
  }
  if (hidden.length === 0) return undefined;
  return { failing, sets: [...products(a, b), ...hidden], complete };
}

/** Whether some set of each explains both together: they may meet in a relation that holds as printed. */
function goTogether(verifier: Verifier, a: Cluster, b: Cluster, budget: Budget): boolean {
  if (a.sets.length === 0 || b.sets.length === 0) return true;
  return products(a, b).some(({ variables }) => {
    const set = [...new Set(variables)].sort((p, q) => p - q);
    if (!verifier.sharing(set)) return true;
    budget.left -= COST_OF_PAIR;
    return budget.left < 0 || verifier.together(set) !== undefined;
  });
}

/** In tests of one figure. */
const COST_OF_PAIR = 24;

/** Merged clusters of more figures than this are not searched again. */
const LARGEST_MERGED = 4;

const sizeOf = ({ sets }: Cluster) => sets[0]?.variables.length ?? LARGEST_MERGED;

/** Sets are in the order of their weights. */
const weightOfLightest = ({ state }: Verifier, { sets: [first] }: Cluster) =>
  first ? weightOf(state, first) : Infinity;

function products(a: Cluster, b: Cluster): Explanation[] {
  return a.sets.flatMap((x) =>
    b.sets.map((y) => ({
      variables: [...x.variables, ...y.variables],
      options: [...x.options, ...y.options],
    })),
  );
}

type Pair = readonly [number, number];

/**
 * Pairs, one suspect of each cluster hitting all of it, that share a relation and of which one at least
 * does not explain its cluster by itself.
 */
function* links(verifier: Verifier, a: Cluster, b: Cluster): Generator<Pair, undefined> {
  const explaining = new Set([...a.sets, ...b.sets].flatMap(({ variables }) => variables));
  const only = sizeOf(a) === 1 && sizeOf(b) === 1;
  const candidates = (cluster: Cluster) =>
    only ? hittingAll(verifier, cluster.failing) : linkingSuspects(verifier, cluster);
  const second = new Set(candidates(b));
  for (const x of candidates(a)) {
    const met = new Set<number>();
    for (const index of verifier.relationsOf([x])) {
      if (a.failing.includes(index)) continue;
      for (const y of verifier.state.model.relation(index).variables) {
        if (y === x || !second.has(y) || met.has(y)) continue;
        if (only && explaining.has(x) && explaining.has(y)) continue;
        met.add(y);
        yield [x, y];
      }
    }
  }
  return undefined;
}

function hittingAll(verifier: Verifier, failing: readonly number[]): readonly number[] {
  const hits = failing.map((index) => ({ index, suspects: verifier.suspectsOf(index) }));
  const [shortest, ...others] = hits.sort((a, b) => a.suspects.length - b.suspects.length);
  return (shortest?.suspects ?? []).filter((variable) =>
    others.every(({ index }) => verifier.isSuspect(index, variable)),
  );
}
