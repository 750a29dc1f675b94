import { describe, expect, it } from 'vitest';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText, EXAMPLES, exampleText, HUNAN } from '../support/examples';
import { exercise } from '../support/fuzz';
import { HUGE } from '../support/huge';
import { ABOUT_FILE, AT_CURSOR } from '../support/opening';
import { seeded } from '../support/random';

const text = exampleText(HUNAN);
const spoiled = text.replace('{本年支出合计:  250.04,', '{本年支出合计:  260.04,');

/** The characters under each cause, with its severity: the same however lines end. */
function marked(source: string): string[] {
  const { tree, ...rest } = analyzeText(source);
  return causesOf({ tree, ...rest }, 'en').map(
    ({ severity, textRange }) => `${severity} ${tree.text.slice(textRange.start, textRange.end)}`,
  );
}

/** What the editor would mark, found by its own reckoning of lines: split at LF, CRLF or CR. */
function underLines(source: string): string[] {
  const lines = source.split(/\r\n|\n|\r/);
  const analysis = analyzeText(source);
  return diagnosticsOf(analysis, 'file:///a', 'en').map(({ range: { start, end } }) => {
    expect(start.line).toBe(end.line);
    return lines[start.line]!.slice(start.character, end.character);
  });
}

describe('ranges', () => {
  const plain = marked(spoiled);

  it('lie on the wrong figure', () => {
    expect(plain).toContain('error 260.04');
    expect(underLines(spoiled)).toEqual(plain.map((line) => line.split(' ')[1]));
  });

  it.each([
    ['CRLF', spoiled.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${spoiled}`],
    [
      'characters beyond the BMP',
      spoiled.replace('# 空白', '# 𠮷𠮷 空白').replace('单位名称: ', '单位名称: 𠀀'),
    ],
    ['all of them', `\uFEFF${spoiled.replace('# 空白', '# 𠮷 空白').replaceAll('\n', '\r\n')}`],
  ])('are right with %s', (_name, variant) => {
    expect(variant).not.toBe(spoiled);
    expect(marked(variant)).toEqual(plain);
    expect(underLines(variant)).toEqual(plain.map((line) => line.split(' ')[1]));
  });

  it('are right behind characters beyond the BMP on the same line', () => {
    const row = '  2080101: {本年支出合计:  260.04, 基本支出: 250.04, 名称: 行政运行}';
    const wide = '  2080101: {名称: 𠮷𠀀, 本年支出合计:  260.04, 基本支出: 250.04}';
    expect(spoiled).toContain(row);
    const variant = spoiled.replace(row, wide);
    const figures = (entries: string[]) => entries.filter((entry) => !entry.includes('𠮷'));
    expect(marked(variant)).toContain('warning 𠮷𠀀');
    expect(figures(marked(variant))).toEqual(plain);
    expect(figures(underLines(variant))).toEqual(plain.map((entry) => entry.split(' ')[1]));
  });
});

/** Shapes that break parsers rather than rules. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a byte order mark', '\uFEFF'],
  ['deep flow maps', '{"a":'.repeat(10_000)],
  ['deep flow lists', '['.repeat(10_000)],
  ['deep balanced lists', '['.repeat(10_000) + ']'.repeat(10_000)],
  ['deep block lists', '- '.repeat(10_000)],
  ['deep block maps', Array.from({ length: 2000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  [
    'an alias bomb',
    `a: &a [x, x]\n${[...'bcdefghijklmnop']
      .map((c, i) => `${c}: &${c} [${`*${'abcdefghijklmnop'[i]!}, `.repeat(9)}]`)
      .join('\n')}`,
  ],
  ['a scalar', '1.00'],
  ['several documents', 'a: 1\n---\nb: 2\n'],
  ['NULs', '\0'.repeat(1000)],
  ['lone surrogates', '\uD800: \uDC00\n'.repeat(100)],
  ['a line of 100 MB', `支出决算表: ${'9'.repeat(100_000_000)}`],
  ['lines of nothing but full-width colons', `格式: gouji/1\n${'：\n'.repeat(30_000)}`],
  ['a figure of a million digits', `支出决算表:\n  合计: {本年支出合计: ${'9'.repeat(1e6)}}`],
  [
    'many rows under a wrong total',
    `支出决算表:\n  201: {本年支出合计: 1.23}\n${Array.from(
      { length: 5_000 },
      (_, i) => `  ${2_010_000 + i}: {本年支出合计: 1.00}\n`,
    ).join('')}`,
  ],
  ['100 MB of keys', 'a: 1\n'.repeat(20_000_000)],
];

describe('messages', () => {
  it('quote no more than shows what is meant', () => {
    const long = `格式: gouji/1\n${'键'.repeat(5000)}: 1\n支出决算表:\n  合计: {本年支出合计: ${'9'.repeat(5000)}}\n`;
    const said = causesOf(analyzeText(long), 'zh-cn').map(({ message }) => message);
    expect(said.length).toBeGreaterThanOrEqual(2);
    for (const message of said) expect(message.length).toBeLessThan(400);
  });
});

describe('a file over the limit', () => {
  it('is said to be too long, and nothing else', () => {
    const said = causesOf(analyzeText('a: 1\n'.repeat(7_000_000)), 'zh-cn');
    expect(said.map(({ message }) => message)).toEqual(['文件无法解析：超过 33554432 个字符']);
  });
});

describe('any text', () => {
  it.each(HOSTILE)(
    'that is %s gives a finding, in bounded memory',
    (_name, source) => {
      for (const path of [HUNAN, 'a.disclosure.json']) {
        const before = process.memoryUsage().rss;
        expect(causesOf(analyzeText(source, path), 'zh-cn').length).toBeGreaterThan(0);
        // The text itself, its copies in other encodings, and some hundred MB for a parser at work.
        const growth = process.memoryUsage().rss - before;
        expect(growth).toBeLessThan(8 * source.length + 400 * 1024 * 1024);
      }
    },
    120_000,
  );

  it.each(EXAMPLES)(
    'that is %s cut off at any line end is read',
    (name) => {
      const text = exampleText(name);
      const random = seeded(3);
      for (const { index } of text.matchAll(/\n/g)) {
        exercise(text.slice(0, index), name, random);
        exercise(text.slice(0, index + 1), name, random);
      }
    },
    300_000,
  );
});

describe('a file that is long in one respect', () => {
  it.each(HUGE)(
    'by its $name is checked, and opened in an editor',
    ({ path, of }) => {
      const analysis = analyzeText(of(200), path);
      for (const ask of Object.values(ABOUT_FILE)) ask(analysis);
      const { lines, tree } = analysis;
      for (const at of [0, tree.text.length >> 1, tree.text.length - 3])
        for (const ask of Object.values(AT_CURSOR)) ask(analysis, lines.position(at));
      expect(causesOf(analysis, 'zh-cn').map(({ rule }) => rule)).not.toContain(
        'syntax.unreadable',
      );
    },
    60_000,
  );

  // More than fit into the arguments of a call, and so many that what is quadratic does not end.
  it.each(HUGE.filter(({ isCheap }) => isCheap))(
    'by a hundred thousand and more of its $name is read to its end',
    ({ path, of }) => {
      const analysis = analyzeText(of(150_000), path);
      const { folding, formatting, outline, tokens } = ABOUT_FILE;
      for (const ask of [folding, formatting, outline, tokens]) ask!(analysis);
      const found = causesOf(analysis, 'zh-cn').map(({ rule }) => rule);
      expect(found.length).toBeGreaterThan(0);
      expect(found).not.toContain('syntax.unreadable');
    },
    60_000,
  );

  // Thousands of relations hold, and a few of them not together: those are found without trying each.
  it('by the tables, one of which has a code twice, is checked', () => {
    const rows = 2_000;
    const figures = Array.from({ length: rows }, (_, row) => `${10 + (row % 7)}.00`);
    const sum = figures.reduce((total, figure) => total + Number.parseInt(figure, 10), 0);
    const table = (name: string, total: string, codes: readonly number[]) =>
      [
        `${name}:`,
        `  合计: {${total}: ${sum}.00, 基本支出: ${sum}.00}`,
        ...codes.map(
          (code, at) => `  ${code}: {${total}: ${figures[at]}, 基本支出: ${figures[at]}}`,
        ),
      ].join('\n');
    const codes = figures.map((_, row) => 2_010_001 + (row % 90) + Math.floor(row / 90) * 100);
    const twice = codes.map((code, row) => (row === 50 ? codes[49]! : code));
    const source = [
      '格式: gouji/1\n年度: 2024',
      table('支出决算表', '本年支出合计', twice),
      table('一般公共预算财政拨款支出决算表', '小计', codes),
    ].join('\n');
    const found = causesOf(analyzeText(source), 'zh-cn').map(({ rule }) => rule);
    expect(found).toContain('syntax.duplicate-key');
  });
});
