import { describe, expect, it } from 'vitest';
import type { Problem } from '../../server/src/repair/solve/problem';
import { solve } from '../../server/src/repair/solve/solve';
import { equal, growthOf, sum, variables, type Figures } from '../support/problems';

/** More values than can be tried: a wide interval, or one that is open on a side. */

/** An amount of this year, its change against last year and the growth that is printed beside it. */
function growth(figures: Figures, more: Partial<Problem> = {}) {
  const { change = '90.09', now = '4733.14', printed = '1.94', ...others } = figures;
  const { findings } = solve({
    variables: [
      ...variables({ change, now, 'now again': '4733.14', ...others }),
      { id: 'growth', printed, unit: -2 },
      ...(more.variables ?? []),
    ],
    relations: [
      growthOf('growth', 'change', 'now'),
      equal('now', 'now again'),
      ...(more.relations ?? []),
    ],
  });
  return findings;
}

const firstOf = (findings: ReturnType<typeof growth>) => findings[0]!.sets[0]!.variables[0]!;

describe('a figure that may be many', () => {
  it.each([
    ['900.90', 'shift'],
    ['9.09', 'transposed'],
    ['190.09', 'digit'],
    ['900.09', 'transposed'],
  ])('is named with the figure of which a slip makes %s', (change, slip) => {
    const findings = growth({ change });
    expect(firstOf(findings)).toMatchObject({ variable: 'change', open: true });
    expect(firstOf(findings).values).toContainEqual({ value: '90.09', slip });
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  it('leaves no other figure likely that no slip makes of what is printed', () => {
    for (const change of ['900.90', '9.09', '90.99', '190.09', '80.09']) {
      const [{ verdict, sets }] = growth({ change }) as [ReturnType<typeof growth>[0]];
      if (verdict === 'likely') expect(sets[0]!.variables[0]!.variable).toBe('change');
    }
  });

  it('is likelier the one that is printed elsewhere for the same', () => {
    const own = (namesakes: readonly string[]) => {
      const findings = growth(
        {},
        {
          variables: [
            { id: 'own', printed: '537.21', namesakes },
            { id: 'own growth', printed: '1.94', unit: -2 },
          ],
          relations: [growthOf('own growth', 'own', 'now')],
        },
      );
      return findings[0]!.sets.find(({ variables: [only] }) => only!.variable === 'own')!;
    };
    const told = own(['change']);
    expect(told.variables[0]!.values[0]).toEqual({ value: '90.09', slip: 'other' });
    expect(told.probability).toBeGreaterThan(own([]).probability);
  });

  it('is not certain where a single value is told of it', () => {
    const { findings } = solve({
      variables: [...variables({ most: '700' }), { id: 'few', printed: '300', fixed: true }],
      relations: [{ ...equal('few', 'most'), comparator: '>=' }],
    });
    const [{ certain, sets, verdict }] = findings as [(typeof findings)[0]];
    expect([verdict, certain]).toEqual(['undecided', []]);
    expect(sets[0]!.variables[0]!.interval).toEqual({ lo: null, hi: '300.5' });
    const values = sets[0]!.variables[0]!.values.map(({ value }) => value);
    expect(values).toContain('70');
    expect(values.every((value) => Number(value) <= 301)).toBe(true);
  });

  it('may be the base, whatever sign it has as it is printed', () => {
    // 1243.51 less 113.42 is 1130.09; where 12.43 is printed it is below zero.
    const { findings } = solve({
      variables: [
        ...variables({ now: '12.43', change: '113.42', 'change again': '113.42' }),
        { id: 'growth', printed: '10.04', unit: -2 },
      ],
      relations: [growthOf('growth', 'change', 'now'), equal('change', 'change again')],
    });
    const now = findings[0]!.sets.flatMap((set) => set.variables).find((v) => v.variable === 'now');
    expect(now!.interval).toEqual({ lo: '1241.925', hi: '1243.715' });
    expect(now!.values[0]).toEqual({ value: '1243.00', slip: 'shift' });
  });
});

describe('several figures that may be many', () => {
  const { findings } = solve({
    negative: 1.5,
    variables: variables({
      ...{ all: '61.39', rent: '1.93', travel: '10.00', fees: '49.80' },
      ...{ meetings: '0.20', both: '' },
    }),
    relations: [
      sum('all', 'rent', 'travel', 'fees', 'meetings'),
      { ...equal('both', 'meetings'), comparator: '>=' },
    ],
  });
  const set = findings
    .flatMap(({ sets }) => sets)
    .find(({ variables: own }) => own.map((v) => v.variable).join() === 'rent,meetings')!;

  it('have an interval each, as far as the other lets it', () => {
    expect(set.variables.map(({ interval }) => interval)).toEqual([
      { lo: '1.575', hi: null },
      { lo: null, hi: '0.00' },
    ]);
  });

  it('are proposed such that they go together', () => {
    expect(set.variables.map(({ values: [first] }) => first!.value)).toEqual(['1.59', '0.00']);
  });
});

describe('figures that are never rounded', () => {
  const whole = (figures: Figures, relations: Problem['relations']) =>
    solve({ width: 0, variables: variables(figures), relations });
  const one = (a: string, b: string) => ({
    id: `${a}=${b}+1`,
    left: [a],
    right: [b, { constant: '1' }],
  });

  it.each([
    ['two relations', { x: '5', y: '5' }, [equal('x', 'y'), one('x', 'y')]],
    [
      'three relations',
      { x: '5', y: '5', z: '5' },
      [equal('x', 'y'), equal('x', 'z'), one('y', 'z')],
    ],
  ])('are not told to be what %s rule out', (_, figures, relations) => {
    const { findings } = whole(figures, relations);
    expect(findings).toMatchObject([{ verdict: 'undecided', sets: [] }]);
  });

  it('are told together where apart they would break what holds', () => {
    // a has to be 0 and b 1, but not both.
    const { findings } = whole({ a: '-2', b: '0' }, [
      { id: 'a', left: ['a'], right: [{ constant: '0' }] },
      { id: 'b', left: ['b'], right: [{ constant: '1' }] },
      { id: 'both', left: ['a', 'b'], comparator: '<=', right: [{ constant: '0' }] },
    ]);
    expect(findings).toMatchObject([{ verdict: 'undecided', sets: [], relations: ['a', 'b'] }]);
  });
});

it('a heavy figure leaves none out that are lighter together', () => {
  const { findings } = solve({
    width: 0,
    variables: variables({ a: '-3', b: '0', heavy: '0' }).map((variable) => ({
      ...variable,
      weight: variable.id === 'heavy' ? 3 : 1,
    })),
    relations: [
      { id: 'all', left: ['a', 'heavy'], right: [{ constant: '0' }] },
      { id: 'more', left: ['heavy'], comparator: '>=', right: ['b', { constant: '1' }] },
    ],
  });
  const sets = findings.flatMap((finding) =>
    finding.sets.map((set) => set.variables.map(({ variable }) => variable).join()),
  );
  expect(sets.sort()).toEqual(['a,b', 'heavy']);
});

describe('an amount below zero, where such are seldom', () => {
  const parts = { a: '231.04', b: '87.65', c: '15.33', d: '62.02', e: '9.41', f: '145.78' };
  const found = (total: string, d: string) =>
    solve({
      negative: 1.5,
      variables: variables({ total, ...parts, d }),
      relations: [sum('total', ...Object.keys(parts))],
    }).findings[0]!;

  it('is told as a flipped sign where it is printed', () => {
    const { verdict, sets } = found('551.23', '-62.02');
    expect(verdict).toBe('likely');
    expect(sets[0]!.variables).toMatchObject([
      { variable: 'd', values: [{ value: '62.02', slip: 'sign' }, {}, {}, {}, {}, {}, {}] },
    ]);
  });

  it('is never likely where it would have to be one', () => {
    // 62.02 would have to be taken away, not added.
    const { verdict, certain } = found('427.19', '62.02');
    expect([verdict, certain]).toEqual(['undecided', []]);
  });
});
