import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText } from '../support/examples';

const URI = 'file:///x';

/** The fixes of the first name of a list that has no amount, in their order. */
function fixesOf(list: string): readonly string[] {
  const analysis = analyzeText(
    `格式: gouji/1
年度: 2024
金额单位: 万元
一般公共预算财政拨款基本支出决算表:
  301: 247.06
  30101: 100.00
  30102: 60.00
  30103: 32.00
  30106:
  30107:
  30108: 36.48
  30110: 18.58
  人员经费合计: 247.06
决算情况说明:
  基本支出:
    人员经费: {金额: 247.06, 主要包括: [${list}]}
`,
    'x.disclosure.yaml',
  );
  const [view] = causesOf(analysis, 'zh-cn').filter(({ severity }) => severity === 'error');
  expect(view?.message).toContain('绩效工资');
  return codeActionsAt(analysis, URI, view!.range, 'zh-cn')
    .map(({ title }) => title)
    .filter((title) => !title.startsWith('接受'));
}

describe('a list in the words of a sentence', () => {
  it('parts the last two names, and no name that has such a word in it', () => {
    const text = (list: string) => `格式: gouji/1
年度: 2024
金额单位: 万元
一般公共预算财政拨款基本支出决算表:
  302: 20.00
  30201: 12.00
  30213: 8.00
  30216:
  公用经费合计: 20.00
决算情况说明:
  基本支出:
    公用经费: {金额: 20.00, 主要包括: ${list}}
`;
    const told = (list: string) =>
      causesOf(analyzeText(text(list), 'x.disclosure.yaml'), 'zh-cn').map(({ message }) => message);
    expect(told('办公费和维修（护）费')).toEqual([]);
    expect(told('办公费、维修（护）费以及培训费等').join()).toMatch(/“培训费”.*没有金额/);
    expect(told('办公费和别的')).toEqual([expect.stringContaining('办公费和别的')]);
  });
});

describe('a name of a list that has no amount', () => {
  it('is offered the only name that the list leaves out, before any amount is moved', () => {
    const rest = '职工基本医疗保险缴费';
    const fixes = fixesOf(`基本工资, 津贴补贴, 绩效工资, 机关事业单位基本养老保险缴费, ${rest}`);
    expect(fixes[0]).toBe('改为 奖金');
    expect(fixesOf(`基本工资, 津贴补贴, 奖金, 绩效工资, ${rest}`)[0]).toBe(
      '改为 机关事业单位基本养老保险缴费',
    );
  });

  it('is offered none where another one is left out before it', () => {
    expect(fixesOf('基本工资, 津贴补贴, 绩效工资')).toEqual([]);
  });
});
