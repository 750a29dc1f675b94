import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { nearest } from '../../server/src/disclosure/nearest';
import { readMistyped } from '../../server/src/disclosure/mistyped';
import { vocabulary } from '../../server/src/disclosure/vocabulary';
import { analyze } from '../../server/src/service/analyze';
import type { Analysis } from '../../server/src/service/analysis';
import { causesOf } from '../../server/src/service/findings';
import { problemFixesOf } from '../../server/src/service/problemFixes';
import { unitFix } from '../../server/src/service/unitProblems';
import { Reading } from '../../server/src/syntax/reading';
import { parse } from '../../server/src/syntax/parse';
import { untrap } from '../../server/src/syntax/traps/find';
import type { SyntaxNode } from '../../server/src/syntax/tree';
import { editTexts } from '../support/editTexts';
import { analyzeText, applyEdits, exampleText, HUNAN } from '../support/examples';

const example = exampleText(HUNAN);

const codes = (text: string, language: 'yaml' | 'json' = 'yaml') =>
  parse(text, language).problems.map(({ code }) => code);

/** Keys and values of a tree, without positions. */
function plain(node: SyntaxNode | undefined): unknown {
  if (!node) return null;
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'sequence') return node.items.map(plain);
  return node.entries.map(({ key, value }) => [key.text, plain(value)]);
}

describe('what is in order', () => {
  test.each([
    ['a comment', 'a: 1 # 注：甲，乙｛丙｝\n# 合计：100\nb: 2\n'],
    ['a plain text', 'a: 说明：甲，乙；见“丙”。\nb: 2\n'],
    ['a text over several lines', 'a: 甲\n  合计：100\n  　　总计：200\nb: 2\n'],
    ['a text below its key', 'a:\n  一、收入：指\n  二、支出：指\nb: 1\n'],
    ['a single text below its key', 'a:\n  本表：无数据\nb: 1\n'],
    ['a quoted text', 'a: "合计：100，｛甲｝"\nb: \'甲：\n  乙：丙\'\nc: 1\n'],
    ['a quoted text that ends a line with a quote', 'a: "他说“好”\n  又说"\nb: 1\n'],
    [
      'a block scalar',
      'a: |\n  　　第一段：甲\n  合计：100\n\n\tx\n  b:1\nc: >-\n  总计：2\nd: 1\n'.replace(
        '\tx\n',
        '',
      ),
    ],
    ['a block scalar in a list', 'a:\n  - b: |\n      合计：100\n      　x：1\n    c: 1\n'],
    ['a text that ends with a brace', 'a: 甲 {乙}\nb: 见 {丙}}\nc:\n  - 甲: 乙}\n'],
    ['lists after lists', 'a:\n- 1\n-\n  - 2\n- b:\n  - 3\n  - 4\nc:\n  - d: 1\n'],
    ['a list of texts', 'a:\n  - 收入：指\n  - 支出：指\n- x'.replace('\n- x', '\n')],
    ['a list in the column of its key', 'a:\n- 收入：指\n- b: 1\n  c: 2\nd: 1\n'],
    ['texts in flow', 'a: {b: 甲：乙，丙, c: [甲：乙, 1，2], d: "x：y", e: 甲｛乙｝}\n'],
    ['a colon in a key', 'a: {其中：人员: 1}\n其中：项目: 2\n'],
    [
      'codes without values in flow',
      'a: {201: 1, 208, 210: 3}\nb: {201: 1,208: 2}\nc: [1,200, 300]\n',
    ],
    [
      'addresses and times',
      'a: http://x.y/z\nb:\n  http://x.y\nc: 12:30\nd: {e: 12:30, f: http://x}\n',
    ],
    ['tabs between key and value', 'a:\t1\nb: {c:\t1}\n'],
    ['tabs in blank lines', 'a:\n  b: 1\n\t\n  c: 2\n'],
    ['full-width blanks around values', 'a: 1　\nb: 甲　乙\n'],
    ['a document that begins with a marker', '%YAML 1.2\n---\na: 1\n...\n'],
    ['properties', 'a: &x !!str 甲：乙\nb: &y\n  c: 1\n'],
    ['a list item without a value', 'a:\n  -\n  - 1\n'],
    ['a line of equals signs', 'a: |\n  甲\n  =======\n  乙\n'],
    ['CRLF', 'a: 1\r\nb:\r\n  c: 1\r\n'],
  ])('%s', (_name, text) => {
    expect(codes(text)).toEqual([]);
  });

  test.each(['{"a：b，c": "“x”：｛y｝，", "d": [1, "1,234.5"]}', '{"a": "\\"：", "b": 1}'])(
    'JSON: %s',
    (text) => expect(codes(text, 'json')).toEqual([]),
  );

  test('every example', () => {
    for (const name of [HUNAN, 'putuo-finance-2024.disclosure.yaml']) {
      expect(codes(exampleText(name))).toEqual([]);
    }
    expect(codes(exampleText('putuo-ecology-2025.disclosure.json'), 'json')).toEqual([]);
  });
});

test('of the public test suite of YAML: marks and indentation of what is valid', async () => {
  const { suite } = await editTexts();
  const valid = suite.filter(
    (text) => parseDocument(text, { logLevel: 'silent' }).errors.length === 0,
  );
  expect(valid.length).toBeGreaterThan(200);
  const odd = ['syntax.surplus', 'syntax.brace', 'syntax.indent'];
  for (const text of valid) expect(codes(text).filter((code) => odd.includes(code))).toEqual([]);
});

describe('what is read in place of a slip', () => {
  /** A text with slips, what it means, and what is said. */
  const slips: [slip: string, meant: string, ...codes: string[]][] = [
    ['a：1\nb: 2\n', 'a: 1\nb: 2\n', 'syntax.full-width-colon'],
    [
      'a: 1\nb：\n  c：{d: 1}\n',
      'a: 1\nb:\n  c: {d: 1}\n',
      'syntax.full-width-colon',
      'syntax.full-width-colon',
    ],
    [
      'a:\n  b：1\n  c：2\nd: 1\n',
      'a:\n  b: 1\n  c: 2\nd: 1\n',
      'syntax.full-width-colon',
      'syntax.full-width-colon',
    ],
    ['a：|\n  x：y\nb: 1\n', 'a: |\n  x：y\nb: 1\n', 'syntax.full-width-colon'],
    [
      '{a：1,b:2，c: 3}',
      '{a: 1,b: 2,c: 3}',
      'syntax.full-width-colon',
      'syntax.colon-blank',
      'syntax.full-width-mark',
    ],
    [
      'a: {b：1，c：2，\n  d：3｝\ne: 1\n',
      'a: {b: 1,c: 2,\n  d: 3}\ne: 1\n',
      ...['colon', 'mark', 'colon', 'mark', 'colon', 'mark'].map(
        (kind) => `syntax.full-width-${kind}`,
      ),
    ],
    ['a:\n\tb: 1\n\tc:\n\t\td: 1\n', 'a:\n  b: 1\n  c:\n    d: 1\n', 'syntax.blank'],
    ['a:\n  b: 1\n　c: 2\nd: 1\n', 'a:\n  b: 1\n  c: 2\nd: 1\n', 'syntax.blank'],
    ['a:\n    b: 1\n\u00A0\u00A0\u00A0\u00A0c: 2\n', 'a:\n    b: 1\n    c: 2\n', 'syntax.blank'],
    // One full-width blank for each blank; a tab for four: as the lines around them are indented.
    [
      'a:\n  b:\n    202: 1\n　　　　203: 2\n    204: 3\n',
      'a:\n  b:\n    202: 1\n    203: 2\n    204: 3\n',
      'syntax.blank',
    ],
    [
      'a:\n  b:\n    202:\n　　　　203: 2\n    204: 3\n',
      'a:\n  b:\n    202:\n    203: 2\n    204: 3\n',
      'syntax.blank',
    ],
    [
      'a:\n  b:\n    202: 1\n\t203: 2\n    204: 3\n',
      'a:\n  b:\n    202: 1\n    203: 2\n    204: 3\n',
      'syntax.blank',
    ],
    ['a: |\n　　甲\n　　乙\nb: 1\n', 'a: |\n  甲\n  乙\nb: 1\n', 'syntax.blank'],
    ['a: {\n\tb: 1,\n\tc: 2\n}\nd: 1\n', 'a: {\n  b: 1,\n  c: 2\n}\nd: 1\n', 'syntax.blank'],
    ['a:\n　\n  b: 1\n', 'a:\n\n  b: 1\n', 'syntax.blank'],
    ['a: 1\n　# 注\nb: 2\n', 'a: 1\n# 注\nb: 2\n', 'syntax.blank'],
    [
      'a: -\nb: {c: -, d: - }\n',
      'a: "-"\nb: {c: "-", d: "-" }\n',
      'syntax.lone-dash',
      'syntax.lone-dash',
      'syntax.lone-dash',
    ],
    ['a: {b: 1,234,567.89, c: 2}', 'a: {b: "1,234,567.89", c: 2}', 'syntax.split-amount'],
    ['a: {b: -1, 429. 68}', 'a: {b: "-1, 429. 68"}', 'syntax.split-amount'],
    ['a: "甲”\nb: 1\n', 'a: "甲"\nb: 1\n', 'syntax.full-width-mark'],
    ['a: {b: 1,, c: 2,, }', 'a: {b: 1, c: 2}', 'syntax.surplus', 'syntax.surplus'],
    [
      'a: {, b: 1,\n  , c: [1, , 2]}',
      'a: {b: 1, c: [1, 2]}',
      ...Array<string>(3).fill('syntax.surplus'),
    ],
    ['a: {b: 1}} # c\nd: [1] ]}\n', 'a: {b: 1}\nd: [1]\n', 'syntax.surplus', 'syntax.surplus'],
    ['a:\n  1: b: 2, c: {d: 3}}\n', 'a:\n  1: {b: 2, c: {d: 3}}\n', 'syntax.brace'],
    ['a: b: "}", c: 3}\n', 'a: {b: "}", c: 3}\n', 'syntax.brace'],
    ['a: b: 2, c: 3 # d: 4}\n', 'a: {b: 2, c: 3}\n', 'syntax.brace'],
    ['a:\n  - b: 1, c: 2}\n  - {b: 3}\n', 'a:\n  - {b: 1, c: 2}\n  - {b: 3}\n', 'syntax.brace'],
    [
      'a:\n  b:\n  - 1\n- 2\n  - 3\nc: 1\n',
      'a:\n  b:\n  - 1\n  - 2\n  - 3\nc: 1\n',
      'syntax.indent',
    ],
    ['a:\n  b:\n- 1\n    - 2\nc: 1\n', 'a:\n  b:\n    - 1\n    - 2\nc: 1\n', 'syntax.indent'],
    [
      'a:\n  - b: 1\n    c: 2\n - b: 3\n    c: 4\n',
      'a:\n  - b: 1\n    c: 2\n  - b: 3\n    c: 4\n',
      'syntax.indent',
    ],
    ['a: 1\rb:\r  c: 1\r', 'a: 1\nb:\n  c: 1\n', 'syntax.line-ends'],
    ['a: 1\n=======\n', 'a: 1\n', 'syntax.conflict'],
    ['a: 1\n=======\na: 2\n>>>>>>> y\n', 'a: 1\n', 'syntax.conflict'],
    ['<<<<<<< x\na: 1\n=======\nb: 2\n', 'a: 1\nb: 2\n', 'syntax.conflict'],
    ['a: 1\n======= x\n', 'a: 1\n======= x\n', 'syntax.yaml'],
    ['a: 1\n>>>>>>> x\nb: 1\n', 'a: 1\nb: 1\n', 'syntax.conflict'],
    ['<<<<<<< x\na: 1\n=======\na: 2\n>>>>>>> y\n', 'a: 1\n', 'syntax.conflict'],
  ];

  test.each(slips)('%j', (slip, meant, ...expected) => {
    const tree = parse(slip, 'yaml');
    expect(tree.problems.map(({ code }) => code).sort()).toEqual(expected.sort());
    expect(plain(tree.root)).toEqual(plain(parse(meant, 'yaml').root));
  });

  test.each([
    ['{"a"：1，"b": 2｝', '{"a":1,"b": 2}', 'colon', 'mark', 'mark'],
    ['{“a”: 1, “b": 2}', '{"a": 1, "b": 2}', 'mark', 'mark'],
    ['{\u3000"a": 1}', '{ "a": 1}'],
    ['{"a": 1,234.50, "b": 2}', '{"a": "1,234.50", "b": 2}'],
    ['{"a": "x”\n}', '{"a": "x"\n}', 'mark'],
  ])('JSON: %s', (slip, meant, ...kinds) => {
    const tree = parse(slip, 'json');
    expect(plain(tree.root)).toEqual(plain(parse(meant, 'json').root));
    const found = tree.problems.map(({ code }) => code);
    if (kinds.length > 0) expect(found).toEqual(kinds.map((kind) => `syntax.full-width-${kind}`));
    else expect(found).toEqual([slip.includes(',234') ? 'syntax.split-amount' : 'syntax.blank']);
  });

  test.each([
    [
      '{\n  "a": "某中心,\n  "b": {"c": "2.00}\n}\n',
      '{\n  "a": "某中心",\n  "b": {"c": "2.00"}\n}\n',
    ],
    ['{\r\n  "a": "1.50\r\n}\r\n', '{\r\n  "a": "1.50"\r\n}\r\n'],
  ])('a quote that is not closed in its line of JSON: %j', (slip, meant) => {
    const { problems, root } = parse(slip, 'json');
    expect(plain(root)).toEqual(plain(parse(meant, 'json').root));
    expect(problems.map(({ range }) => slip[range.start])).toEqual(problems.map(() => '"'));
    const edits = problems.flatMap(({ fixes }) => fixes?.[0]?.edits ?? []);
    expect(applyEdits(slip, edits)).toBe(meant);
  });

  test.each([
    ['double', '"'],
    ['single', "'"],
  ])(
    'a %s quote that is not closed in YAML is told where it opens, and its text not read',
    (_, q) => {
      for (const value of [`名称: ${q}行政运行, 基本支出: 1.00}`, `基本支出: ${q}1.00}`]) {
        const text = `格式: gouji/1\n支出决算表:\n  2080101: {本年支出合计: 1.00, ${value}\n  2080505: {本年支出合计: 1.00, 基本支出: 1.00}\n收入决算表:\n`;
        const analysis = analyzeText(text, 'x.disclosure.yaml');
        const [first] = causesOf(analysis, 'zh-cn');
        expect(first).toMatchObject({ rule: 'syntax.yaml', textRange: { start: text.indexOf(q) } });
        expect(first!.message).toContain('引号没有关上');
        const others = causesOf(analysis, 'zh-cn').map(({ rule }) => rule);
        expect(others).not.toContain('code.name');
        expect(others).not.toContain('input.not-an-amount');
      }
    },
  );

  test('offsets lead back to the text as it is written', () => {
    const source = 'a：1，b';
    const edits = [
      { range: { start: 1, end: 2 }, newText: ': ' },
      { range: { start: 3, end: 4 }, newText: ', ' },
    ];
    const reading = new Reading(source, edits);
    expect(reading.text).toBe('a: 1, b');
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((at) => reading.back(at))).toEqual([
      0, 1, 2, 2, 3, 4, 4, 5,
    ]);
  });

  test('nothing is checked while a conflict is open', () => {
    const text = example.replace('支出决算表:\n', '支出决算表:\n<<<<<<< a\n=======\n>>>>>>> b\n');
    const analysis = analyzeText(text.replace('250.04', '260.04'));
    expect(causesOf(analysis, 'en').map(({ rule }) => rule)).toEqual(['syntax.conflict']);
  });

  test('an amount that is split is no amount', () => {
    const text = '格式: gouji/1\n支出决算表: {合计: {本年支出合计: 1,429.68, 基本支出: 2}}';
    const cell = analyzeText(text).disclosure!.cell('T3', 'total', 'total')!;
    expect([cell.state, cell.printed]).toEqual(['invalid', '1,429.68']);
  });
});

describe('amounts', () => {
  test.each<[text: string, ...values: string[]]>([
    ['１００', '100'],
    ['－１．５', '-1.5'],
    ['100万元', '100'],
    ['人民币1,000.50万元整', '1000.50'],
    ['￥100', '100'],
    ['100元', '0.0100'],
    ['1亿元', '10000'],
    ['12.5%'],
    ['12,34.5', '1234.5'],
    ['1429,68', '1429.68'],
    ['1.429.68', '1429.68'],
    ['1.429,68', '1429.68'],
    ['1.42.68'],
    ['150..00', '150.00'],
    ['1,,250.00', '1250.00'],
    ['1 429.68', '1429.68'],
    ['1, 429. 68', '1429.68'],
    ['5.00 3.25'],
    ['100,', '100'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['5.', '5'],
    ['(1,012.30)', '-1012.30'],
    ['（12.30）', '-12.30'],
    ['1e3', '1000'],
    ['-1.25E+1', '-12.5'],
    ['1.2e-3', '0.0012'],
    ['1e99'],
    ['1O0.5', '100.5'],
    ['l,0O0', '1000'],
    ["'100", '100'],
    ['- 5', '-5'],
  ])('%s', (text, ...values) => {
    expect(readMistyped(text, { name: '万元', exponent: 4 })?.values).toEqual(values);
  });

  test.each(['约100', '2025-03-01', 'true', '3人', 'lol', '0x1F', '--1', '无数据', '', '十万'])(
    '%s is anything',
    (text) => expect(readMistyped(text, { name: '万元', exponent: 4 })).toBeUndefined(),
  );

  test.each([
    ['12.5%，', '12.5%'],
    ['12.5％，', '12.5%'],
    ['-3.20%。', '-3.20%'],
    ['12.5，', '12.5'],
    ['1,200、', '1,200'],
  ])('%s may be a ratio with a mark behind it', (text, value) => {
    expect(readMistyped(text, { name: '万元', exponent: 4 }, true)).toMatchObject({
      values: [value],
      certain: true,
    });
  });

  test('only values that can be nothing else are certain', () => {
    const certain = (text: string, exponent = 4) =>
      readMistyped(text, { name: '', exponent })?.certain;
    expect(['１００', '100万元', '1.429.68', '(5)', '1O0'].map((t) => certain(t))).not.toContain(
      false,
    );
    expect(
      ['100元', '￥100', '12,34.5', '1429,68', '5.', '14 29'].map((t) => certain(t)),
    ).not.toContain(true);
    expect(certain('￥100', 0)).toBe(true);
  });
});

describe('names', () => {
  const names = (id: string) =>
    vocabulary.tables
      .find((table) => table.id === id)!
      .sections.flatMap(({ rows, columns }) => [...rows, ...columns])
      .flatMap(({ key, alias = [] }) => [key, ...alias].map((name) => [name, key] as const));

  test.each([
    ['T3', '基本支岀', '基本支出'],
    ['T3', '基本支', '基本支出'],
    ['T3', '经营支支出', '经营支出'],
    ['T3', '营经支出', '经营支出'],
    ['T2', '其它收入', '其他收入'],
    ['T2', '财政拨款收人', '财政拨款收入'],
    ['T1', '年初结转和节余', '年初结转和结余'],
    ['T1', '年未结转和结余', '年末结转和结余'],
    ['T1', '年初结转结余', '年初结转和结余'],
    ['T9', '公务接侍费', '公务接待费'],
  ])('%s %s is %s', (table, key, name) => {
    expect(nearest(key, names(table))?.value).toBe(name);
  });

  test.each([
    ['T3', '上年支出'],
    ['T5', '上年支出'],
    ['T3', '基金支出'],
    ['T3', '其他支出'],
    ['T3', '支出'],
    ['T2', '非财政拨款收入'],
    ['T1', '上年结转和结余'],
    ['T9', '调整预算数'],
  ])('%s %s is something else', (table, key) => {
    expect(nearest(key, names(table))).toBeUndefined();
  });

  test('no known name is taken for another', () => {
    for (const { sections } of vocabulary.tables) {
      for (const { rows, columns } of sections) {
        for (const group of [rows, columns]) {
          for (const item of group) {
            const others = group.filter((other) => other !== item);
            const near = nearest(
              item.key,
              others.map(({ key }) => [key, key] as const),
            );
            expect([item.key, near?.name]).toEqual([item.key, undefined]);
          }
        }
      }
    }
  });

  test('a misspelt key is not checked, and not taken for nothing', () => {
    const text = '格式: gouji/1\n支出决算表: {合计: {本年支出合计: 5, 基本支岀: 5}}';
    const { disclosure, counts } = analyzeText(text);
    expect(disclosure!.cell('T3', 'total', 'basic')!.state).toBe('invalid');
    expect(counts.fails).toBe(0);
  });
});

const SLIPS = [
  ...['：', '，', '｛', '｝', '“', '”', '　', '\u00A0', '\t', '\r', '－', '．', '１', '％', '￥'],
  ...['万元', 'O', 'l', '.', ',', ' ', '-', ':', '{', '}', '"', '(', ')', 'e3', '岀', '节'],
  ...['\n---\n', '\n<<<<<<< a\n', '\n=======\n', '\n>>>>>>> b\n', '\n　　', '\n\t', '1,429.68'],
];

const slipped = fc
  .array(fc.tuple(fc.nat(), fc.constantFrom(...SLIPS), fc.integer({ min: 0, max: 3 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((slips) =>
    slips.reduce((text, [at, slip, removed]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + slip + text.slice(start + removed);
    }, SHORT),
  );

/** Enough of the example for every kind of line. */
const SHORT = [...example.matchAll(/^(?:[^\n]*\n){90}/g)][0]![0];

/** What may go beside what the finding marks. */
const TRAPS = /^[\s：:，,｛｝{}“”"'-]*$/u;

function expectMended(analysis: Analysis, text: string): void {
  for (const view of causesOf(analysis, 'en')) {
    const { problem, textRange } = view;
    if (!problem) continue;
    for (const { edits } of problemFixesOf(problem, analysis.tree, 'en')) {
      for (const { range } of edits) {
        const inside = textRange.start <= range.start && range.end <= textRange.end;
        const removed = text.slice(range.start, range.end);
        // Sorting moves lines that are not marked; it is looked at below.
        const moves = problem.code === 'code.order';
        expect(moves || inside || TRAPS.test(removed), `${problem.code} removes ${removed}`).toBe(
          true,
        );
      }
      if (problem.code === 'code.order') {
        const lines = (whole: string) => whole.split(/[\r\n]+/).sort();
        expect(lines(applyEdits(text, edits))).toEqual(lines(text));
      }
      const mended = analyze({ path: HUNAN, text: applyEdits(text, edits) }, { severities: {} });
      const again = causesOf(mended, 'en').filter(
        ({ rule, textRange: at }) => rule === problem.code && at.start === textRange.start,
      );
      expect(again.map(({ message }) => message)).toEqual([]);
    }
  }
}

describe('fixes', () => {
  test('mend what they are offered for, and take nothing away', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(slipped, (text) => {
        expectMended(analyzeText(text), text);
      }),
      { numRuns: 300, seed: 20241123 },
    );
  });

  test('of one slip in a right file bring the file back', () => {
    const swaps: [RegExp, string][] = [
      [/: (?=\d)/g, '：'],
      [/: (?=\d)/g, ':'],
      [/, (?=\S+: )/g, '，'],
      [/\}/g, '｝'],
      [/: \{/g, ': ｛'],
      [/^ {2}(?=\S)/gm, '　'],
      [/^ {4}(?=\S)/gm, '\t\t'],
      [/(?<=: +\d+)\.(?=\d)/g, '．'],
    ];
    const whole = analyzeText(example);
    for (const [pattern, slip] of swaps) {
      const places = [...example.matchAll(pattern)].map(({ 0: found, index }) => ({
        found,
        index,
      }));
      expect(places.length).toBeGreaterThan(10);
      for (const { found, index } of places.filter(
        (_, i) => i % Math.ceil(places.length / 8) === 0,
      )) {
        const text = example.slice(0, index) + slip + example.slice(index + found.length);
        const analysis = analyzeText(text);
        const inputs = causesOf(analysis, 'en').filter(({ problem }) => problem);
        const context = JSON.stringify(text.slice(index - 20, index + 30));
        expect(inputs, context).toHaveLength(1);
        const fix = problemFixesOf(inputs[0]!.problem!, analysis.tree, 'en').find(
          (f) => f.preferred,
        )!;
        const mended = analyzeText(applyEdits(text, fix.edits));
        expect(mended.problems, context).toEqual([]);
        expect(mended.counts, context).toEqual(whole.counts);
      }
    }
  });
});

describe('a table in another unit', () => {
  test.each([
    '收入决算表',
    '支出决算表',
    '财政拨款收入支出决算总表',
    '一般公共预算财政拨款支出决算表',
  ])('%s', (table) => {
    const text = example.replace(`\n${table}:\n`, `\n${table}:\n  单位: 元\n`);
    expect(text).not.toBe(example);
    const analysis = analyzeText(text);
    // Told once, at its name, as the error that it is.
    const at = text.indexOf(`\n${table}:`) + 1;
    const views = causesOf(analysis, 'en').filter(({ textRange }) => textRange.start === at);
    expect(views.map(({ message }) => message)).toEqual([
      expect.stringContaining(`amounts of ${table} seem to be in 万元`),
    ]);
    // Its figures are right: none of them is to be changed.
    const failing = analysis.causes.filter(({ verdict }) => verdict !== 'tail');
    expect(failing.flatMap(({ candidates }) => candidates)).toEqual([]);
    const [fix] = unitFix(views[0]!.cause!, analysis.tree, 'en');
    const mended = analyzeText(applyEdits(text, fix!.edits));
    expect(mended.counts).toEqual(analyzeText(example).counts);
  });

  test('is none where one figure says otherwise', () => {
    for (const name of [HUNAN, 'putuo-finance-2024.disclosure.yaml']) {
      const spoiled = exampleText(name).replace('250.04', '2500400.00');
      expect(analyzeText(spoiled).problems.map(({ code }) => code)).toEqual([]);
    }
  });
});

// Whatever takes time that grows with the square of the text does not end within the test's own time.
test('texts of nothing but slips are read to their end', () => {
  const hard = [
    'a: {' + 'b：1，'.repeat(20_000),
    'a:\n' + '  甲：乙\n'.repeat(20_000),
    '"'.repeat(20_001) + '\n' + '"a\n'.repeat(20_000),
    'a: {b: ' + '1,'.repeat(40_000) + '}',
    '　a: 1\n'.repeat(20_000),
    '<<<<<<<\n'.repeat(20_000),
    '｛'.repeat(40_000),
    'a: ' + '｛：'.repeat(20_000) + '｝',
    '- '.repeat(100) + 'x\n' + '- a：\n'.repeat(20_000),
  ];
  for (const text of hard) {
    untrap(text, 'json');
    untrap(text, 'yaml');
  }
}, 120_000);

describe('an indentation that may mean two things', () => {
  const fixed = (text: string) => parse(text, 'yaml').problems.flatMap(({ fixes = [] }) => fixes);

  test('has no preferred fix', () => {
    expect(fixed('a:\n    202:\n　　　　203: 2\n    204: 3\n').map((f) => f.certain)).toEqual([
      false,
    ]);
    expect(fixed('a:\n    202: 1\n　　　　203: 2\n    204: 3\n').map((f) => f.certain)).toEqual([
      true,
    ]);
  });
});

describe('what the parser refuses', () => {
  const ROW = '{本年支出合计: 1.00, 基本支出: 1.00}';
  const told = (text: string) => {
    const { tree, problems } = analyzeText(text);
    const [problem] = problems.filter(({ code }) => code === 'syntax.yaml');
    return { problem, fixes: problem ? problemFixesOf(problem, tree, 'en') : [] };
  };

  test.each([
    ['ODD_INDENT', 3, true, `  1: ${ROW}\n   2: ${ROW}\n  3: ${ROW}\n`],
    ['ODD_INDENT', 3, true, `  1: ${ROW}\n 2: ${ROW}\n  3: ${ROW}\n`],
    ['ODD_INDENT', 3, true, `    1: ${ROW}\n  2: ${ROW}\n  3: ${ROW}\n`],
    ['ODD_INDENT', 4, false, `  1: ${ROW}\n    2: ${ROW}\n    3: ${ROW}\n  4: ${ROW}\n`],
    ['ODD_INDENT', 2, true, `  1: ${ROW}\n    2: ${ROW}\n`],
  ])('%s of %d rows', (parser, rows, certain, table) => {
    const text = `格式: gouji/1\n支出决算表:\n${table}收入决算表:\n`;
    const { problem, fixes } = told(text);
    expect(problem?.args['parser']).toBe(parser);
    expect(fixes.map(({ preferred }) => preferred)).toEqual([certain]);
    const { problems, root } = parse(applyEdits(text, fixes[0]!.edits), 'yaml');
    expect(problems).toEqual([]);
    expect(plain(root)).toMatchObject([{}, ['支出决算表', { length: rows }], {}]);
  });

  test.each([
    ['ODD_INDENT', '  支出:\n    总计: 1\n      结余: 2\n    合计: 3\n'],
    ['VALUE_BESIDE_ROWS', '  支出: 19.39 # 注\n    总计: 1\n    合计: 3\n  收入:\n    总计: 1\n'],
    ['VALUE_BESIDE_ROWS', '  支出: 甲\n    总计: 1\n  收入:\n    总计: 1\n'],
  ])('%s where values stand alone', (parser, table) => {
    for (const ends of ['\n', '\r\n']) {
      const text = `格式: gouji/1\n表:\n${table}`.replaceAll('\n', ends);
      const { problem, fixes } = told(text);
      expect(problem?.args['parser']).toBe(parser);
      expect(parse(applyEdits(text, fixes[0]!.edits), 'yaml').problems).toEqual([]);
    }
  });

  test.each([
    ['MISSING_COLON', true, `  1: ${ROW}\n  2 ${ROW}\n  3: ${ROW}\n`],
    ['MISSING_COLON', true, `  1: ${ROW}\n  '2'  ${ROW}\n  3: ${ROW}\n`],
    ['MISSING_COLON', true, `  1: ${ROW}\n  2${ROW}\n  3: ${ROW}\n`],
    ['MISSING_COLON', true, `  "1" ${ROW}\n  2: ${ROW}\n  3: ${ROW}\n`],
    ['MISSING_COLON', true, `  1: ${ROW}\n  2: ${ROW}\n  3 行政运行 ${ROW}  # 注\n`],
    ['MISSING_COLON', true, '  1: 1.00\n  甲 “乙” 1,250.04 # 注\n  3: 3.00\n'],
    ['MISSING_COLON', true, '  1: 1.00\n  2= 2.00\n  3: 3.00\n'],
    ['MISSING_COLON', true, '  1: 1.00\n  2 =2.00 # 注\n  3: 3.00\n'],
    ['MISSING_COLON', true, `  1: ${ROW}\n  2＝${ROW}\n  3: ${ROW}\n`],
    ['MISSING_COLON', true, '  1: 1.00\n  2:\n    4: 1.00\n    5: 1.00\n  3 3.00\n'],
    ['MISSING_COLON', true, '  1: 1.00\n  2\n    4: 1.00\n    5: 1.00\n  3: 3.00\n'],
    ['MISSING_BRACKET', true, `  1: ${ROW}\n  2: {甲: 1.00, 乙: 2.00 # 注\n  3: ${ROW}\n`],
    ['MISSING_BRACKET', true, `  1: ${ROW}\n  2: {甲: 1.00,\n  3: ${ROW}\n`],
    ['MISSING_BRACKET', true, '  1: [1.00, 2.00\n  2: [1.00]\n  3: [1.00]\n'],
    ['MISSING_BRACKET', true, `  1: ${ROW}\n  2: ${ROW}\n  3: {甲: "}", 乙: 2.00\n`],
    ['MISSING_BRACKET', true, `  1: {\n    甲: 1.00,\n    乙: 2.00\n  2: ${ROW}\n  3: ${ROW}\n`],
    ['MISSING_BRACKET', false, `  1: {甲: {乙: 1.00, 丙: 2.00\n  2: ${ROW}\n  3: ${ROW}\n`],
  ])('%s is put in, as a certain fix: %s', (parser, certain, table) => {
    for (const ends of ['\n', '\r\n']) {
      const text = `格式: gouji/1\n支出决算表:\n${table}收入决算表:\n`.replaceAll('\n', ends);
      const { problem, fixes } = told(text);
      expect(problem?.args['parser']).toBe(parser);
      expect(fixes.map(({ preferred }) => preferred)).toEqual([certain]);
      const { problems, root } = parse(applyEdits(text, fixes[0]!.edits), 'yaml');
      expect(problems).toEqual([]);
      expect(plain(root)).toMatchObject([{}, ['支出决算表', { length: 3 }], {}]);
    }
  });

  test.each([
    ['  "2": {"甲": 1.00},', '  "2" {"甲": 1.00},'],
    ['  "2": {"甲": 1.00},', '  "2": {"甲" 1.00},'],
    ['  "2": {"甲": 1.00},', '  "2": {"甲": 1.00,'],
    ['  "3": {"甲": 1.00}', '  "3": {"甲": 1.00'],
  ])('in JSON too: %s', (row, slip) => {
    const text =
      '{\n  "格式": "gouji/1",\n  "支出决算表": {\n    "1": {"甲": 1.00},\n    "2": {"甲": 1.00},\n    "3": {"甲": 1.00}\n  },\n  "收入决算表": {\n  }\n}\n';
    const broken = text.replace(row, slip);
    const { tree, problems } = analyzeText(broken, 'a.disclosure.json');
    const problem = problems.find(({ code }) => code === 'syntax.json');
    const [fix] = problemFixesOf(problem!, tree, 'en');
    expect(fix?.preferred).toBe(true);
    expect(applyEdits(broken, fix!.edits)).toBe(text);
  });

  const JSON_TEXT =
    '{\n  "格式": "gouji/1",\n  "支出决算表": {\n    "1": {"甲": 1.00, "乙": null},\n    "2": {\n      "甲": null,\n      "乙": 2.00\n    }\n  },\n  "收入决算表": {\n  }\n}\n';

  test.each([
    ['1.00, "乙"', '1.00 "乙"'],
    ['null},\n', 'null}\n'],
    ['  },\n  "收入', '  }\n  "收入'],
    ['null,\n', 'null\n'],
    ['"乙": null}', '"乙": null,}'],
    ['2.00\n', '2.00,\n'],
    ['  }\n}\n', '  },\n}\n'],
    ['}\n}\n', '}\n},\n'],
    ['}\n}\n', '}\n}}\n'],
    ['1.00, "乙"', '1.00,, "乙"'],
    ['"乙": null}', '"乙": }'],
    ['"甲": null,', '"甲": ,'],
    ['null},\n', 'null}, // 甲，“乙\n'],
    ['null},\n', 'null}, # 甲\n'],
    ['1.00, "乙"', '1.00, /* 甲 */ "乙"'],
    ['  "收入', '  // 甲：{\n  "收入'],
    ['  "收入', '  /* 甲\n   乙 */\n  "收入'],
    ['"1": {', '1: {'],
    ['"1": {', "'1': {"],
    ['"支出决算表"', '支出决算表'],
    ['"乙": 2.00', '乙: 2.00'],
    ['"gouji/1"', "'gouji/1'"],
  ])('in JSON %j for %j is told once, with the fix that brings it back', (right, slip) => {
    for (const ends of ['\n', '\r\n']) {
      const text = JSON_TEXT.replaceAll('\n', ends);
      const broken = JSON_TEXT.replace(right, slip).replaceAll('\n', ends);
      expect(broken).not.toBe(text);
      const { tree, problems } = analyzeText(broken, 'a.disclosure.json');
      const [problem, ...others] = problems.filter(({ code }) => code.startsWith('syntax.'));
      expect(others).toEqual([]);
      const [fix] = problemFixesOf(problem!, tree, 'en');
      expect(fix?.preferred).toBe(true);
      expect(applyEdits(broken, fix!.edits)).toBe(text);
    }
  });

  test.each([
    '某单位',
    '某单位\n\n2024 年',
    '\uFEFF  某单位',
    '“某”',
    '- 某',
    '@某',
    '某 # 甲',
    '# 甲\n某',
  ])('text above the first key: %j', (title) => {
    const text = `${title}\n格式: gouji/1\n年度: 2024\n`;
    const { problem, fixes } = told(text);
    expect(problem?.args['parser']).toBe('STRAY_TEXT');
    const { problems, root } = parse(applyEdits(text, fixes[0]!.edits), 'yaml');
    expect(problems).toEqual([]);
    expect(plain(root)).toHaveLength(2);
  });

  test.each([
    'a: b: c\n  d: 1\n',
    '{\na: 1\n',
    'a: 1\n某\nb: 2\n',
    'a: 1\n某 甲\nb: 2\n',
    'a: {b: "1\nc: 2\n',
    'a: {b: 1\nc: 2}\n',
  ])('anything else stays as it is: %j', (text) => {
    const { problem, fixes } = told(text);
    expect(['ODD_INDENT', 'VALUE_BESIDE_ROWS', 'STRAY_TEXT']).not.toContain(
      problem!.args['parser'],
    );
    expect(fixes).toEqual([]);
  });
});

describe('a figure that goes on in the next line', () => {
  test.each(['2940.05\n      33', '"2940.05\n      33"', '|\n      2940.05\n      33'])(
    '%j is not one figure',
    (value) => {
      const text = `格式: gouji/1\n收入支出决算总表:\n  支出:\n    总计: ${value}\n`;
      const analysis = analyzeText(text);
      const found = analysis.problems.filter(({ cell }) => cell);
      expect(found.map(({ code }) => code)).toEqual(['input.not-an-amount']);
      expect(found[0]!.fixes ?? []).toEqual([]);
    },
  );
});
