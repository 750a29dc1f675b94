import { describe, expect, it } from 'vitest';
import { textReport } from '../../server/src/cli/text';
import { reportOf } from '../../server/src/service/report';
import { statusOf } from '../../server/src/service/status';
import { analyzeText, EXAMPLES, exampleText } from '../support/examples';

const NAME = 'a.disclosure.yaml';

/** Rows of two figures each, all sums exact, and one that can be made to have a tail. */
function document(rows: number, last: string, head = ''): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const code = `2${String(100001 + i)}`;
    return `  ${code}: {本年支出合计: ${i + 3}.30, 基本支出: ${i + 1}.10, 项目支出: 2.20}`;
  });
  return [
    '格式: gouji/1',
    ...(head ? [head] : []),
    '支出决算表:',
    ...lines,
    `  2999999: {本年支出合计: ${last}, 基本支出: 500.10, 项目支出: 2.20}`,
  ].join('\n');
}

const inferred = (text: string, name = NAME) =>
  reportOf(name, analyzeText(text, name), 'zh-cn').inferredMode;

describe('sums that hold to the digit', () => {
  it('suggest adjusted addends from twenty different ones on', () => {
    expect(inferred(document(19, '502.30'))).toBe('exact');
    expect(inferred(document(18, '502.30'))).toBe(null);
  });

  it('suggest nothing when a single one has a tail, or the file says how it rounds', () => {
    expect(inferred(document(40, '502.31'))).toBe(null);
    expect(inferred(document(40, '502.30', '尾数处理: 截断'))).toBe(null);
  });

  it('suggest nothing where they are computed: only what is printed could have been adjusted', () => {
    const text = document(40, '502.30');
    expect(inferred(text)).toBe('exact');
    expect(inferred(text.replace(/本年支出合计: [\d.]+/g, '本年支出合计: 自动'))).toBe(null);
  });

  it('change no verdict, and show in the status', () => {
    const analysis = analyzeText(document(19, '502.30'), NAME);
    expect(analysis.counts.rounding + analysis.counts.fails).toBe(0);
    expect(statusOf(analysis).looksExact).toBe(true);
  });

  it.each(['zh-cn', 'en'] as const)('are told with how to declare them: %s', (locale) => {
    const text = document(19, '502.30');
    const told = textReport(reportOf(NAME, analyzeText(text, NAME), locale), locale);
    const [declared] = /尾数处理: [^”]+/.exec(told) ?? [''];
    const after = analyzeText(text.replace('支出决算表:', `${declared}\n支出决算表:`), NAME);
    expect(after.disclosure!.mode).toBe('exact');
    expect(inferred(text.replace('支出决算表:', `${declared}\n支出决算表:`))).toBe(null);
  });

  it.each(EXAMPLES)('are not what %s has', (name) => {
    expect(inferred(exampleText(name), name)).toBe(null);
  });
});
