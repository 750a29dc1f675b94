import { describe, expect, it } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { analyzeText } from '../support/examples';

const alarms = (text: string) =>
  diagnosticsOf(analyzeText(text), 'file:///a', 'zh-cn').filter(
    ({ severity }) =>
      severity === DiagnosticSeverity.Error || severity === DiagnosticSeverity.Warning,
  );

const TABLE =
  '格式: gouji/1\n年度: 2024\n金额单位: 万元\n支出决算表:\n' +
  '  合计: {本年支出合计: 200.40, 基本支出: , 项目支出: }\n' +
  '  208: {本年支出合计: 150.40, 基本支出: , 项目支出: }\n' +
  '  20805: {本年支出合计: 150.40, 基本支出: , 项目支出: }\n' +
  '  2080505: {本年支出合计: 150.40, 基本支出: , 项目支出: }\n' +
  '  210: {本年支出合计: 50.00, 基本支出: , 项目支出: }\n' +
  '  21011: {本年支出合计: 50.00, 基本支出: , 项目支出: }\n' +
  '  2101101: {本年支出合计: 50.00, 基本支出: , 项目支出: }\n';

describe('a table of which the sums of the rows were filled in first', () => {
  it('is told once that the figures beside them are lacking', () => {
    const [told, ...more] = alarms(TABLE);
    expect(more).toEqual([]);
    expect(told!.message).toMatch(/合计 本年支出合计等列有金额/);
    expect(TABLE.split('\n')[told!.range.start.line]).toMatch(/^ {2}合计/);
  });

  it('still has its own finding of a row that is filled in wrongly', () => {
    const wrong = TABLE.replace(
      '50.00, 基本支出: , 项目支出: }\n  21011',
      '50.00, 基本支出: 40.00, 项目支出: }\n  21011',
    );
    expect(wrong).not.toBe(TABLE);
    const lines = alarms(wrong).map(({ range }) => wrong.split('\n')[range.start.line]);
    expect(lines.some((line) => line!.startsWith('  210:'))).toBe(true);
  });
});
