import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { analyzeText } from '../support/examples';
import { applyActions } from '../support/actions';

const URI = 'file:///x.disclosure.yaml';

/** A file that has nothing to be said of. */
const RIGHT = `格式: gouji/1
年度: 2024
单位名称: 某某县统计局
金额单位: 万元
表样: 全国
尾数处理: 截断

支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 自动}
  2010501: {本年支出合计: 621.25, 基本支出: 621.25}

财政拨款“三公”经费支出决算表:
  合计: {预算数: 2.00, 决算数: 1.00}
  因公出国（境）费: {预算数: 2.00, 决算数: 1.00}

决算情况说明:
  收入支出总体:
    收支总计: 1360.80
    比上年: {增加: 60.80, 增长: 4.67%}
  支出:
    支出合计: 621.25
    基本支出: {金额: 621.25, 占比: 100%}
  一般公共预算支出:
    具体: {年初预算: 600.00, 决算: 621.25, 完成: 103.54%, 决算较预算: 大于}
`;

/** Every finding above information of a text in which one stretch is written otherwise. */
function found(right: string, wrong: string) {
  expect(RIGHT).toContain(right);
  const analysis = analyzeText(RIGHT.replace(right, wrong), 'x.disclosure.yaml');
  const told = diagnosticsOf(analysis, URI, 'zh-cn').filter(({ severity }) => severity! < 3);
  return { analysis, told };
}

function mended(right: string, wrong: string): readonly string[] {
  const { analysis, told } = found(right, wrong);
  expect(told.map(({ message }) => message)).toHaveLength(1);
  const actions = codeActionsAt(analysis, URI, told[0]!.range, 'zh-cn');
  return actions.map((action) => applyActions(analysis, [action], URI));
}

describe('a fixed word that is misspelt', () => {
  it('is not found in a right file', () => {
    expect(found('全国', '全国').told).toEqual([]);
  });

  it.each([
    ['a layout', '表样: 全国', '表样: 全囯'],
    ['a layout with its characters exchanged', '表样: 全国', '表样: 国全'],
    ['a unit', '金额单位: 万元', '金额单位: 万园'],
    ['the format with a letter less', 'gouji/1', 'goji/1'],
    ['the format with letters exchanged', 'gouji/1', 'guoji/1'],
    ['the format with a letter for the digit', 'gouji/1', 'gouji/l'],
    ['the format without its version', 'gouji/1', 'gouji'],
    ['a way of rounding', '截断', '截断。'],
    ['自动 with a point', '自动, 基本', '自动., 基本'],
    ['自动 with a full stop', '自动, 基本', '自动。, 基本'],
    ['自动 with a blank', '自动, 基本', '自 动, 基本'],
    ['自动 in English', '自动, 基本', 'auto, 基本'],
    ['自动 in other characters', '自动, 基本', '自動, 基本'],
    ['自动 in other words', '自动, 基本', '自动计算, 基本'],
    ['自动 with half of its quotes', '自动, 基本', '自动", 基本'],
    ['a key of two characters', '完成: 103', '完戍: 103'],
    ['a key that looks like another one', '占比: 100', '占此: 100'],
    ['a word of change', '增长: 4', '增涨: 4'],
    ['a word of change beside its twin', '增加: 60', '增如: 60'],
    ['a word that compares', '大于', '大干'],
    ['a percent sign that is typed twice', '103.54%', '103.54%%'],
    ['a name without its brackets', '因公出国（境）费', '因公出国费'],
  ])('%s is mended by the first fix', (_, right, wrong) => {
    expect(mended(right, wrong)[0]).toBe(RIGHT);
  });

  it.each([
    ['a layout', '表样: 全国', '表样: 某某'],
    ['a unit', '金额单位: 万元', '金额单位: 无元'],
  ])('%s that is like none has each of the few as a choice', (_, right, wrong) => {
    expect(mended(right, wrong)).toContain(RIGHT);
  });

  it('is a blank where a program printed that it has no number', () => {
    expect(mended('621.25, 基本', 'NaN, 基本')[0]).toBe(RIGHT.replace('621.25, 基本', ', 基本'));
  });

  it.each([
    ['another version', 'gouji/1', 'gouji/2'],
    ['half a word', '自动, 基本', '自, 基本'],
  ])('is not mended: %s', (_, right, wrong) => {
    expect(mended(right, wrong)).toEqual([]);
  });

  it.each([
    ['a word that says more', '增长: 4.67%', '净增长: 4.67%'],
    ['a comparison that says more', '大于', '略大于'],
  ])('is no misspelling: %s', (_, right, wrong) => {
    expect(found(right, wrong).told).toEqual([]);
  });
});
