import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';

/** Of 2130304 each table prints another figure, so that nobody tells what a row of it would say. */
const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 2335.00
    其他收入: 20.00
    本年收入合计: 自动
    年初结转和结余: 36.80
    总计: 自动
  支出:
    208: 自动
    210: 自动
    213: 自动
    本年支出合计: 自动
    年末结转和结余: 24.45
    总计: 自动
收入决算表:
  合计:    {本年收入合计: 自动, 财政拨款收入: 自动, 其他收入: 自动}
  2080505: {本年收入合计: 自动, 财政拨款收入: 102.35, 其他收入: }
  2101101: {本年收入合计: 自动, 财政拨款收入: 51.25, 其他收入: }
  2130304: {本年收入合计: 自动, 财政拨款收入: 240.10, 其他收入: 20.00}
  2130305: {本年收入合计: 自动, 财政拨款收入: 1941.30, 其他收入: }
支出决算表:
  合计:    {本年支出合计: 自动, 基本支出: 自动, 项目支出: 自动}
  2080505: {本年支出合计: 自动, 基本支出: 102.35, 项目支出: }
  2101101: {本年支出合计: 自动, 基本支出: 51.25, 项目支出: }
  2130304: {本年支出合计: 自动, 基本支出: , 项目支出: 268.15}
  2130305: {本年支出合计: 自动, 基本支出: , 项目支出: 1945.60}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 自动, 基本支出: 自动, 项目支出: 自动}
  2080505: {小计: 自动, 基本支出: 102.35, 项目支出: }
  2101101: {小计: 自动, 基本支出: 51.25, 项目支出: }
  2130304: {小计: 自动, 基本支出: , 项目支出: 249.45}
  2130305: {小计: 自动, 基本支出: , 项目支出: 1945.60}
决算情况说明:
  收入:
    收入合计: 自动
    财政拨款收入: {金额: 自动, 占比: 99.15%}
    其他收入: {金额: 自动, 占比: 0.85%}
  支出:
    支出合计: 自动
    基本支出: {金额: 自动, 占比: 6.49%}
    项目支出: {金额: 自动, 占比: 93.51%}
`;

/** Without rows of a table. */
function without(table: string, codes: readonly string[]): string {
  const at = RIGHT.indexOf(`\n${table}:`);
  const rest = codes.reduce(
    (text, code) => text.replace(new RegExp(`^  ${code}: .*\\n`, 'm'), ''),
    RIGHT.slice(at),
  );
  return RIGHT.slice(0, at) + rest;
}

const told = (text: string) => toldIn(text, PATH, 'zh-cn');

describe('several rows that a table lacks', () => {
  it('are not seen in a right document', () => {
    expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
  });

  it.each([
    ['2080505', '2130304'],
    ['2130304', '2130305'],
  ])('are named where nobody tells all that they would print: %s and %s', (one, other) => {
    const [found, ...others] = told(without('支出决算表', [one, other]));
    expect(others).toEqual([]);
    expect(found!.at).toBe('支出决算表');
    expect(found!.message).toMatch(
      new RegExp(`其他表列有而《支出决算表》没有：${one} .+、${other} `),
    );
  });

  it.each([
    ['2080505', '2130304'],
    ['2130304', '2130305'],
  ])('are told at the total of their table, no share of the text: %s and %s', (one, other) => {
    const [found, ...others] = told(without('收入决算表', [one, other]));
    expect(others).toEqual([]);
    expect(found!.at).toBe('合计');
    expect(found!.message).toMatch(
      new RegExp(`其他表列有而《收入决算表》没有：${one} .+、${other} `),
    );
  });

  it('are written where another table has all that they come to', () => {
    const [found, ...others] = told(without('收入决算表', ['2080505', '2101101']));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ at: '合计', mended: RIGHT });
  });
});

it('are none where all lists have the same: then a figure is wrong', () => {
  const [found, ...others] = told(RIGHT.replace('财政拨款收入: 1941.30', '财政拨款收入: 1931.30'));
  expect(others).toEqual([]);
  expect(found!.message).not.toContain('其他表列有');
});
