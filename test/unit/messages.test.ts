import { describe, expect, it } from 'vitest';
import english from '../../l10n/server.en.json';
import { causesOf } from '../../server/src/service/findings';
import { message, shortList } from '../../server/src/service/messages';
import { analyzeText, EXAMPLES, exampleText } from '../support/examples';

describe('messages', () => {
  it.each([
    [0, 'this restores 0 relations'],
    [1, 'this restores 1 relation'],
    [2, 'this restores 2 relations'],
    [21, 'this restores 21 relations'],
  ])('count %d as English does', (count, text) => {
    expect(message('en', 'cause.certain', { cell: 'A', printed: '1', value: '2', count })).toMatch(
      new RegExp(`${text}$`),
    );
  });

  it('never set a bare number before a word in the plural', () => {
    for (const [key, text] of Object.entries(english)) {
      expect(text, key).not.toMatch(/\{count\} (?!of |values )\w+/);
    }
  });

  it('leave braces alone that name no argument', () => {
    expect(message('en', 'input.input.row-not-a-map', { row: '201' })).toContain('{合计: 1.00}');
  });

  it('say of a list that is cut how many it names and how many there are', () => {
    const rows = Array.from(
      { length: 9 },
      (_, at) => `  208010${at + 1}: {小计: 1.00, 基本支出: 1.00}`,
    );
    const table = '一般公共预算财政拨款支出决算表';
    const text = `格式: gouji/1\n年度: 2024\n${table}:\n  合计: {小计: 8.70, 基本支出: 8.70}\n${rows.join('\n')}\n`;
    const [zh, en] = (['zh-cn', 'en'] as const).map((locale) =>
      causesOf(analyzeText(text, 'x.disclosure.yaml'), locale)
        .map((view) => view.message)
        .join(),
    );
    const [, count = '', named = ''] = /共 (\d+) 格，列出前 (\d+) 格/.exec(zh!) ?? [];
    expect(zh!.split('可能有误：')[1]!.match(/《/g)).toHaveLength(Number(named));
    expect(Number(count)).toBeGreaterThan(Number(named));
    expect(en).toContain(`(the first ${named} of ${count} cells)`);
  });

  it.each([
    [3, '甲、乙、丙'],
    [2, '甲、乙（共 3 个，列出前 2 个）'],
  ])('name the first of a list, up to %d', (most, text) => {
    expect(shortList(['甲', '乙', '丙'], most, 'zh-cn')).toBe(text);
  });

  it('have no hole where a twin gives the only value', () => {
    const [, name] = EXAMPLES;
    const text = exampleText(name);
    const figures = new Set(text.match(/\d+\.\d\d/g));
    for (const figure of [...figures].filter((_, index) => index % 9 === 0)) {
      const wrong = text.replace(figure, '20.01');
      for (const locale of ['en', 'zh-cn'] as const) {
        for (const { message: said } of causesOf(analyzeText(wrong, name), locale)) {
          expect(said).not.toMatch(/else ;|也可能为 ；|\{\w+/);
        }
      }
    }
  }, 120_000);
});
