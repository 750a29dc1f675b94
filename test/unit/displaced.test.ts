import { describe, expect, it } from 'vitest';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText, exampleText } from '../support/examples';

const PUTUO = 'putuo-finance-2024.disclosure.yaml';
const TABLE = '一般公共预算财政拨款支出决算表:\n';
const ROW = /^ {2}("?\d{3,7}"?):( *)(\{.*\})$/;

/** The rows of the table of the general public budget, each as code and figures. */
function rowsIn(text: string): { before: string; rows: string[]; behind: string } {
  const start = text.indexOf(`\n${TABLE}`) + TABLE.length + 1;
  const lines = text.slice(start).split('\n');
  const count = lines.findIndex((line) => !ROW.test(line));
  return {
    before: text.slice(0, start),
    rows: lines.slice(0, count),
    behind: lines.slice(count).join('\n'),
  };
}

/** Codes of another list beside the figures: what they are of stands so many rows lower. */
function withCodes(text: string, at: number, codes: readonly string[]): string {
  const { before, rows, behind } = rowsIn(text);
  const parts = rows.map((row) => ROW.exec(row)!);
  const own = parts.map(([, code]) => code!);
  const shifted = [...own.slice(0, at), ...codes, ...own.slice(at)].slice(0, rows.length);
  return `${before}${parts.map(([, , gap, figures], row) => `  ${shifted[row]!}:${gap!}${figures!}`).join('\n')}\n${behind}`;
}

describe('rows beside wrong codes', () => {
  const text = exampleText(PUTUO);
  const told = (spoiled: string) =>
    causesOf(analyzeText(spoiled, 'x.disclosure.yaml'), 'zh-cn').filter(
      ({ severity }) => severity === 'error',
    );

  it('are one finding, at the first of them, and accuse no other table', () => {
    const before = told(text).length;
    const spoiled = withCodes(text, 6, ['20110', '2011001']);
    const found = told(spoiled);
    const [first, ...more] = found.filter(({ message }) => message.includes('错了位'));
    expect(more).toEqual([]);
    const { line, character } = first!.range.start;
    expect(spoiled.split('\n')[line]!.slice(character)).toMatch(/^20110:/);
    expect(first!.message).toContain(TABLE.trim().slice(0, -1));
    // What was wrong elsewhere is told as before; of this table nothing else is.
    const others = found.filter((one) => one !== first);
    expect(others.length).toBeLessThanOrEqual(before);
    expect(
      others.flatMap(({ message }) => message.match(/一般公共预算财政拨款支出决算表/g) ?? []),
    ).toEqual([]);
  });

  it('are not looked for where single figures are wrong', () => {
    const slips = rowsIn(text).rows.slice(3, 6);
    const spoiled = slips.reduce(
      (whole, row) =>
        whole.replace(
          row,
          row.replace(/\d(?=\.\d\d)/g, (digit) => `${(Number(digit) + 3) % 10}`),
        ),
      text,
    );
    expect(told(spoiled).some(({ message }) => message.includes('错了位'))).toBe(false);
  });
});
