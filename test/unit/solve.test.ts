import { describe, expect, it } from 'vitest';
import type { Problem } from '../../server/src/repair/solve/problem';
import { ProblemError } from '../../server/src/repair/solve/problem';
import { readProblem } from '../../server/src/repair/solve/read';
import { solve } from '../../server/src/repair/solve/solve';
import { slipBetween } from '../../server/src/repair/solve/slips';
import { equal, growthOf, sum, variables, type Figures } from '../support/problems';

/** A small table of two rows and two columns with its totals, and a copy of the grand total. */
const table: Figures = {
  a1: '12.34',
  a2: '56.78',
  a: '69.12',
  b1: '910.11',
  b2: '21.31',
  b: '931.42',
  t1: '922.45',
  t2: '78.09',
  t: '1000.54',
  copy: '1000.54',
  'a1 again': '12.34',
  'b1 again': '910.11',
  't2 again': '78.09',
};
const tableRelations = [
  sum('a', 'a1', 'a2'),
  sum('b', 'b1', 'b2'),
  { ...sum('t', 't1', 't2') },
  { ...sum('t1', 'a1', 'b1') },
  { ...sum('t2', 'a2', 'b2') },
  { ...sum('t', 'a', 'b'), id: 't by rows' },
  equal('copy', 't'),
  ...['a1', 'b1', 't2'].map((id) => equal(`${id} again`, id)),
];
const grids = [
  {
    id: 'table',
    rows: [
      { id: 'a', cells: ['a', 'a1', 'a2'] },
      { id: 'b', cells: ['b', 'b1', 'b2'] },
      { id: 't', cells: ['t', 't1', 't2'] },
    ],
  },
];

const spoiled = (wrong: Figures): Problem => ({
  variables: variables({ ...table, ...wrong }),
  relations: tableRelations,
  grids,
});

describe('one wrong figure', () => {
  it('is certain, with its value and the slip that made it', () => {
    const { findings } = solve(spoiled({ b1: '901.11' }));
    expect(findings).toHaveLength(1);
    const [{ verdict, certain, relations, sets }] = findings as [(typeof findings)[0]];
    expect(verdict).toBe('certain');
    expect(certain).toEqual([{ variable: 'b1', value: '910.11' }]);
    expect(relations).toEqual(['b', 't1', 'b1 again=b1']);
    expect(sets[0]!.variables[0]!.values[0]!.slip).toBe('transposed');
  });

  it('is listed with all others where one sum alone speaks of it', () => {
    const { findings } = solve({
      variables: variables({ t: '60.00', a: '10.00', b: '20.00', c: '40.00' }),
      relations: [sum('t', 'a', 'b', 'c')],
    });
    expect(findings[0]!.verdict).not.toBe('certain');
    expect(findings[0]!.certain).toEqual([]);
    expect(findings[0]!.sets.map((set) => set.variables[0]!.variable).sort()).toEqual([
      'a',
      'b',
      'c',
      't',
    ]);
  });

  it('may be a ratio or what it is made of', () => {
    const figures = variables({ part: '2500.00', whole: '10000.00', other: '7500.00' });
    const share = { id: 'share', printed: '52.00', unit: -2 };
    const problem: Problem = {
      variables: [...figures, share],
      relations: [
        sum('whole', 'part', 'other'),
        {
          id: 'share of part',
          kind: 'ratio',
          ratio: 'share',
          numerator: ['part'],
          denominator: ['whole'],
        },
      ],
    };
    const { findings } = solve(problem);
    // Nothing but the share can change alone: part and whole are bound by the sum.
    expect(findings[0]!.certain).toEqual([{ variable: 'share', value: '25.00' }]);
  });

  describe('of a growth', () => {
    const now = '1234.56';
    const growth = (printed: string, change: string, more: Figures = {}) => {
      const [finding] = solve({
        variables: [...variables({ now, change, ...more }), { id: 'growth', printed, unit: -2 }],
        relations: [
          growthOf('growth', 'change', 'now'),
          ...Object.keys(more).map((id) => equal(id, id.split(' ')[0]!)),
        ],
      }).findings;
      const { verdict, sets } = finding!;
      return {
        verdict,
        first: sets[0]!.variables[0]!,
        named: sets.map((set) => set.variables[0]!.variable),
      };
    };
    it('is as likely an amount as the ratio, where each stands in nothing else', () => {
      const { verdict, named } = growth('13.77', '113.42');
      expect(verdict).toBe('undecided');
      expect(named.sort()).toEqual(['change', 'growth', 'now']);
    });

    it('is the ratio where the amounts are printed elsewhere too', () => {
      const { verdict, first } = growth('13.77', '113.42', {
        'now again': now,
        'change again': '113.42',
      });
      expect(verdict).toBe('likely');
      expect(first).toMatchObject({ variable: 'growth', values: [{ value: '10.12' }] });
    });

    it('is the figure whose digits tell of a slip', () => {
      // Two digits of 113.42 exchanged.
      const amount = growth('10.12', '131.42');
      expect(amount.verdict).toBe('likely');
      expect(amount.first).toMatchObject({ variable: 'change' });
      expect(amount.first.values[0]).toEqual({ value: '113.42', slip: 'transposed' });
      const ratio = growth('70.12', '113.42');
      expect(ratio.verdict).toBe('likely');
      expect(ratio.first).toMatchObject({ variable: 'growth', values: [{ slip: 'digit' }] });
    });

    it('is the ratio where it is worked out over the amount of this year', () => {
      const { verdict, first } = growth('9.19', '113.42');
      expect(verdict).toBe('likely');
      expect(first).toMatchObject({ variable: 'growth', values: [{ slip: 'base' }] });
    });
  });

  it('is a truncated ratio no error, nor one over nothing', () => {
    const relation = {
      id: 'r',
      kind: 'ratio' as const,
      ratio: 'r',
      numerator: ['n'],
      denominator: ['d'],
    };
    const ratio = (r: string, n: string, d: string) =>
      solve({
        variables: [...variables({ n, d }), { id: 'r', printed: r, unit: -2 }],
        relations: [relation],
      }).relations[0]!.standing;
    expect(ratio('66.67', '200.00', '300.00')).toBe('holds');
    expect(ratio('66.66', '200.00', '300.00')).toBe('rounding');
    expect(ratio('66.65', '200.00', '300.00')).toBe('fails');
    expect(ratio('100.00', '200.00', '')).toBe('holds');
    expect(ratio('-66.67', '-200.00', '300.00')).toBe('holds');
  });
});

describe('several wrong figures', () => {
  it('are found together', () => {
    const { findings } = solve(spoiled({ a1: '13.34', t2: '70.09' }));
    const certain = findings.flatMap((finding) => finding.certain);
    expect(Object.fromEntries(certain.map((c) => [c.variable, c.value]))).toEqual({
      a1: '12.34',
      t2: '78.09',
    });
  });

  it('that are bound together have an interval each', () => {
    const whole = { width: 0, unit: 0 };
    const figures = { x1: '100', x2: '60', x3: '20', x4: '75' };
    const { findings } = solve({
      variables: Object.entries(figures).map(([id, printed]) => ({ id, printed, ...whole })),
      relations: [
        sum('x1', 'x2', 'x3'),
        { id: 'most', left: ['x4'], comparator: '<=', right: ['x2'] },
        {
          id: 'least',
          left: ['x4'],
          comparator: '>=',
          right: [{ variable: 'x1', coefficient: '0.8' }],
        },
      ],
    });
    const [set] = findings[0]!.sets;
    const intervals = set!.variables.map(({ variable, interval }) => [variable, interval]);
    const only = { lo: '80', hi: '80' };
    expect(Object.fromEntries(intervals)).toEqual({ x2: only, x4: only });
  });

  it('that hide each other in a sum are not taken for others', () => {
    const { findings } = solve(spoiled({ a1: '910.11', b1: '12.34' }));
    const named = findings.flatMap(({ sets }) =>
      sets.flatMap((set) => set.variables.map((v) => v.variable)),
    );
    expect(named).toEqual(expect.arrayContaining(['a1', 'b1']));
    expect(findings.flatMap(({ groups }) => groups.map(({ kind }) => kind))).toContain('swapped');
    for (const { variable, value } of findings.flatMap(({ certain }) => certain)) {
      expect(value).toBe(table[variable]);
    }
  });

  describe('one of which a single figure explains as well that would have to be negative', () => {
    const figures = { all: '61.39', rent: '1.93', travel: '10.00', fees: '49.80' };
    const problem: Problem = {
      variables: variables({ ...figures, meetings: '0.20', training: '', both: '' }),
      relations: [
        sum('all', 'rent', 'travel', 'fees', 'meetings'),
        { ...equal('both', 'meetings'), comparator: '>=', right: ['meetings', 'training'] },
      ],
    };
    const setsOf = (one: Problem) => solve(one).findings.flatMap((finding) => finding.sets);
    const namesOf = (all: typeof sets) =>
      all.map((set) => set.variables.map(({ variable }) => variable).sort());
    const sets = setsOf({ ...problem, negative: 1.5 });
    const names = namesOf(sets);

    it('are not looked for where that is no rarity', () => {
      expect(namesOf(setsOf(problem))).toEqual([['meetings']]);
    });

    it('are found beside it, and are likelier', () => {
      expect(names).toContainEqual(['meetings']);
      expect(names[0]).toEqual(['both', 'rent']);
      expect(sets[0]!.variables[0]!.values[0]).toEqual({ value: '1.39', slip: 'transposed' });
    });

    it('may be that figure and another one', () => {
      expect(names).toContainEqual(['meetings', 'rent']);
    });

    it('are not found with a figure more than it takes', () => {
      const least = names.filter((set) => !set.includes('meetings'));
      const isWithin = (a: readonly string[], b: readonly string[]) =>
        a.length < b.length && a.every((name) => b.includes(name));
      expect(names.filter((set) => least.some((other) => isWithin(other, set)))).toEqual([]);
    });
  });

  it('with the wrong sign are one mistake', () => {
    const { findings } = solve(spoiled({ a: '-69.12', a1: '-12.34', a2: '-56.78' }));
    const group = findings.flatMap(({ groups }) => groups).find(({ kind }) => kind === 'signs');
    expect(group?.changes).toEqual(expect.arrayContaining([{ variable: 'a1', value: '12.34' }]));
  });

  it('of a table in another unit are not accused one by one', () => {
    const own = { x: '123400.00', y: '567800.00', z: '691200.00' };
    const other = { x2: '12.34', y2: '56.78', z2: '69.12' };
    const { findings } = solve({
      variables: variables({ ...own, ...other }),
      relations: [
        sum('z', 'x', 'y'),
        sum('z2', 'x2', 'y2'),
        equal('x', 'x2'),
        equal('y', 'y2'),
        equal('z', 'z2'),
      ],
      grids: [
        { id: 'first', rows: Object.keys(own).map((id) => ({ id, cells: [id] })) },
        { id: 'second', rows: Object.keys(other).map((id) => ({ id, cells: [id] })) },
      ],
    });
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
    const units = findings.flatMap(({ groups }) => groups).filter(({ kind }) => kind === 'unit');
    expect(units.map(({ table: id, exponent }) => [id, exponent])).toEqual([
      ['first', 4],
      ['second', -4],
    ]);
  });

  it('of a table in another unit may have been rounded before', () => {
    const own = { x: '123400.00', y: '567800.00', z: '222200.00' };
    const other = { x2: '12.34', y2: '56.78', all: '91.36' };
    const { findings } = solve({
      variables: variables({ ...own, ...other }),
      relations: [equal('x2', 'x'), equal('y2', 'y'), sum('all', 'x', 'y', 'z')],
      grids: [
        { id: 'own', rows: Object.keys(own).map((id) => ({ id, cells: [id] })) },
        { id: 'other', rows: Object.keys(other).map((id) => ({ id, cells: [id] })) },
      ],
    });
    const [finding, ...more] = findings;
    expect(more).toEqual([]);
    expect(finding!.relations).toHaveLength(3);
    expect(finding!.groups).toContainEqual(
      expect.objectContaining({ kind: 'unit', table: 'own', exponent: 4 }),
    );
  });

  it('of a lost row are told by another table that has it', () => {
    const { findings } = solve({
      variables: variables({ t: '69.12', a: '12.34', T: '69.12', A: '12.34', B: '56.78' }),
      relations: [sum('t', 'a'), sum('T', 'A', 'B'), equal('t', 'T'), equal('a', 'A')],
      grids: [
        { id: 'short', rows: ['t', 'a'].map((id) => ({ id, cells: [id] })) },
        { id: 'whole', rows: ['T', 'A', 'B'].map((id) => ({ id: id.toLowerCase(), cells: [id] })) },
      ],
    });
    const lost = findings.flatMap(({ groups }) => groups).filter(({ kind }) => kind === 'lost-row');
    expect(lost.map(({ table, row }) => [table, row])).toEqual([['short', 'b']]);
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  describe('of a lost row that stands nowhere else', () => {
    const found = (figures: Figures, rows: Readonly<Record<string, string[]>>, isOpen = true) =>
      solve({
        variables: variables(figures),
        relations: [
          { ...sum('t', 'a'), open: isOpen },
          ...('t1' in figures ? [{ ...sum('t1', 'a1'), open: isOpen }, sum('a', 'a1')] : []),
        ],
        grids: [{ id: 'own', rows: Object.entries(rows).map(([id, cells]) => ({ id, cells })) }],
      }).findings;
    const kinds = (findings: ReturnType<typeof found>) =>
      findings.flatMap(({ groups }) => groups.map(({ kind, row }) => [kind, row]));
    const certain = (findings: ReturnType<typeof found>) =>
      findings.flatMap((finding) => finding.certain.map(({ value }) => value));

    it('are as good an explanation as a figure too small', () => {
      const findings = found({ t: '67.57', a: '67.51' }, { t: ['t'], a: ['a'] });
      expect(kinds(findings)).toEqual([['lost-row', undefined]]);
      expect(certain(findings)).toEqual([]);
    });

    it('are so too where another table prints the only sum', () => {
      const { findings } = solve({
        variables: variables({ T: '67.57', a: '67.51', A: '67.51' }),
        relations: [{ ...sum('T', 'a'), kind: 'equal', open: true }, equal('a', 'A')],
        grids: [
          { id: 'lines', rows: [{ id: 't', cells: ['T'] }] },
          { id: 'own', rows: [{ id: 'a', cells: ['a'] }] },
        ],
      });
      expect(kinds(findings)).toContainEqual(['lost-row', undefined]);
      expect(certain(findings)).toEqual([]);
    });

    it('are none where the figure is too large, or the rows are known to be all', () => {
      expect(kinds(found({ t: '67.51', a: '67.57' }, { t: ['t'], a: ['a'] }))).toEqual([]);
      expect(kinds(found({ t: '67.57', a: '67.51' }, { t: ['t'], a: ['a'] }, false))).toEqual([]);
    });

    it('are missing in every column', () => {
      const rows = { t: ['t', 't1'], a: ['a', 'a1'] };
      const both = found({ t: '67.57', t1: '67.57', a: '67.51', a1: '67.51' }, rows);
      expect(new Set(kinds(both).map(([kind]) => kind))).toContain('lost-row');
      expect(certain(both)).toEqual([]);
      const one = found({ t: '67.57', t1: '67.57', a: '67.51', a1: '67.57' }, rows);
      expect(kinds(one).map(([kind]) => kind)).not.toContain('lost-row');
    });
  });
});

describe('joint feasibility', () => {
  it('finds a chain of copies that agree pair by pair', () => {
    const { relations, findings, conflicts } = solve({
      variables: variables({ A: '1.00', B: '1.01', C: '1.02', p: '0.50', q: '0.51' }),
      relations: [sum('B', 'p', 'q'), equal('A', 'B'), equal('B', 'C')],
    });
    expect(relations.map(({ standing }) => standing)).toEqual(['holds', 'rounding', 'rounding']);
    expect(findings).toEqual([]);
    expect(conflicts).toEqual([{ relations: ['A=B', 'B=C'], variable: 'B', proven: true }]);
  });

  it('calls it a tail where the outer two are sums of rounded parts', () => {
    const { conflicts } = solve({
      variables: variables({
        ...{ A: '1.00', B: '1.01', C: '1.02' },
        ...{ a1: '0.50', a2: '0.50', c1: '0.51', c2: '0.51' },
      }),
      relations: [sum('A', 'a1', 'a2'), sum('C', 'c1', 'c2'), equal('A', 'B'), equal('B', 'C')],
    });
    expect(conflicts.map(({ relations, proven }) => [relations, proven])).toEqual([
      [['A=B', 'B=C'], false],
    ]);
  });

  const leaves = (low: string) =>
    Object.fromEntries(
      ['a', 'b', 'c'].flatMap((of) => [1, 2, 3].map((n) => [`${of}${n}`, n === 3 ? low : '1.11'])),
    );
  const levels = [
    sum('t', 'a', 'b', 'c'),
    ...['a', 'b', 'c'].map((of) => sum(of, `${of}1`, `${of}2`, `${of}3`)),
  ];

  it('finds a hierarchy whose residuals each pass', () => {
    // Each subtotal is 0.02 above its parts, the total 0.01 above the subtotals: allowed are 0.02 each.
    const figures = { t: '10.03', a: '3.34', b: '3.34', c: '3.34', ...leaves('1.10') };
    const { relations, conflicts } = solve({ variables: variables(figures), relations: levels });
    expect(relations.every(({ standing }) => standing === 'rounding')).toBe(true);
    expect(conflicts).toHaveLength(1);
    // The total with any two of the subtotals is enough.
    expect(conflicts[0]!.relations).toHaveLength(3);
    expect(conflicts[0]!.relations).toContain('t');
    expect(conflicts[0]!.proven).toBe(true);
  });

  it('gives no set that could be smaller', () => {
    const figures = { t: '10.03', a: '3.34', b: '3.34', c: '3.34', ...leaves('1.10') };
    const all = solve({ variables: variables(figures), relations: levels }).conflicts[0]!.relations;
    for (const left of all) {
      const relations = levels.filter(({ id }) => all.includes(id) && id !== left);
      expect(solve({ variables: variables(figures), relations }).conflicts).toEqual([]);
    }
  });

  it('is content where rounded parts explain it', () => {
    const figures = { t: '10.00', a: '3.34', b: '3.33', c: '3.33', ...leaves('1.11') };
    expect(solve({ variables: variables(figures), relations: levels }).conflicts).toEqual([]);
  });
});

describe('limits', () => {
  it('leave undecided what is not finished', () => {
    const stopped = solve(spoiled({ b1: '901.11' }), { cancelled: () => true });
    expect(stopped.findings.map(({ verdict, complete }) => [verdict, complete])).toEqual([
      ['undecided', false],
    ]);
    expect(solve(spoiled({ b1: '901.11' }), { budget: 0 }).findings[0]!.certain).toEqual([]);
  });

  it('make nothing certain that is not certain without them', () => {
    const two = spoiled({ b1: '901.11', a2: '57.68' });
    const all = solve(two).findings.flatMap(({ certain }) => certain);
    for (let budget = 0; budget < 100; budget++) {
      for (const { certain } of solve(two, { budget }).findings) {
        for (const one of certain) expect(all).toContainEqual(one);
      }
    }
  });

  it('keep what is not provable from being certain', () => {
    const problem = spoiled({ b1: '901.11' });
    const unprovable = problem.variables.map((v) =>
      v.id === 'b1' ? { ...v, unprovable: true } : v,
    );
    const { findings } = solve({ ...problem, variables: unprovable });
    expect(findings[0]!.certain).toEqual([]);
    expect(findings[0]!.sets[0]!.variables[0]!.variable).toBe('b1');
  });

  it('let a relation go whose condition may be wrong', () => {
    const relations = [equal('a', 'b'), { ...equal('a', 'c'), conditions: ['g'] }];
    const { findings } = solve({
      variables: variables({ a: '5.00', b: '5.00', c: '7.00', g: '1.00' }),
      relations,
    });
    const named = findings[0]!.sets.map((set) => set.variables.map(({ variable }) => variable));
    expect(named).toEqual(expect.arrayContaining([['g'], ['c']]));
    expect(findings[0]!.certain).toEqual([]);
  });
});

describe('reading a problem', () => {
  it.each([
    ['no object', []],
    ['no variables', { relations: [] }],
    ['a figure that is none', { variables: [{ id: 'a', printed: '1.2.3' }], relations: [] }],
    [
      'a name that is not there',
      { variables: [], relations: [{ id: 'r', left: ['a'], right: [] }] },
    ],
    [
      'a name twice',
      {
        variables: [
          { id: 'a', printed: '1' },
          { id: 'a', printed: '1' },
        ],
        relations: [],
      },
    ],
    [
      'a name of two relations',
      {
        variables: [{ id: 'a', printed: '1' }],
        relations: [
          { id: 'r', left: ['a'], right: [] },
          { id: 'r', left: ['a'], right: ['a'] },
        ],
      },
    ],
    ['a mode that is none', { mode: 'up', variables: [], relations: [] }],
    ['a member that is not known', { variables: [], relations: [], grid: [] }],
    [
      'a member of a variable that is not known',
      { variables: [{ id: 'a', printed: '1', decimal: 2 }], relations: [] },
    ],
    [
      'a member of a ratio in a sum',
      {
        variables: [{ id: 'a', printed: '1' }],
        relations: [{ id: 'r', left: ['a'], right: ['a'], numerator: ['a'] }],
      },
    ],
    [
      'an operand that is a constant and a variable',
      {
        variables: [{ id: 'a', printed: '1' }],
        relations: [{ id: 'r', left: ['a'], right: [{ constant: '1', variable: 'a' }] }],
      },
    ],
    ['places without end', { variables: [{ id: 'a', printed: '1', unit: 1e9 }], relations: [] }],
  ])('says what is wrong with %s', (_name, json) => {
    expect(() => solve(readProblem(json))).toThrow(ProblemError);
  });
});

it('names the member that is not known, and those that are', () => {
  const json = { variables: [{ id: 'a', printd: '1' }], relations: [] };
  expect(() => readProblem(json)).toThrow(/variables\[0\]\.printd .*printed/);
});

describe('decimals below zero', () => {
  const standing = (printed: string, decimals?: number) =>
    solve({
      variables: [
        { id: 'total', printed, ...(decimals !== undefined && { decimals }) },
        ...variables({ a: '700000', b: '534400' }),
      ],
      relations: [sum('total', 'a', 'b')],
    }).relations[0]!.standing;

  it('are the place that a figure written out in full is known to', () => {
    expect(standing('1234000')).toBe('fails');
    expect(standing('1234000', -3)).toBe('rounding');
    expect(standing('1235000', -3)).toBe('fails');
    // 1234 thousand is at the most 1234.5, and the sum at the least 1234.399.
    expect(standing('1233900', -3)).toBe('rounding');
    expect(standing('1233898', -3)).toBe('fails');
  });

  it('make copies of what is printed in that unit', () => {
    const copies = (full: string) =>
      solve({
        variables: [
          { id: 'full', printed: full, decimals: -3 },
          { id: 'thousands', printed: '1234', unit: 3 },
        ],
        relations: [equal('full', 'thousands')],
      });
    expect(copies('1234000').relations[0]!.standing).toBe('holds');
    const { relations, findings } = copies('1243000');
    expect(relations[0]!.standing).toBe('fails');
    const full = findings.flatMap(({ sets }) => sets.flatMap((set) => set.variables));
    expect(full.find(({ variable }) => variable === 'full')!.values).toEqual([
      { value: '1234000', slip: 'transposed' },
    ]);
  });
});

describe('slips', () => {
  const around = { neighbours: ['77.70'], namesakes: ['8.80'], totals: ['70.00'] };
  it.each([
    ['12.34', '13.34', 'digit'],
    ['12.34', '21.34', 'transposed'],
    ['1200.34', '120.34', 'missing'],
    ['12.34', '122.34', 'extra'],
    ['2961.68', '296.17', 'other'],
    ['2961.60', '296.16', 'shift'],
    ['12.34', '123400.00', 'unit'],
    ['12.34', '-12.34', 'sign'],
    ['12.34', '77.70', 'neighbour'],
    ['12.34', '8.8', 'namesake'],
    ['12.34', '70.00', 'total'],
    ['12.34', '', 'omitted'],
    ['12.34', '5678.91', 'other'],
  ])('for %s, %s is printed by one called %s', (right, printed, kind) => {
    expect(slipBetween(right, printed, around).kind).toBe(kind);
  });
});

it('puts what a slip makes of a figure before a copy that a tail keeps one last place away', () => {
  const tables = { total: '1367.76', p: '900.25', q: '467.51' };
  const problem = (printed: string) => ({
    variables: variables({ ...tables, printed, a: '700.10', b: '667.65' }),
    relations: [sum('total', 'p', 'q'), sum('printed', 'a', 'b'), equal('printed', 'total')],
  });
  const first = (printed: string) =>
    solve(problem(printed)).findings[0]!.sets[0]!.variables.map(({ variable, values }) => [
      variable,
      values[0]!.value,
    ]);
  // 1367.75, its digits exchanged; the other has nothing to do with it.
  expect(first('1637.75')).toEqual([['printed', '1367.75']]);
  expect(first('1637.76')).toEqual([['printed', '1367.76']]);
});

it('tells a row in another unit where its total alone does not fit, whatever it is made of', () => {
  const figures = { t: '3800000.00', a: '3000000.00', b: '800000.00', rest: '650.00' };
  const [finding] = solve({
    negative: 1.5,
    variables: [
      ...variables(figures),
      { id: 'total', printed: '1030.00', fixed: true },
      { id: 'in the text', printed: '300.00', fixed: true },
    ],
    relations: [sum('total', 't', 'rest'), sum('t', 'a', 'b'), equal('a', 'in the text')],
    grids: [{ id: 'table', rows: [{ id: 'row', cells: ['t', 'a', 'b'] }] }],
  }).findings;
  const [group] = finding!.groups;
  expect(group).toMatchObject({ kind: 'unit-row' });
  expect(group!.changes).toEqual([
    { variable: 't', value: '380.00' },
    { variable: 'a', value: '300.00' },
    { variable: 'b', value: '80.00' },
  ]);
});
