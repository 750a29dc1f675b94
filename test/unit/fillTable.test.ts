import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';
const FUND = '政府性基金预算财政拨款收入支出决算表';
const NOTE = '我单位没有政府性基金，故本表无数据。';

/** Its fund table says that it has no data; 20.00 of that money are spent on one subject. */
const denied = readFileSync(
  join(__dirname, '../fixtures/fix-no-data.before.disclosure.yaml'),
  'utf8',
);
const LINE = `  说明: ${NOTE}\n`;

/** What is told at a place, and the text after the first fix there. */
function at(text: string, where: string) {
  const analysis = analyzeText(text, PATH);
  const position = analysis.lines.position(text.indexOf(where));
  const actions = codeActionsAt(analysis, URI, { start: position, end: position }, 'en');
  const fix = actions.find(
    ({ title }) => title.startsWith('Fill in') || title.startsWith('Insert'),
  );
  return { told: alarms(analysis), after: fix && applyActions(analysis, [fix], URI) };
}

const rows = (text: string) =>
  text
    .slice(text.indexOf(FUND))
    .split('\n')
    .filter((line) => /^ {2}\d/.test(line));

describe('a table of money that others print', () => {
  it('is told once where its note says that it has no data', () => {
    const { told, after } = at(denied, NOTE);
    expect(told).toHaveLength(1);
    expect(alarms(analyzeText(after!, PATH))).toEqual([]);
  });

  it('is written as a whole where nothing stands under its key', () => {
    const { after } = at(denied.replace(LINE, ''), FUND);
    expect(alarms(analyzeText(after!, PATH))).toEqual([]);
    expect(rows(after!)).toHaveLength(3);
  });

  it('is inserted as a whole where it is left out', () => {
    const left = denied
      .replace(`${FUND}:\n${LINE}`, '')
      .replaceAll('政府性基金预算财政拨款: 自动', '政府性基金预算财政拨款: 20.00');
    const { after } = at(left, '表样');
    expect(after).toContain(FUND);
    expect(rows(after!)).toHaveLength(3);
  });

  it('keeps blank what nobody tells of two subjects', () => {
    const two = denied.replaceAll(/ {2}2120801: .*项目支出: 20.00\}/g, (row) =>
      [
        row.replace('20.00', '12.00'),
        row.replace('2120801', '2120803').replace('20.00', '8.00'),
      ].join('\n'),
    );
    const { after } = at(two, NOTE);
    const written = rows(after!);
    expect(written.map((row) => row.trim().slice(0, 7))).toEqual([
      '212:   ',
      '21208: ',
      '2120801',
      '2120803',
    ]);
    expect(written.at(-1)).toMatch(
      /本年收入: *, *支出小计: *8\.00, *基本支出: *, *项目支出: *8\.00/,
    );
  });

  it('is not rewritten where a comment would be lost', () => {
    const { told, after } = at(denied.replace(LINE, `  # 待核\n${LINE}`), NOTE);
    expect(told).toHaveLength(1);
    expect(after).toBeUndefined();
  });

  it('has no data though one figure elsewhere says otherwise', () => {
    const one = denied
      .replace(/ {2}212: 20.00\n/, '')
      .replace(/^.*21208.*\n|^ {2}212: .*\n/gm, '')
      .replace(/^ {4}212: .*\n/m, '')
      .replace(/^ {4}政府性基金预算财政拨款收入: .*\n/m, '');
    const causes = at(one, NOTE).told.map(({ cause }) => cause?.groups[0]?.kind);
    expect(causes).not.toContain('denied');
  });
});

describe('a table that prints its total and none of its rows', () => {
  const TABLES = ['收入决算表', '支出决算表', '一般公共预算财政拨款支出决算表'] as const;
  const whole = `格式: gouji/1
年度: 2024
金额单位: 万元
收入支出决算总表:
  支出: {201: 478.25, 208: 38.60, 本年支出合计: 516.85}
收入决算表:
  合计: {本年收入合计: 516.85, 财政拨款收入: 504.40, 其他收入: 12.45}
  2010501: {本年收入合计: 320.50, 财政拨款收入: 320.50, 其他收入: }
  2010507: {本年收入合计: 145.30, 财政拨款收入: 145.30, 其他收入: }
  2010599: {本年收入合计: 12.45, 财政拨款收入: , 其他收入: 12.45}
  2080505: {本年收入合计: 38.60, 财政拨款收入: 38.60, 其他收入: }
支出决算表:
  合计: {本年支出合计: 516.85, 基本支出: 359.10, 项目支出: 157.75}
  2010501: {本年支出合计: 320.50, 基本支出: 320.50, 项目支出: }
  2010507: {本年支出合计: 145.30, 基本支出: , 项目支出: 145.30}
  2010599: {本年支出合计: 12.45, 基本支出: , 项目支出: 12.45}
  2080505: {本年支出合计: 38.60, 基本支出: 38.60, 项目支出: }
财政拨款收入支出决算总表:
  支出:
    201: {合计: 465.80, 一般公共预算财政拨款: 465.80}
    208: {合计: 38.60, 一般公共预算财政拨款: 38.60}
    本年支出合计: {合计: 504.40, 一般公共预算财政拨款: 504.40}
一般公共预算财政拨款支出决算表:
  合计: {小计: 504.40, 基本支出: 359.10, 项目支出: 145.30}
  2010501: {小计: 320.50, 基本支出: 320.50, 项目支出: }
  2010507: {小计: 145.30, 基本支出: , 项目支出: 145.30}
  2080505: {小计: 38.60, 基本支出: 38.60, 项目支出: }
决算情况说明:
  一般公共预算支出:
    总体: {支出: 504.40}
    各项:
      - {科目: 2010501, 决算: 320.50}
      - {科目: 2010507, 决算: 145.30}
      - {科目: 2080505, 决算: 38.60}
`;
  const bare = (table: string) => {
    const start = whole.indexOf(`\n${table}:`);
    const from = whole.indexOf('\n  2', start);
    const to = whole.slice(from).search(/\n[^ ]/) + from;
    return whole.slice(0, from) + whole.slice(to);
  };
  const codes = (text: string, table: string) =>
    [
      ...text
        .slice(text.indexOf(`\n${table}:`) + 1)
        .split(/\n(?! )/)[0]!
        .matchAll(/^ {2}(\d+):/gm),
    ].map(([, code]) => code);

  it('is not missed in a right document', () => {
    expect(alarms(analyzeText(whole, PATH))).toEqual([]);
  });

  it.each(TABLES)('is told once at its total, with its rows: %s', (table) => {
    const text = bare(table);
    const { told } = at(text, '表样');
    expect(told.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['input.rows-needed', 'warning'],
    ]);
    const [{ textRange }] = told as [(typeof told)[0]];
    expect(text.lastIndexOf('合计: {', textRange.start)).toBeGreaterThan(
      text.indexOf(`\n${table}:`),
    );
    const analysis = analyzeText(text, PATH);
    const start = analysis.lines.position(textRange.start);
    const [fix] = codeActionsAt(analysis, URI, { start, end: start }, 'en');
    const mended = applyActions(analysis, [fix!], URI);
    expect(codes(mended, table)).toEqual(codes(whole, table));
    // What was received of each subject nobody else tells.
    if (table !== '收入决算表') expect(alarms(analyzeText(mended, PATH))).toEqual([]);
  });

  it('may have its rows still to come where nothing stands behind it', () => {
    const text = bare('支出决算表');
    const begun = text.slice(0, text.indexOf('财政拨款收入支出决算总表'));
    expect(alarms(analyzeText(begun, PATH)).map(({ rule }) => rule)).not.toContain(
      'input.rows-needed',
    );
  });
});
