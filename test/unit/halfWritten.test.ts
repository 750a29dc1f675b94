import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { applyActions } from '../support/actions';
import { analyzeText } from '../support/examples';

const URI = 'file:///x';

const YAML = `格式: gouji/1
年度: 2024
单位名称: 某某县统计局
金额单位: 万元

收入支出决算总表:
  收入:
    事业收入: 50.50
    本年收入合计: 自动

支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 自动}
  2010501: {本年支出合计: 621.25, 基本支出: 621.25}
`;

const JSON_TEXT = `{
  "格式": "gouji/1",
  "年度": 2024,
  "单位名称": "某某县统计局",
  "金额单位": "万元",
  "支出决算表": {
    "合计": {"本年支出合计": 621.25, "基本支出": 621.25},
    "2010501": {"本年支出合计": 621.25, "基本支出": 621.25}
  },
  "一般公共预算财政拨款基本支出决算明细表": {
    "30102": 1023.54,
    "30103": 12.00
  }
}
`;

/** What the one finding of a text is mended to by its fixes, in their order. */
function mended(text: string, path: string, right: string, wrong: string): readonly string[] {
  expect(text).toContain(right);
  const told = (written: string) => {
    const analysis = analyzeText(written, path);
    const found = diagnosticsOf(analysis, URI, 'zh-cn').filter(({ severity }) => severity! < 3);
    return { analysis, found };
  };
  const known = new Set(told(text).found.map(({ message }) => message));
  const { analysis, found } = told(text.replace(right, wrong));
  const fresh = found.filter(({ message }) => !known.has(message));
  expect(fresh.map(({ message }) => message)).toHaveLength(1);
  return codeActionsAt(analysis, URI, fresh[0]!.range, 'zh-cn')
    .filter(({ diagnostics }) => diagnostics![0]!.message === fresh[0]!.message)
    .map((action) => applyActions(analysis, [action], URI));
}

describe('a slip that is mended in one place', () => {
  it.each([
    ['a figure with one quote', '50.50', '"50.50'],
    ['a figure of a row with one quote', '基本支出: 621.25}', '基本支出: "621.25}'],
    ['a word for a figure with one quote', '合计: 自动\n', '合计: "自动\n'],
    ['a square bracket at the end', '621.25}', '621.25]'],
    ['a square bracket at the beginning', '2010501: {', '2010501: ['],
    [
      'square brackets',
      '{本年支出合计: 621.25, 基本支出: 621.25}',
      '[本年支出合计: 621.25, 基本支出: 621.25]',
    ],
    [
      'round brackets',
      '{本年支出合计: 621.25, 基本支出: 621.25}',
      '(本年支出合计: 621.25, 基本支出: 621.25)',
    ],
    [
      'round brackets of Chinese',
      '{本年支出合计: 621.25, 基本支出: 621.25}',
      '（本年支出合计: 621.25, 基本支出: 621.25）',
    ],
    ['a figure in brackets', '基本支出: 621.25}', '基本支出: [621.25]}'],
  ])('of YAML: %s', (_, right, wrong) => {
    expect(mended(YAML, 'x.disclosure.yaml', right, wrong)[0]).toBe(YAML);
  });

  it.each(['"', "'"])('of YAML: a text with one quote %s is closed where it ends', (quote) => {
    const [first] = mended(YAML, 'x.disclosure.yaml', '某某县统计局', `${quote}某某县统计局`);
    expect(first).toBe(YAML.replace('某某县统计局', `${quote}某某县统计局${quote}`));
  });

  it.each([
    ['a key without its last quote', '"30102": 1023', '"30102: 1023'],
    ['a key of the head without its last quote', '"年度": 2024', '"年度: 2024'],
    ['a key without its first quote', '"30102": 1023', '30102": 1023'],
    ['a figure with one quote behind it', '1023.54', '1023.54"'],
    ['a figure with its unit', '1023.54', '1023.54万元'],
    ['a figure with a semicolon beside the comma', '1023.54', '1023.54;'],
    ['a figure with a point behind it', '1023.54', '1023.54.'],
    ['a text without its first quote', '"某某县', '某某县'],
    ['a text without its last quote', '统计局"', '统计局'],
    ['a row without its first brace', '"2010501": {', '"2010501": '],
    ['a file without its last brace', '  }\n}\n', '  }\n'],
    ['a figure in brackets', '1023.54', '[1023.54]'],
  ])('of JSON: %s', (_, right, wrong) => {
    expect(mended(JSON_TEXT, 'x.disclosure.json', right, wrong)[0]!.trimEnd()).toBe(
      JSON_TEXT.trimEnd(),
    );
  });

  it.each(['NaN', 'Infinity', 'undefined'])('of JSON: %s is no figure, but a blank', (wrong) => {
    const [first] = mended(JSON_TEXT, 'x.disclosure.json', '1023.54', wrong);
    expect(first).toBe(JSON_TEXT.replace('1023.54', 'null'));
  });
});
