import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../server/src/repair/solve/problem';
import { solve, type Solution } from '../../server/src/repair/solve/solve';

/**
 * Whole numbers that are never rounded, against an oracle that tries every value of a range: what may be
 * anything in it is too much for the solver to go through, so it has to reason. The oracle shares nothing
 * with the code under test.
 */
const RUNS = { seed: 20261129 };

/** The oracle goes through every value up to this; what goes farther in a larger range has no bound. */
const LARGEST = 40;
const LESS = 30;

interface Linear {
  readonly coefficients: readonly number[];
  readonly constant: number;
  readonly comparator: '=' | '>=';
}

interface Instance {
  readonly values: readonly number[];
  readonly weights: readonly number[];
  readonly relations: readonly Linear[];
}

const name = (variable: number) => `v${variable}`;

const problemOf = ({ values, weights, relations }: Instance): Problem => ({
  width: 0,
  variables: values.map((value, variable) => ({
    id: name(variable),
    printed: String(value),
    weight: weights[variable]!,
  })),
  relations: relations.map(({ coefficients, constant, comparator }, index) => ({
    id: `r${index}`,
    left: coefficients.flatMap((c, v) => (c === 0 ? [] : [{ variable: name(v), coefficient: c }])),
    comparator,
    right: [{ constant }],
  })),
});

function holds({ coefficients, constant, comparator }: Linear, values: readonly number[]): boolean {
  const sum = coefficients.reduce((total, c, v) => total + c * values[v]!, 0);
  return comparator === '=' ? sum === constant : sum >= constant;
}

const valid = ({ relations }: Instance, values: readonly number[]) =>
  relations.every((relation) => holds(relation, values));

/** What every figure of a set can be, together with the others; undefined where nothing will do. */
function feasible(
  instance: Instance,
  set: readonly number[],
  largest = LARGEST,
): Map<number, Set<number>> | undefined {
  const values = [...instance.values];
  const found = new Map(set.map((v) => [v, new Set<number>()]));
  let any = false as boolean;
  const assign = (at: number): void => {
    if (at === set.length) {
      if (!valid(instance, values)) return;
      any = true;
      for (const v of set) found.get(v)!.add(values[v]!);
      return;
    }
    for (let value = -largest; value <= largest; value++) {
      values[set[at]!] = value;
      assign(at + 1);
    }
  };
  assign(0);
  return any ? found : undefined;
}

function* subsets(count: number, size: number, from = 0): Iterable<number[]> {
  if (size === 0) yield [];
  else {
    for (let first = from; first < count; first++) {
      for (const rest of subsets(count, size - 1, first + 1)) yield [first, ...rest];
    }
  }
}

/** All sets that explain and of which no part does, by name. */
function explaining(instance: Instance): Map<string, Map<number, Set<number>>> {
  const found = new Map<string, Map<number, Set<number>>>();
  const sets: number[][] = [];
  for (let size = 1; size <= instance.values.length; size++) {
    for (const set of subsets(instance.values.length, size)) {
      if (sets.some((smaller) => smaller.every((v) => set.includes(v)))) continue;
      const works = feasible(instance, set);
      if (!works) continue;
      sets.push(set);
      found.set(set.map(name).join(' '), works);
    }
  }
  return found;
}

const weightOf = ({ weights }: Instance, key: string) =>
  key.split(' ').reduce((sum, id) => sum + weights[Number(id.slice(1))]!, 0);

/** Every choice of one set of each finding. */
function chosen({
  findings,
}: Solution): Solution['findings'][number]['sets'][number]['variables'][] {
  return findings.reduce<Solution['findings'][number]['sets'][number]['variables'][]>(
    (all, { sets }) => all.flatMap((one) => sets.map(({ variables }) => [...one, ...variables])),
    [[]],
  );
}

const keyOf = (variables: readonly { readonly variable: string }[]) =>
  variables
    .map(({ variable }) => variable)
    .sort()
    .join(' ');

const relation = (count: number): fc.Arbitrary<Linear> =>
  fc.record({
    coefficients: fc
      .array(fc.constantFrom(0, 0, 1, 1, -1, -1, 2), { minLength: count, maxLength: count })
      .filter((c) => c.some(Boolean)),
    constant: fc.integer({ min: -3, max: 3 }),
    comparator: fc.constantFrom('=', '=', '>='),
  });

const instanceOf = (weight: fc.Arbitrary<number>): fc.Arbitrary<Instance> =>
  fc.integer({ min: 2, max: 3 }).chain((count) =>
    fc.record({
      values: fc.array(fc.integer({ min: -3, max: 3 }), { minLength: count, maxLength: count }),
      weights: fc.array(weight, { minLength: count, maxLength: count }),
      relations: fc.array(relation(count), { minLength: 1, maxLength: 4 }),
    }),
  );

describe.each([
  ['of equal weights', fc.constant(1)],
  ['of different weights', fc.constantFrom(1, 2, 3)],
])('whole numbers %s', (_, weight) => {
  test('each set is possible, none could be smaller, and no lightest one is missing', () => {
    fc.assert(
      fc.property(instanceOf(weight), (one) => {
        fc.pre(!valid(one, one.values));
        const solution = solve(problemOf(one));
        const expected = explaining(one);
        const sets = chosen(solution);
        for (const variables of sets) expect([...expected.keys(), '']).toContain(keyOf(variables));
        if (!solution.findings.every(({ complete }) => complete)) return;
        const least = Math.min(...[...expected.keys()].map((key) => weightOf(one, key)));
        const lightest = [...expected.keys()].filter((key) => weightOf(one, key) === least);
        expect(sets.map(keyOf)).toEqual(expect.arrayContaining(lightest));
      }),
      { ...RUNS, numRuns: 120 },
    );
  });

  test('an interval reaches from the least to the greatest value that will do', () => {
    fc.assert(
      fc.property(instanceOf(weight), (one) => {
        fc.pre(!valid(one, one.values));
        const { findings } = solve(problemOf(one));
        // Of several each is told as if the others were not there.
        if (findings.length > 1) return;
        const expected = explaining(one);
        for (const { variables } of findings[0]!.sets) {
          const works = expected.get(keyOf(variables));
          if (!works) continue;
          const numbers = [...works.keys()];
          for (const { variable, interval, values } of variables) {
            const v = Number(variable.slice(1));
            const possible = works.get(v)!;
            const fewer = feasible(one, numbers, LESS)!.get(v)!;
            const end = (of: (...all: number[]) => number) =>
              of(...possible) === of(...fewer) ? String(of(...possible)) : null;
            const hull = { lo: end(Math.min), hi: end(Math.max) };
            expect([variable, interval]).toEqual([variable, hull]);
            for (const { value } of values) {
              if (Math.abs(Number(value)) <= LESS / 4) expect(possible).toContain(Number(value));
            }
          }
        }
      }),
      { ...RUNS, numRuns: 120 },
    );
  });

  test('what is put first of each figure of a set goes together', () => {
    fc.assert(
      fc.property(instanceOf(weight), (one) => {
        fc.pre(!valid(one, one.values));
        const { findings } = solve(problemOf(one));
        if (findings.length > 1) return;
        for (const { variables } of findings[0]!.sets) {
          if (variables.some(({ values }) => values.length === 0)) continue;
          const values = [...one.values];
          for (const { variable, values: told } of variables) {
            values[Number(variable.slice(1))] = Number(told[0]!.value);
          }
          expect(valid(one, values)).toBe(true);
        }
      }),
      { ...RUNS, numRuns: 240 },
    );
  });

  test('certain is one lightest set, and one value', () => {
    fc.assert(
      fc.property(instanceOf(weight), (one) => {
        fc.pre(!valid(one, one.values));
        const { findings } = solve(problemOf(one));
        const certain = findings.flatMap((finding) => finding.certain);
        if (certain.length === 0) return;
        const expected = explaining(one);
        const least = Math.min(...[...expected.keys()].map((key) => weightOf(one, key)));
        for (const [key, works] of expected) {
          if (weightOf(one, key) !== least) continue;
          for (const { variable, value } of certain) {
            expect(works.get(Number(variable.slice(1)))).toEqual(new Set([Number(value)]));
          }
        }
        if (findings.every(({ verdict }) => verdict === 'certain')) {
          expect([...expected.keys()].filter((key) => weightOf(one, key) === least)).toHaveLength(
            1,
          );
        }
      }),
      { ...RUNS, numRuns: 120 },
    );
  });
});
