import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatHalves } from '../../server/src/disclosure/amount';
import type { CellState, Disclosure } from '../../server/src/disclosure/model';
import { readDisclosure } from '../../server/src/disclosure/read';
import { analyze } from '../../server/src/service/analyze';
import { parse } from '../../server/src/syntax/parse';
import type { Language } from '../../server/src/syntax/tree';

/** What docs/format.md says, checked against what the server does. */

const document = readFileSync(join(__dirname, '../../docs/format.md'), 'utf8');
const blocks = [...document.matchAll(/^```(yaml|json)\n([\s\S]*?)^```$/gm)].map(
  ([, language, text]) => ({ language: language as Language, text: text! }),
);

const marked = (text: string) => (text.includes('gouji/1') ? text : `格式: gouji/1\n${text}`);

function read(text: string, language: Language = 'yaml'): Disclosure {
  return readDisclosure(parse(marked(text), language));
}

function analyzed(text: string, language: Language = 'yaml') {
  return analyze({ path: '', text: marked(text), language }, { severities: {} });
}

/** Codes of all problems of the writing, those of the syntax first. */
function problems(text: string, language?: Language): string[] {
  return analyzed(text, language).problems.map(({ code }) => code);
}

const printed = (disclosure: Disclosure) =>
  [...disclosure.cells()].map((cell) => [cell.id, cell.state, cell.printed]);

describe('the examples', () => {
  test.each(blocks)('have nothing wrong: $language $text', ({ text, language }) => {
    expect(problems(text, language)).toEqual([]);
    expect(analyzed(text, language).causes).toEqual([]);
  });

  test('are the same in YAML and in JSON', () => {
    const [yaml, json] = blocks.map(({ text, language }) => printed(read(text, language)));
    expect(json).toEqual(yaml);
    expect(yaml!.length).toBeGreaterThan(60);
  });
});

describe('YAML', () => {
  test.each([
    ['单位名称：某中心', 'syntax.full-width-colon'],
    ['单位名称:某中心', 'syntax.colon-blank'],
    ['附件: {甲: 1，乙: 2}\n单位名称: 某中心', 'syntax.full-width-mark'],
    ['附件: ｛甲: 1}\n单位名称: 某中心', 'syntax.full-width-mark'],
    ['概况: "甲”\n单位名称: 某中心', 'syntax.full-width-mark'],
    ['附件:\n\t甲: 1\n\t乙: 2\n单位名称: 某中心', 'syntax.blank'],
    ['附件:\n　甲: 1\n　乙: 2\n单位名称: 某中心', 'syntax.blank'],
    ['概况: -\n单位名称: 某中心', 'syntax.lone-dash'],
    ['概况: 无\r单位名称: 某中心', 'syntax.line-ends'],
  ])('a slip is read as it is meant: %j', (text, code) => {
    expect(problems(text)).toEqual([code]);
    expect(read(text).organisation).toBe('某中心');
  });

  test('of several documents the first is read', () => {
    expect(problems('年度: 2024\n---\n单位名称: 某')).toEqual(['syntax.documents']);
    expect(read('年度: 2024\n---\n单位名称: 某').organisation).toBeUndefined();
  });

  test('in an unresolved conflict nothing is checked', () => {
    const sides = '支出决算表:\n<<<<<<< a\n  合计: {基本支出: 1}\n=======\n>>>>>>> b';
    expect(problems(sides)).toEqual(['syntax.conflict']);
    expect(analyzed(sides).network!.evaluations).toEqual([]);
  });

  test.each([
    ['{总计: "1,429.68"}', 'amount'],
    ['{总计: 1,429.68}', 'invalid'],
    ['\n    总计: 1,429.68', 'amount'],
  ])('thousands separators: %s', (side, state) => {
    const cell = read(`收入支出决算总表:\n  收入: ${side}`).cell('T1', 'in.total', 'amount');
    expect([cell?.printed, cell?.state]).toEqual(['1,429.68', state]);
  });

  test('references are not followed', () => {
    expect(problems('单位名称: &a 某\n文种: *a')).toContain('syntax.alias');
  });

  test('a byte order mark and CRLF are allowed', () => {
    expect(problems('\uFEFF格式: gouji/1\r\n年度: 2024\r\n')).toEqual([]);
    expect(problems('\uFEFF{"格式": "gouji/1"}', 'json')).toEqual([]);
  });
});

test.each(['{"格式": "gouji/1",}', '{"格式": "gouji/1" /* 注 */}'])(
  'JSON is strict: %s',
  (text) => {
    expect(problems(text, 'json')).toContain('syntax.json');
  },
);

test('of a key that stands twice the last one counts', () => {
  const text = '支出决算表: {合计: {基本支出: 1, 基本支出: 2}}';
  expect(problems(text)).toEqual(['syntax.duplicate-key']);
  expect(read(text).cell('T3', 'total', 'basic')?.printed).toBe('2');
});

test.each([
  ['支出决算表: {合计: {基本支出: 1, 基本支岀: 2}}', 'input.unknown-column'],
  ['支出决算表: {合计: {基本支岀: 2}}', 'input.misspelt'],
  ['收入支出决算总表: {收入: {年初结转结余: 2}}', 'input.misspelt'],
  ['支出决算表: {合计: {合计: 1, 本年支出合计: 1}}', 'input.duplicate-name'],
  ['支出决算表: {２０８: {合计: 1}}', 'input.code-width'],
  ['格式: gouji/9', 'input.unknown-format'],
  ['编制人: 甲', 'input.unknown-key'],
  ['支出决算表: {其中: 1}', 'input.unknown-row'],
  ['支出决算表: {合计: {其中: 1}}', 'input.unknown-column'],
  ['支出决算表: {2080: {合计: 1}}', 'input.code-length'],
  ['年度: 24', 'input.bad-year'],
])('%s: %s', (text, code) => {
  expect(problems(text.startsWith('格式') ? `年度: 2024\n${text}` : text)).toContain(code);
});

test('the head has defaults', () => {
  const { unit, layout, year, mode } = read('');
  expect([unit.name, layout.key, year, mode]).toEqual(['万元', '全国', undefined, 'nearest']);
  expect(read('单位: 元\n表样: 湖南').unit.name).toBe('元');
  expect(read('表样: 湖南').layout.key).toBe('全国');
  expect(read('舍入方式: 截尾').mode).toBe('truncated');
  expect(read('尾数处理: 舍位平衡').mode).toBe('exact');
});

describe('amounts', () => {
  test.each<[string, CellState]>([
    ['', 'blank'],
    ['null', 'blank'],
    ['~', 'blank'],
    ['""', 'blank'],
    ['0', 'amount'],
    ['0.00', 'amount'],
    ['-0.30', 'amount'],
    ['"14,206.50"', 'amount'],
    ['"142,06.50"', 'invalid'],
    ['—', 'marker'],
    ['——', 'marker'],
    ['"-"', 'marker'],
    ['--', 'marker'],
    ['/', 'marker'],
    ['无', 'marker'],
    ['不适用', 'marker'],
    ['1e3', 'invalid'],
    ['.5', 'invalid'],
    ['1_000', 'invalid'],
    ['１２', 'invalid'],
    ['1 429.68', 'invalid'],
    ['(5.00)', 'invalid'],
    ['100万元', 'invalid'],
    ['12.5%', 'invalid'],
  ])('%s is %s', (text, state) => {
    expect(
      read(`支出决算表: {合计: {基本支出: ${text} }}`).cell('T3', 'total', 'basic')?.state,
    ).toBe(state);
  });

  test('only 元 with two decimals or more stands for itself alone', () => {
    const exact = (unit: string, amount: string) => {
      const text = `金额单位: ${unit}\n支出决算表: {合计: {基本支出: ${amount}}}`;
      return read(text).cell('T3', 'total', 'basic')?.amount?.width === 0n;
    };
    expect([exact('元', '1.25'), exact('元', '1.2'), exact('万元', '1.25')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('computed cells', () => {
  const computed = (text: string, ...cell: [table: string, row: string, column: string]) => {
    const amount = analyzed(text).disclosure?.cell(...cell)?.amount;
    return amount && formatHalves(2n * amount.units, amount.place, 4);
  };

  test('are sums of their table', () => {
    const text = blocks.find((block) => block.text.includes('自动'))!.text;
    expect(computed(text, 'T3', '2080101', 'total')).toBe('336.96');
    expect(computed(text, 'T3', 'total', 'total')).toBe('350.95');
  });

  test('or what another table prints', () => {
    const text = `收入支出决算总表: {收入: , 支出: {208: 自动}}
支出决算表: {2080101: {本年支出合计: 1.50, 基本支出: 1.50}}`;
    expect(computed(text, 'T1', 'out.208', 'amount')).toBe('1.50');
  });

  test('a cell that nothing determines, or that depends on itself, is an error', () => {
    const alone = '政府性基金预算财政拨款收入支出决算表: {22904: {支出小计: 1, 基本支出: 自动}}';
    expect(problems(alone)).toEqual(['input.derived-undefined']);
    const circle = `收入支出决算总表: {收入: {一般公共预算财政拨款收入: 自动}}
财政拨款收入支出决算总表: {收入: {一般公共预算财政拨款: 自动}}`;
    expect(problems(circle)).toEqual(['input.derived-cycle', 'input.derived-cycle']);
  });
});

describe('what is not written', () => {
  const states = (text: string, ...cells: string[]) =>
    cells.map((id) => {
      const [table, row, column] = id.split('/') as [string, string, string];
      return read(text).cell(table, row, column)?.state;
    });

  test('a line of the form is blank, a total is missing', () => {
    const text = '收入支出决算总表: {收入: {其他收入: 1}, 支出: {201: 1}}';
    expect(states(text, 'T1/in.service/amount', 'T1/out.208/amount')).toEqual(['blank', 'blank']);
    expect(states(text, 'T1/in.year/amount', 'T1/out.total/amount')).toEqual([
      'missing',
      'missing',
    ]);
  });

  test('the lines are those of the year', () => {
    const table = '收入支出决算总表: {支出: {201: 1}}';
    expect(states(`年度: 2024\n${table}`, 'T1/out.231/amount')).toEqual(['blank']);
    expect(states(`年度: 2025\n${table}`, 'T1/out.231/amount')).toEqual(['absent']);
    expect(states(table, 'T1/out.231/amount')).toEqual(['blank']);
  });

  test('a side is missing where the other one is written', () => {
    const text = '收入支出决算总表: {收入: {其他收入: 1}}';
    expect(states(text, 'T1/out.208/amount', 'T1/out.closing/amount')).toEqual([
      'missing',
      'missing',
    ]);
  });

  test('a code that a table does not have is absent', () => {
    expect(states('支出决算表: {208: {合计: 1}}', 'T3/210/basic')).toEqual(['absent']);
  });

  test('a column is blank, the total column of a row with amounts is missing', () => {
    const text = '支出决算表: {208: {基本支出: 1}, 210: }';
    expect(states(text, 'T3/208/project', 'T3/208/total')).toEqual(['blank', 'missing']);
    expect(states(text, 'T3/210/total')).toEqual(['blank']);
  });

  test('an empty table is blank, totals too', () => {
    const text = '财政拨款“三公”经费支出决算表: {说明: 无}';
    expect(states(text, 'T9/total/final', 'T9/vehicles/budget')).toEqual(['blank', 'blank']);
    expect(read(text).tables.get('T9')?.empty).toBe(true);
  });

  test('a column that the layout does not have is there when it is written', () => {
    expect(states('国有资本经营预算财政拨款支出决算表: {合计: }', 'T8/total/income')).toEqual([
      undefined,
    ]);
    expect(
      states('国有资本经营预算财政拨款支出决算表: {合计: {本年收入: 1}}', 'T8/total/income'),
    ).toEqual(['amount']);
  });
});

test('a table may have its own unit', () => {
  const { tables } = read('金额单位: 万元\n支出决算表: {金额单位: 元}\n收入决算表: {合计: }');
  expect(tables.get('T3')?.unit.name).toBe('元');
  expect(tables.get('T2')?.unit.name).toBe('万元');
});

test('opening carry-over is an amount or a map of parts', () => {
  const opening = (value: string) => {
    const disclosure = read(`财政拨款收入支出决算总表: {收入: {年初财政拨款结转和结余: ${value}}}`);
    return ['opening', 'opening-fund'].map(
      (row) => disclosure.cell('T4', `in.${row}`, 'amount')?.printed,
    );
  };
  expect(opening('2')).toEqual(['2', '']);
  expect(opening('{合计: 2, 政府性基金预算财政拨款: 2}')).toEqual(['2', '2']);
});
