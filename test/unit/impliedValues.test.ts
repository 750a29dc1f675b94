import { describe, expect, it } from 'vitest';
import { completionsAt } from '../../server/src/service/completion';
import { analyzeText } from '../support/examples';

const TEXT = `格式: gouji/1
年度: 2024
单位名称: 某某县统计局
金额单位: 万元

收入支出决算总表:
  收入:
    事业收入: 50.50
    其他收入: 10.00
    本年收入合计: 60.50

决算情况说明:
  支出:
    支出合计: 151.00
    项目支出: {金额: 30.00, 占比: 19.87%}
    基本支出: {金额: 121.00, 占比: 80.13%}
`;

/** What is offered where a value is taken out. */
function offered(key: string, value: string) {
  const written = `${key}: ${value}`;
  const at = TEXT.indexOf(written);
  expect(at).toBeGreaterThanOrEqual(0);
  const offset = at + key.length + 2;
  const text = TEXT.slice(0, offset) + TEXT.slice(offset + value.length);
  const analysis = analyzeText(text, 'x.disclosure.yaml');
  const options = { snippets: false, locale: 'zh-cn' } as const;
  return completionsAt(analysis, analysis.lines.position(offset), options);
}

describe('the value of a blank', () => {
  it.each([['事业收入', '50.50']])('of %s is offered first, with how it is known', (key, value) => {
    const [first] = offered(key, value);
    expect(first?.label).toBe(value);
    expect(first?.detail).toMatch(/\d/);
  });

  it('is the share that it comes to', () => {
    expect(offered('占比', '80.13%').map(({ label }) => label)).toEqual(['80.13%']);
  });

  it('is offered before it is left to the server', () => {
    expect(offered('其他收入', '10.00').map(({ label }) => label)).toEqual(['10.00', '自动']);
  });

  it('is not offered where the figures do not tell it', () => {
    const text = TEXT.replace('其他收入: 10.00', '其他收入: ').replace('合计: 60.50', '合计: ');
    const analysis = analyzeText(text, 'x.disclosure.yaml');
    const at = text.indexOf('其他收入: ') + '其他收入: '.length;
    const options = { snippets: false, locale: 'zh-cn' } as const;
    const items = completionsAt(analysis, analysis.lines.position(at), options);
    expect(items.map(({ label }) => label)).toEqual(['自动']);
  });
});
