import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { applyActions } from '../support/actions';
import { analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';

const TEXT = `格式: gouji/1
年度: 2024
金额单位: 万元
表样: 全国
收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 151.00
    其他收入: 6.20
    本年收入合计: 157.20
    年初结转和结余: 3.98
    总计: 161.18
  支出:
    201: 136.20
    208: 21.00
    本年支出合计: 157.20
    年末结转和结余: 3.98
    总计: 161.18
支出决算表:
  合计: {本年支出合计: 157.20, 基本支出: 127.20, 项目支出: 30.00}
  2010101: {本年支出合计: 136.20, 基本支出: 106.20, 项目支出: 30.00}
  2080505: {本年支出合计: 21.00, 基本支出: 21.00}
财政拨款收入支出决算总表:
  收入:
    一般公共预算财政拨款: 151.00
    本年收入合计: 151.00
    年初财政拨款结转和结余:
      合计: 1.00
      一般公共预算财政拨款: 1.00
    总计: 152.00
  支出:
    201: {合计: 130.00, 一般公共预算财政拨款: 130.00}
    208: {合计: 21.00, 一般公共预算财政拨款: 21.00}
    本年支出合计: {合计: 151.00, 一般公共预算财政拨款: 151.00}
    年末财政拨款结转和结余: {合计: 1.00, 一般公共预算财政拨款: 1.00}
    总计: {合计: 152.00, 一般公共预算财政拨款: 152.00}
一般公共预算财政拨款基本支出决算明细表:
  301: 100.00
  30101: 70.00
  30102: 30.00
  302: 21.00
  30201: 21.00
决算情况说明:
  收入支出总体:
    收支总计: 161.18
    比上年: {增加: 10.18, 增长: 6.74%}
  支出:
    支出合计: 157.20
    基本支出: {金额: 127.20, 占比: 80.92%}
    项目支出: {金额: 30.00, 占比: 19.08%}
  政府性基金:
    本年收入: 0.00
    本年支出: 0.00
`;

const LINES = TEXT.split('\n').slice(0, -1);
const HEAD = 4;

const indented = (line: number, column: number): string =>
  LINES.map((text, at) => `${at === line ? ' '.repeat(column) + text.trimStart() : text}\n`).join(
    '',
  );

/** Every other indentation of every line but the head. */
const cases = LINES.flatMap((text, line) => {
  const own = /^ */.exec(text)![0].length;
  const columns = new Set([0, 2, 4, 6, own - 1, own + 1]);
  return line < HEAD
    ? []
    : [...columns]
        .filter((column) => column >= 0 && column !== own)
        .map((column) => ({
          line,
          column,
          name: `${text.trim()} (${line + 1}) in column ${column}`,
        }));
});

function mended(text: string) {
  const analysis = analyzeText(text, PATH);
  const found = diagnosticsOf(analysis, URI, 'en');
  const fixes = found.flatMap((one) =>
    codeActionsAt(analysis, URI, one.range, 'en').filter(
      ({ edit, diagnostics }) =>
        edit && diagnostics?.some(({ message }) => message === one.message),
    ),
  );
  return {
    found,
    fixes,
    text: (fix: (typeof fixes)[number]) => applyActions(analysis, [fix], URI),
  };
}

describe('a line that is indented otherwise', () => {
  it('is nothing to be told of in the right text', () => {
    expect(
      diagnosticsOf(analyzeText(TEXT, PATH), URI, 'en').filter(({ severity }) => severity! < 3),
    ).toEqual([]);
  });

  it.each(cases)('is put back by its fix: $name', ({ line, column }) => {
    const { found, fixes, text } = mended(indented(line, column));
    expect(found).not.toEqual([]);
    const preferred = fixes.filter(({ isPreferred }) => isPreferred);
    for (const fix of preferred) expect(text(fix)).toBe(TEXT);
    expect(fixes.map(text)).toContain(TEXT);
  });
});

describe('beside other findings', () => {
  it.each([2, 4, 5, 10])(
    'of the first item of a list is told there, not at all the others: %i',
    (column) => {
      const right = `${TEXT}  一般公共预算支出:
    各项:
      - {科目: 2010101, 年初预算: 120.00, 决算: 109.00}
      - {科目: 2010102, 年初预算: 18.00, 决算: 21.00}
      - {科目: 2080505, 年初预算: 20.00, 决算: 21.00}
`;
      const line = right.slice(0, right.indexOf('      - ')).split('\n').length - 1;
      const text = right.replace(/^ {6}- /mu, `${' '.repeat(column)}- `);
      const analysis = analyzeText(text, PATH);
      const found = diagnosticsOf(analysis, URI, 'en').filter(({ code }) =>
        String(code).startsWith('syntax.'),
      );
      expect(found.map(({ range }) => range.start.line)).toEqual([line]);
      const [fix] = codeActionsAt(analysis, URI, found[0]!.range, 'en');
      expect(applyActions(analysis, [fix!], URI)).toBe(right);
    },
  );

  it('a key in a wrong place is still put back by its fix', () => {
    const right = TEXT.replace('表样: 全国\n', '表样: 全国\n编制人员:\n审核人员:\n');
    const { fixes, text } = mended(
      right.replace('    总计: 161.18\n支出决算表', '  总计: 161.18\n支出决算表'),
    );
    expect(fixes.map(text)).toContain(right);
  });

  it('a slip in the head hides nothing of a table below it', () => {
    const unfilled = TEXT.replace(/收入支出决算总表:\n(?: .*\n)+/, '收入支出决算总表:\n');
    const rules = (text: string) =>
      diagnosticsOf(analyzeText(text, PATH), URI, 'en').map(({ code }) => code);
    const [about] = rules(unfilled).filter((code) => String(code).startsWith('x.'));
    expect(about).toBeDefined();
    expect(rules(unfilled.replace('表样: 全国', '表样 全国'))).toContain(about);
  });
});
