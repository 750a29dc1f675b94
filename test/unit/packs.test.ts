import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import chinese from '../../l10n/server.zh-cn.json';
import { CONDITIONS, KINDS, PACK_FIELDS, RULE_FIELDS } from '../../server/src/relations/compile';
import { PACK_PROBLEMS } from '../../server/src/relations/packProblem';
import { builtInPacks } from '../../server/src/relations/packs';
import {
  builtInRulebook,
  readRulebook,
  type ReadRulebook,
} from '../../server/src/relations/rulebook';
import { analyze } from '../../server/src/service/analyze';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { causesOf } from '../../server/src/service/findings';
import { packMessage } from '../../server/src/service/messages';
import { LineIndex } from '../../server/src/syntax/lines';
import { parseFixture, place } from '../support/fixture';

const folder = join(__dirname, '../fixtures/packs');
const bureau = readFileSync(join(__dirname, '../../examples/bureau/.gouji/bureau.yaml'), 'utf8');

const read = (text: string, path = '.gouji/a.yaml') => readRulebook([{ path, text }]);

const found = ({ findings }: ReadRulebook, path = '.gouji/a.yaml') =>
  findings.get(path)!.map(({ code }) => code);

const PACK = (rules: string, override = '') => `pack: 试\nrules:\n${rules}\n${override}`;
const RULE = (id: string, more = '') => `  - id: ${id}
    kind: compare
    comparator: ge
    target: T9/total/budget
    terms: [T9/total/final]
    title: {zh: 决算不超预算, en: The final is within the budget}
    ${more}`;

const DOCUMENT = `格式: gouji/1
财政拨款“三公”经费支出决算表:
  合计: {预算数: 10.00, 决算数: 12.00}
  因公出国（境）费: {预算数: 0.00, 决算数: 0.00}
  公务用车购置及运行维护费: {预算数: 10.00, 决算数: 12.00}
  公务用车购置费: {预算数: 0.00, 决算数: 0.00}
  公务用车运行维护费: {预算数: 10.00, 决算数: 12.00}
  公务接待费: {预算数: 0.00, 决算数: 0.00}
`;

const check = (text: string, { rulebook }: ReadRulebook, severities = {}) =>
  analyze({ path: 'a.disclosure.yaml', text }, { severities, rulebook });

const shown = (text: string, book: ReadRulebook, severities = {}) =>
  causesOf(check(text, book, severities), 'zh-cn').map((c) => `${c.severity}: ${c.rule}`);

describe('findings on a pack', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

  test.each(names)('%s', (name) => {
    const { text, marks } = parseFixture(readFileSync(join(folder, name), 'utf8'));
    const lines = new LineIndex(text);
    const findings = read(text).findings.get('.gouji/a.yaml')!;
    const list = findings.map(
      ({ range, severity, code }) => `${place(text, lines.range(range))} ${severity}: ${code}`,
    );
    const expected = marks.map((m) => `${place(text, m.range)} ${m.severity!}: ${m.rule}`);
    expect(list.sort()).toEqual(expected.sort());
    for (const { message } of marks) {
      const messages = findings.map((finding) => packMessage('zh-cn', finding));
      if (message !== '') expect(messages.join('\n')).toContain(message);
    }
  });

  test('every problem has its words in both languages, with every value filled in', () => {
    const codes = Object.keys(chinese).filter((key) => key.startsWith('pack.'));
    expect(codes.sort()).toEqual(PACK_PROBLEMS.map((code) => `pack.${code}`).sort());
    const { text } = parseFixture(readFileSync(join(folder, 'broken.yaml'), 'utf8'));
    for (const finding of read(text).findings.get('.gouji/a.yaml')!) {
      for (const locale of ['zh-cn', 'en'] as const) {
        expect(packMessage(locale, finding)).not.toMatch(/\{(?!at\}|row\})\w*\}|undefined/);
      }
    }
  });
});

describe('the description of the format', () => {
  const docs = ['packs.md', 'packs.zh-cn.md'].map((name) =>
    readFileSync(join(__dirname, '../../docs', name), 'utf8'),
  );

  test('names every kind, condition, field and finding', () => {
    for (const text of docs) {
      for (const name of [...KINDS, ...Object.keys(CONDITIONS), ...PACK_FIELDS, ...RULE_FIELDS]) {
        expect(text).toMatch(new RegExp(`\\b${name}\\b`));
      }
    }
    const codes = PACK_PROBLEMS.filter((code) => code !== 'unreadable');
    for (const code of codes) expect(docs[0]).toContain(`\`pack.${code}\``);
  });

  test('has examples that work', () => {
    for (const text of docs) {
      const [, example] = /```yaml\n(pack:[\s\S]*?)```/.exec(text) ?? [];
      expect(found(read(example!))).toEqual([]);
    }
  });
});

describe('the rules of a pack', () => {
  test('are checked, with their own title, severity and basis', () => {
    const book = read(PACK(RULE('local.limit', 'severity: warning\n    basis: {zh: 本区要求}')));
    expect(found(book)).toEqual([]);
    expect(shown(DOCUMENT, book)).toEqual(['warning: local.limit']);
    const [diagnostic] = diagnosticsOf(check(DOCUMENT, book), 'file:///a', 'en');
    expect(diagnostic!.code).toBe('local.limit');
    expect(diagnostic!.message).toContain('The final is within the budget');
    expect(diagnostic!.relatedInformation![0]!.message).toContain('The final is within the budget');
    expect(book.rulebook.basis('local.limit')).toEqual({ zh: '本区要求', en: '本区要求' });
  });

  test('speak Chinese where they have no English', () => {
    const book = read(PACK(RULE('local.limit').replace(/, en: [^}]*/, '')));
    const [diagnostic] = diagnosticsOf(check(DOCUMENT, book), 'file:///a', 'en');
    expect(diagnostic!.message).toContain('决算不超预算');
  });

  test('can be silenced like any other', () => {
    const book = read(PACK(RULE('local.limit')));
    expect(shown(DOCUMENT, book, { 'local.limit': 'off' })).toEqual([]);
  });

  test('work though others of their file are broken', () => {
    const book = read(PACK(`${RULE('local.broken', 'colour: red')}\n${RULE('local.limit')}`));
    expect(found(book)).toEqual(['pack.unknown-field']);
    expect(shown(DOCUMENT, book)).toEqual(['error: local.limit']);
  });

  test.each(['', '- 1', '{', '规则', '[[[[[[', 'pack: {a: [}', '\u0000'])(
    'are none in %j',
    (text) => {
      const book = read(text);
      expect(found(book).length).toBeGreaterThan(0);
      expect(book.rulebook.packs.flatMap(({ rules }) => rules)).toHaveLength(
        builtInPacks.flatMap(({ rules }) => rules).length,
      );
    },
  );
});

describe('packs that conflict', () => {
  test('a built-in rule stays as it is', () => {
    const book = read(PACK(RULE('t1.balance')));
    expect(found(book)).toEqual(['pack.built-in-id']);
    expect(book.rulebook.rule('t1.balance')).toEqual(builtInRulebook.rule('t1.balance'));
    expect(shown(DOCUMENT, book)).toEqual([]);
  });

  test('of two rules with one id the first file has it', () => {
    const second = RULE('local.limit', 'severity: hint');
    const book = readRulebook([
      { path: 'a.yaml', text: PACK(RULE('local.limit')) },
      { path: 'b.yaml', text: PACK(second) },
    ]);
    expect(found(book, 'a.yaml')).toEqual([]);
    expect(found(book, 'b.yaml')).toEqual(['pack.conflicting-id']);
    expect(packMessage('zh-cn', book.findings.get('b.yaml')![0]!)).toContain('a.yaml');
    expect(shown(DOCUMENT, book)).toEqual(['error: local.limit']);
  });

  test('of two severities for one rule the first file has it; equal ones do not conflict', () => {
    const override = (severity: string) => `pack: 试\noverride: {t9.total: ${severity}}`;
    const book = (second: string) =>
      readRulebook([
        { path: 'a.yaml', text: override('hint') },
        { path: 'b.yaml', text: override(second) },
      ]);
    expect(found(book('off'), 'b.yaml')).toEqual(['pack.overridden']);
    expect(found(book('hint'), 'b.yaml')).toEqual([]);
    expect(book('off').rulebook.rule('t9.total')!.severity).toBe('hint');
  });
});

describe('severities of built-in rules', () => {
  const wrong = DOCUMENT.replace(
    '合计: {预算数: 10.00, 决算数: 12.00}',
    '合计: {预算数: 10.00, 决算数: 12.50}',
  );
  const override = (severity: string) => read(`pack: 试\noverride: {t9.total: ${severity}}`);

  test.each(['warning', 'information', 'hint'])('are set to %s', (severity) => {
    expect(shown(wrong, override(severity))).toEqual([`${severity}: t9.total`]);
  });

  test('are switched off', () => {
    expect(shown(wrong, override('off'))).toEqual([]);
  });

  test('are set by the user last', () => {
    expect(shown(wrong, override('off'), { 't9.total': 'warning' })).toEqual(['warning: t9.total']);
  });
});

describe('the example of a finance bureau', () => {
  const book = readRulebook([{ path: 'bureau.yaml', text: bureau }]);
  const rules = book.rulebook.packs.at(-1)!.rules;

  test('has no problem', () => {
    expect(found(book, 'bureau.yaml')).toEqual([]);
    expect(rules.map(({ id }) => id)).toHaveLength(5);
  });

  test('finds what it is for', () => {
    const text = `${DOCUMENT.replace('公务用车购置费: {预算数: 0.00, 决算数: 0.00}', '公务用车购置费: {预算数: 3.00, 决算数: 3.00}').replace('公务用车运行维护费: {预算数: 10.00, 决算数: 12.00}', '公务用车运行维护费: {预算数: 7.00, 决算数: 9.00}')}
收入支出决算总表:
  收入: {一般公共预算财政拨款收入: 100.00, 本年收入合计: 100.00, 年初结转和结余: 5.00, 总计: 105.00}
财政拨款收入支出决算总表:
  收入: {一般公共预算财政拨款: 100.00, 本年收入合计: 100.00, 年初财政拨款结转和结余: {合计: 4.00, 一般公共预算财政拨款: 4.00}, 总计: 104.00}
一般公共预算财政拨款基本支出决算明细表:
  302: {决算数: 2.00}
  公用经费合计: {决算数: 2.00}
决算情况说明:
  三公经费:
    合计: {决算: 12.00}
    公务接待费: {决算: 0.00, 上年: -1.00}
  机关运行经费:
    主要原因: 厉行节约
`;
    const all = causesOf(check(text, book), 'zh-cn').flatMap(({ findings }) => findings);
    const ours = new Set(all.map(({ rule }) => rule).filter((rule) => rule.startsWith('bureau.')));
    expect([...ours].sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  test('says nothing of what keeps to it', () => {
    const text = DOCUMENT.replaceAll('决算数: 12.00', '决算数: 9.00');
    expect(shown(text, book)).toEqual([]);
  });
});
