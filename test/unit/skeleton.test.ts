import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { vocabulary } from '../../server/src/disclosure/vocabulary';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { formatEdits } from '../../server/src/service/format/format';
import { skeletonOf } from '../../server/src/service/skeleton';
import { analyzeText } from '../support/examples';

const wish = {
  language: 'yaml',
  layout: 'national',
  year: 2024,
  organisation: '某市某局',
} as const;
const write = (change: Partial<Parameters<typeof skeletonOf>[0]> = {}) =>
  skeletonOf({ ...wish, ...change }, builtInCatalog);

describe('a new disclosure', () => {
  const wishes = vocabulary.layouts.flatMap(({ id }) =>
    (['yaml', 'json'] as const).flatMap((language) =>
      [2024, 2025].map((year) => [id, language, year] as const),
    ),
  );

  test.each(wishes)(
    'for %s in %s of %d has every table and nothing to find',
    (layout, language, year) => {
      const text = write({ layout, language, year });
      const analysis = analyzeText(text, `new.disclosure.${language}`);
      expect(diagnosticsOf(analysis, 'file:///new', 'zh-cn')).toEqual([]);
      const { disclosure, tree } = analysis;
      expect(disclosure!.year).toBe(year);
      expect(disclosure!.layout.id).toBe(layout);
      expect(disclosure!.organisation).toBe('某市某局');
      const order = vocabulary.layouts.find(({ id }) => id === layout)!.tables.map(({ id }) => id);
      expect([...disclosure!.tables.values()].map(({ id }) => id).sort()).toEqual(
        [...order].sort(),
      );
      const written = tree.root?.kind === 'map' ? tree.root.entries.map(({ key }) => key.text) : [];
      const keys = order.map((id) => vocabulary.tables.find((table) => table.id === id)!.key);
      expect(written.slice(-keys.length)).toEqual(keys);
      expect(formatEdits(tree, { tabSize: 2, insertSpaces: true })).toEqual([]);
    },
  );

  test('has the lines of its year', () => {
    // 债务还本 and 债务付息 went out of the forms of 2025.
    expect(write()).toContain('\n    231:\n');
    expect(write({ year: 2025 })).not.toContain('\n    231:\n');
  });

  test('has the columns of its layout', () => {
    const rowOf = (text: string) =>
      /国有资本经营预算财政拨款支出决算表:\n {2}合计: \{(.*)\}/.exec(text)![1];
    expect(rowOf(write())).toBe('合计: , 基本支出: , 项目支出: ');
    expect(rowOf(write({ layout: 'shanghai' }))).toContain('年末结转和结余');
  });

  test('takes any name and an unknown layout', () => {
    for (const organisation of ['', '某局: #1', '"x"', '@a', '2024', 'null']) {
      for (const language of ['yaml', 'json'] as const) {
        const text = write({ organisation, layout: '?', language });
        const { disclosure } = analyzeText(text, `a.disclosure.${language}`);
        expect(disclosure!.organisation ?? '').toBe(organisation);
        expect(disclosure!.layout.id).toBe('national');
      }
    }
  });
});
