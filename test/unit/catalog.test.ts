import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { compileCatalog } from '../../server/src/catalog/compile';
import { parseCsv, parseCsvRecords } from '../../server/src/catalog/csv';
import type { CatalogClassification } from '../../server/src/catalog/data';
import { readDisclosure } from '../../server/src/disclosure/read';
import { languageOf } from '../../server/src/disclosure/recognize';
import { normalizeKey, vocabulary } from '../../server/src/disclosure/vocabulary';
import { parse } from '../../server/src/syntax/parse';

const lookup = builtInCatalog.lookup.bind(builtInCatalog);
const pathOf = builtInCatalog.pathOf.bind(builtInCatalog);
const entriesOf = builtInCatalog.entries.bind(builtInCatalog);

const CLASSIFICATIONS: CatalogClassification[] = ['functional', 'economic', 'economic-government'];
const examples = join(__dirname, '../../examples');

describe('lookup', () => {
  test.each([
    ['208', 'functional', '社会保障和就业支出', '类', 'documented'],
    ['20805', 'functional', '行政事业单位养老支出', '款', 'documented'],
    ['20801', 'functional', '人力资源和社会保障管理事务', '款', 'recalled'],
    ['2080101', 'functional', '行政运行', '项', 'documented'],
    ['2101103', 'functional', '公务员医疗补助', '项', 'documented'],
    ['2210201', 'functional', '住房公积金', '项', 'documented'],
    ['2010101', 'functional', '行政运行', '项', 'recalled'],
    ['301', 'economic', '工资福利支出', '类', 'documented'],
    ['30217', 'economic', '公务接待费', '款', 'documented'],
    ['31013', 'economic', '公务用车购置', '款', 'documented'],
    ['501', 'economic-government', '机关工资福利支出', '类', 'documented'],
    ['50201', 'economic-government', '办公经费', '款', 'documented'],
  ] as const)('%s is %s %s, a %s, %s', (code, classification, name, level, status) => {
    expect(lookup(code, classification)).toMatchObject({ code, name, level, status });
  });

  test('a code belongs to one classification', () => {
    expect(lookup('301', 'functional')).toBeUndefined();
    expect(lookup('208', 'economic')).toBeUndefined();
    expect(lookup('2089', 'functional')).toBeUndefined();
    expect(lookup('', 'functional')).toBeUndefined();
  });

  test('gives the budgets of a functional subject', () => {
    expect(lookup('2080101', 'functional')?.budgets).toEqual(['general']);
    expect(lookup('212', 'functional')?.budgets).toEqual(['general', 'fund']);
    expect(lookup('2296003', 'functional')?.budgets).toEqual(['fund']);
    expect(lookup('223', 'functional')?.budgets).toEqual(['capital']);
    expect(lookup('301', 'economic')?.budgets).toBeUndefined();
  });

  test('gives former names with their last year, newest first', () => {
    expect(lookup('210', 'functional')?.aliases).toMatchObject([
      { name: '医疗卫生与计划生育支出', kind: 'former', until: 2018, status: 'documented' },
      { name: '医疗卫生支出', kind: 'former', until: 2013, status: 'recalled' },
    ]);
    expect(lookup('2080101', 'functional')?.aliases).toEqual([]);
  });

  test('knows where an abolished subject went', () => {
    expect(lookup('30104', 'economic')).toMatchObject({ until: 2017, now: ['30112'] });
    expect(lookup('21006', 'functional')).toMatchObject({ until: 2023, now: ['21017'] });
  });
});

test('pathOf gives the levels down to the code, and stops where the catalog does', () => {
  const names = (code: string) => pathOf(code, 'functional').map(({ name }) => name);
  expect(names('2089999')).toEqual([
    '社会保障和就业支出',
    '其他社会保障和就业支出',
    '其他社会保障和就业支出',
  ]);
  expect(names('20807')).toEqual(['社会保障和就业支出', '就业补助']);
  expect(names('2080000')).toEqual(['社会保障和就业支出']);
  expect(names('999')).toEqual([]);
});

describe.each(CLASSIFICATIONS)('%s', (classification) => {
  const entries = [...entriesOf(classification)];

  test('codes are unique, in order, and their level follows from their length', () => {
    const codes = entries.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort());
    for (const { code, level } of entries) {
      expect([code, level]).toEqual([code, { 3: '类', 5: '款', 7: '项' }[code.length]]);
    }
  });

  test('every subject has its parents', () => {
    const orphans = entries.filter(
      ({ code }) => pathOf(code, classification).length !== (code.length - 1) / 2,
    );
    expect(orphans).toEqual([]);
  });

  test('every subject has a name and says how it is known', () => {
    const doubtful = entries.filter(
      ({ name, status, confidence }) =>
        !name || /[\s,"'()]/.test(name) || (status === 'recalled') !== (confidence !== undefined),
    );
    expect(doubtful).toEqual([]);
  });

  test('an abolished subject points to ones in use', () => {
    for (const { until, now = [] } of entries) {
      if (now.length > 0) expect(until).toBeDefined();
      for (const code of now) expect(lookup(code, classification)?.until).toBeUndefined();
    }
  });

  test('an alias differs from the name as names are compared', () => {
    for (const { code, name, aliases } of entries) {
      const names = [name, ...aliases.map((alias) => alias.name)].map(normalizeKey);
      expect([code, new Set(names).size]).toEqual([code, names.length]);
    }
  });
});

test('every function line of the forms has a documented name', () => {
  const codes = new Set(vocabulary.lines['functions']!.flatMap((list) => list.codes));
  expect(codes.size).toBe(26);
  for (const code of codes) {
    expect(lookup(code, 'functional')).toMatchObject({ code, level: '类', status: 'documented' });
  }
});

describe.each(readdirSync(examples).filter((name) => name.includes('.')))('%s', (name) => {
  test('every code that it uses is named, and is documented', () => {
    const text = readFileSync(join(examples, name), 'utf8');
    const { tables } = readDisclosure(parse(text, languageOf(name)));
    const rows = [...tables.values()].flatMap((table) => [...table.rows.values()]);
    const codes = rows.flatMap(({ code, section }) =>
      code ? [{ code, classification: section.codes!.classification }] : [],
    );
    expect(codes.length).toBeGreaterThan(100);
    const unknown = codes.filter(
      ({ code, classification }) => lookup(code, classification)?.status !== 'documented',
    );
    expect(unknown).toEqual([]);
  });
});

test('most of what departments print is documented', () => {
  const documented = (classification: CatalogClassification) =>
    [...entriesOf(classification)].filter(({ status }) => status === 'documented').length;
  expect(documented('functional')).toBeGreaterThanOrEqual(234);
  expect(documented('economic')).toBeGreaterThanOrEqual(81);
});

describe('compileCatalog', () => {
  const compile = (text: string, aliases = '') =>
    compileCatalog({ subjects: { functional: text }, aliases });
  const messages = (text: string, aliases?: string) =>
    compile(text, aliases).problems.map(({ code, args }) =>
      [code, ...Object.values(args)].filter(Boolean).join(' '),
    );

  test('reads the columns by their header, whatever their order', () => {
    const { data, problems } = compile('name,status,code,extra\n甲,documented,201,x\n');
    expect(problems).toEqual([]);
    expect(data.subjects.functional).toEqual([['201', '甲', 0]]);
    expect(data.provenance).toEqual([['documented', '', [], '', '']]);
  });

  test('says what is wrong and keeps the rest', () => {
    const text = `code,name,level,status,confidence,until
201,甲,类,documented,,
20101,乙,项,documented,,
2020101,丙,,recalled,high,
2019,丁,,recalled,high,
201,戊,类,documented,,
203,,类,documented,,
204,己,类,certain,,
205,庚,类,documented,,最近
`;
    expect(messages(text)).toEqual([
      'level 20101 款',
      'code 2019',
      'twice 201',
      'name 203',
      'word certain documented、recalled',
      'year 最近',
      'parent 2020101 20201',
    ]);
    expect(compile(text).data.subjects.functional.map(([code]) => code)).toEqual([
      '201',
      '2020101',
    ]);
  });

  test('an alias must be of a subject', () => {
    const aliases = 'code,name,kind,until,status,note\n999,乙,former,,recalled,\n';
    expect(messages('code,name,status\n201,甲,documented\n', aliases)).toEqual(['alias 999']);
  });
});

describe('parseCsv', () => {
  test('reads quotes, line ends and a byte order mark', () => {
    expect(parseCsv('\uFEFFa,"b ""c"", d"\r\n"1\n2",\n\n,3')).toEqual([
      ['a', 'b "c", d'],
      ['1\n2', ''],
      ['', '3'],
    ]);
  });

  test('a field in the middle of which a quote stands is taken as it is', () => {
    expect(parseCsv('a"b",c')).toEqual([['a"b"', 'c']]);
  });

  test('missing fields are empty', () => {
    expect(parseCsvRecords('a,b\n1')).toEqual([
      { fields: { a: '1', b: '' }, range: { start: 4, end: 5 } },
    ]);
    expect(parseCsvRecords('')).toEqual([]);
  });
});
