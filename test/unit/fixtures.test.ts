import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { builtInPacks } from '../../server/src/relations/packs';
import type { Analysis } from '../../server/src/service/analysis';
import { analyze } from '../../server/src/service/analyze';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { causesOf } from '../../server/src/service/findings';
import { hoverAt } from '../../server/src/service/hover';
import type { Locale } from '../../server/src/service/messages';
import { parseFixture, place, type Fixture } from '../support/fixture';

/**
 * Small files as the editor shows them: see `test/fixtures/README.md`. What they expect is worked out
 * by hand from the rules of the domain, not taken from what comes out.
 */
const folder = join(__dirname, '../fixtures');
const URI = 'file:///disclosure';
const SEVERITY = ['', 'error', 'warning', 'information', 'hint'];

const files = readdirSync(folder).filter((name) => /\.disclosure\.(yaml|json)$/.test(name));
const named = (pattern: RegExp) => files.filter((name) => pattern.test(name));
const source = (name: string) => readFileSync(join(folder, name), 'utf8');

const read = (path: string, text: string): Analysis => analyze({ path, text }, { severities: {} });

/** A JSON file beside a YAML file of the same name says the same, and has no marks. */
const twins = named(/\.json$/).filter((name) => files.includes(name.replace(/json$/, 'yaml')));

const diagnosed = files.filter(
  (name) => !/^hover-|\.(before|after)\./.test(name) && !twins.includes(name),
);

describe('diagnostics', () => {
  const fixtures = diagnosed.map((name) => [name, parseFixture(source(name))] as const);

  test.each(fixtures)('%s', (name, { text, marks }) => {
    const found = diagnosticsOf(read(name, text), URI, 'zh-cn');
    const shown = found.map(
      (d) => `${place(text, d.range)} ${SEVERITY[d.severity!]!}: ${String(d.code)}`,
    );
    const expected = marks.map(
      (m, index) => `${place(text, m.range)} ${severityIn(m, found[index])}: ${m.rule}`,
    );
    expect(shown).toEqual(expected);
    for (const [index, { message }] of marks.entries()) {
      expect(found[index]!.message).toContain(message);
    }
  });

  test.each(fixtures)('%s: the same with CRLF', (name, { text }) => {
    const withCrLf = diagnosticsOf(read(name, text.replaceAll('\n', '\r\n')), URI, 'en');
    const places = withCrLf.map(({ range, code }) => ({ range, code }));
    const plain = diagnosticsOf(read(name, text), URI, 'en');
    expect(places).toEqual(plain.map(({ range, code }) => ({ range, code })));
  });

  test('every rule about the writing has a fixture', () => {
    const marked = new Set(fixtures.flatMap(([, { marks }]) => marks.map(({ rule }) => rule)));
    const rules = builtInPacks.flatMap((pack) => pack.rules).filter(({ kind }) => kind === 'input');
    // Too deep to print; the test of the rules has one.
    const missing = rules.filter(({ id }) => id !== 'syntax.unreadable' && !marked.has(id));
    expect(missing.map(({ id }) => id)).toEqual([]);
  });
});

/** A mark without a severity takes any. */
function severityIn({ severity }: Fixture['marks'][number], found?: { severity?: number }): string {
  return severity ?? SEVERITY[found?.severity ?? 0]!;
}

describe('outcomes', () => {
  const countsOf = (name: string) => read(name, parseFixture(source(name)).text).counts;

  test('a file under way has nothing wrong and says what it could not check', () => {
    const { fails, rounding, unchecked } = countsOf('incomplete.disclosure.yaml');
    expect({ fails, rounding }).toEqual({ fails: 0, rounding: 0 });
    expect(unchecked).toBeGreaterThan(0);
  });

  test('blank relations are counted apart from those that hold', () => {
    const { holds, empty, fails, rounding } = countsOf('printed-zeros.disclosure.yaml');
    expect({ fails, rounding }).toEqual({ fails: 0, rounding: 0 });
    expect(holds).toBeGreaterThan(0);
    expect(empty).toBeGreaterThan(0);
  });

  test('tails are rounding, not errors', () => {
    // 208, 210; 本年支出合计 in T1 and twice in T4; 合计 in two columns of T3.
    expect(countsOf('tails.disclosure.yaml')).toMatchObject({ rounding: 7, fails: 0 });
  });
});

describe('JSON twins', () => {
  const byPath = (analysis: Analysis) => ({
    findings: causesOf(analysis, 'zh-cn').flatMap(({ id, findings }) =>
      findings.map(({ rule, path, outcome, printed, fingerprint }) => {
        return { cause: id, rule, path, outcome, printed, fingerprint };
      }),
    ),
    outcomes: analysis.network!.evaluations.map((e) => `${e.relation.id} ${e.outcome}`),
    counts: analysis.counts,
  });

  test('there are some', () => expect(twins.length).toBeGreaterThanOrEqual(3));

  test.each(twins)('%s has the findings of its YAML', (name) => {
    const yaml = name.replace(/json$/, 'yaml');
    const expected = byPath(read(yaml, parseFixture(source(yaml)).text));
    expect(byPath(read(name, source(name)))).toEqual(expected);
  });
});

/** Fixes that are no certainty, by their title. */
const CHOSEN: Readonly<Record<string, string>> = {
  'fix-undecided': '改为 18.00（17.99 至 18.01 均成立）',
  'fix-percent-sign': '改为 99.29%',
  'fix-listed-name': '改为 津贴补贴',
  'fix-parent-lost': '补上 301 工资福利支出 一行，金额为“自动”',
  'fix-parent-row': '补上 20805 行政事业单位养老支出 一行，金额为“自动”',
  'fix-parent-row-braces': '补上 20805 行政事业单位养老支出 一行，金额为“自动”',
  'fix-parent-row-tabs': '补上 20805 行政事业单位养老支出 一行，金额为“自动”',
  'fix-miscoded': '科目代码改为 2080505 机关事业单位基本养老保险缴费支出',
  'fix-miscoded-all': '将 2 处科目代码改为 2080505 机关事业单位基本养老保险缴费支出',
  'fix-lost-row': '补上一行 2130311 水资源节约管理与保护（64.15，项目支出）',
  'fix-detail-row': '补上一行 2210201 住房公积金，数字同上级科目',
  'fix-no-data': '填写《政府性基金预算财政拨款收入支出决算表》：按别处的数写出各行',
  'fix-word': '改为 大于',
  'fix-growth-sign': '改为 -6.48%',
  'fix-change-word': '改为 增长',
  'fix-detail-computed': '补上一行 2101101 行政单位医疗，数字同《一般公共预算财政拨款支出决算表》',
  'fix-change-word-level': '改为 减少',
  'fix-change-words': '改为 增加、增长',
  'fix-listed-row': '把 30212 因公出国（境）费用 的 3.48 记到 30211 差旅费',
  'fix-alike-figure': '改为 14.80（14.77 至 14.83 均成立）',
  'fix-point-moved': '改为 120.50（120.49 至 120.51 均成立）',
  'fix-stray-text': '改为注释（# …）',
  'fix-value-beside': '删去键后面的值',
  'fix-key-twice': '科目代码改为 2080102 一般行政管理事务',
  'fix-code-twice': '科目代码改为 30103 奖金',
  'fix-class-twice': '科目代码改为 210 卫生健康支出',
  'fix-item-twice': '科目代码改为 2080505 机关事业单位基本养老保险缴费支出',
  'fix-column-twice': '改为 项目支出',
  'fix-year-exchanged': '改为 2024',
  'fix-year-short': '改为 2024',
  'fix-lone-figure': '改为 50.00',
  'fix-year-long': '改为 2024',
  'fix-year-doubled': '改为 2024',
  'fix-item-empty': '删去多余的“-”',
  'fix-no-unit': '写明金额单位为万元',
  'fix-repeated': '删去重复的“2080101”',
  'fix-repeated-braces': '删去重复的“2080101”',
};

describe('quick fixes', () => {
  const goldens = named(/\.before\./).map((before) => [before, before.replace('before', 'after')]);

  function applied(name: string, text: string): string {
    const analysis = read(name, text);
    const whole = analysis.lines.range({ start: 0, end: text.length });
    const actions = codeActionsAt(analysis, URI, whole, 'zh-cn');
    const title = CHOSEN[basename(name).split('.')[0]!];
    const fitting = actions.filter((a) => (title ? a.title === title : a.isPreferred));
    expect(fitting.map((action) => action.title)).toHaveLength(1);
    const edits = fitting[0]!.edit!.changes![URI]!;
    return TextDocument.applyEdits(TextDocument.create(URI, 'yaml', 1, text), edits);
  }

  test.each(goldens)('%s', (before, after) => {
    expect(applied(before, source(before))).toBe(source(after));
    expect(
      diagnosticsOf(read(after, source(after)), URI, 'en').map((d) => d.severity),
    ).not.toContain(1);
  });

  test.each(goldens)('%s with CRLF', (before, after) => {
    const crlf = (name: string) => source(name).replaceAll('\n', '\r\n');
    expect(applied(before, crlf(before))).toBe(crlf(after));
  });
});

describe('hover', () => {
  const cases = named(/^hover-/).flatMap((name) =>
    (['zh-cn', 'en'] as const).map((locale): [string, Locale] => [name, locale]),
  );

  test.each(cases)('%s in %s', async (name, locale) => {
    const { text, cursor } = parseFixture(source(name));
    const analysis = read(name, text);
    const hover = hoverAt(analysis, analysis.lines.position(cursor!), locale);
    const golden = join(folder, name.replace('disclosure.yaml', `${locale}.hover.md`));
    // A new fixture must come with what it expects.
    if (process.env['CI']) expect(existsSync(golden)).toBe(true);
    const { value } = hover!.contents as { value: string };
    await expect(`${value}\n`).toMatchFileSnapshot(golden);
  });
});
