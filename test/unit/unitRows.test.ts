import { describe, expect, it } from 'vitest';
import { toldIn } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';

/** Both tables have every figure, so that each that is wrong is located by itself. */
const RIGHT = `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计:    {本年支出合计: 236.87, 基本支出: 162.87, 项目支出: 74.00}
  201:     {本年支出合计: 236.87, 基本支出: 162.87, 项目支出: 74.00}
  20101:   {本年支出合计: 236.87, 基本支出: 162.87, 项目支出: 74.00}
  2010101: {本年支出合计: 162.87, 基本支出: 162.87}
  2010199: {本年支出合计: 74.00, 项目支出: 74.00}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 236.87, 基本支出: 162.87, 项目支出: 74.00}
  201:     {小计: 236.87, 基本支出: 162.87, 项目支出: 74.00}
  20101:   {小计: 236.87, 基本支出: 162.87, 项目支出: 74.00}
  2010101: {小计: 162.87, 基本支出: 162.87}
  2010199: {小计: 74.00, 项目支出: 74.00}
`;

/** With other figures in the first row of a code. */
const changed = (code: string, figure: (text: string, at: number) => string) =>
  RIGHT.replace(new RegExp(`(?<=^ {2}${code}: ).*$`, 'm'), (row) => {
    let at = 0;
    return row.replace(/\d+\.\d+/g, (text) => figure(text, at++));
  });

const told = (text: string) => toldIn(text, PATH, 'en');

/** As it would stand in 元, with 分 or without. */
const inYuan = (fen: string) => (text: string) => text.replace('.', '') + fen;

describe('a row in 元 among others in 万元', () => {
  it('is not seen in a right document', () => {
    expect(alarms(analyzeText(RIGHT, PATH))).toEqual([]);
  });

  it.each(['201', '20101', '2010101', '2010199'])('is told once and divided: %s', (code) => {
    for (const fen of ['00.00', '00', '12.34']) {
      const [found, ...others] = told(changed(code, inYuan(fen)));
      expect(others).toEqual([]);
      expect(found!.line).toContain(`  ${code}:`);
      expect(found!.message).toContain('in yuan, ten thousand times too large');
      expect(found!.mended).toBe(RIGHT);
    }
  });

  it('is none of which one figure alone is, or one that comes of another slip', () => {
    const one = told(changed('201', (text, at) => (at === 1 ? inYuan('00.00')(text) : text)));
    expect(one).toMatchObject([{ mended: RIGHT }]);
    expect(one[0]!.message).not.toContain('ten thousand times');
    const mixed = told(
      changed('201', (text, at) => (at === 1 ? text.replace('.', '') : inYuan('00.00')(text))),
    );
    expect(mixed.length).toBeGreaterThan(1);
    expect(mixed.some(({ message }) => message.includes('ten thousand times'))).toBe(false);
  });

  it('is not what a row is that is too much: that a sum has room for a tail says nothing of it', () => {
    const row = '  2010199: {本年支出合计: 74.00, 项目支出: 74.00}\n';
    const alone = RIGHT.slice(0, RIGHT.indexOf('一般公共预算'));
    const found = told(
      alone.replace(row, row + row.replace('2010199', '2010102').replaceAll('74.00', '72.66')),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { message } of found) expect(message).not.toContain('ten thousand times');
  });
});
