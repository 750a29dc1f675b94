import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';

/** Income whose totals are left to the server; of 2130304 other tables print other figures. */
const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 887.60
    本年收入合计: 自动
    总计: 自动
收入决算表:
  合计: {本年收入合计: 自动, 财政拨款收入: 自动}
  2080505: {本年收入合计: 自动, 财政拨款收入: 102.35}
  2101101: {本年收入合计: 自动, 财政拨款收入: 51.25}
  2130301: {本年收入合计: 自动, 财政拨款收入: 493.90}
  2130304: {本年收入合计: 自动, 财政拨款收入: 240.10}
支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 自动, 项目支出: 自动}
  2080505: {本年支出合计: 自动, 基本支出: 102.35, 项目支出: 0.00}
  2101101: {本年支出合计: 自动, 基本支出: 51.25, 项目支出: 0.00}
  2130301: {本年支出合计: 自动, 基本支出: 493.90, 项目支出: 0.00}
  2130304: {本年支出合计: 自动, 基本支出: 0.00, 项目支出: 268.15}
`;

describe('a figure of a computed table of which sums alone speak', () => {
  it('is not seen in a right document', () => {
    expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
  });

  it.each([
    ['102.35', '105.35'],
    ['102.35', '202.35'],
    ['51.25', '61.25'],
    ['493.90', '493.09'],
  ])('is told where another table prints what it should be: %s for %s', (right, wrong) => {
    const text = RIGHT.replace(`财政拨款收入: ${right}`, `财政拨款收入: ${wrong}`);
    const analysis = analyzeText(text, PATH);
    const [found, ...others] = diagnosticsOf(analysis, URI, 'en').filter((d) => d.severity! <= 2);
    expect(others).toEqual([]);
    const { start, end } = found!.range;
    expect(text.split('\n')[start.line]!.slice(start.character, end.character)).toBe(wrong);
    const [fix] = codeActionsAt(analysis, URI, found!.range, 'en').filter(({ edit }) => edit);
    expect(fix!.isPreferred).not.toBe(true);
    expect(applyActions(analysis, [fix!], URI)).toBe(RIGHT);
  });

  it('is told at the total where no table prints what it should be', () => {
    const text = RIGHT.replace('240.10', '243.10');
    const [found, ...others] = diagnosticsOf(analyzeText(text, PATH), URI, 'en').filter(
      (d) => d.severity! <= 2,
    );
    expect(others).toEqual([]);
    expect(text.split('\n')[found!.range.start.line]).toContain('合计:');
  });
});
