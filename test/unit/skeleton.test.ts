import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { vocabulary } from '../../server/src/disclosure/vocabulary';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { formatEdits } from '../../server/src/service/format/format';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import { analyzeText } from '../support/examples';
import { filledIn } from '../support/filling';

const wish = {
  language: 'yaml',
  layout: 'national',
  year: 2024,
  organisation: '某市某局',
} as const;
const write = (change: Partial<Parameters<typeof skeletonOf>[0]> = {}) =>
  skeletonOf({ ...wish, ...change }, builtInCatalog);

describe('a new disclosure', () => {
  const wishes = vocabulary.layouts.flatMap(({ id }) =>
    (['yaml', 'json'] as const).flatMap((language) =>
      [2024, 2025].map((year) => [id, language, year] as const),
    ),
  );

  test.each(wishes)(
    'for %s in %s of %d has every table and nothing to find',
    (layout, language, year) => {
      const text = write({ layout, language, year });
      const analysis = analyzeText(text, `new.disclosure.${language}`);
      expect(diagnosticsOf(analysis, 'file:///new', 'zh-cn')).toEqual([]);
      const { disclosure, tree } = analysis;
      expect(disclosure!.year).toBe(year);
      expect(disclosure!.layout.id).toBe(layout);
      expect(disclosure!.organisation).toBe('某市某局');
      const order = vocabulary.layouts.find(({ id }) => id === layout)!.tables.map(({ id }) => id);
      const tables = [...disclosure!.tables.values()].filter(({ spec }) => !spec.section);
      expect(tables.map(({ id }) => id).sort()).toEqual([...order].sort());
      const written = tree.root?.kind === 'map' ? tree.root.entries.map(({ key }) => key.text) : [];
      const keys = order.map((id) => vocabulary.tables.find((table) => table.id === id)!.key);
      const narrative = vocabulary.sections['narrative']!.key;
      expect(written.slice(-keys.length - 1)).toEqual([...keys, narrative]);
      expect(formatEdits(tree, { tabSize: 2, insertSpaces: true })).toEqual([]);
    },
  );

  test('has the lines of its year', () => {
    // 债务还本 and 债务付息 went out of the forms of 2025.
    expect(write()).toContain('\n    231: 自动\n');
    expect(write({ year: 2025 })).not.toContain('\n    231: 自动\n');
  });

  test('has the columns of its layout', () => {
    const rowOf = (text: string) =>
      /国有资本经营预算财政拨款支出决算表:\n {2}合计: \{(.*)\}/.exec(text)![1];
    expect(rowOf(write())).toBe('合计: 自动, 基本支出: 自动, 项目支出: 自动');
    expect(rowOf(write({ layout: 'shanghai' }))).toContain('年末结转和结余');
  });

  test.each(vocabulary.layouts)('has the narrative of $id in its order', ({ id, narrative }) => {
    const { disclosure, tree } = analyzeText(write({ layout: id }), 'a.disclosure.yaml');
    const order = narrative.map((section) => section.id);
    const found = [...disclosure!.tables.values()].filter((table) => order.includes(table.id));
    const start = (entry: (typeof found)[number]['entry']) => tree.rangeOf(entry).start;
    const sorted = [...found].sort((a, b) => start(a.entry) - start(b.entry));
    expect(sorted.map((table) => table.id)).toEqual(order);
    // Each facet that the layout names is there, and is known.
    for (const printed of narrative) {
      const spec = vocabulary.statements.find((one) => one.id === printed.id)!;
      const parts =
        'sections' in printed ? Object.entries(printed.sections) : [['', printed] as const];
      for (const [part, { columns = [], total = [], rows = [] }] of parts) {
        const section = spec.sections.find((one) => one.id === part)!;
        expect(section.columns.map((column) => column.id)).toEqual(
          expect.arrayContaining([...columns, ...total]),
        );
        expect(section.rows.map((row) => row.id)).toEqual(expect.arrayContaining([...rows]));
      }
    }
  });

  test('leaves to the server what it can compute, and nothing else', () => {
    for (const layout of vocabulary.layouts) {
      const { disclosure } = analyzeText(write({ layout: layout.id }), 'a.disclosure.yaml');
      const derived = [...disclosure!.cells()].filter(({ state }) => state === 'derived');
      expect(derived.length).toBeGreaterThan(100);
      expect(derived.filter(({ amount }) => amount === undefined)).toEqual([]);
    }
    expect(write()).toContain(
      '\n    收支总计: 自动\n    比上年: {增加: , 增长: }\n    主要原因: \n',
    );
    expect(write()).toContain('\n  合计:                     {预算数: 自动, 决算数: 自动}\n');
  });

  test.each(vocabulary.layouts)(
    'has a blank where a value of $id is to be typed, so that it stands whatever is typed there',
    ({ id }) => {
      const text = write({ layout: id });
      const { tree } = analyzeText(text, 'a.disclosure.yaml');
      expect(text).toMatch(/\n {2}30201: \n/);
      expect(formatEdits(tree, { tabSize: 2, insertSpaces: true })).toEqual([]);
      const typed = text.replace(/: (?=\n)/g, ': 18.00');
      expect(analyzeText(typed, 'a.disclosure.yaml').tree.problems).toEqual([]);
    },
  );

  test('with each figure typed once reconciles, and the shares that are still empty are not compared', () => {
    const row = (name: string) => new RegExp(`(\\n${name}:\\n.*\\n)`);
    const text = write()
      .replace('一般公共预算财政拨款收入:', '$& 100.00')
      .replace(row('收入决算表'), '$1  2080101: {本年收入合计: 自动, 财政拨款收入: 100.00}\n')
      .replace(row('支出决算表'), '$1  2080101: {本年支出合计: 自动, 基本支出: 100.00}\n')
      .replace('    一般公共预算财政拨款: \n', '    一般公共预算财政拨款: 100.00\n')
      .replace(
        row('一般公共预算财政拨款支出决算表'),
        '$1  2080101: {小计: 自动, 基本支出: 100.00}\n',
      )
      .replace('  30101: \n', '  30101: 100.00\n');
    const analysis = analyzeText(text, 'a.disclosure.yaml');
    const found = diagnosticsOf(analysis, 'file:///new', 'en');
    expect(found.map(({ code }) => code)).toEqual([]);
    // Shares are the text's own.
    const unchecked = analysis.network!.evaluations.filter(
      ({ outcome }) => outcome === 'unchecked',
    );
    expect(new Set(unchecked.map(({ relation }) => relation.rule.id))).toEqual(
      new Set(['n.share', 'n.share-general']),
    );
  });

  test.each([
    ['first figure', { 一般公共预算财政拨款收入: '100.00' }],
    [
      'first figures',
      { 一般公共预算财政拨款收入: '400.00', 年初结转和结余: '5.00', 年末结转和结余: '5.00' },
    ],
  ])('with its %s typed accuses nothing, and says which tables are still empty', (_, typed) => {
    let text = write();
    for (const [key, figure] of Object.entries(typed)) {
      text = text.replace(`\n    ${key}: \n`, `\n    ${key}: ${figure}\n`);
      expect(text).toContain(`${key}: ${figure}`);
    }
    const found = diagnosticsOf(analyzeText(text, 'a.disclosure.yaml'), 'file:///new', 'en');
    expect(found.map(({ severity }) => severity)).toEqual([2, 2, 2]);
    for (const { message } of found) expect(message).toContain('is not filled in yet');
  });

  test.each([
    ['the total of a row', '2010601: {本年收入合计: , 财政拨款收入: 300.00}', /共 300\.00/],
    [
      'what subjects come to',
      '201: {本年收入合计: 自动, 财政拨款收入: }\n  2010601: {本年收入合计: 自动, 财政拨款收入: 300.00}',
      /共 300\.00/,
    ],
    ['the only part of a total', '2010601: {本年收入合计: 300.00, 财政拨款收入: }', /没有填完/],
  ])('with %s left blank accuses no figure beside it', (_, row, told) => {
    const text = write()
      .replace('一般公共预算财政拨款收入:', '$& 500.00')
      .replace(/(\n收入决算表:\n.*\n)/, `$1  ${row}\n`);
    const found = diagnosticsOf(analyzeText(text, 'a.disclosure.yaml'), 'file:///new', 'zh-cn');
    expect(found.filter(({ severity }) => severity === 1)).toEqual([]);
    expect(found.map(({ message }) => message)).toContainEqual(expect.stringMatching(told));
  });

  describe('filled in table by table, as its forms stand', () => {
    const right = analyzeText(
      readFileSync(join(__dirname, '../fixtures/tianyuan-2024.corrected.yaml'), 'utf8'),
    ).disclosure!;
    const stages = [...filledIn(write(), right)];

    test.each(stages)('accuses no figure: %s', (_, text) => {
      const found = diagnosticsOf(analyzeText(text, 'a.disclosure.yaml'), 'file:///new', 'en');
      const alarms = found.filter(({ severity }) => severity! <= 2);
      expect(alarms.filter(({ severity }) => severity === 1)).toEqual([]);
      const draft = / filled in (?:yet|to the end)|seems to lack a row| has no figure/;
      for (const { message } of alarms) expect(message).toMatch(draft);
    });

    test('tells of a table that was left unfinished for the next ones', () => {
      const [, text] = stages.at(-1)!;
      const short = text.replace(/\n {2}2080799: \{本年支出合计: .*\}/, '');
      expect(short).not.toBe(text);
      const found = diagnosticsOf(analyzeText(short, 'a.disclosure.yaml'), 'file:///new', 'zh-cn');
      const errors = found.filter(({ severity }) => severity === 1);
      expect(errors).toHaveLength(1);
      expect(errors[0]!.message).toContain('《支出决算表》像是漏了一行 2080799');
    });
  });

  test('with a slip of typing has one error, not one for each total that is computed', () => {
    const text = write().replace(/(\n {4}205: +\{合计: 自动.*\})\n/, '$1 100.00\n');
    const found = diagnosticsOf(analyzeText(text, 'a.disclosure.yaml'), 'file:///new', 'en');
    expect(found.map(({ code }) => code)).toEqual(['syntax.yaml']);
  });

  test('takes any name and an unknown layout', () => {
    for (const organisation of ['', '某局: #1', '"x"', '@a', '2024', 'null']) {
      for (const language of ['yaml', 'json'] as const) {
        const text = write({ organisation, layout: '?', language });
        const { disclosure } = analyzeText(text, `a.disclosure.${language}`);
        expect(disclosure!.organisation ?? '').toBe(organisation);
        expect(disclosure!.layout.id).toBe('national');
      }
    }
  });
});
