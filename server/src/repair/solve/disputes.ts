/** Amounts that several places repeat and on which they do not agree. */
import { groupBy } from '../../syntax/multimap';
import { isLimit, type LinearModel } from './relationModel';
import { inPlace } from './options';
import type { Situation } from './situation';
import type { State } from './state';

/** Places that repeat one amount, by what they print. */
export interface Dispute {
  /** Those that agree, tails aside; at least two camps. */
  readonly camps: readonly (readonly number[])[];
  /** By place, those that a relation of two figures binds to it. */
  readonly beside: ReadonlyMap<number, readonly number[]>;
  /** Whether a limit is among what binds them: then it is not known to the digit what the others print. */
  readonly isLimited: boolean;
}

/** An amount that stands in more places is looked into no further. */
const MOST_PLACES = 64;

/** The amounts on which some failing relations disagree. */
export function disputesIn(situation: Situation, failing: readonly number[]): Dispute[] {
  const { model, state } = situation;
  const known = new Set<number>();
  return failing.flatMap((index) => {
    const first = model.relation(index).variables.find((v) => state.isNonZero(v));
    if (first === undefined || known.has(first)) return [];
    if (copyBeside(situation, index, first) === undefined) return [];
    return disputeFrom(situation, first, known) ?? [];
  });
}

function disputeFrom(situation: Situation, first: number, known: Set<number>): Dispute | undefined {
  const { model, state } = situation;
  const beside = new Map<number, number[]>([[first, []]]);
  const agreeing: [number, number][] = [];
  let isLimited = false;
  for (const [place, others] of beside) {
    known.add(place);
    for (const { relation: index } of model.incident(place)) {
      const other = copyBeside(situation, index, place);
      if (other === undefined) continue;
      others.push(other);
      isLimited ||= isLimit(model.relation(index));
      if (!beside.has(other)) beside.set(other, []);
      if (situation.standingOf(index) !== 'fails') agreeing.push([place, other]);
    }
    if (beside.size > MOST_PLACES) return undefined;
  }
  const camps = campsOf(state, [...beside.keys()], agreeing);
  return camps.length > 1 ? { camps, beside, isLimited } : undefined;
}

/**
 * The only other figure of a relation that carries a digit, where the relation equates both; or where one
 * exceeds the other that it may at most be, as a part that is all of it does.
 */
function copyBeside(situation: Situation, index: number, variable: number): number | undefined {
  const { model, state } = situation;
  const relation = model.relation(index);
  if (relation.kind === 'ratio') return undefined;
  if (isLimit(relation) && situation.standingOf(index) !== 'fails') return undefined;
  if (state.sumOf(index).nonZero !== 2) return undefined;
  const at = relation.variables.findIndex((v) => v !== variable && state.isNonZero(v));
  return isOpposite(relation, at, relation.variables.indexOf(variable))
    ? relation.variables[at]
    : undefined;
}

const isOpposite = ({ coefficients }: LinearModel, a: number, b: number) =>
  a >= 0 && b >= 0 && coefficients[a] === -coefficients[b]!;

/** Those that print the same, or agree by a relation that holds. */
function campsOf(
  { value }: State,
  places: readonly number[],
  agreeing: readonly (readonly [number, number])[],
): number[][] {
  const figures = new Map<bigint, bigint>();
  const rootOf = (figure: bigint): bigint => {
    const next = figures.get(figure) ?? figure;
    return next === figure ? figure : rootOf(next);
  };
  for (const [a, b] of agreeing) figures.set(rootOf(value[a]!), rootOf(value[b]!));
  return [...groupBy(places, (place) => rootOf(value[place]!)).values()];
}

/** What the others would print if one camp is right; undefined where one of them cannot be wrong. */
export function settled(
  { model, state }: Situation,
  { camps, beside }: Dispute,
  right: readonly number[],
): ReadonlyMap<number, bigint> | undefined {
  const changes = new Map<number, bigint>();
  for (const place of camps.flat()) {
    if (right.includes(place)) continue;
    if (!model.isFree(place)) return undefined;
    const bound = beside.get(place)!.filter((other) => right.includes(other));
    const printed = groupBy(bound.length > 0 ? bound : right, (other) => state.value[other]!);
    const [most] = [...printed].sort(([, a], [, b]) => b.length - a.length)[0]!;
    changes.set(place, inPlace(most, model.printStep[place]!));
  }
  return changes;
}
