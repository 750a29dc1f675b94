import { describe, expect, it } from 'vitest';
import { causesOf } from '../../server/src/service/findings';
import { ledgerOf } from '../../server/src/service/ledger';
import { analyzeText } from '../support/examples';

const head = (layout: string) =>
  ['格式: gouji/1', '年度: 2024', '单位名称: 某局', '金额单位: 万元', `表样: ${layout}`, ''].join(
    '\n',
  );

const economic = (key: string) =>
  [`${key}:`, '  301: 15.00', '  30101: 10.00', '  30102: 4.00', '  人员经费合计: 15.00', ''].join(
    '\n',
  );

const KEYS = ['一般公共预算财政拨款基本支出决算明细表', '一般公共预算财政拨款基本支出决算表'];

describe.each(['全国', '上海'])('a table in the form of %s', (layout) => {
  it.each(KEYS)('is called what the file calls it: %s', (key) => {
    const analysis = analyzeText(head(layout) + economic(key), 'x.disclosure.yaml');
    const [other] = KEYS.filter((one) => one !== key);
    const { rows } = ledgerOf(analysis, 'zh-cn');
    const messages = causesOf(analysis, 'zh-cn').map(({ message }) => message);
    expect(messages.some((text) => text.includes(`《${key}》`))).toBe(true);
    expect(messages.filter((text) => text.includes(`《${other!}》`))).toEqual([]);
    expect(rows.find(({ id }) => id === 'T6')?.title).toBe(key);
  });
});

it('is called what its form calls it where the file has none', () => {
  const { rows } = ledgerOf(analyzeText(head('上海'), 'x.disclosure.yaml'), 'zh-cn');
  expect(rows.find(({ id }) => id === 'T6')?.title).toBe('一般公共预算财政拨款基本支出决算表');
});
