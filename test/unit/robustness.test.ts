import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { causesOf } from '../../server/src/service/findings';
import { hoverAt } from '../../server/src/service/hover';
import { reportOf } from '../../server/src/service/report';
import type { LineRange } from '../../server/src/syntax/lines';
import { analyzeText, exampleText, HUNAN } from '../support/examples';
import { pick, seeded } from '../support/random';

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
    const line = '  2080101: {名称: 𠮷𠀀, 本年支出合计:  260.04,';
    const variant = spoiled.replace('  2080101: {本年支出合计:  260.04,', line);
    expect(marked(variant)).toEqual(plain);
    expect(underLines(variant)).toEqual(plain.map((entry) => entry.split(' ')[1]));
  });
});

const FRAGMENTS = [
  ...['\n', '\r\n', '\t', ' ', '  ', '\u3000', '\u0000', '\uD800', '\uFEFF', '𠮷', '：', '，'],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"',
    "'",
    '#',
    '&a',
    '*a',
    '!!str',
    '|',
    '>',
    '---',
    '...',
    '%',
  ],
  ...[
    '- ',
    '? ',
    '<<: ',
    '0',
    '1.00',
    '-',
    '1,234.50',
    '１００',
    '~',
    'null',
    '自动',
    '合计',
    '2080101',
  ],
  ...['999999999999999999999999.99', '1e400', '.', '支出决算表:', '格式: gouji/1'],
];

function mutate(source: string, random: () => number): string {
  let result = source;
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * (result.length + 1));
    const length = random() < 0.5 ? 0 : Math.floor(random() * 40);
    const insert = random() < 0.3 ? '' : pick(FRAGMENTS, random);
    result = result.slice(0, at) + insert + result.slice(at + length);
  }
  return result;
}

function expectInBounds({ start, end }: LineRange, lengths: readonly number[]): void {
  for (const { line, character } of [start, end]) {
    if (line < 0 || line >= lengths.length || character < 0 || character > lengths[line]!) {
      throw new Error(`${line}:${character} is outside the text`);
    }
  }
}

/** Everything an editor would ask of a text; throws if anything points outside of it. */
function exercise(source: string, random: () => number): void {
  const analysis = analyzeText(source);
  const lengths = source.split(/\r\n|\n|\r/).map((line) => line.length);
  const report = reportOf(HUNAN, analysis, 'zh-cn', { all: true });
  for (const { range, related, fixes } of report.findings) {
    expectInBounds(range, lengths);
    for (const operand of related) expectInBounds(operand.range, lengths);
    for (const { edits } of fixes) for (const edit of edits) expectInBounds(edit.range, lengths);
  }
  for (const { range } of diagnosticsOf(analysis, 'file:///a', 'en'))
    expectInBounds(range, lengths);
  const line = Math.floor(random() * lengths.length);
  const position = { line, character: Math.floor(random() * (lengths[line]! + 1)) };
  const hover = hoverAt(analysis, position, 'zh-cn');
  if (hover?.range) expectInBounds(hover.range, lengths);
  codeActionsAt(analysis, 'file:///a', { start: position, end: position }, 'en');
}

describe('any text', () => {
  // Four parts, so that a slow machine shows which one is at work.
  it.each([1, 2, 3, 4])(
    'of 1,250 mutations gives findings, never a throw (part %i)',
    {
      timeout: 600_000,
    },
    (part) => {
      const random = seeded(part);
      for (let i = 0; i < 1250; i++) {
        const source = mutate(random() < 0.5 ? text : spoiled, random);
        try {
          exercise(source, random);
        } catch (error) {
          throw new Error(`mutation ${i} of part ${part}`, { cause: error });
        }
      }
    },
  );

  it.each([
    ['nothing', ''],
    ['a byte order mark', '\uFEFF'],
    ['deep nesting', '{"a":'.repeat(10_000)],
    ['deep lists', '['.repeat(10_000)],
    [
      'an alias bomb',
      `a: &a [x, x]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [*${'abcdefghi'[i]}, *${'abcdefghi'[i]}]`).join('\n')}`,
    ],
    ['a scalar', '1.00'],
    ['several documents', 'a: 1\n---\nb: 2\n'],
  ])('that is %s is read', (_name, source) => {
    for (const path of [HUNAN, 'a.disclosure.json']) {
      const analysis = analyzeText(source, path);
      expect(causesOf(analysis, 'zh-cn').length).toBeGreaterThan(0);
    }
  });
});
