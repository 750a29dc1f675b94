import { describe, expect, it } from 'vitest';
import english from '../../l10n/server.en.json';
import { causesOf } from '../../server/src/service/findings';
import { message } from '../../server/src/service/messages';
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
