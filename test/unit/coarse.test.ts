import { describe, expect, it } from 'vitest';
import { causesOf } from '../../server/src/service/findings';
import { fixesOf } from '../../server/src/service/fixes';
import type { Analysis } from '../../server/src/service/analysis';
import {
  alarms,
  analyzeText,
  applyEdits,
  EXAMPLES,
  rightTables,
  wholeText,
} from '../support/examples';

const NAME = 'a.disclosure.yaml';

const coarse = (analysis: Analysis) =>
  causesOf(analysis, 'zh-cn').filter(({ cause }) => cause?.coarse !== undefined);

/** Of three rows the last has a figure without decimals. */
const table = (last: string, total: string) => `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: ${total}, 项目支出: ${total}}
  2130304: {本年支出合计: 20.12, 项目支出: 20.12}
  2130305: {本年支出合计: 30.21, 项目支出: 30.21}
  2130306: {本年支出合计: ${last}, 项目支出: ${last}}
`;

describe('a figure printed coarser than its table', () => {
  it.each(EXAMPLES)('makes no relation of %s hold', (name) => {
    expect(coarse(analyzeText(wholeText(name), name))).toEqual([]);
  });

  it.each(EXAMPLES)('is nothing to tell where it is only zeros that are dropped: %s', (name) => {
    const text = rightTables(name).replace(/(\d)\.00(?=\D)/g, '$1');
    const analysis = analyzeText(text, name);
    expect(coarse(analysis)).toEqual([]);
    expect(alarms(analysis)).toEqual([]);
  });

  it('is nothing to tell where the others are as coarse, or it agrees to the digit', () => {
    expect(coarse(analyzeText(table('300', '350.33'), NAME))).toEqual([]);
    const whole = table('300', '350').replace('30.21', '30').replace('30.21', '30');
    expect(coarse(analyzeText(whole.replaceAll('20.12', '20'), NAME))).toEqual([]);
  });

  it('is told with what it would be where nothing but its width lets a sum hold', () => {
    const text = table('300', '350.67');
    const analysis = analyzeText(text, NAME);
    expect(alarms(analysis)).toEqual([]);
    const told = coarse(analysis);
    expect(told.map(({ path }) => path)).toEqual([
      '支出决算表/2130306/本年支出合计',
      '支出决算表/2130306/项目支出',
    ]);
    expect(told.every(({ severity }) => severity === 'information')).toBe(true);
  });

  it('is told behind a computed total as well', () => {
    const text = `格式: gouji/1
年度: 2024
收入支出决算总表:
  支出: {213: 350.67, 本年支出合计: 自动}
${table('300', '自动').split('\n').slice(2).join('\n')}`;
    const [first] = coarse(analyzeText(text, NAME));
    expect(first?.path).toMatch(/^支出决算表\/2130306\//);
  });

  it('is mended as the others are printed, and then all holds to the digit', () => {
    const text = table('300', '350.67').replace('300}', '300.34}');
    const analysis = analyzeText(text, NAME);
    const [view, ...others] = coarse(analysis);
    expect(others).toEqual([]);
    const [fix] = fixesOf(view!.cause!, analysis.tree, 'en');
    const mended = analyzeText(applyEdits(text, fix!.edits), NAME);
    expect(mended.counts.fails + mended.counts.rounding).toBe(0);
  });
});
