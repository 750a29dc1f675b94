import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { applyActions } from '../support/actions';
import { alarms, analyzeText, applyEdits, rightTables } from '../support/examples';
import { fixesOf } from '../../server/src/service/fixes';

const PATH = 'x.disclosure.yaml';
const JSON_PATH = 'x.disclosure.json';

/** The same in JSON, a line for each value, as a program writes it. */
const jsonOf = (yaml: string) =>
  JSON.stringify(parse(yaml), null, 2).replace(
    /(?<!年度"|科目"): (\d+(?:\.\d+)?)(?=,?\n)/g,
    (_, figure: string) => `: ${Number(figure).toFixed(2)}`,
  );

/** Amounts of a subject: received, spent, and of that by the general budget; its kind of expenditure. */
const SUBJECTS = [
  ['2080501', '12.35', '12.35', '12.35', 'basic'],
  ['2080505', '45.60', '45.60', '45.60', 'basic'],
  ['2130301', '512.67', '512.67', '512.67', 'basic'],
  ['2130304', '89.70', '86.20', '71.20', 'project'],
  ['2130305', '1206.12', '1204.00', '1204.00', 'project'],
  ['2130311', '64.15', '64.15', '64.15', 'project'],
] as const;

const fen = (text: string) => BigInt(text.replace('.', ''));
const yuan = (sum: bigint) => sum.toString().padStart(3, '0').replace(/(..)$/, '.$1');
const sum = (texts: readonly string[]) => yuan(texts.reduce((all, text) => all + fen(text), 0n));

/** A right document; what its rows come to is printed or left to the server. */
function document(printed: boolean): string {
  const total = (text: string) => (printed ? text : '自动');
  const of = (kind: string, column: 2 | 3) =>
    sum(SUBJECTS.filter((subject) => subject[4] === kind).map((subject) => subject[column]));
  const all = (column: 1 | 2 | 3) => sum(SUBJECTS.map((subject) => subject[column]));
  const split = (text: string, kind: string) =>
    `基本支出: ${kind === 'basic' ? text : ''}, 项目支出: ${kind === 'basic' ? '' : text}`;
  const rows = (row: (subject: (typeof SUBJECTS)[number]) => string) =>
    SUBJECTS.map((subject) => `  ${subject[0]}: {${row(subject)}}\n`).join('');
  const sums = (column: 2 | 3) =>
    `基本支出: ${total(of('basic', column))}, 项目支出: ${total(of('project', column))}`;
  return `格式: gouji/1
年度: 2024
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: ${all(1)}
    本年收入合计: ${total(all(1))}
  支出:
    208: ${sum(SUBJECTS.slice(0, 2).map((subject) => subject[2]))}
    213: ${sum(SUBJECTS.slice(2).map((subject) => subject[2]))}
    本年支出合计: ${total(all(2))}
收入决算表:
  合计: {本年收入合计: ${total(all(1))}, 财政拨款收入: ${total(all(1))}}
${rows(([, income]) => `本年收入合计: ${total(income)}, 财政拨款收入: ${income}`)}支出决算表:
  合计: {本年支出合计: ${total(all(2))}, ${sums(2)}}
${rows(([, , spent, , kind]) => `本年支出合计: ${total(spent)}, ${split(spent, kind)}`)}一般公共预算财政拨款支出决算表:
  合计: {小计: ${total(all(3))}, ${sums(3)}}
${rows(([, , , general, kind]) => `小计: ${total(general)}, ${split(general, kind)}`)}决算情况说明:
  一般公共预算支出:
    总体: {支出: ${all(3)}}
    各项:
${SUBJECTS.map(([code, , , general]) => `      - {科目: ${code}, 决算: ${general}}\n`).join('')}`;
}

const rowsIn = (text: string) => [...text.matchAll(/^ {2}(\d{7}): .*\n/gm)];

/** What is told first, and the text after its first fix. */
function mended(text: string, path = PATH) {
  const analysis = analyzeText(text, path);
  const [first, ...more] = alarms(analysis);
  const fixes = first?.cause ? fixesOf(first.cause, analysis.tree, 'en') : [];
  const [fix] = fixes;
  return { first, more, fixes, text: fix ? applyEdits(text, fix.edits) : text };
}

describe('a row that one table has lost', () => {
  describe.each([
    ['totals printed', true],
    ['totals left to the server', false],
  ])('%s', (_, printed) => {
    const right = document(printed);

    it('is not missed in a right document', () => {
      expect(alarms(analyzeText(right, PATH))).toEqual([]);
    });

    const cases = rowsIn(right).map((row) => [row[0].trim(), row] as const);
    it.each(cases)('%s', (_line, row) => {
      const broken = right.slice(0, row.index) + right.slice(row.index + row[0].length);
      const { first, more, fixes, text } = mended(broken);
      expect(first?.message).toContain(`seems to lack a row ${row[1]!}`);
      expect(more.map(({ message }) => message)).toEqual([]);
      expect(fixes).toHaveLength(1);
      expect(text).toBe(right);
    });

    it.each(cases)('emptied: %s', (_line, row) => {
      const [, code] = row;
      for (const left of [`  ${code!}: {}\n`, `  ${code!}:\n`]) {
        const broken = right.slice(0, row.index) + left + right.slice(row.index + row[0].length);
        const { first, more, fixes, text } = mended(broken);
        expect(first?.message).toContain(`Row ${code!}`);
        expect(broken.slice(first!.textRange.start, first!.textRange.end)).toBe(code);
        expect(more.map(({ message }) => message)).toEqual([]);
        expect(fixes).toHaveLength(1);
        expect(text).toBe(right);
      }
    });
  });

  it.each(['收入决算表', '支出决算表', '一般公共预算财政拨款支出决算表'])(
    'with others is written with them, as another table prints them: %s',
    (table) => {
      const right = document(true);
      const start = right.indexOf(`\n${table}:`) + 1;
      const end = right.slice(start).search(/\n\P{ASCII}|$(?![\s\S])/u) + start;
      const own = right.slice(start, end);
      const broken =
        right.slice(0, start) +
        own.replace(/^ {2}(?:2080501|2080505): .*\n/gm, '') +
        right.slice(end);
      const analysis = analyzeText(broken, PATH);
      const [first] = alarms(analysis);
      const [fix, ...more] = codeActionsAt(analysis, 'file:///x', first!.range, 'en');
      expect(fix!.title).toMatch(/^Add 2 rows \(2080501、2080505\) with the figures of /);
      expect(fix!.isPreferred).toBe(false);
      // What is printed is right.
      expect(more.filter(({ edit }) => edit).map(({ title }) => title)).toEqual([
        expect.stringMatching(/^Accept/),
      ]);
      expect(applyActions(analysis, [fix!], 'file:///x')).toBe(right);
    },
  );

  it('is told at the subject above that exceeds its parts', () => {
    const right = document(true).replace(
      '  2130301: {本年支出合计',
      '  213: {本年支出合计: 1867.02, 基本支出: 512.67, 项目支出: 1354.35}\n  2130301: {本年支出合计',
    );
    const whole = right.replace(
      '  2080501: {本年支出合计',
      '  208: {本年支出合计: 57.95, 基本支出: 57.95}\n  2080501: {本年支出合计',
    );
    expect(alarms(analyzeText(whole, PATH))).toEqual([]);
    const broken = whole.replace(/^ {2}2130311: \{本年支出合计.*\n/m, '');
    const { first, more } = mended(broken);
    expect(more).toEqual([]);
    expect(broken.slice(first!.textRange.start, first!.textRange.end)).toBe('213');
  });

  it('has its split left blank where nobody tells it', () => {
    const right = `格式: gouji/1
年度: 2024
一般公共预算财政拨款支出决算表:
  合计: {小计: 自动, 基本支出: 自动, 项目支出: 自动}
  2080501: {小计: 自动, 基本支出: 1.00, 项目支出: 2.00}
  2080505: {小计: 自动, 基本支出: 3.00, 项目支出: 4.00}
决算情况说明:
  一般公共预算支出:
    总体: {支出: 10.00}
    各项:
      - {科目: 2080501, 决算: 3.00}
      - {科目: 2080505, 决算: 7.00}
`;
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
    const { first, text } = mended(right.replace(/^ {2}2080505.*\n/m, ''));
    expect(first?.message).toContain('2080505');
    expect(text).toMatch(/^ {2}2080505: \{小计: 7\.00, 基本支出: +, 项目支出: +\}$/m);
  });

  it('is written in the lines, quotes and braces of its neighbours', () => {
    const lines = document(true).replace(
      /^ {2}(\d{7}): \{小计: (\S+), 基本支出: (\S*), 项目支出: (\S*)\}$/gm,
      '  "$1":\n    小计: $2\n    基本支出: $3\n    项目支出: $4',
    );
    const lost = '  "2130305":\n    小计: 1204.00\n    基本支出: \n    项目支出: 1204.00\n';
    expect(lines).toContain(lost);
    const { text } = mended(lines.replace(lost, ''));
    expect(text.replace(/ +$/gm, '')).toBe(lines.replace(/ +$/gm, ''));

    const json = (rows: string) =>
      `{\n  "格式": "gouji/1", "年度": 2024,\n  "一般公共预算财政拨款支出决算表": {\n${rows}\n  },\n` +
      '  "决算情况说明": {"一般公共预算支出": {"总体": {"支出": 6.00}, "各项": [\n' +
      '    {"科目": "2080501", "决算": 1.00},\n    {"科目": "2080505", "决算": 5.00}]}}\n}\n';
    const first =
      '    "合计": {"小计": 6.00, "基本支出": 6.00},\n    "2080501": {"小计": 1.00, "基本支出": 1.00}';
    const whole = json(`${first},\n    "2080505": {"小计": 5.00, "基本支出": 5.00}`);
    expect(mended(json(first), 'x.disclosure.json').text).toBe(whole);
  });

  it('is written in JSON whose blanks are null', () => {
    const right = jsonOf(document(true));
    expect(alarms(analyzeText(right, JSON_PATH))).toEqual([]);
    const rows = [...right.matchAll(/ {4}"(\d{7})": \{\n[^}]*\},\n/g)].filter(
      ({ 1: code }) => code === '2080505' || code === '2130305',
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { 0: row, index } of rows) {
      const { text } = mended(right.slice(0, index) + right.slice(index + row.length), JSON_PATH);
      expect(text).toBe(right);
    }
  });

  it('is never supposed where two rows would do alike', () => {
    const text = document(false)
      .replace(/^ {2}2080501: \{本年收入合计.*\n/m, '')
      .replace(/^ {2}2080505: \{本年收入合计.*\n/m, '');
    const { fixes } = mended(text);
    expect(fixes.filter(({ title }) => title.startsWith('Add row'))).toEqual([]);
  });

  it('is found in the published tables, and mended', () => {
    const name = 'putuo-finance-2024.disclosure.yaml';
    const right = rightTables(name);
    const at = right.indexOf('\n支出决算表:');
    const row = rowsIn(right).find(({ index }) => index > at && rowsIn(right).length > 0)!;
    const broken = right.slice(0, row.index) + right.slice(row.index + row[0].length);
    const analysis = analyzeText(broken, name);
    const [first, ...more] = alarms(analysis);
    expect(first?.message).toContain(row[1]);
    expect(more).toEqual([]);
    const where = analysis.lines.range(first!.textRange);
    const [action] = codeActionsAt(analysis, 'file:///x', where, 'en');
    expect(action!.title).toContain(`Add row ${row[1]!}`);
  });
});

/** Basic expenditure by economic item, every line of its class written; a text lists the items. */
const itemised = (printed: boolean, list: string) => `格式: gouji/1
年度: 2024
一般公共预算财政拨款支出决算表:
  合计: {小计: 264.60, 基本支出: 264.60}
  2080101: {小计: 264.60, 基本支出: 264.60}
一般公共预算财政拨款基本支出决算明细表:
  301: ${printed ? '254.80' : '自动'}
  30101: 120.40
  30102: 98.35
  30103:
  30106:
  30107:
  30108: 18.80
  30109:
  30110: 17.25
  30111:
  30112:
  30113:
  30114:
  30199:
  302: ${printed ? '9.80' : '自动'}
  30201: 9.80
  人员经费合计: ${printed ? '254.80' : '自动'}
  公用经费合计: ${printed ? '9.80' : '自动'}
决算情况说明:
  基本支出:
    基本支出: 264.60
    人员经费: {金额: 254.80${list && `, 主要包括: [${list}]`}}
    公用经费: {金额: 9.80}
`;

const SOME = '基本工资, 津贴补贴, 机关事业单位基本养老保险缴费';
const ALL = `${SOME}, 职工基本医疗保险缴费`;

describe('a line of an economic item that is lost', () => {
  const LINE = '  30110: 17.25\n';

  it.each([
    ['named by a list, its class printed', true, ALL],
    ['named by a list, its class left to the server', false, ALL],
    ['alone left out of its class', false, ''],
    ['alone left out of its class, and not named by a list', false, SOME],
  ])('%s', (_, printed, list) => {
    const right = itemised(printed, list);
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
    const { first, more, fixes, text } = mended(right.replace(LINE, ''));
    expect(first?.message).toContain('seems to lack a row 30110');
    expect(more.map(({ message }) => message)).toEqual([]);
    expect(fixes).toHaveLength(1);
    expect(text).toBe(right);
  });

  it('is not supposed where a digit of another line tells what is lacking', () => {
    const slip = itemised(true, ALL).replace('30101: 120.40', '30101: 102.40');
    const { first } = mended(slip.replace('  30107:\n', ''));
    expect(first?.message).toContain('30101');
  });

  it('is not supposed behind the last line, which somebody may be about to write', () => {
    const begun = itemised(false, '').replace(/ {2}30199:[^]*?(?= {2}人员)/, '');
    const { first } = mended(begun);
    expect(first?.message).not.toContain('seems to lack a row 30199');
  });
});
