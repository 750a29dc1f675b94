import { describe, expect, test } from 'vitest';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRangeAt } from '../../server/src/service/selectionRanges';
import { analyzeText } from '../support/examples';

/** What is selected at `$0`, one step after the other. */
function steps(marked: string, path = 'a.disclosure.yaml'): string[] {
  const text = marked.replace('$0', '');
  const { lines, ...analysis } = analyzeText(text, path);
  const at = lines.position(marked.indexOf('$0'));
  const found: string[] = [];
  let step: SelectionRange | undefined = selectionRangeAt({ lines, ...analysis }, at);
  for (; step; step = step.parent) {
    found.push(text.slice(lines.offset(step.range.start), lines.offset(step.range.end)));
  }
  return found;
}

describe('selection', () => {
  test('goes from a figure to its cell, its row, its table and the file', () => {
    const head = '格式: gouji/1\n';
    const rows = '合计: {本年支出合计: 1.00, 基本支出: 1.00}\n  208: {本年支出合计: 1.00}';
    const marked = `${head}支出决算表:\n  ${rows.replace('基本支出: 1', '基本支出: $01')}\n年度: 2024\n`;
    expect(steps(marked)).toEqual([
      '',
      '1.00',
      '基本支出: 1.00',
      '本年支出合计: 1.00, 基本支出: 1.00',
      '{本年支出合计: 1.00, 基本支出: 1.00}',
      '合计: {本年支出合计: 1.00, 基本支出: 1.00}',
      rows,
      `支出决算表:\n  ${rows}`,
      `${head}支出决算表:\n  ${rows}\n年度: 2024`,
      `${head}支出决算表:\n  ${rows}\n年度: 2024\n`,
    ]);
  });

  test('takes the words first, then their quotes', () => {
    expect(steps('单位名称: "某$0局"\n').slice(0, 4)).toEqual([
      '',
      '某局',
      '"某局"',
      '单位名称: "某局"',
    ]);
    const json = '{"支出决算表": {"合计": {"本年支出合计": "1$0,250.04"}}}';
    expect(steps(json, 'a.disclosure.json').slice(1, 5)).toEqual([
      '1,250.04',
      '"1,250.04"',
      '"本年支出合计": "1,250.04"',
      '{"本年支出合计": "1,250.04"}',
    ]);
  });

  test('of a comment is the file', () => {
    expect(steps('# 说$0明\n年度: 2024\n')).toEqual(['', '# 说明\n年度: 2024\n']);
  });

  test('of nothing is nothing', () => {
    expect(steps('$0')).toEqual(['']);
  });
});
