import { describe, expect, it } from 'vitest';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import { foldingRangesOf } from '../../server/src/service/folding';
import { inlayHintsIn } from '../../server/src/service/inlayHints';
import { flatSymbols, symbolsOf } from '../../server/src/service/symbols';
import { analyzeText, exampleText, HUNAN } from '../support/examples';

const text = `# 一
# 二
格式: gouji/1

收入支出决算总表:
  收入:
    本年收入合计: 3.00
    总计: 3.00
  支出:
    201: 3.00
    总计: 3.00
  说明: 照录

# 只有一行
支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 3.00}
  2080101:
    名称: 行政运行费
    本年支出合计: 3.00
  2010101: {
    本年支出合计: 0.50,
    基本支出: 0.50
  }

财政拨款收入支出决算总表:
  收入:
    年初财政拨款结转和结余:
      合计: 1.00
      一般公共预算财政拨款: 1.00
决算情况说明:
  收入支出总体: |
    # 这不是注释
    # 这也不是
`;

const outline = (symbols: readonly DocumentSymbol[], depth = 0): string[] =>
  symbols.flatMap(({ name, detail, children = [] }) => [
    `${'  '.repeat(depth)}${name}${detail ? ` = ${detail}` : ''}`,
    ...outline(children, depth + 1),
  ]);

describe('the outline', () => {
  it('has tables, sides and rows with what they print in total', () => {
    const symbols = symbolsOf(analyzeText(text, 'x.disclosure.yaml'));
    expect(outline(symbols)).toEqual([
      '收入支出决算总表',
      '  收入 = 3.00',
      '    本年收入合计 = 3.00',
      '    总计 = 3.00',
      '  支出 = 3.00',
      '    201 一般公共服务支出 = 3.00',
      '    总计 = 3.00',
      // The total row is computed: 3.00 of basic expenditure, the only column that is written.
      '支出决算表 = 3.00 万元',
      '  合计 = 3.00',
      // As the file prints the name.
      '  2080101 行政运行费 = 3.00',
      '  2010101 行政运行 = 0.50',
      '财政拨款收入支出决算总表',
      '  收入',
      '    年初财政拨款结转和结余',
      '      合计 = 1.00',
      '      一般公共预算财政拨款 = 1.00',
      '决算情况说明',
      '  收入支出总体',
    ]);
  });

  it('has the statements of the narrative and the annexes, with codes and names', () => {
    const narrative = `格式: gouji/1
决算情况说明:
  收入支出总体: {收支总计: 3.00, 比上年: {增加: 1.00}}
  收入:
    收入合计: 3.00
    财政拨款收入: {金额: 2.00, 占比: 66.67%}
  一般公共预算支出:
    结构:
      合计: 3.00
      208: {金额: 3.00, 其中: {2080101: 1.00, 20807: 2.00}}
    各项:
      - {科目: 2080101, 决算: 1.00}
      - 科目: "2080799"
        决算: 2.00
指标登记:
  新增就业: {目标: 7500}
绩效自评表:
  - 项目: {代号: 就业, 印作: 就业管理事务}
    资金: {年度资金总额: {全年: 3.00, 执行: 2.00}}
    指标:
      - {组: 产出, 印作: 城镇新增就业人数, 目标: 7500人}
名词解释: 略
`;
    expect(outline(symbolsOf(analyzeText(narrative, 'x.disclosure.yaml')))).toEqual([
      '决算情况说明',
      '  收入支出总体 = 3.00',
      '  收入',
      '    收入合计 = 3.00',
      '    财政拨款收入 = 2.00',
      '  一般公共预算支出',
      '    结构',
      '      合计 = 3.00',
      '      208 社会保障和就业支出 = 3.00',
      '        2080101 行政运行 = 1.00',
      '        20807 就业补助 = 2.00',
      '    各项',
      '      2080101 行政运行 = 1.00',
      '      2080799 其他就业补助支出 = 2.00',
      '指标登记',
      '  新增就业',
      '绩效自评表',
      '  就业管理事务',
      '    资金',
      '      年度资金总额',
      '    指标',
      '      城镇新增就业人数',
      '名词解释',
    ]);
  });

  it.each([HUNAN, 'putuo-ecology-2025.disclosure.json'])(
    'nests ranges, around the name of each: %s',
    (name) => {
      const source = exampleText(name);
      const { lines, tree } = analyzeText(source, name);
      const check = (symbol: DocumentSymbol, from: number, to: number) => {
        const start = lines.offset(symbol.range.start);
        const end = lines.offset(symbol.range.end);
        expect(from <= start && end <= to).toBe(true);
        const selection = [symbol.selectionRange.start, symbol.selectionRange.end] as const;
        const [nameStart, nameEnd] = selection.map((position) => lines.offset(position));
        expect(start <= nameStart! && nameEnd! <= end).toBe(true);
        expect(source.slice(start, end)).toBe(source.slice(start, end).trimEnd());
        for (const child of symbol.children ?? []) check(child, start, end);
      };
      const symbols = symbolsOf(analyzeText(source, name));
      expect(symbols).toHaveLength(9);
      for (const symbol of symbols) check(symbol, 0, tree.text.length);
    },
  );

  it('is flat for clients that have no trees', () => {
    const flat = flatSymbols(symbolsOf(analyzeText(text, 'x.disclosure.yaml')), 'file:///x');
    expect(flat.map(({ name, containerName }) => [name, containerName]).slice(0, 3)).toEqual([
      ['收入支出决算总表', undefined],
      ['收入', '收入支出决算总表'],
      ['本年收入合计', '收入'],
    ]);
  });
});

describe('folding', () => {
  const folded = (source: string, path: string) => {
    const all = source.split('\n');
    return foldingRangesOf(analyzeText(source, path))
      .map(({ startLine, endLine, kind }) => ({ startLine, endLine, kind }))
      .sort((a, b) => a.startLine - b.startLine)
      .map((range) => [
        all[range.startLine]!.trim(),
        all[range.endLine]!.trim(),
        ...(range.kind ? [range.kind] : []),
      ]);
  };

  it('takes tables, sides, rows of several lines and comments of several lines', () => {
    expect(folded(text, 'x.disclosure.yaml')).toEqual([
      ['# 一', '# 二', 'comment'],
      ['收入支出决算总表:', '说明: 照录'],
      ['收入:', '总计: 3.00'],
      ['支出:', '总计: 3.00'],
      ['支出决算表:', '}'],
      ['2080101:', '本年支出合计: 3.00'],
      // The brace that closes the row stays in sight.
      ['2010101: {', '基本支出: 0.50'],
      ['财政拨款收入支出决算总表:', '一般公共预算财政拨款: 1.00'],
      ['收入:', '一般公共预算财政拨款: 1.00'],
      ['年初财政拨款结转和结余:', '一般公共预算财政拨款: 1.00'],
      ['决算情况说明:', '# 这也不是'],
    ]);
  });

  it('leaves the closing brace of JSON in sight', () => {
    const json =
      '{\n"格式": "gouji/1",\n"支出决算表": {\n"合计": {"基本支出": 1.00}\n},\n"年度": 2024\n}';
    expect(folded(json, 'x.disclosure.json')).toEqual([
      ['"支出决算表": {', '"合计": {"基本支出": 1.00}'],
    ]);
  });

  it('is the same with CRLF', () => {
    const lf = foldingRangesOf(analyzeText(text, 'x.disclosure.yaml'));
    const crlf = foldingRangesOf(analyzeText(text.replaceAll('\n', '\r\n'), 'x.disclosure.yaml'));
    expect(crlf).toEqual(lf);
  });
});

describe('a long file', () => {
  it('costs less to show than to read', () => {
    const row = (_: unknown, i: number) =>
      `  ${2000000 + i}: {本年支出合计: 自动, 基本支出: ${i % 2 ? '0.00' : '1.00'}}\n`;
    const rows = Array.from({ length: 4000 }, row).join('');
    const started = performance.now();
    const analysis = analyzeText(`格式: gouji/1\n支出决算表:\n${rows}`, 'x.disclosure.yaml');
    const reading = performance.now() - started;
    const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    const cost = (show: () => unknown) => {
      const before = performance.now();
      show();
      return performance.now() - before;
    };
    // What grows with the square of the rows takes many times as long by now.
    expect(cost(() => symbolsOf(analysis))).toBeLessThan(reading);
    expect(cost(() => foldingRangesOf(analysis))).toBeLessThan(reading);
    expect(cost(() => inlayHintsIn(analysis, whole, 'en'))).toBeLessThan(reading);
  });
});
