import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../server/src/repair/solve/problem';
import { solve } from '../../server/src/repair/solve/solve';

/**
 * The solver against brute force on small instances: every set of figures is tried with every value of
 * a small range. The oracle shares nothing with the code under test; it knows figures as whole numbers
 * and relations as sums of them, without rounding (width 0) and with it (width 1).
 */
const RUNS = { numRuns: 120, seed: 20250704 };

interface Linear {
  readonly coefficients: readonly number[];
  readonly comparator: '=' | '>=';
}

interface Instance {
  readonly values: readonly number[];
  readonly relations: readonly Linear[];
}

/** Figures and changes stay within this, so that every value can be tried. */
const LARGEST = 8;

const name = (variable: number) => `v${variable}`;

function problemOf({ values, relations }: Instance, width: 0 | 1): Problem {
  const side = (coefficients: readonly number[], sign: number) =>
    coefficients.flatMap((c, variable) =>
      Math.sign(c) === sign ? [{ variable: name(variable), coefficient: Math.abs(c) }] : [],
    );
  return {
    width,
    variables: [
      ...values.map((value, variable) => ({ id: name(variable), printed: String(value) })),
    ],
    relations: [
      ...relations.map(({ coefficients, comparator }, index) => ({
        id: `r${index}`,
        left: side(coefficients, 1),
        comparator,
        right: side(coefficients, -1),
      })),
      // Keeps every value in the range that the oracle goes through.
      ...values.flatMap((_, variable) => [
        {
          id: `low${variable}`,
          left: [name(variable)],
          comparator: '>=' as const,
          right: [{ constant: -LARGEST }],
        },
        {
          id: `high${variable}`,
          left: [name(variable)],
          comparator: '<=' as const,
          right: [{ constant: LARGEST }],
        },
      ]),
    ],
  };
}

/** Twice the sum of left minus right, and how far rounding lets it be off. */
function holds(
  { coefficients, comparator }: Linear,
  values: readonly number[],
  width: 0 | 1,
): boolean {
  const sum = coefficients.reduce((total, c, v) => total + c * values[v]!, 0);
  const carried = coefficients.flatMap((c, v) => (c !== 0 && values[v] !== 0 ? [Math.abs(c)] : []));
  const slack = width * carried.reduce((a, b) => a + b, 0);
  if (comparator === '>=') return 2 * sum >= -slack;
  const [a, b, ...more] = carried;
  // Two figures that print one amount are copies: the digits have to agree.
  const signs = coefficients.filter((c, v) => c !== 0 && values[v] !== 0);
  const isCopy = a !== undefined && a === b && more.length === 0 && signs[0]! * signs[1]! < 0;
  return isCopy ? sum === 0 : Math.abs(2 * sum) <= slack;
}

const valid = ({ relations }: Instance, values: readonly number[], width: 0 | 1) =>
  relations.every((relation) => holds(relation, values, width));

/** All smallest sets, each with the values its members can take together with the others of the set. */
function bruteForce(instance: Instance, width: 0 | 1): Map<string, Map<number, Set<number>>> {
  const count = instance.values.length;
  for (let size = 1; size <= count; size++) {
    const found = new Map<string, Map<number, Set<number>>>();
    for (const set of subsets(count, size)) {
      const values = [...instance.values];
      const works = new Map<number, Set<number>>(set.map((v) => [v, new Set()]));
      let any = false as boolean;
      const assign = (at: number): void => {
        if (at === set.length) {
          if (!valid(instance, values, width)) return;
          any = true;
          for (const v of set) works.get(v)!.add(values[v]!);
          return;
        }
        for (let value = -LARGEST; value <= LARGEST; value++) {
          values[set[at]!] = value;
          assign(at + 1);
        }
      };
      assign(0);
      if (any) found.set(set.map(name).join(' '), works);
    }
    if (found.size > 0) return found;
  }
  return new Map();
}

function* subsets(count: number, size: number, from = 0): Iterable<number[]> {
  if (size === 0) yield [];
  else {
    for (let first = from; first < count; first++) {
      for (const rest of subsets(count, size - 1, first + 1)) yield [first, ...rest];
    }
  }
}

const relation = (count: number): fc.Arbitrary<Linear> =>
  fc.record({
    coefficients: fc
      .array(fc.constantFrom(0, 1, -1), { minLength: count, maxLength: count })
      .filter((c) => c.filter(Boolean).length >= 2),
    comparator: fc.constantFrom('=', '=', '=', '>='),
  });

const instance: fc.Arbitrary<Instance> = fc.integer({ min: 3, max: 4 }).chain((count) =>
  fc.record({
    values: fc.array(fc.integer({ min: -4, max: 4 }), { minLength: count, maxLength: count }),
    relations: fc.array(relation(count), { minLength: 1, maxLength: 4 }),
  }),
);

describe.each([0, 1] as const)('with figures of width %i', (width) => {
  test('nothing is found where everything holds, and something where not', () => {
    fc.assert(
      fc.property(instance, (one) => {
        const { findings } = solve(problemOf(one, width));
        expect(findings.length > 0).toBe(!valid(one, one.values, width));
      }),
      { ...RUNS, numRuns: 500 },
    );
  });

  test('what is certain is in every smallest set, with the only value it can have', () => {
    fc.assert(
      fc.property(instance, (one) => {
        fc.pre(!valid(one, one.values, width));
        const sets = [...bruteForce(one, width).values()];
        const { findings } = solve(problemOf(one, width));
        for (const { variable, value } of findings.flatMap(({ certain }) => certain)) {
          const v = Number(variable.slice(1));
          for (const works of sets) {
            const possible = works.get(v);
            expect(possible, `${variable} is not in every smallest set`).toBeDefined();
            // A copy that agrees with everything is right although rounding would allow others.
            if (width === 0) expect([...possible!]).toEqual([Number(value)]);
            else expect(possible!.has(Number(value))).toBe(true);
          }
        }
      }),
      RUNS,
    );
  });

  /** Whether a set explains without a figure that would have to be negative, other than by its sign. */
  const isLikely = ({ values }: Instance, works: ReadonlyMap<number, ReadonlySet<number>>) =>
    [...works].every(([v, possible]) => {
      const printed = values[v]!;
      return printed < 0 || [...possible].some((value) => value >= 0 || value === -printed);
    });

  test.each([
    ['', {}],
    [' if one of them is likely where negative figures are rare', { negative: 1.5 }],
  ])('a single finding lists the smallest sets, and no others%s', (_, rare) => {
    fc.assert(
      fc.property(instance, (one) => {
        fc.pre(!valid(one, one.values, width));
        const smallest = bruteForce(one, width);
        const expected = [...smallest.keys()].sort();
        const { findings } = solve({ ...problemOf(one, width), ...rare });
        fc.pre(findings.length === 1 && findings[0]!.complete);
        const found = findings[0]!.sets.map((set) =>
          set.variables
            .map(({ variable }) => variable)
            .sort()
            .join(' '),
        );
        const isRare = 'negative' in rare;
        if (!isRare || [...smallest.values()].some((works) => isLikely(one, works))) {
          expect(found.sort()).toEqual(expected);
        } else expect(found).toEqual(expect.arrayContaining(expected));
      }),
      RUNS,
    );
  });
});

describe('figures that may be nearly anything', () => {
  const figures = fc.constantFrom('', '', '0.00', '1.20', '6.00', '90.00', '100.00', '9.6', '12');
  const relation = fc.record({
    members: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 2, maxLength: 4 }),
    comparator: fc.constantFrom('=' as const, '>=' as const, '<=' as const),
  });
  const problems = fc.record({
    printed: fc.array(figures, { minLength: 6, maxLength: 6 }),
    relations: fc.array(relation, { minLength: 2, maxLength: 5 }),
  });
  const problem = (
    printed: readonly string[],
    relations: readonly Problem['relations'][number][],
  ) =>
    solve({ variables: printed.map((text, at) => ({ id: name(at), printed: text })), relations });

  test('let what fails hold, where one of them is changed to what is proposed', () => {
    let tried = 0;
    fc.assert(
      fc.property(problems, (one) => {
        const relations = one.relations.map(({ members: [total, ...parts], comparator }, at) => ({
          id: `r${at}`,
          left: [name(total!)],
          right: parts.map(name),
          comparator,
        }));
        for (const { sets, relations: failing } of problem(one.printed, relations).findings) {
          for (const { variables, probability } of sets) {
            expect(probability).toBeGreaterThanOrEqual(0);
            const [only, ...more] = variables;
            if (!only || more.length > 0) continue;
            for (const { value } of only.values.slice(0, 3)) {
              const mended = one.printed.map((text, at) =>
                name(at) === only.variable ? value : text,
              );
              const standing = problem(mended, relations).relations;
              const left = standing.filter((r) => failing.includes(r.id) && r.standing === 'fails');
              expect(left).toEqual([]);
              tried++;
            }
          }
        }
      }),
      { ...RUNS, numRuns: 3000 },
    );
    expect(tried).toBeGreaterThan(1000);
  });

  test('have no value where nothing tells one, beside others that have', () => {
    const { findings } = problem(
      ['12', '100.00', '90.00', '9.6', '', '90.00'],
      [
        { id: 'sum', kind: 'sum', left: [name(0)], right: [name(5), name(4)] },
        { id: 'limit', left: [name(0)], right: [name(3)], comparator: '<=' },
      ],
    );
    const valued = findings
      .flatMap(({ sets }) => sets)
      .map(({ variables }) => variables.map(({ values }) => values.length > 0));
    // A limit that nothing bounds from above, and a blank beside it: no slip makes them what is printed.
    expect(valued).toContainEqual([false, false]);
    expect(valued).toContainEqual([true, true]);
  });
});
