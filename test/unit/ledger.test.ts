import { describe, expect, it } from 'vitest';
import type { Analysis, Counts } from '../../server/src/service/analysis';
import { acceptFix } from '../../server/src/service/accept';
import { causesOf } from '../../server/src/service/findings';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { codeLensesOf } from '../../server/src/service/codeLens';
import { ledgerOf, type LedgerRow } from '../../server/src/service/ledger';
import { ledgerPage } from '../../server/src/service/ledgerPage';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import { analyzeText, applyEdits, EXAMPLES, wholeText, HUNAN } from '../support/examples';

const OUTCOMES = ['holds', 'rounding', 'fails', 'empty', 'unchecked', 'accepted'] as const;
const zero: Counts = { holds: 0, rounding: 0, fails: 0, empty: 0, unchecked: 0, accepted: 0 };

function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, counts) =>
      Object.fromEntries(
        OUTCOMES.map((key) => [key, total[key] + counts[key]]),
      ) as unknown as Counts,
    zero,
  );
}

const times = (rules: readonly { readonly count: number }[]) =>
  rules.reduce((total, { count }) => total + count, 0);

function expectBalanced(analysis: Analysis): void {
  const { counts, rows } = ledgerOf(analysis, 'zh-cn');
  expect(sum(rows.map((row) => row.counts))).toEqual(counts);
  expect(counts).toEqual(analysis.counts);
  for (const row of rows) {
    expect(times(row.holds), row.id).toBe(row.counts.holds);
    expect(times(row.rounding), row.id).toBe(row.counts.rounding);
    expect(times(row.notes), row.id).toBe(row.noted);
    expect(times(row.fails) + row.noted, row.id).toBe(row.counts.fails);
    expect(times(row.empty), row.id).toBe(row.counts.empty);
    expect(times(row.unchecked.flatMap(({ rules }) => rules)), row.id).toBe(row.counts.unchecked);
    expect(row.accepted.length, row.id).toBe(row.counts.accepted);
    for (const { count, places } of [...row.rounding, ...row.fails])
      expect(places).toHaveLength(count);
  }
}

/** Accepts the first cause of a rule. */
function accepting(text: string, path: string, rule: string): string {
  const analysis = analyzeText(text, path);
  const view = causesOf(analysis, 'en').find((one) => one.rule === rule)!;
  return applyEdits(text, acceptFix(analysis, view, 'en')!.edits).replace('待填写', '原件<如此>');
}

const rowOf = (analysis: Analysis, id: string): LedgerRow =>
  ledgerOf(analysis, 'zh-cn').rows.find((row) => row.id === id)!;

describe('the ledger', () => {
  it.each(EXAMPLES)('of %s has every relation in exactly one row', (name) => {
    const analysis = analyzeText(wholeText(name), name);
    expectBalanced(analysis);
    const { rows } = ledgerOf(analysis, 'zh-cn');
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    // Every relation belongs to a table or a section.
    expect(rows.find(({ id }) => id === 'file')).toBeUndefined();
  });

  it('follows the order of the layout, then of the sections', () => {
    const { rows } = ledgerOf(analyzeText(wholeText(HUNAN)), 'zh-cn');
    const ids = rows.map(({ id }) => id);
    expect(ids.slice(0, 9)).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9']);
    expect(rows.slice(0, 9).every(({ status, range }) => status === 'read' && range)).toBe(true);
    // Both forms of the self-evaluation, told apart by their projects.
    expect(rows.filter(({ title }) => title.startsWith('绩效自评表')).length).toBeGreaterThan(1);
  });

  it.each(['national', 'shanghai'])(
    'of a new file says of what is still blank that it is not filled in, not that it fails: %s',
    (layout) => {
      const wish = { language: 'yaml', layout, year: 2024, organisation: '某局' } as const;
      const text = skeletonOf(wish, builtInCatalog);
      for (const typed of [
        text,
        text.replace('一般公共预算财政拨款收入:', '$& 100.00'),
        text.replace('  30101:', '$& 100.00'),
      ]) {
        const analysis = analyzeText(typed, 'new.disclosure.yaml');
        expectBalanced(analysis);
        const { rows } = ledgerOf(analysis, 'zh-cn');
        expect(rows.filter(({ fails }) => fails.length > 0)).toEqual([]);
        const lenses = codeLensesOf(analysis, 'file:///new', undefined, 'zh-cn');
        expect(lenses.filter(({ command }) => command!.title.includes('不成立'))).toEqual([]);
        if (typed === text) continue;
        const reasons = rows.flatMap(({ unchecked }) => unchecked.map(({ reason }) => reason));
        expect(reasons).toContain('not-filled');
      }
    },
  );

  it('says of a table that is not there that it is not, and what that leaves unchecked', () => {
    const text = `格式: gouji/1
名词解释: 略
支出决算表:
  合计: {本年支出合计: 325.80, 基本支出: 235.80, 项目支出: 90.00}
  208: {本年支出合计: 325.80, 基本支出: 235.80, 项目支出: 90.00}
未知: 1
`;
    const analysis = analyzeText(text);
    expectBalanced(analysis);
    const first = rowOf(analysis, 'T1');
    expect(first.status).toBe('missing');
    expect(first.range).toBeNull();
    expect(first.counts.unchecked).toBeGreaterThan(0);
    expect(first.unchecked.map(({ message }) => message)).toContain(
      '文件中没有《收入支出决算总表》',
    );
    expect(rowOf(analysis, 'section.glossary').status).toBe('text');
    expect(rowOf(analysis, 'section.narrative').status).toBe('missing');
    // 合计 = 基本 + 项目, twice; 合计 of three columns.
    expect(rowOf(analysis, 'T3').holds.map(({ rule, count }) => [rule, count])).toEqual([
      ['t3.row-sum', 2],
      ['t3.column-total', 3],
    ]);
    expect(ledgerOf(analysis, 'zh-cn').unread.map(({ path }) => path)).toEqual(['未知']);
  });

  it('calls a table that is not there what the layout calls it', () => {
    const rowFor = (layout: string) =>
      rowOf(analyzeText(`格式: gouji/1\n表样: ${layout}\n名词解释: 略\n`), 'T8');
    const names = {
      全国: '国有资本经营预算财政拨款支出决算表',
      上海: '国有资本经营预算财政拨款收入支出决算表',
    };
    for (const [layout, name] of Object.entries(names)) {
      const { title, unchecked } = rowFor(layout);
      expect([title, ...unchecked.map(({ message }) => message)]).toEqual([
        name,
        `文件中没有《${name}》`,
      ]);
    }
  });

  it.each([
    [HUNAN, 'i.actual', '绩效自评表'],
    ['putuo-ecology-2025.disclosure.json', 'text.contradiction', '三公经费'],
    ['putuo-ecology-2025.disclosure.json', 'n.list-public', '基本支出'],
  ])('of %s shows an accepted %s with its reason', (name, rule, title) => {
    const analysis = analyzeText(accepting(wholeText(name), name, rule), name);
    expectBalanced(analysis);
    const row = ledgerOf(analysis, 'zh-cn').rows.find(({ accepted }) => accepted.length > 0)!;
    expect(row.title).toContain(title);
    expect(row.accepted[0]).toMatchObject({ rule, reason: '原件<如此>' });
    const { line } = row.accepted[0]!.entry.start;
    expect(analysis.tree.text.split('\n')[line]).toContain(rule);
  });

  it('is a page in both languages, with what people wrote escaped', () => {
    const analysis = analyzeText(accepting(wholeText(HUNAN), HUNAN, 'i.actual'));
    const chinese = ledgerPage(analysis, 'zh-cn');
    const english = ledgerPage(analysis, 'en');
    expect(chinese.title).toBe('核对一览');
    expect(english.title).toBe('Ledger of checks');
    expect(chinese.body).toContain('原件&lt;如此&gt;');
    expect(chinese.body).not.toContain('<如此>');
    // A count alone says nothing to whoever is read to.
    const counts = [...chinese.body.matchAll(/<span class="count \w+">(?!<\/)(.*?)<\/span>\d/g)];
    expect(counts.length).toBeGreaterThan(10);
    for (const [, inside] of counts)
      expect(inside).toMatch(/^<span class="spoken">\p{Script=Han}+ $/u);
    const places = [...chinese.body.matchAll(/href="#(\d+):(\d+)"/g)];
    const lines = analysis.tree.text.split('\n');
    for (const [, line, character] of places) {
      expect(Number(character)).toBeLessThanOrEqual(lines[Number(line)]!.length);
    }
    // Each finding that does not plainly hold can be gone to.
    const { rounding, fails, accepted } = analysis.counts;
    expect(places.length).toBeGreaterThanOrEqual(rounding + fails + accepted);
  });
});
