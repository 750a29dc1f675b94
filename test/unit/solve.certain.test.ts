import { describe, expect, it } from 'vitest';
import type { Problem } from '../../server/src/repair/solve/problem';
import { solve } from '../../server/src/repair/solve/solve';
import { equal, sum, variables } from '../support/problems';

describe('certain is no', () => {
  it('amount below zero where none was printed', () => {
    const balance = {
      id: 'closing',
      kind: 'balance' as const,
      left: ['opening', 'income', { variable: 'expense', coefficient: -1 }],
      right: ['closing'],
    };
    const figures = { opening: '0.00', income: '0.00', expense: '5.34', closing: '0.00' };
    const [finding] = solve({
      negative: 1.5,
      variables: variables({ ...figures, again: '5.34', twice: '5.34', still: '0.00' }),
      relations: [balance, equal('expense', 'again'), equal('expense', 'twice')],
    }).findings;
    expect(finding!.certain).toEqual([]);
  });

  it('whole number where a figure has lost its decimals', () => {
    const relations = [sum('t', 'a', 'c'), equal('a', 'b'), equal('a', 'd')];
    const right = { b: '280.42', c: '56.54', t: '336.96', d: '280.42' };
    const certain = (a: string, more: object) =>
      solve({
        variables: variables({ ...right, a }).map((one) =>
          one.id === 'a' ? { ...one, ...more } : one,
        ),
        relations,
      }).findings.flatMap((finding) => finding.certain.map(({ value }) => value));
    expect(certain('28042', {})).toEqual(['280.42']);
    expect(certain('28042', { decimals: 0 })).toEqual([]);
  });

  it('last right figure among its wrong copies', () => {
    const copies = variables({ right: '7.65', a: '7.62', b: '7.62', c: '7.62' });
    const relations = ['a', 'b', 'c'].map((id) => equal('right', id));
    const certain = (more: Partial<Problem>) =>
      solve({
        variables: [...copies, ...(more.variables ?? [])],
        relations: [...relations, ...(more.relations ?? [])],
      }).findings.flatMap((finding) => finding.certain.map(({ variable }) => variable));
    expect(certain({})).toEqual([]);
    // The others are right where a sum says so.
    const parts = variables({ p: '3.41', q: '4.21' });
    expect(certain({ variables: parts, relations: [sum('a', 'p', 'q')] })).toEqual(['right']);
    // A sum that rounding lets hold with the last one as well says nothing; nor does what else was
    // added up from the copies.
    const near = { right: '7.64', a: '7.62', b: '7.62', c: '7.62', p: '3.41', q: '4.22' };
    const most = { left: ['most'], comparator: '>=' as const, right: ['a', 'more'] };
    const { findings } = solve({
      variables: variables({ ...near, more: '0.01', most: '7.63' }),
      relations: [...relations, sum('a', 'p', 'q'), { id: 'most', ...most }],
    });
    expect(findings).toHaveLength(1);
    expect(findings.flatMap((finding) => finding.certain)).toEqual([]);
  });

  it('figure that one sum and a limit contradict, without a slip that explains it', () => {
    const figures = { t: '1911.85', a: '678.83', b: '620.51', c: '4360.62', most: '620.51' };
    const limit = { ...equal('most', 'c'), comparator: '>=' as const };
    const of = (more: Readonly<Record<string, string>>, relations: Problem['relations']) =>
      solve({
        mode: 'exact',
        variables: variables({ ...figures, ...more }),
        relations: [sum('t', 'a', 'b', 'c'), limit, ...relations],
      }).findings;
    const once = of({}, []);
    expect(once.map(({ sets }) => sets[0]!.variables[0])).toMatchObject([
      { variable: 'c', values: [{ value: '612.51', slip: 'other' }] },
    ]);
    expect(once.flatMap(({ certain }) => certain)).toEqual([]);
    // A limit tells that it is too large; what it is, another equality tells.
    const twice = of({ again: '612.51' }, [equal('c', 'again')]);
    expect(twice.flatMap(({ certain }) => certain)).toEqual([{ variable: 'c', value: '612.51' }]);
  });

  it('figure with which a long sum would be off by far more than rounding makes it', () => {
    // Left out where a blank stands, and wrong in its only copy too; another figure is wrong besides.
    const parts = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`p${n}`, `${n}.25`]));
    const figures = { ...parts, x: '', 'x again': '892.48', y: '1.14', 'y again': '0.14' };
    const certain = (total: string) =>
      solve({
        variables: variables({ total, ...figures }),
        relations: [
          sum('total', ...Object.keys(parts), 'x', 'y'),
          equal('x', 'x again'),
          equal('y', 'y again'),
        ],
      }).findings.flatMap((finding) => finding.certain);
    const right = [
      { variable: 'x', value: '892.48' },
      { variable: 'y', value: '0.14' },
    ];
    // The parts come to 1785.00.
    expect(certain('2677.62')).toEqual(right);
    expect(certain('2677.65')).toEqual(right);
    expect(certain('2677.76')).toEqual([]);
  });

  it('copy of a sum, where a rounding tail explains a last place more or less', () => {
    const figures = { copy: '520.05', total: '520.50', p: '500.00', q: '20.50' };
    const once = {
      variables: variables(figures),
      relations: [sum('total', 'p', 'q'), equal('copy', 'total')],
    };
    const [finding] = solve(once).findings;
    expect(finding!.certain).toEqual([]);
    const values = finding!.sets[0]!.variables[0]!.values.map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['520.50', '520.49', '520.51']));
    // Another sum that wants the same makes it so.
    const twice = { ...once, relations: [...once.relations, sum('copy', 'p', 'q')] };
    expect(solve(twice).findings[0]!.certain).toEqual([{ variable: 'copy', value: '520.50' }]);
  });

  it.each([
    [{ p: '3.0', q: '14.9', total: '17.9', first: '11.9', second: '17.8' }],
    [{ p: '300.25', q: '1491.13', total: '1791.38', first: '1719.38', second: '1791.37' }],
  ])('figure that a tail brings beside one of which it is a plainer slip: %j', (figures) => {
    // As well it was to be what the total is, and the second is wrong besides.
    const { findings } = solve({
      variables: variables({ ...figures, again: figures.total }),
      relations: [
        sum('total', 'p', 'q'),
        equal('again', 'total'),
        equal('first', 'total'),
        equal('second', 'first'),
      ],
    });
    expect(findings).not.toEqual([]);
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  it.each([
    ['as it would be without another mistake', { a1: '122', a2: '1220', a3: '122' }],
    ['as it would be without a mistake of its copies', { a1: '122', a2: '122', a3: '1220' }],
  ])('total that a figure contradicts which its copies repeat, %s', (_, figures) => {
    // 131, or 29 for 9 in both places.
    const { findings } = solve({
      width: 0,
      variables: variables({ ...figures, b1: '9', b2: '9', total: '151' }),
      relations: [
        equal('a1', 'a2'),
        equal('a2', 'a3'),
        equal('b1', 'b2'),
        sum('total', 'a2', 'b1'),
      ],
    });
    const certain = findings.flatMap((finding) => finding.certain);
    expect(certain.map(({ variable }) => variable)).not.toContain('total');
  });

  it('total of two sums, one of which copies of a wrong figure explain and the other a figure of the set', () => {
    const figures = { a: '145', a2: '145', b1: '211', b2: '211', b3: '251', c: '299', c2: '299' };
    const { findings } = solve({
      width: 0,
      variables: variables({ ...figures, p: '400', p2: '400', q: '205', total: '695' }),
      relations: [
        ...[equal('b1', 'b2'), equal('b2', 'b3'), equal('c', 'c2'), equal('a', 'a2')],
        ...[equal('p', 'p2'), sum('total', 'a', 'b1', 'c')],
        { ...sum('total', 'p', 'q'), id: 'again' },
      ],
    });
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  it('total that a single sum contradicts, without a slip that explains it', () => {
    const { findings } = solve({
      variables: variables({ t: '4.51', a: '14.00', b: '8.57', a2: '14.00', b2: '8.57' }),
      relations: [sum('t', 'a', 'b'), equal('a', 'a2'), equal('b', 'b2')],
    });
    expect(findings.map(({ sets }) => sets[0]!.variables[0]!.variable)).toEqual(['t']);
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  it('change of two copies where nothing but copies contradicts them', () => {
    const copies = { a: '78.73', b: '78.73', c: '78.72', d: '78.72', e: '78.72' };
    const twoWays = ['a', 'b'].flatMap((x) => ['c', 'd', 'e'].map((y) => equal(x, y)));
    const { findings } = solve({
      variables: variables(copies),
      relations: [equal('a', 'b'), ...twoWays],
    });
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });
  it('total that agrees with its copy to the digit, where a part is wrong wherever it stands', () => {
    // c was 60.99, and what it was copied from is wrong alike.
    const parts = { a: '2106.66', b: '326.72', c: '60.95', d: '445.69' };
    const tables = { basic: '2336.91', project: '603.14', total: '2940.05' };
    const known = Object.entries(parts).map(([id, printed]) => {
      return { id: `${id} again`, printed, fixed: true };
    });
    const { findings } = solve({
      variables: [...variables({ ...parts, ...tables, text: '2940.05' }), ...known],
      relations: [
        sum('total', 'basic', 'project'),
        equal('text', 'total'),
        sum('text', ...Object.keys(parts)),
        ...Object.keys(parts).map((id) => equal(id, `${id} again`)),
      ],
    });
    expect(findings.map(({ sets }) => sets[0]!.variables[0]!.values[0]!.value)).toEqual([
      '2940.04',
    ]);
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  it.each([
    ['rounded where another one is cut off', '66.66', []],
    ['rounded where no other one tells', undefined, []],
    ['rounded where others are', '66.67', [{ variable: 'share', value: '0.98' }]],
  ])('ratio %s', (_, other, expected) => {
    const ratio = (id: string, part: string) => ({
      id: `${id} of ${part}`,
      kind: 'ratio' as const,
      ratio: id,
      numerator: [{ variable: part, coefficient: 100 }],
      denominator: ['whole'],
    });
    // 97.56 of 10000.00 is 0.9756 %; who cuts off prints 0.97.
    const figures = { whole: '10000.00', few: '97.56', most: '6666.66', rest: '3235.78' };
    const { findings } = solve({
      variables: [
        ...variables({ ...figures, share: '0.79' }),
        ...(other === undefined ? [] : variables({ other })),
      ],
      relations: [
        sum('whole', 'few', 'most', 'rest'),
        ratio('share', 'few'),
        ...(other === undefined ? [] : [ratio('other', 'most')]),
      ],
    });
    expect(findings.map(({ sets }) => sets[0]!.variables[0]!.values[0]!.value)).toEqual(['0.98']);
    expect(findings.flatMap(({ certain }) => certain)).toEqual(expected);
  });
});

describe('a wrong figure that stands wherever it is repeated', () => {
  /** What is spent on operating the office, in a table and in the text, at most and at least. */
  const places = { table: '184.67', text: '184.67', least: '184.67' };
  const figures = { all: '2336.91', staff: '2152.26', goods: '171.07', capital: '13.58' };
  const [finding, ...more] = solve({
    variables: variables({ ...figures, ...places }).map((variable) =>
      variable.id === 'text' ? { ...variable, namesakes: ['table', 'least'] } : variable,
    ),
    relations: [
      { ...equal('all', 'table'), right: ['staff', 'table'] },
      { ...sum('all', 'staff', 'text'), id: 'text' },
      sum('table', 'goods', 'capital'),
      equal('text', 'table'),
      { ...equal('table', 'least'), comparator: '>=' },
    ],
  }).findings;

  it('is not taken for right where it is a limit that would still hold', () => {
    expect(more).toEqual([]);
    expect(finding!.verdict).toBe('undecided');
    const right = finding!.groups.map(({ changes }) => changes.map(({ value }) => value));
    expect(right).toContainEqual(['184.65', '184.65', '184.65']);
  });
});

describe('nothing is certain', () => {
  it('of a column that rows have moved in, where one figure would mend it and the other column tells', () => {
    // 54.60 of which 54.59 and 0.01, as 52.00 of which 51.99 and 0.01: each stands one row too high.
    const rows = ['total', 'abroad', 'vehicles', 'purchase', 'running', 'reception'];
    const budget = ['57.88', '54.60', '54.59', '0.01', '1.21', '2.06'];
    const final = ['54.91', '52.00', '51.99', '0.01', '1.09', '1.82'];
    const column = (name: string, printed: readonly string[]) =>
      Object.fromEntries(rows.map((row, at) => [`${row}/${name}`, printed[at]!]));
    const within = (name: string) => [
      sum(`total/${name}`, `abroad/${name}`, `vehicles/${name}`, `reception/${name}`),
      sum(`vehicles/${name}`, `purchase/${name}`, `running/${name}`),
    ];
    const figures = { ...column('budget', budget), ...column('final', final) };
    const { findings } = solve({
      mode: 'truncated',
      variables: variables({ ...figures, bought: '51.99' }),
      relations: [...within('budget'), ...within('final'), equal('purchase/final', 'bought')],
      grids: [
        {
          id: '三公',
          closed: true,
          rows: rows.map((id) => ({ id, cells: [`${id}/budget`, `${id}/final`] })),
        },
      ],
    });
    expect(findings.flatMap(({ groups }) => groups.map(({ kind }) => kind))).toContain('shifted');
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
  });

  it('of what shares a relation with figures that are impossible together', () => {
    const limit = (id: string, left: string, right: string) => ({
      id,
      left: [left],
      comparator: '<=' as const,
      right: [right, { constant: '-0.08' }],
    });
    const { findings, conflicts } = solve({
      variables: variables({ x: '10.0', y: '10.0', z: '10.0', w: '11.0', v: '12.0' }),
      relations: [
        limit('xy', 'x', 'y'),
        limit('yz', 'y', 'z'),
        { id: 'zw', left: ['z'], right: ['w'] },
        { id: 'wv', left: ['w'], right: ['v', { constant: '-2' }] },
      ],
    });
    expect(conflicts.map(({ proven }) => proven)).toEqual([true]);
    expect(findings.flatMap(({ certain }) => certain)).toEqual([]);
    expect(findings.map(({ verdict }) => verdict)).not.toContain('certain');
  });
});
