import { describe, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { hoverAt } from '../../server/src/service/hover';
import { reportOf } from '../../server/src/service/report';
import type { LineRange } from '../../server/src/syntax/lines';
import { analyzeText, exampleText } from './examples';
import { pick, seeded } from './random';

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

/** A text with one to four stretches cut out, replaced or put in. */
export function mutate(source: string, random: () => number): string {
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
export function exercise(source: string, path: string, random: () => number): void {
  const analysis = analyzeText(source, path);
  const lengths = source.split(/\r\n|\n|\r/).map((line) => line.length);
  const report = reportOf(path, analysis, 'zh-cn', { all: true });
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

/** Declares a test that asks everything of random mutations of an example; the seed is fixed. */
export function fuzz(name: string, count: number, seed: number): void {
  describe('mutations', () => {
    it(`of ${name}, ${count} of them, give findings in bounds and never a throw`, () => {
      const text = exampleText(name);
      const random = seeded(seed);
      for (let i = 0; i < count; i++) {
        const source = mutate(text, random);
        try {
          exercise(source, name, random);
        } catch (error) {
          throw new Error(`mutation ${i} of ${name} with seed ${seed}`, { cause: error });
        }
      }
    }, 1_200_000);
  });
}
