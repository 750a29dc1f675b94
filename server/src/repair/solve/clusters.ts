/** Failing relations that belong together, and what explains them together. */
import { Search, suspectsOf, type Budget, type Explanation, type Explanations } from './search';
import type { Verifier } from './verify';

export interface Cluster extends Explanations {
  readonly failing: readonly number[];
}

/** Explains all failing relations: clusters one by one, then those that only together make sense. */
export function explainAll(
  verifier: Verifier,
  failing: readonly number[],
  budget: Budget,
): readonly Cluster[] {
  const clusters = connected(verifier, failing).map((members) =>
    explain(verifier, members, budget),
  );
  return merge(verifier, clusters, budget);
}

function explain(
  verifier: Verifier,
  failing: readonly number[],
  budget: Budget,
  largest?: number,
): Cluster {
  const before = verifier.unfinished;
  verifier.unfinished = false;
  const found = new Search(verifier, failing, budget).run(largest);
  verifier.unfinished = before;
  return { failing, ...found };
}

/** Groups relations that share a suspect, directly or through others. */
function connected(verifier: Verifier, failing: readonly number[]): number[][] {
  let groups: { suspects: Set<number>; members: number[] }[] = [];
  for (const index of failing) {
    const suspects = new Set(suspectsOf(verifier, index));
    const touching = groups.filter((group) => [...suspects].some((v) => group.suspects.has(v)));
    groups = groups.filter((group) => !touching.includes(group));
    for (const group of touching) for (const variable of group.suspects) suspects.add(variable);
    groups.push({ suspects, members: [...touching.flatMap(({ members }) => members), index] });
  }
  return groups.map(({ members }) => members);
}

/** No more clusters than this are tried against each other: their pairs grow with the square. */
const MOST_CLUSTERS = 12;

/**
 * Two wrong figures may hide each other in a relation that holds (amounts exchanged between two rows of a
 * column): then no cluster is explained rightly by itself. Clusters that share such a relation become one
 * where fewer figures explain both together, or as many in another way.
 */
function merge(verifier: Verifier, found: readonly Cluster[], budget: Budget): Cluster[] {
  let clusters = [...found];
  if (clusters.length > MOST_CLUSTERS) return clusters.map((c) => ({ ...c, complete: false }));
  for (let again = true; again;) {
    again = false;
    for (let i = 0; i < clusters.length && !again; i++) {
      for (let j = i + 1; j < clusters.length && !again; j++) {
        const merged = together(verifier, clusters[i]!, clusters[j]!, budget);
        if (!merged) continue;
        clusters = [...clusters.filter((_, at) => at !== i && at !== j), merged];
        again = true;
      }
    }
  }
  return clusters;
}

function together(verifier: Verifier, a: Cluster, b: Cluster, budget: Budget): Cluster | undefined {
  const failing = [...a.failing, ...b.failing];
  const linked = links(verifier, a, b);
  if (linked.length === 0) return undefined;
  const [sizeA, sizeB] = [sizeOf(a), sizeOf(b)];
  const complete = a.complete && b.complete;
  if (sizeA > 1 || sizeB > 1) {
    const fewer = explain(verifier, failing, budget, Math.min(sizeA + sizeB - 1, LARGEST_MERGED));
    if (fewer.sets.length > 0) return fewer;
    return undefined;
  }
  // One figure each explains both apart; do two that hide each other explain them too?
  const hidden: Explanation[] = [];
  for (const [x, y] of linked) {
    budget.left -= 24;
    if (budget.left < 0) return { failing, sets: products(a, b), complete: false };
    const variables = [x, y].sort((p, q) => p - q);
    const options = verifier.together(variables);
    if (options) hidden.push({ variables, options });
  }
  if (hidden.length === 0) return undefined;
  return { failing, sets: [...products(a, b), ...hidden], complete };
}

/** Merged clusters of more figures than this are not searched again. */
const LARGEST_MERGED = 4;

const sizeOf = ({ sets }: Cluster) => sets[0]?.variables.length ?? LARGEST_MERGED;

function products(a: Cluster, b: Cluster): Explanation[] {
  return a.sets.flatMap((x) =>
    b.sets.map((y) => ({
      variables: [...x.variables, ...y.variables],
      options: [...x.options, ...y.options],
    })),
  );
}

/**
 * Pairs, one suspect of each cluster hitting all of it, that share a relation and of which one at least
 * does not explain its cluster by itself.
 */
function links(verifier: Verifier, a: Cluster, b: Cluster): [number, number][] {
  const explaining = new Set([...a.sets, ...b.sets].flatMap(({ variables }) => variables));
  const only = sizeOf(a) === 1 && sizeOf(b) === 1;
  const candidates = (cluster: Cluster) =>
    only ? hittingAll(verifier, cluster.failing) : allSuspects(verifier, cluster.failing);
  const second = new Set(candidates(b));
  const pairs: [number, number][] = [];
  for (const x of candidates(a)) {
    for (const index of verifier.relationsOf([x])) {
      if (a.failing.includes(index)) continue;
      for (const y of verifier.state.model.relations[index]!.variables) {
        if (y === x || !second.has(y)) continue;
        if (only && explaining.has(x) && explaining.has(y)) continue;
        if (!pairs.some(([p, q]) => p === x && q === y)) pairs.push([x, y]);
      }
    }
  }
  return pairs;
}

function hittingAll(verifier: Verifier, failing: readonly number[]): number[] {
  const [first, ...others] = failing.map((index) => suspectsOf(verifier, index));
  const sets = others.map((variables) => new Set(variables));
  return (first ?? []).filter((variable) => sets.every((set) => set.has(variable)));
}

function allSuspects(verifier: Verifier, failing: readonly number[]): number[] {
  return [...new Set(failing.flatMap((index) => suspectsOf(verifier, index)))];
}
