import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { builtInCatalog, nameIn } from '../../server/src/catalog/catalog';
import { plainName } from '../../server/src/catalog/names';
import { initialsOf } from '../../server/src/catalog/pinyin';
import { codePlaces } from '../../server/src/catalog/places';
import { readCatalogFile } from '../../server/src/catalog/workspace';
import { analyze } from '../../server/src/service/analyze';
import { subjectBlocks } from '../../server/src/service/codeHover';
import { codeNamesIn } from '../../server/src/service/codeNames';
import { completionsAt } from '../../server/src/service/completion';
import { causesOf } from '../../server/src/service/findings';
import { problemFixesOf } from '../../server/src/service/problemFixes';
import { symbolsOf } from '../../server/src/service/symbols';
import { catalogMessage } from '../../server/src/service/messages';
import { run } from '../../server/src/cli/run';
import { analyzeText, applyEdits, EXAMPLES, wholeText } from '../support/examples';

const lookup = builtInCatalog.lookup.bind(builtInCatalog);

const HEAD = '格式: gouji/1\n年度: 2024\n';
const codeFindings = (text: string, path?: string) =>
  causesOf(analyzeText(text, path), 'zh-cn').filter(({ rule }) => rule.startsWith('code.'));

/** What careful readers found in the published documents, and nothing else. */
const KNOWN: Readonly<Record<(typeof EXAMPLES)[number], readonly string[]>> = {
  'tianyuan-2024.disclosure.yaml': [
    // The paragraph on the structure calls the 类 otherwise than the tables do.
    'information code.name-form 一般公共服务',
    'information code.name-form 卫生健康',
    // 9.26 is what 行政单位医疗 got, not the 款.
    'warning code.name 行政事业单位医疗',
    'information code.name-form 住房保障',
    'information code.name-form 一般公共服务',
    'hint code.name-recalled 人力资源社会保障管理事务',
    // 2089999 described under the 款 of another subject.
    'warning code.parent 就业补助',
  ],
  'putuo-finance-2024.disclosure.yaml': [],
  // The published table of income cuts both names short.
  'putuo-ecology-2025.disclosure.json': [
    'information code.name-form "机关事业单位基本养老保险"',
    'information code.name-form "机关事业单位职业年金缴费"',
  ],
};

describe('the examples as published', () => {
  test.each(EXAMPLES)('%s: every code is named, and known places are all that is said', (name) => {
    const analysis = analyzeText(wholeText(name), name);
    const places = codePlaces(analysis.disclosure!);
    expect(places.length).toBeGreaterThan(100);
    for (const { code, classification } of places) {
      expect(builtInCatalog.lookup(code, classification)?.code).toBe(code);
    }
    const found = codeFindings(wholeText(name), name);
    const shown = found.map(({ rule, severity, textRange }) => {
      const { start, end } = textRange;
      return `${severity} ${rule} ${wholeText(name).slice(start, end)}`;
    });
    expect(shown).toEqual(KNOWN[name]);
  });

  test('the names cut short are written out in the table of income alone', () => {
    const name = EXAMPLES[2];
    const text = wholeText(name);
    const analysis = analyzeText(text, name);
    let mended = text;
    const cut = causesOf(analysis, 'zh-cn').filter(({ rule }) => rule === 'code.name-form');
    for (const { problem } of [...cut].reverse()) {
      const [fix] = problemFixesOf(problem!, analysis.tree, 'zh-cn');
      expect(fix!.preferred).toBe(true);
      mended = applyEdits(mended, fix!.edits);
    }
    expect(mended.split('\n').filter((line, i) => line !== text.split('\n')[i])).toHaveLength(2);
    expect(codeFindings(mended, name)).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['八、社会保障和就业支出', '社会保障和就业支出'],
    ['（一）行政运行', '行政运行'],
    ['其中：行政运行', '行政运行'],
    ['1.行政运行', '行政运行'],
    ['2、行政运行', '行政运行'],
    ['１．行政运行', '行政运行'],
    ['（3）行政运行', '行政运行'],
    ['④行政运行', '行政运行'],
    ['（一）1.行政运行', '行政运行'],
    ['208-20801-2080101行政运行', '行政运行'],
    ['行政运行（2080101）', '行政运行'],
    ['“行政运行”。', '行政运行'],
    ['社会保障和就业（类）支出', '社会保障和就业支出'],
    ['2080101', ''],
    ['就业补助（款）', '就业补助'],
    ['2080101 行政运行', '行政运行'],
    ['维修(护)费', plainName('维修（护）费')],
    ['三代手续费', '三代手续费'],
    ['一般公共服务支出', '一般公共服务支出'],
  ])('%s is compared as %s', (printed, plain) => expect(plainName(printed)).toBe(plain));

  test('are those of the year', () => {
    const entry = builtInCatalog.lookup('210', 'functional')!;
    expect([2012, 2013, 2014, 2018, 2019, undefined].map((year) => nameIn(entry, year))).toEqual([
      '医疗卫生支出',
      '医疗卫生支出',
      '医疗卫生与计划生育支出',
      '医疗卫生与计划生育支出',
      '卫生健康支出',
      '卫生健康支出',
    ]);
  });

  test.each([
    ['就业补助', 'jybz'],
    ['行政运行', 'xzyx'],
    ['行业规划', 'hygh'],
    ['统计抽样调查', 'tjcydc'],
    ['政策性银行亏损补贴', 'zcxyhksbt'],
    ['自然灾害灾后重建补助', 'zrzhzhcjbz'],
    ['因公出国（境）费用', 'ygcgjfy'],
    ['', ''],
  ])('%s is typed %s', (name, initials) => expect(initialsOf(name)).toBe(initials));

  test('all have initials for all their characters', () => {
    for (const classification of ['functional', 'economic', 'economic-government'] as const) {
      for (const { name } of builtInCatalog.entries(classification)) {
        expect(initialsOf(name)).toHaveLength(name.match(/[\p{Script=Han}\w]/gu)!.length);
      }
    }
  });
});

describe('findings', () => {
  test('in an older document an older name is no finding, and a newer one neither', () => {
    const row = (name: string) =>
      `格式: gouji/1\n年度: 2018\n支出决算表:\n  210: {名称: ${name}}\n`;
    expect(codeFindings(row('医疗卫生与计划生育支出'))).toEqual([]);
    expect(codeFindings(row('卫生健康支出'))).toEqual([]);
    expect(codeFindings(row('医疗卫生支出'))[0]?.rule).toBe('code.name-older');
  });

  test('a name of the same words under another 款 is a matter of the code or of the name', () => {
    const text = `${HEAD}决算情况说明:\n  一般公共预算支出:\n    各项:\n    - {科目: 2101101, 印作: [卫生健康支出, 公立医院, 行政单位医疗]}\n`;
    const [view, ...others] = codeFindings(text);
    expect([view?.rule, others]).toEqual(['code.parent', []]);
    expect(view!.problem!.fixes).toHaveLength(1);
  });

  test('where the printed 款 has a subject of the printed name, either may be wrong', () => {
    const text = `${HEAD}决算情况说明:\n  一般公共预算支出:\n    各项:\n    - {科目: 2080101, 印作: [社会保障和就业支出, 民政管理事务, 行政运行]}\n`;
    const { fixes } = codeFindings(text)[0]!.problem!;
    expect(fixes!.map(({ title, certain }) => [title, certain])).toEqual([
      ['name', false],
      ['subject', false],
    ]);
    expect(fixes![1]!.args).toEqual({ code: '2080201', name: '行政运行' });
  });

  test('digits of a wrong length get the codes that they may stand for', () => {
    const text = `${HEAD}支出决算表:\n  208010: {本年支出合计: 1.00, 基本支出: 1.00}\n`;
    const { problem } = causesOf(analyzeText(text), 'zh-cn')[0]!;
    expect(problem!.code).toBe('input.code-length');
    expect(problem!.fixes!.map(({ args }) => args!['code'])).toContain('2080101');
  });

  test('a code that the fix would write twice is not offered', () => {
    const row = (code: string) => `  ${code}: {本年支出合计: 1.00, 基本支出: 1.00}\n`;
    const text = `${HEAD}支出决算表:\n${row('2080101')}${row('2080177')}`;
    const fixes = codeFindings(text)[0]!.problem!.fixes!;
    expect(fixes.map(({ args }) => args!['code'])).not.toContain('2080101');
  });
});

test('a code of another classification is described as what it is', () => {
  const analysis = analyzeText(`${HEAD}支出决算表:\n  501: {本年支出合计: 1.00, 基本支出: 1.00}\n`);
  const [place] = codePlaces(analysis.disclosure!);
  const shown = subjectBlocks(analysis, place!, 'zh-cn').join('\n');
  expect(shown).toContain('501 机关工资福利支出');
  expect(shown).toContain('政府预算支出经济分类');
});

describe('the outline', () => {
  test('shows code and name in tables and in the narrative', () => {
    const text = `${HEAD}支出决算表:\n  2080101: {本年支出合计: 1.00}\n决算情况说明:\n  一般公共预算支出:\n    各项:\n    - {科目: 2080505}\n`;
    const path = ({ name, children: [first] = [] }: DocumentSymbol): string[] => [
      name,
      ...(first ? path(first) : []),
    ];
    const shown = symbolsOf(analyzeText(text)).map(path);
    expect(shown).toEqual([
      ['支出决算表', '2080101 行政运行'],
      ['决算情况说明', '一般公共预算支出', '各项', '2080505 机关事业单位基本养老保险缴费支出'],
    ]);
  });
});

describe('a catalog of the workspace', () => {
  const csv =
    'code,name,kind,until\n20801,人社事务,,\n20801,人社局事务,former,2023\n2089001,新科目,,\n20890,新款,,\n';
  const yaml = '20801: 人社事务\n2089001: {name: 新科目}\n20890: 新款\n';
  const read = (path: string, text: string) => readCatalogFile({ path, text }, builtInCatalog);
  const text = `${HEAD}支出决算表:\n  20801: {名称: 人力资源和社会保障管理事务, 本年支出合计: 1.00, 基本支出: 1.00}\n  2089001: {}\n`;

  test.each([
    ['本局.csv', csv],
    ['本局.yaml', yaml],
    [
      '本局.yml',
      '- {code: 20801, name: 人社事务}\n- {code: 2089001, name: 新科目}\n- {code: 20890, name: 新款}\n',
    ],
  ])('%s replaces and adds entries, for everything that names a code', (path, source) => {
    const { catalog, problems } = read(path, source);
    expect(problems).toEqual([]);
    expect(catalog.lookup('20801', 'functional')).toMatchObject({
      name: '人社事务',
      status: 'documented',
      source: path,
      budgets: ['general'],
    });
    expect(catalog.lookup('20802', 'functional')).toMatchObject({ name: '民政管理事务' });
    const codes = [...catalog.entries('functional')].map(({ code }) => code);
    expect(codes).toEqual([...codes].sort());
    const analysis = analyze({ path: 'x.disclosure.yaml', text }, { severities: {}, catalog });
    const found = causesOf(analysis, 'zh-cn').filter(({ rule }) => rule.startsWith('code.'));
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([['code.name', 'warning']]);
    const whole = analysis.lines.range({ start: 0, end: text.length });
    expect(codeNamesIn(analysis, whole).map(({ label }) => label)).toEqual(['新科目']);
    expect(symbolsOf(analysis)[0]!.children!.at(-1)!.name).toBe('2089001 新科目');
    const typed = `${HEAD}支出决算表:\n  xkm`;
    const typing = analyze({ path: 'x.disclosure.yaml', text: typed }, { severities: {}, catalog });
    const offers = completionsAt(typing, typing.lines.position(typed.length), {
      locale: 'en',
      snippets: true,
    });
    expect(offers.map(({ label }) => label)).toEqual(['2089001 新科目']);
  });

  test('what is wrong with its YAML is said as of any other file, once a line', () => {
    const source = '20801: 人社事务\n20802：民政\n20803: 养老\n- x\n';
    const { catalog, problems } = read('本局.yaml', source);
    const said = problems.map((problem) => catalogMessage('zh-cn', problem));
    expect(said).toEqual([
      expect.stringContaining('冒号'),
      expect.stringMatching(/^YAML 语法错误：[^a-z]*$/),
    ]);
    expect(catalog.lookup('20802', 'functional')!.name).toBe('民政');
  });

  test('a subject that it says was abolished is listed in the years before', () => {
    const { catalog, problems } = read('本局.csv', 'code,name,kind,until\n30198,旧津贴,,2020\n');
    expect(problems).toEqual([]);
    const offered = (year: number) => {
      const listed = `格式: gouji/1\n年度: ${year}\n决算情况说明:\n  基本支出:\n    人员经费: {主要包括: [旧津`;
      const typing = analyze(
        { path: 'x.disclosure.yaml', text: `${listed}]}\n` },
        { severities: {}, catalog },
      );
      const at = typing.lines.position(listed.length);
      return completionsAt(typing, at, { locale: 'zh-cn', snippets: true }).map(
        ({ label }) => label,
      );
    };
    expect(offered(2020)).toContain('旧津贴');
    expect(offered(2021)).not.toContain('旧津贴');
  });

  test('older names of its own are told with their year', () => {
    const { catalog } = read('本局.csv', csv);
    const older = `${HEAD}支出决算表:\n  20801: {名称: 人社局事务, 本年支出合计: 1.00, 基本支出: 1.00}\n`;
    const analysis = analyze(
      { path: 'x.disclosure.yaml', text: older },
      { severities: {}, catalog },
    );
    expect(causesOf(analysis, 'zh-cn')[0]).toMatchObject({
      rule: 'code.name-older',
      severity: 'information',
      message: '“人社局事务”是 20801 的旧名，用到 2023 年，现名“人社事务”',
    });
  });

  test('says line by line what it cannot understand, and takes the rest', () => {
    const source =
      '\uFEFFcode,name,level,budgets,status,until\r\n20801,甲,项,,,\r\n4,乙,,,,\r\n20802,,,,,\r\n20803,丙,,预算外,,\r\n20804,丁,,,官方,\r\n20805,戊,,,,去年\r\n20806,己,款,一般公共预算,recalled,2030\r\n';
    const { catalog, problems } = read('本局.csv', source);
    const lines = problems.map(({ code, range }) => [
      code,
      source.slice(0, range.start).split('\n').length,
    ]);
    expect(lines).toEqual([
      ['level', 2],
      ['code', 3],
      ['name', 4],
      ['budget', 5],
      ['word', 6],
      ['year', 7],
    ]);
    expect(catalog.lookup('20806', 'functional')).toMatchObject({ name: '己', until: 2030 });
    expect(catalog.lookup('20801', 'functional')!.source).toBeUndefined();
  });

  test.each([
    ['x.csv', ''],
    ['x.csv', '科目,名称\n20801,甲\n'],
    ['x.csv', '\u0000"'],
    ['x.yaml', ''],
    ['x.yaml', '{{{'],
    ['x.yaml', '- - -\n: :\n'],
    ['x.yaml', '__proto__: {name: 甲}\nconstructor: 乙\n'],
  ])('%s with %j is no catalog, and no harm', (path, source) => {
    const { catalog, problems } = read(path, source);
    expect(problems.length).toBeGreaterThan(0);
    expect(catalog.lookup('20801', 'functional')).toEqual(lookup('20801', 'functional'));
  });
});

describe('gouji check --catalog', () => {
  test('uses the files, and says where they cannot be understood', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gouji-catalog-'));
    try {
      const file = join(folder, '甲.disclosure.yaml');
      const own = join(folder, '本局.csv');
      await writeFile(
        file,
        `${HEAD}支出决算表:\n  20801: {名称: 人社, 本年支出合计: 1.00, 基本支出: 1.00}\n`,
      );
      await writeFile(own, 'code,name\n20801,人社事务\n1,甲\n');
      const check = async (...args: string[]) => {
        let out = '';
        let error = '';
        const terminal = {
          out: (text: string) => void (out += text),
          error: (text: string) => void (error += text),
          locale: '',
        };
        const code = await run(['check', file, '--lang', 'zh-cn', ...args], terminal);
        return { code, out, error };
      };
      expect((await check()).out).toContain('建议: 20801 印作“人社”');
      const { code, out, error } = await check('--catalog', own);
      expect(out).toContain('警告: 20801 印作“人社”，目录中的名称是“人社事务” [code.name]');
      expect(error).toContain(`${own}:3:1: `);
      expect(code).toBe(0);
      expect((await check('--catalog', join(folder, '没有.csv'))).code).toBe(2);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('names beside codes', () => {
  test.each([
    [
      'behind the row, so that columns stay below each other',
      '  2080101: {基本支出: 1.00} # 注',
      '}',
    ],
    ['behind the colon of rows in blocks', '  2080101:\n    基本支出: 1.00', '2080101:'],
    ['behind a figure alone', '  2080101: 1.00', '1.00'],
    ['behind what is not written yet', '  2080101:', '2080101:'],
  ])('stand %s', (_, row, before) => {
    const text = `${HEAD}支出决算表:\n${row}\n`;
    const analysis = analyze({ path: 'x.disclosure.yaml', text }, { severities: {} });
    const [hint] = codeNamesIn(analysis, analysis.lines.range({ start: 0, end: text.length }));
    expect(hint?.label).toBe('行政运行');
    expect(text.slice(0, analysis.lines.offset(hint!.position)).endsWith(before)).toBe(true);
  });
});
