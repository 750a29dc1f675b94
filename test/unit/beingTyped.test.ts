import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { valueText } from '../../server/src/service/places';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import { analyzeText, EXAMPLES, rightTables } from '../support/examples';
import { filledIn } from '../support/filling';

const [, FINANCE, ECOLOGY] = EXAMPLES;
const PATH = 'a.disclosure.yaml';

const foundIn = (text: string) => diagnosticsOf(analyzeText(text, PATH), 'file:///new', 'en');
const errorsOf = (text: string) =>
  foundIn(text).flatMap(({ severity, message }) => (severity === 1 ? message : []));

/** The stages in which a right document is typed into a new file. */
function stagesOf(name: string, totals: 'printed' | 'computed'): [string, string][] {
  const right = analyzeText(rightTables(name), name).disclosure!;
  const { layout, year } = right;
  const wish = { language: 'yaml', layout: layout.id, year: year!, organisation: '' } as const;
  return [...filledIn(skeletonOf(wish, builtInCatalog), right, totals)];
}

describe('a right document with subjects of all levels, while it is being typed', () => {
  test.each([
    [FINANCE, 'printed'],
    [FINANCE, 'computed'],
    [ECOLOGY, 'printed'],
  ] as const)(
    'has no error at any stage: %s, its totals %s',
    (name, totals) => {
      const stages = stagesOf(name, totals);
      const wrong = stages.flatMap(([stage, text]) => errorsOf(text).map((one) => [stage, one]));
      expect(wrong).toEqual([]);
      // The check is only worth something where parents stand before their parts.
      expect(stages.some(([, text]) => /\n {2}(\d{3}): .*\n {2}\1\d\d: /.test(text))).toBe(true);
    },
    120_000,
  );
});

describe('a document that is being typed', () => {
  const stages = new Map(stagesOf(FINANCE, 'printed'));
  const half = stages.get('10 of 19 of 《收入决算表》')!;

  test('tells at a subject what its parts that are written are still short of', () => {
    const told = foundIn(half).find(({ message }) => JSON.stringify(message).includes(' 20805 '));
    expect(told).toMatchObject({ severity: 2, code: 't2.hierarchy' });
    expect(told!.message).toContain('81.32');
    expect(half.split('\n')[told!.range.start.line]).toMatch(/^ {2}20805:/);
  });

  test.each([
    [
      'parts that exceed what is printed above them',
      /2080501: .*/,
      '2080501: {本年收入合计: 384.65, 财政拨款收入: 384.65}',
    ],
    [
      'a row that does not add up',
      /2010602: .*/,
      '2010602: {本年收入合计: 16.19, 财政拨款收入: 10.00, 其他收入: 61.90}',
    ],
  ])('tells %s as an error, and only that', (_, row, wrong) => {
    const text = half.replace(row, wrong);
    expect(text).not.toBe(half);
    const errors = errorsOf(text);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain(wrong.slice(0, 7));
  });
});

describe('a line of totals that stands above rows still to come', () => {
  const begun = (layout: 'national' | 'shanghai', closing: string) =>
    skeletonOf({ language: 'yaml', layout, year: 2024, organisation: '' }, builtInCatalog).replace(
      /(\n政府性基金预算财政拨款收入支出决算表:\n) {2}合计:.*\n/,
      `$1  合计: {年初结转和结余: 5.00, 本年收入: 50.00, 支出小计: 52.30, 基本支出: 自动, 项目支出: 自动, 年末结转和结余: ${closing}}\n`,
    );

  test.each(['national', 'shanghai'] as const)(
    'is not wrong for what the server computes in it: %s',
    (layout) => {
      const text = begun(layout, '自动');
      expect(text).toContain('支出小计: 52.30');
      expect(errorsOf(text)).toEqual([]);
      const line = text.split('\n').findIndex((one) => one.includes('52.30'));
      expect(foundIn(text).filter(({ range }) => range.start.line === line)).toHaveLength(1);
    },
  );

  test('is wrong where its own figures contradict each other', () => {
    expect(errorsOf(begun('national', '3.70'))).toHaveLength(1);
  });
});

describe('a printed total with two digits exchanged, while its file is still being filled in', () => {
  const begun = (total: string, fiscal: string, item: string) =>
    skeletonOf(
      { language: 'yaml', layout: 'national', year: 2024, organisation: '' },
      builtInCatalog,
    )
      .replace('一般公共预算财政拨款收入:', '$& 1617.42')
      .replace(/\n {4}其他收入:/, '$& 35.34')
      .replace(
        /(\n收入决算表:\n) {2}合计:.*\n/,
        `$1  合计: {本年收入合计: ${total}, 财政拨款收入: ${fiscal}, 其他收入: 35.34}
  2080101: {本年收入合计: 1465.11, 财政拨款收入: ${item}, 其他收入: 35.34}
  2080505: {本年收入合计: 187.65, 财政拨款收入: 187.65}
`,
      );

  test.each([
    ['6152.76', '1617.42', '1429.77', '6152.76', '1652.76'],
    ['1652.67', '1617.42', '1429.77', '1652.67', '1652.76'],
    ['1652.76', '6117.42', '1429.77', '6117.42', '1617.42'],
    ['1652.76', '1167.42', '1429.77', '1167.42', '1617.42'],
    ['1652.76', '1617.42', '1492.77', '1492.77', '1429.77'],
    ['1652.76', '1617.42', '1429.77', '', ''],
  ])('is told at its place: %s, %s, %s', (total, fiscal, item, wrong, right) => {
    const text = begun(total, fiscal, item);
    const { causes, tree } = analyzeText(text, PATH);
    // That other tables have no figure yet is so whatever is typed here.
    const told = causes.filter(({ groups }) => groups[0]?.kind !== 'unfilled');
    const shown = told.map(({ cell, candidates: [first] }) => {
      const range = tree.valueRangeOf(cell.entry!);
      const value = first?.cell === cell ? first.values[0] : undefined;
      return [text.slice(range.start, range.end), value && valueText(value, cell)];
    });
    expect(shown).toEqual(wrong === '' ? [] : [[wrong, right]]);
  });
});

describe('a file of tables whose last figure is blank', () => {
  const table = (spent: string) => `格式: gouji/1
年度: 2024
表样: 全国
收入支出决算总表:
  收入: {一般公共预算财政拨款收入: 61.25, 本年收入合计: 61.25, 总计: 61.25}
  支出: {201: 61.25, 本年支出合计: 61.25, 总计: 61.25}
收入决算表:
  合计: {本年收入合计: 61.25, 财政拨款收入: 61.25}
  2010101: {本年收入合计: 61.25, 财政拨款收入: 61.25}
支出决算表:
  合计: {本年支出合计: 61.25, 基本支出: 40.15, 项目支出: 21.10}
  2010101: {本年支出合计: 61.25, 基本支出: 40.15, 项目支出: ${spent}}
`;

  test('is told once, at the blank, with what it has to be', () => {
    const serious = (text: string) => foundIn(text).filter(({ severity }) => severity! <= 2);
    expect(serious(table('21.10'))).toEqual([]);
    const [only, ...more] = serious(table(''));
    expect(more).toEqual([]);
    expect(only).toMatchObject({ severity: 2 });
    expect(only!.message).toContain('21.10');
    const { start } = only!.range;
    expect(table('').split('\n')[start.line]!.slice(start.character)).toMatch(/^项目支出/);
  });
});

describe('a sentence of a text whose figures are still to come', () => {
  const tables = rightTables(FINANCE);
  const items = (item: string) =>
    errorsOf(`${tables}\n决算情况说明:\n  一般公共预算支出:\n    各项:\n      - {${item}}\n`);
  const typed = '科目: 2080501, 年初预算: 80.00';

  test.each([
    ['no figure', '科目: 2080501, 年初预算: , 决算: , 完成: , 决算较预算: 大于'],
    ['its budget alone', `${typed}, 决算: , 完成: , 决算较预算: 大于`],
  ])('accuses neither a word nor the blank: with %s', (_, item) => {
    expect(items(item)).toEqual([]);
  });

  test('is judged by its words as soon as both are there', () => {
    const errors = items(`${typed}, 决算: 84.65, 完成: , 决算较预算: 小于`);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('小于');
  });
});

describe('a text that counts', () => {
  const counts = (figures: string) =>
    foundIn(`格式: gouji/1\n年度: 2024\n决算情况说明:\n  三公经费:\n    实物量: {${figures}}\n`);

  test.each([
    ['domestic guests', '国内接待批次: 12, 国内接待人次: '],
    ['foreign guests', '外宾批次: 12, 外宾人次: '],
    ['travellers', '出国团组: 2, 出国人次: '],
  ])('accuses no number beside a blank for the %s', (_, figures) => {
    const warned = (text: string) => counts(text).filter(({ severity }) => severity! <= 2);
    expect(warned(figures)).toEqual([]);
    expect(warned(figures.replace(/: $/, ': 1'))).toHaveLength(1);
  });
});

describe('a text that names its total before the parts', () => {
  const section = (lines: string) => errorsOf(`格式: gouji/1\n年度: 2024\n决算情况说明:\n${lines}`);
  const purchases = (parts: string) =>
    section(`  政府采购: {采购总额: {金额: 900.00}, ${parts}}\n`);

  test.each([
    ['no part yet', '货物: {金额: }, 工程: {金额: }, 服务: {金额: }'],
    ['one of its parts', '货物: {金额: 100.00}, 工程: {金额: }, 服务: {金额: }'],
    ['all but one', '货物: {金额: 100.00}, 工程: {金额: 600.00}, 服务: {金额: }'],
  ])('is not wrong with %s', (_, parts) => {
    expect(purchases(parts)).toEqual([]);
  });

  test.each([
    ['the parts come to less', '货物: {金额: 100.00}, 工程: {金额: 200.00}, 服务: {金额: 300.00}'],
    ['they exceed it already', '货物: {金额: 901.00}, 工程: {金额: }, 服务: {金额: }'],
  ])('is wrong where %s', (_, parts) => {
    expect(purchases(parts)).toHaveLength(1);
  });

  test.each([
    ['a later one is written', '货物: {金额: 187.65}, 工程: {金额: }, 服务: {金额: 300.00}', 1],
    ['none is', '货物: {金额: 187.65}, 工程: {金额: 300.00}, 服务: {金额: }', 2],
  ])(
    'is told at the only part left blank, with what it has to be, where %s',
    (_, parts, severity) => {
      const lines = `  政府采购: {采购总额: {金额: 900.00}, ${parts}}\n`;
      const text = `格式: gouji/1\n年度: 2024\n决算情况说明:\n${lines}`;
      const analysis = analyzeText(text, PATH);
      const found = diagnosticsOf(analysis, 'file:///new', 'en').filter(
        (one) => one.severity! <= 2,
      );
      expect(found.map((one) => one.severity)).toEqual([severity]);
      const { cell, candidates } = analysis.causes[0]!;
      expect(cell.state).toBe('blank');
      const [value] = candidates[0]!.values;
      expect(valueText(value!, cell)).toBe('412.35');
    },
  );

  test('may name a decrease first', () => {
    const rows = ['合计: {增加: -0.30}', '因公出国（境）费: {增加: }', '公务接待费: {增加: }'];
    const changes = rows.map((row) => row.replace('{', '{比上年: {').replace('}', '}}'));
    const lines = [...changes, '公务用车购置及运行维护费: {比上年: {增加: }}'];
    expect(section(`  三公经费:\n${lines.map((line) => `    ${line}\n`).join('')}`)).toEqual([]);
  });
});
