import { describe, expect, it } from 'vitest';
import { codeLensesOf } from '../../server/src/service/codeLens';
import { hoverAt } from '../../server/src/service/hover';
import { analyzeText } from '../support/examples';

const TEXT = `格式: gouji/1
年度: 2024
单位名称: 某某县统计局
金额单位: 万元

收入支出决算总表:
  支出:
    201: 自动
    本年支出合计: 自动

支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 621.25}
  2010501: {基本支出: 621.25}

决算情况说明:
  基本支出:
    人员经费: {金额: 1.00, 主要包括: 基本工资}

一般公共预算财政拨款基本支出决算明细表:
  30101: 1.00
  30102: 2.00
`;

function hover(text: string, where: string, offset = 0): string {
  const analysis = analyzeText(text, 'x.disclosure.yaml');
  const at = text.indexOf(where);
  expect(at).toBeGreaterThanOrEqual(0);
  const found = hoverAt(analysis, analysis.lines.position(at + offset), 'zh-cn');
  return (found?.contents as { value: string } | undefined)?.value ?? '';
}

describe('a hover of a name', () => {
  it('tells of a table what it has and how its relations came out', () => {
    const told = hover(TEXT, '\n支出决算表', 1);
    expect(told).toContain('《支出决算表》');
    expect(told).toContain('2 行，金额单位：万元');
    expect(told).toMatch(/成立 \d/);
  });

  it('tells of a section how its relations came out', () => {
    expect(hover(TEXT, '决算情况说明')).toMatch(/^\*\*决算情况说明\*\*\n\n\S/);
  });

  it.each(['金额单位', '万元'])('tells at %s how much a unit is', (where) => {
    expect(hover(TEXT, where)).toContain('10,000 元');
  });

  it('says nothing of a unit that it does not know', () => {
    expect(hover(TEXT.replace('万元', '某元'), '某元')).toBe('');
  });
});

describe('a hover of a cell that is left to the server', () => {
  it('names the figure that it waits for', () => {
    const text = TEXT.replace('2010501: {基本支出: 621.25}', '2010501: {基本支出: 某}');
    const told = hover(text, '201: 自动', 5);
    expect(told).toContain('等待填写');
    expect(told).toContain('2010501');
  });

  it('names the table that it waits for', () => {
    const text = TEXT.replace(/\n支出决算表:\n(?: {2}.*\n)+/, '');
    expect(hover(text, '201: 自动', 5)).toContain('文件中没有《支出决算表》');
  });

  it('names nothing where it has its value', () => {
    const text = TEXT.replace('{基本支出: 621.25}', '{本年支出合计: 621.25, 基本支出: 621.25}');
    expect(hover(text, '201: 自动', 5)).not.toContain('等待填写');
  });
});

describe('a code lens', () => {
  it('counts what is only worth knowing apart from what is wrong', () => {
    const analysis = analyzeText(TEXT, 'x.disclosure.yaml');
    const line = TEXT.split('\n').indexOf('决算情况说明:');
    const lens = codeLensesOf(analysis, 'file:///x', undefined, 'zh-cn').find(
      ({ range }) => range.start.line === line,
    );
    // 津贴补贴 is paid and left out of a list that need not be complete.
    expect(lens?.command?.title).toContain('提示 1');
    expect(lens?.command?.title).not.toContain('不成立');
  });
});
