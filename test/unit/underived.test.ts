import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { causesOf } from '../../server/src/service/findings';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import { alarms, analyzeText, applyEdits, HUNAN, rightTables } from '../support/examples';

const URI = 'file:///x';

const newFile = (language: 'yaml' | 'json') =>
  skeletonOf({ language, layout: 'national', year: 2024, organisation: '某局' }, builtInCatalog);

/** The file without one of its tables. */
function without(text: string, title: string, language: 'yaml' | 'json'): string {
  const lines = text.split('\n');
  const isKey = (line: string) => (language === 'yaml' ? /^[^\s]/ : /^ {2}"/).test(line);
  const from = lines.findIndex((line) => isKey(line) && line.includes(title));
  const to = lines.findIndex((line, index) => index > from && isKey(line));
  return [...lines.slice(0, from), ...lines.slice(to)].join('\n');
}

const told = (text: string, path = 'x.disclosure.yaml') =>
  causesOf(analyzeText(text, path), 'zh-cn').map(
    ({ severity, rule, range }) => `${severity} ${rule} ${range.start.line + 1}`,
  );

const of = (text: string) => told(text).filter((line) => line.includes('input.'));

/** The text after the fix with a title. */
function fixed(text: string, title: RegExp, path: string, rule = 'input.table-missing'): string {
  const analysis = analyzeText(text, path);
  const [problem] = analysis.problems.filter(({ code }) => code === rule);
  const at = analysis.lines.range(
    'kind' in problem!.at ? analysis.tree.rangeOf(problem!.at) : problem!.at,
  );
  const action = codeActionsAt(analysis, URI, at, 'zh-cn').find((one) => title.test(one.title));
  expect(action?.isPreferred).toBe(false);
  const edits = action!.edit!.changes![URI]!.map(({ range, newText }) => ({
    range: { start: analysis.lines.offset(range.start), end: analysis.lines.offset(range.end) },
    newText,
  }));
  return applyEdits(text, edits);
}

describe.each(['yaml', 'json'] as const)('a table that cells wait for, in %s', (language) => {
  const path = `x.disclosure.${language}`;
  const all = newFile(language);
  const titles = ['支出决算表', '政府性基金预算', '国有资本经营预算财政拨款支出', '收入决算表'];

  it.each(titles)('is told once, and can be put back: %s', (title) => {
    const text = without(all, title, language);
    expect(text).not.toBe(all);
    const alarming = alarms(analyzeText(text, path));
    expect(alarming.map(({ rule }) => rule)).toEqual(['input.table-missing']);
    const mended = fixed(text, /^插入/, path);
    expect(alarms(analyzeText(mended, path))).toEqual([]);
    expect(mended.replace(/\s/g, '')).toBe(all.replace(/\s/g, ''));
  });

  it('is kept without data where a department has none of its money', () => {
    const text = without(all, '国有资本经营预算财政拨款支出', language);
    const mended = fixed(text, /本表无数据/, path);
    const analysis = analyzeText(mended, path);
    expect(alarms(analysis)).toEqual([]);
    expect(analysis.network!.underived).toEqual([]);
  });

  it('is one of several, which come back together', () => {
    const text = without(
      without(all, '支出决算表', language),
      '国有资本经营预算财政拨款支出',
      language,
    );
    expect(alarms(analyzeText(text, path))).toHaveLength(1);
    expect(fixed(text, /^插入这 2 张表/, path).replace(/\s/g, '')).toBe(all.replace(/\s/g, ''));
  });
});

describe('a table of the form that a file lacks whose others are filled in', () => {
  const rule = 'input.table-left-out';
  const all = rightTables(HUNAN);
  const inform = (text: string) => told(text).filter((line) => line.includes(rule));
  const lacking = (title: string) => without(all, title, 'yaml');

  it.each(['支出决算表', '收入决算表', '一般公共预算财政拨款支出', '财政拨款收入支出决算总表'])(
    'is told at the layout for information, and can be put in: %s',
    (title) => {
      const text = lacking(title);
      expect(inform(all)).toEqual([]);
      expect(inform(text)).toEqual([`information ${rule} 8`]);
      const mended = fixed(text, /^插入/, HUNAN, rule);
      expect(inform(mended)).toEqual([]);
      const keysOf = (of: string) => of.split('\n').filter((line) => /^\S+:/.test(line));
      expect(keysOf(mended)).toEqual(keysOf(all));
    },
  );

  it('is kept without data where a department has none of its money', () => {
    const mended = fixed(lacking('国有资本经营预算财政拨款支出'), /本表无数据/, HUNAN, rule);
    expect(told(mended)).toEqual(told(all));
  });

  it('is needed where other tables print its money, and not kept without data then', () => {
    const needed = 'input.table-needed';
    const title = '政府性基金预算财政拨款收入支出决算表';
    const zero = lacking(title);
    const text = zero.replace(
      /(财政拨款收入支出决算总表:[^]*? {4}政府性基金预算财政拨款:).*/,
      '$1 50.00',
    );
    const at = told(text).filter((line) => line.includes(needed));
    expect(at).toEqual([`warning ${needed} 8`]);
    expect(inform(text)).toEqual([]);
    expect(() => fixed(text, /本表无数据/, HUNAN, needed)).toThrow();
    const mended = fixed(text, /^插入/, HUNAN, needed);
    expect(mended).toContain(`\n${title}:`);
    // Where it is nothing, nothing needs the table.
    expect(told(zero).filter((line) => line.includes(needed))).toEqual([]);
  });

  it('is not told of the last one, which may be the next to be written', () => {
    expect(inform(lacking('财政拨款“三公”经费支出决算表'))).toEqual([]);
  });
});

describe('what a cell waits for is told once, where it is', () => {
  const HEAD = '格式: gouji/1\n金额单位: 万元\n收入支出决算总表:\n';
  const summary = `${HEAD}  支出: {205: 自动, 208: 自动, 210: 自动, 本年支出合计: 自动}\n`;
  const rows = '  合计: {本年支出合计: 自动, 基本支出: 自动}\n  2050101: {本年支出合计: 3.00}\n';

  it('a table whose name is misspelt', () => {
    expect(of(`${summary}支出决算:\n${rows}`)).toEqual(['warning input.misspelt 5']);
  });

  it('a row without columns', () => {
    for (const row of ['40.00', '[本年支出合计: 40.00, 基本支出: 40.00]']) {
      const text = `${summary}支出决算表:\n${rows}  2101101: ${row}\n`;
      expect(of(text)).toEqual(['error input.row-not-a-map 8']);
    }
  });

  it('a figure whose colon was forgotten, or is another mark', () => {
    const cells = [
      '本年支出合计 40.00, 基本支出: 40.00',
      '本年支出合计= 40.00, 基本支出: 40.00',
      '本年支出合计: 40.00, 基本支出＝40.00',
      '本年支出合计: 自动, 基本支出 40.00',
      '本年支出合计 自动, 基本支出: 40.00',
      '本年支出合计=, 基本支出: 40.00',
    ];
    for (const row of cells) {
      const text = `${summary}支出决算表:\n${rows}  2101101: {${row}}\n`;
      expect(of(text)).toEqual(['error input.colon-missing 8']);
    }
  });

  it('the sub-subjects of a subject, which may be the next to be written', () => {
    const text = '格式: gouji/1\n一般公共预算财政拨款基本支出决算明细表:\n  303: 自动\n';
    expect(of(text)).toEqual(['information input.derived-waiting 3']);
  });

  it('nothing more where a part is one that nothing computes', () => {
    const text = `格式: gouji/1\n支出决算表:\n  合计: {本年支出合计: 自动, 基本支出: 自动}
  2050101: {本年支出合计: 自动, 基本支出: 1.00, 项目支出: 自动}\n`;
    expect(of(text)).toEqual(['error input.derived-undefined 4']);
  });
});

describe('a file that is typed from top to bottom', () => {
  const text = newFile('yaml');

  it('is told at most one table at a time', () => {
    const lines = text.slice(0, text.indexOf('\n决算情况说明:')).split('\n');
    for (let count = 1; count <= lines.length; count += 7) {
      const found = of(lines.slice(0, count).join('\n')).filter((line) => !line.startsWith('info'));
      expect(found.filter((line) => !line.startsWith('warning input.table-missing'))).toEqual([]);
      expect(found.length).toBeLessThan(2);
    }
  });
});
