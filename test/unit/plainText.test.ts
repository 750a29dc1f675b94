import { MarkupContent, type Position } from 'vscode-languageserver-types';
import { describe, expect, it } from 'vitest';
import { hoverAt } from '../../server/src/service/hover';
import { plainText } from '../../server/src/service/plainText';
import { analyzeText, exampleText, EXAMPLES } from '../support/examples';

describe('plain text', () => {
  it('loses the marks and keeps the words', () => {
    const cases: readonly (readonly [markdown: string, plain: string])[] = [
      ['**合计**: 1.00 万元', '合计: 1.00 万元'],
      ['*2 more are blank*', '2 more are blank'],
      ['a  \n`1.00 = 0.40 + 0.60`', 'a\n1.00 = 0.40 + 0.60'],
      ['- b ✓ `1.00 ≠ 2.00`', '· b ✓ 1.00 ≠ 2.00'],
      // What stands in a code span, or alone, is no mark.
      ['`2 * 3 ** 4 * 5`', '2 * 3 ** 4 * 5'],
      ['“*” means not applicable', '“*” means not applicable'],
    ];
    for (const [markdown, plain] of cases) expect(plainText(markdown)).toBe(plain);
  });

  it('sets tables in columns, Chinese characters two wide', () => {
    const table =
      '| 项目 | 金额 |\n| :-- | --: |\n| **合计** | 1429.68 |\n| a | -0.35 |\n| 差 |  |\n\nb';
    expect(plainText(table).split('\n')).toEqual([
      '项目     金额',
      '合计  1429.68',
      'a       -0.35',
      '差',
      '',
      'b',
    ]);
  });

  it('is what every hover of the examples becomes, in both languages, with each word and figure', () => {
    const words = (text: string) => text.match(/[\p{L}\p{N}.]+/gu) ?? [];
    for (const name of EXAMPLES) {
      const analysis = analyzeText(exampleText(name), name);
      const lines = exampleText(name).split('\n');
      // Where a value or key begins; every seventh line, for there are thousands.
      const places = lines.flatMap((line, at): Position[] =>
        at % 7 > 0
          ? []
          : [...line.matchAll(/[\p{L}\d]+/gu)].map(({ index }) => ({ line: at, character: index })),
      );
      for (const position of places) {
        for (const locale of ['en', 'zh-cn'] as const) {
          const hover = hoverAt(analysis, position, locale);
          if (!hover || !MarkupContent.is(hover.contents)) continue;
          const plain = plainText(hover.contents.value);
          expect(plain).not.toMatch(/\*|`|^\||:?-{2,}:?|[ \t]$/m);
          expect(words(plain)).toEqual(words(hover.contents.value));
        }
      }
    }
  });
});
