import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { causesOf } from '../../server/src/service/findings';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

type Rows = Readonly<Record<string, string>>;

const RIGHT: Rows = {
  合计: '9.00',
  208: '6.00',
  20805: '6.00',
  2080501: '1.00',
  2080505: '5.00',
  210: '3.00',
  21011: '3.00',
  2101101: '3.00',
};

const inOrder = (rows: Rows) =>
  Object.entries(rows).sort(([a], [b]) => (a === '合计' || (b !== '合计' && a < b) ? -1 : 1));

const rowsOf = (rows: Rows, columns: string, changed: Rows = {}) =>
  inOrder(rows)
    .map(([code, figure]) => {
      const figures = columns.split(' ').map((column) => `${column}: ${figure}`);
      return `  ${changed[code] ?? code}: {${figures.join(', ')}}\n`;
    })
    .join('');

const expenditure = (changed: Rows, rows = RIGHT) =>
  `格式: gouji/1\n表样: 上海\n支出决算表:\n${rowsOf(rows, '本年支出合计 基本支出', changed)}`;

const general = `一般公共预算财政拨款支出决算表:\n${rowsOf(RIGHT, '小计 基本支出')}`;

/** Which code is told to be which, and how often anything is. */
function told(text: string) {
  const analysis = analyzeText(text, 'x.disclosure.yaml');
  const groups = analysis.causes.flatMap((cause) => cause.groups);
  const miscoded = groups.filter(({ kind }) => kind === 'miscoded');
  const at = causesOf(analysis, 'zh-cn').filter(({ severity }) => severity !== 'information');
  return {
    codes: miscoded.map(({ row, code }) => `${row!}→${code!}`),
    at: at.map(({ textRange: { start, end } }) => text.slice(start, end)),
  };
}

describe('a subject whose code is not that of the rows below it', () => {
  it('is in order where it is', () => {
    expect(alarms(analyzeText(expenditure({}), 'x.disclosure.yaml'))).toEqual([]);
    expect(alarms(analyzeText(expenditure({}) + general, 'x.disclosure.yaml'))).toEqual([]);
  });

  it.each([
    ['a class', '208', '204'],
    ['a 款', '20805', '20825'],
    ['no slip away', '20805', '20122'],
    ['of no subject', '20805', '20895'],
  ])('is told once, at the code: %s', (_, code, wrong) => {
    const text = expenditure({ [code]: wrong });
    expect(told(text)).toEqual({ codes: [`${wrong}→${code}`], at: [wrong] });
  });

  it('is not told of a single row below, which may as well be the wrong one', () => {
    expect(told(expenditure({ 21011: '21016' })).codes).toEqual([]);
    expect(told(expenditure({ 2101101: '2101601' })).codes).toEqual([]);
  });

  it('is told where other places know the one or the other', () => {
    const above = told(expenditure({ 21011: '21016' }) + general);
    expect(above).toEqual({ codes: ['21016→21011'], at: ['21016'] });
    const below = told(expenditure({ 2101101: '2101601' }) + general);
    expect(below).toEqual({ codes: ['2101601→2101101'], at: ['2101601'] });
  });

  it('is not supposed where the row above has been lost, nor of one that is a subject of its own', () => {
    const { 20805: _, ...lost } = RIGHT;
    expect(told(expenditure({}, lost) + general).codes).toEqual([]);
    const own: Rows = { ...lost, 20801: '2.00', 208: '8.00', 合计: '11.00' };
    expect(told(expenditure({}, own)).codes).toEqual([]);
  });
});

describe('a class that is left to the server, under a code that no other place knows', () => {
  const overview = (codes: readonly string[]) => `格式: gouji/1
表样: 上海
收入支出决算总表:
  支出:
${codes.map((code) => `    ${code}: 自动\n`).join('')}    本年支出合计: 9.00
支出决算表:
${rowsOf(RIGHT, '本年支出合计 基本支出')}`;

  it('is told where it stands out of order and the class of its place is the one that is lacking', () => {
    expect(alarms(analyzeText(overview(['208', '210']), 'x.disclosure.yaml'))).toEqual([]);
    expect(told(overview(['211', '210']))).toEqual({ codes: ['211→208'], at: ['211'] });
  });

  it('may be one that the other tables are still to list where it stands in order', () => {
    expect(told(overview(['201', '210'])).codes).toEqual([]);
    expect(told(overview(['208', '212'])).codes).toEqual([]);
  });

  it('is none that they are still to list where several list the one that it is a slip away from', () => {
    const both = (codes: readonly string[]) => overview(codes) + general;
    expect(alarms(analyzeText(both(['208', '210']), 'x.disclosure.yaml'))).toEqual([]);
    expect(told(both(['201', '210']))).toEqual({ codes: ['201→208'], at: ['201'] });
    expect(told(both(['208', '211']))).toEqual({ codes: ['211→210'], at: ['211'] });
    // Several that nobody knows are rather still to be filled in.
    expect(told(both(['201', '202', '210'])).codes).toEqual([]);
  });
});

describe('a sum that is left to the server, above nothing of its own', () => {
  const leftTo = (changed: Rows) => {
    const figures: Rows = {
      ...RIGHT,
      合计: '自动',
      208: '自动',
      20805: '自动',
      210: '自动',
      21011: '自动',
    };
    return `${expenditure(changed, figures)}${general}`;
  };

  it.each([
    ['a 款 of another subject', '20805', '20825'],
    ['a class', '208', '204'],
    ['of a single row', '21011', '21016'],
    ['the single row itself', '2101101', '2101601'],
  ])('is told at the code that is wrong, with the right one: %s', (_, code, wrong) => {
    expect(alarms(analyzeText(leftTo({}), 'x.disclosure.yaml'))).toEqual([]);
    const text = leftTo({ [code]: wrong });
    const analysis = analyzeText(text, 'x.disclosure.yaml');
    const found = causesOf(analysis, 'zh-cn').filter(
      ({ severity, rule }) => severity !== 'information' && !rule.startsWith('input.'),
    );
    expect(found.map(({ textRange: { start, end } }) => text.slice(start, end))).toEqual([wrong]);
    const at = analysis.lines.position(found[0]!.textRange.start);
    const [first] = codeActionsAt(analysis, 'file:///x', { start: at, end: at }, 'zh-cn');
    expect(applyActions(analysis, [first!], 'file:///x')).toBe(leftTo({}));
  });
});
