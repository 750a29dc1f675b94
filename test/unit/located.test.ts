import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import expected from '../fixtures/located.json';
import { pathOf, valueText } from '../../server/src/service/places';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText, EXAMPLES, HUNAN, rightTables, wholeText } from '../support/examples';

const PUTUO = 'putuo-finance-2024.disclosure.yaml';

describe.each(EXAMPLES)('the contradictions in figures of %s', (name) => {
  const { causes } = analyzeText(wholeText(name), name);
  const located = causes
    .filter(({ verdict }) => verdict === 'certain' || verdict === 'likely')
    .flatMap(({ candidates }) =>
      candidates.map(({ cell, values }) => `${pathOf(cell)} = ${valueText(values[0]!, cell)}`),
    );

  it('are located where a careful auditor puts them, and nowhere else', () => {
    const wanted = expected[name].located.map(([, path, value]) => `${path!} = ${value!}`);
    expect(located.sort()).toEqual(wanted.sort());
  });

  it('are left open where the figures do not decide, and nowhere else', () => {
    const listed = causes
      .filter(({ verdict }) => verdict === 'undecided')
      .map(({ cell, members, candidates }) => [
        pathOf(cell),
        ...members.map(({ relation }) => pathOf(relation.left[0]!.cell)),
        ...candidates.map((candidate) => pathOf(candidate.cell)),
      ]);
    const open = expected[name].open.map(([, path]) => path!);
    const unsaid = open.filter((path) => !listed.flat().includes(path));
    const unexpected = listed.filter((paths) => !paths.some((path) => open.includes(path)));
    expect({ unsaid, unexpected }).toEqual({ unsaid: [], unexpected: [] });
  });
});

describe('a document that is right', () => {
  const corrected = join(__dirname, '../fixtures/tianyuan-2024.corrected.yaml');
  const texts = [
    ...EXAMPLES.map((name): [string, string] => [name, rightTables(name)]),
    ['a corrected twin', readFileSync(corrected, 'utf8')] as [string, string],
  ];

  it.each(texts)('is impossible together in nothing: %s', (name, text) => {
    const path = name.includes('.') ? name : undefined;
    const { causes } = analyzeText(text, path);
    expect(causes.filter(({ verdict }) => verdict === 'joint')).toEqual([]);
  });
});

// Its training costs are limited by an annex that the published file leaves blank, which has nothing to do with it.
test.each([
  ['in the wrong unit', '30201: 7.05', '30201: 70500.00'],
  ['with a wrong digit', '30229: 3.25', '30229: 63.25'],
])(
  'a part of a sum %s is told at the sum, not at another one that fails anyway',
  (_, right, wrong) => {
    const text = wholeText(HUNAN);
    expect(text).toContain(right);
    const before = causesOf(analyzeText(text), 'zh-cn').map(({ path }) => path);
    const causes = causesOf(analyzeText(text.replace(right, wrong)), 'zh-cn');
    const [found, ...more] = causes.filter(({ path }) => !before.includes(path));
    expect(more).toEqual([]);
    expect(found).toMatchObject({ severity: 'error', rule: 't6.hierarchy' });
    expect(found!.message).toMatch(new RegExp(`可能有误：[^、]*${right.split(':')[0]}`));
  },
);

test('a row in 元 among 万元 is told there, and nowhere else', () => {
  const text = wholeText(HUNAN);
  const row = /支出决算表:\n(?:.*\n)*? +2080101: +\{([^}]*)\}/.exec(text)!;
  const figures = row[1]!.replace(/[\d.]+/g, (figure) =>
    (10_000 * Number.parseFloat(figure)).toFixed(2),
  );
  const wrong = text.replace(row[0], row[0].replace(row[1]!, figures));
  const before = causesOf(analyzeText(text), 'zh-cn').map(({ path }) => path);
  const found = causesOf(analyzeText(wrong), 'zh-cn').filter(
    ({ path, severity }) => severity !== 'information' && !before.includes(path),
  );
  const rows = new Set(found.map(({ path }) => path?.split('/').slice(0, 2).join('/')));
  expect([...rows]).toEqual(['支出决算表/2080101']);
});

// The only amount of its column that is no whole number: how it is printed tells nothing of how it should be.
test.each(['2804200', '28042', '208', '29042'])(
  'an amount of a text is mended to the place of the other amounts beside it: %s',
  (wrong) => {
    const text = wholeText(HUNAN);
    const right = '年初预算: 280.42, 调整追加: 56.54';
    expect(text).toContain(right);
    const { causes } = analyzeText(text.replace(right, right.replace('280.42', wrong)));
    const found = causes.flatMap(({ candidates }) => candidates);
    const values = found.flatMap(({ cell, values: [first] }) =>
      first && cell.printed === wrong ? [valueText(first, cell)] : [],
    );
    expect(values).toEqual(['280.42']);
  },
);

test('a share that lost its decimals is not said to be a whole number for certain', () => {
  const text = wholeText(PUTUO);
  expect(text).toContain('完成: 98.20%');
  const { causes } = analyzeText(text.replace('完成: 98.20%', '完成: 9820%'), PUTUO);
  const verdicts = causes.flatMap(({ candidates, verdict }) =>
    candidates.some(({ cell }) => cell.printed === '9820%') ? [verdict] : [],
  );
  expect(verdicts).toEqual(['likely']);
});

test.each(['0', ''])('a total that prints "%s" is told, and not the shares over it', (wrong) => {
  const name = 'putuo-finance-2024.disclosure.yaml';
  const text = wholeText(name);
  const right = /支出合计: 2940\.05(?=\n +基本支出: \{金额)/;
  expect(text).toMatch(right);
  const before = causesOf(analyzeText(text, name), 'zh-cn').map(({ path }) => path);
  const found = causesOf(analyzeText(text.replace(right, `支出合计: ${wrong}`), name), 'zh-cn');
  const paths = found.flatMap(({ path, severity }) =>
    severity !== 'information' && !before.includes(path) ? [path] : [],
  );
  expect(paths).toEqual(['决算情况说明/支出/支出合计/金额']);
});

// 900,900 of a change in 元 make the amount before it less than nothing; a third decimal stands alone in its text.
test.each([
  ['putuo-ecology-2025.disclosure.json', '"增加": 90.09', '"增加": 900900', '90.09'],
  [PUTUO, '财政拨款收入: {金额: 2940.05', '财政拨款收入: {金额: 2940.065', '2940.05'],
])('%s: of a text, the amount is blamed that is odd itself: %s', (name, right, wrong, value) => {
  const text = wholeText(name);
  expect(text).toContain(right);
  const { causes } = analyzeText(text.replace(right, wrong), name);
  const [printed] = /[\d.]+$/.exec(wrong)!;
  const own = causes.filter(({ cell }) => cell.printed === printed);
  expect(own.map(({ verdict }) => verdict)).toEqual(['likely']);
  const [first] = own[0]!.candidates;
  expect(first!.cell.printed).toBe(printed);
  expect(valueText(first!.values[0]!, first!.cell)).toBe(value);
});

test('a gross slip is told of its sum, though blanks below zero would make it up with what else is wrong there', () => {
  const text = wholeText(HUNAN);
  const right = '30213: 0.14';
  expect(text).toContain(right);
  const { causes } = analyzeText(text.replace(right, '30213: 1400'));
  const own = causes.filter(({ members }) =>
    members.some(({ relation }) => relation.id.startsWith('t6.hierarchy')),
  );
  const failing = own.filter(({ verdict }) => verdict !== 'tail');
  expect(failing.map(({ members }) => members.length)).toEqual([1]);
  const [first] = failing[0]!.candidates;
  expect(first!.cell.printed).toBe('1400');
  expect(valueText(first!.values[0]!, first!.cell)).toBe('0.14');
});
