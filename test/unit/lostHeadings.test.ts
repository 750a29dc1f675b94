import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { causesOf } from '../../server/src/service/findings';
import { applyActions } from '../support/actions';
import { analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';

const TEXT = `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 151.00
    本年收入合计: 151.00
    年初结转和结余:
    总计: 151.00
  支出:
    201: 130.00
    208: 21.00
    本年支出合计: 151.00
    总计: 151.00
支出决算表:
  合计: {本年支出合计: 151.00, 基本支出: 121.00, 项目支出: 30.00}
  2010101: {本年支出合计: 130.00, 基本支出: 100.00, 项目支出: 30.00}
  2080505: {本年支出合计: 21.00, 基本支出: 21.00, 项目支出: }
财政拨款收入支出决算总表:
  收入:
    一般公共预算财政拨款: 151.00
    总计: 151.00
  支出:
    201: {合计: 130.00, 一般公共预算财政拨款: 130.00}
    208: {合计: 21.00, 一般公共预算财政拨款: 21.00}
    本年支出合计: {合计: 151.00, 一般公共预算财政拨款: 151.00}
    总计: {合计: 151.00, 一般公共预算财政拨款: 151.00}

一般公共预算财政拨款支出决算表:
  合计: {小计: 151.00, 基本支出: 121.00, 项目支出: 30.00}
  2010101: {小计: 130.00, 基本支出: 100.00, 项目支出: 30.00}
  2080505: {小计: 21.00, 基本支出: 21.00, 项目支出: }
国有资本经营预算财政拨款支出决算表:
  合计: {合计: , 基本支出: , 项目支出: }
  说明: 本部门没有国有资本经营预算财政拨款支出，故本表无数据。
财政拨款“三公”经费支出决算表:
  合计: {预算数: 3.00, 决算数: 2.00}
  公务接待费: {预算数: 3.00, 决算数: 2.00}
决算情况说明:
  收入支出总体:
    收支总计: 151.00
  基本支出:
    基本支出: 121.00
    人员经费: {金额: 111.00}
    公用经费: {金额: 10.00}
  政府性基金:
    本年收入:
    本年支出:
    基本支出:
    项目支出:
    说明: 本年度无政府性基金预算支出
  国有资本经营预算:
    本年支出:
    基本支出:
    项目支出:
  三公经费:
    合计: {全年预算: 3.00, 决算: 2.00}
    公务接待费: {全年预算: 3.00, 决算: 2.00}
`;

const findings = (text: string) =>
  causesOf(analyzeText(text, PATH), 'en').map(({ rule, textRange }) => ({
    rule,
    at: text.slice(0, textRange.start).split('\n').length,
  }));

describe('a file whose headings are all there', () => {
  it('says nothing of headings', () => {
    expect(findings(TEXT).map(({ rule }) => rule)).not.toContain('input.heading-lost');
  });
});

describe.each([
  '  支出:\n    201',
  '财政拨款“三公”经费支出决算表:',
  '决算情况说明:',
  '  政府性基金:',
  '  三公经费:',
])('lines that lost the heading %j', (from) => {
  const [heading] = from.split('\n');
  const start = TEXT.indexOf(`\n${from}`) + 1;
  const line = TEXT.slice(0, start).split('\n').length;
  const text = TEXT.slice(0, start) + TEXT.slice(start + heading!.length + 1);

  it('are one finding at the first of them', () => {
    const known = findings(TEXT).map(({ rule }) => rule);
    const more = findings(text).filter(({ rule }) => !known.includes(rule));
    expect(more).toEqual([{ rule: 'input.heading-lost', at: line }]);
  });

  it('get it back', () => {
    const analysis = analyzeText(text, PATH);
    const at = analysis.lines.position(start + text.slice(start).search(/\S/));
    const [fix] = codeActionsAt(analysis, URI, { start: at, end: at }, 'en');
    expect(applyActions(analysis, [fix!], URI)).toBe(TEXT);
  });
});

it('lines that all repeat others are those of a part that lost its heading', () => {
  const text = TEXT.replace('  国有资本经营预算:\n', '');
  const at = text.slice(0, text.indexOf('    本年支出:\n    基本支出:\n    项目支出:\n  三公'));
  const isOfWriting = ({ rule }: { rule: string }) => !/^[nx]\./.test(rule);
  expect(findings(text).filter(isOfWriting)).toEqual([
    ...findings(TEXT).filter(isOfWriting),
    { rule: 'input.heading-lost', at: at.split('\n').length },
  ]);
});

describe('lines that several lost headings may be of', () => {
  const [capital] = / {2}国有资本经营预算:\n(?: {4}.*\n)+/.exec(TEXT)!;
  const text = TEXT.replace(capital, '').replace('  政府性基金:\n', '');
  const analysis = analyzeText(text, PATH);

  it('are one finding that names each, with a fix for each', () => {
    const [found, ...more] = causesOf(analysis, 'en').filter(
      ({ rule }) => rule === 'input.heading-lost',
    );
    expect(more).toEqual([]);
    const at = analysis.lines.position(found!.textRange.start);
    const fixes = codeActionsAt(analysis, URI, { start: at, end: at }, 'en').filter(
      ({ title, isPreferred }) => /政府性基金|国有资本经营预算/.test(title) && !isPreferred,
    );
    expect(fixes.map((fix) => applyActions(analysis, [fix], URI))).toEqual([
      TEXT.replace(capital, ''),
      TEXT.replace(capital, '').replace('  政府性基金:', '  国有资本经营预算:'),
    ]);
  });
});

describe.each(['490.62', '自动', '见下表 # 注'])('%s behind a heading', (value) => {
  const LIST = `  一般公共预算支出:
    各项:
    - {科目: 2010101, 决算: 130.00}
    - {科目: 2080505, 决算: 21.00}
  基本支出:
`;
  const whole = TEXT.replace('  基本支出:\n', LIST);
  const known = findings(whole).map(({ rule }) => rule);
  const headings = [...whole.matchAll(/^( *)[^ :]+:\n(?:\1 +\S|\1- )/gmu)].map(({ index }) =>
    whole.indexOf(':', index),
  );

  it.each(headings.map((colon) => [/[^ \n]+$/u.exec(whole.slice(0, colon))![0], colon] as const))(
    'of %s is one finding, and goes',
    (_, colon) => {
      const line = whole.slice(0, colon).split('\n').length;
      const text = `${whole.slice(0, colon + 1)} ${value}${whole.slice(colon + 1)}`;
      const isNew = ({ rule }: { rule: string }) =>
        /^(?:input|syntax)\./.test(rule) && !known.includes(rule);
      expect(findings(text).filter(isNew)).toEqual([{ rule: 'syntax.yaml', at: line }]);
      const analysis = analyzeText(text, PATH);
      const at = analysis.lines.position(colon + 2);
      const [fix] = codeActionsAt(analysis, URI, { start: at, end: at }, 'zh-cn');
      expect(fix?.isPreferred).toBe(true);
      const note = value.includes('#') ? ' # 注' : '';
      expect(applyActions(analysis, [fix!], URI)).toBe(
        `${whole.slice(0, colon + 1)}${note}${whole.slice(colon + 1)}`,
      );
    },
  );
});
