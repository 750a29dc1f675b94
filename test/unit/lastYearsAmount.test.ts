import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';

const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  收入: {一般公共预算财政拨款收入: 2628.22, 本年收入合计: 2628.22, 总计: 2628.22}
  支出: {208: 2628.22, 本年支出合计: 2628.22, 总计: 2628.22}
决算情况说明:
  收入支出总体:
    收支总计: 2628.22
    比上年: {增加: 128.22, 增长: 5.13%}
`;

describe("last year's amount typed as the change", () => {
  it('is not seen in a right document', () => {
    expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
  });

  it('is told at the change, which the growth confirms', () => {
    const [found, ...others] = toldIn(RIGHT.replace('128.22', '2500.00'), PATH, 'en');
    expect(others).toEqual([]);
    expect(found!.at).toBe('2500.00');
    expect(found!.message).toContain("last year's amount");
    expect(found!.mended).toBe(RIGHT);
  });
});
