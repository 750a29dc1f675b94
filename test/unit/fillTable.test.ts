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
