import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { analyzeText, applyEdits } from '../support/examples';

const RIGHT = readFileSync(join(__dirname, '../fixtures/tianyuan-2024.corrected.yaml'), 'utf8');
const PATH = 'a.disclosure.yaml';

/** The document with only the first subjects of a list, and whether its totals are left to the server. */
function begun(id: string, share: number, isComputed: boolean) {
  const { disclosure, tree } = analyzeText(RIGHT, PATH);
  const table = disclosure!.tables.get(id)!;
  const subjects = [...table.rows.values()].filter(({ code }) => code !== undefined);
  const kept = Math.max(1, Math.floor(subjects.length * share));
  const lineOf = (offset: number) => RIGHT.lastIndexOf('\n', offset - 1) + 1;
  const removed = subjects.slice(kept).map(({ entry }) => {
    const { start, end } = tree.rangeOf(entry!);
    return { range: { start: lineOf(start), end: RIGHT.indexOf('\n', end) + 1 }, newText: '' };
  });
  const total = [...table.rows.values()].find(({ spec }) => spec?.total)!;
  const computed = [...total.values.values()].map((entry) => ({
    range: tree.valueRangeOf(entry),
    newText: '自动',
  }));
  const text = applyEdits(RIGHT, isComputed ? [...removed, ...computed] : removed);
  return { text, title: table.title };
}

describe('a list that is filled in last, all its figures so far right', () => {
  const stages = ['T3', 'T5'].flatMap((id) =>
    [0, 0.5].flatMap((share) => [true, false].map((computed) => [id, share, computed] as const)),
  );

  test.each(stages)('%s, %f of it, its totals computed: %s: is told once, there', (...stage) => {
    const { text, title } = begun(...stage);
    const lines = text.split('\n');
    const found = diagnosticsOf(analyzeText(text, PATH), 'file:///a', 'zh-cn');
    const errors = found.filter(({ severity }) => severity! <= 2);
    expect(errors.map(({ message }) => message)).toEqual([
      expect.stringContaining(`《${title}》似乎还没有填完`),
    ]);
    expect(lines[errors[0]!.range.start.line]).toBe(`${title}:`);
  });
});
