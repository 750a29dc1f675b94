import { describe, expect, it } from 'vitest';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { analyzeText } from '../support/examples';

const HEAD = '格式: gouji/1\n年度: 2024\n金额单位: 万元\n';

/** Not filled in yet, and others have figures of it. */
const PUBLIC =
  '财政拨款“三公”经费支出决算表:\n  合计: {预算数: , 决算数: }\n  公务接待费: {预算数: , 决算数: }\n';

const list = (title: string, total: string, rows: string) =>
  `${title}:\n  合计: {${total}: 自动, 基本支出: 自动, 项目支出: 自动}\n${rows.replaceAll('总', total)}`;

/** Its last subjects are named already. */
const ROWS =
  '  208: {总: 自动, 基本支出: 自动}\n  2080501: {总: 自动, 基本支出: 300.00}\n' +
  '  221: {总: 自动, 基本支出: 自动}\n  2210201: {总: 自动, 基本支出: }\n  2210203: {总: 自动, 基本支出: }\n';

const STRUCTURE =
  HEAD +
  list(
    '一般公共预算财政拨款支出决算表',
    '小计',
    '  205: {总: 自动, 项目支出: 自动}\n  2050803: {总: 自动, 项目支出: 8.40}\n' +
      '  208: {总: 自动, 基本支出: 自动}\n  2080501: {总: 自动, 基本支出: 1.88}\n' +
      '  213: {总: 自动, 项目支出: 自动}\n  2130305: {总: 自动, 项目支出: }\n' +
      '  221: {总: 自动, 项目支出: 自动}\n  2210201: {总: 自动, 项目支出: }\n',
  ) +
  PUBLIC +
  '一般公共预算财政拨款基本支出决算表:\n  302: 自动\n  30217: 1.88\n  公用经费合计: 自动\n' +
  '决算情况说明:\n  一般公共预算支出:\n    结构:\n      合计: 自动\n' +
  '      205: {金额: 8.40}\n      208: {金额: 1.88}\n      213: {金额: 734.10}\n      221: {金额: 12.50}\n' +
  '    具体: {决算: 自动}\n    各项:\n      - {科目: 2050803, 决算: 8.40}\n      - {科目: 2080501, 决算: 1.88}\n' +
  '      - {科目: 2130305, 决算: 自动}\n      - {科目: 2210201, 决算: 自动}\n';

const BASIC =
  HEAD +
  list('支出决算表', '本年支出合计', ROWS) +
  list('一般公共预算财政拨款支出决算表', '小计', ROWS) +
  '一般公共预算财政拨款基本支出决算表:\n  301: 自动\n  30101: 180.17\n  30102: 310.55\n  302: 自动\n' +
  '  30217: 1.88\n  人员经费合计: 自动\n  公用经费合计: 自动\n' +
  PUBLIC +
  '决算情况说明:\n  支出:\n    支出合计: 自动\n    基本支出: {金额: 自动}\n  基本支出:\n    基本支出: 自动\n' +
  '    人员经费: {金额: 自动}\n    公用经费: {金额: 自动}\n';

describe('rows that are named and have no figure yet', () => {
  it.each([
    ['the structure that a text tells', STRUCTURE],
    ['what another table has of all of them', BASIC],
  ])('accuse neither themselves nor %s', (_, text) => {
    const found = diagnosticsOf(analyzeText(text, 'a.disclosure.yaml'), 'file:///a', 'en');
    const told = (severity: DiagnosticSeverity) => found.filter((one) => one.severity === severity);
    expect(told(DiagnosticSeverity.Error)).toEqual([]);
    const line = text.split('\n').indexOf('一般公共预算财政拨款支出决算表:');
    expect(told(DiagnosticSeverity.Warning).map(({ range }) => range.start.line)).toContain(line);
  });
});
