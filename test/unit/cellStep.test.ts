import { describe, expect, it } from 'vitest';
import { CellStrip, selectedOf } from '../../client/src/common/cellStrip';
import { cellsAround, type Direction } from '../../server/src/service/cellStep';
import { LineIndex } from '../../server/src/syntax/lines';
import { parse } from '../../server/src/syntax/parse';

/** The text with what is selected after a step from `$0` in brackets; undefined where there is no other cell. */
function step(marked: string, direction: Direction = 'next', language: 'yaml' | 'json' = 'yaml') {
  const offset = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const lines = new LineIndex(text);
  const around = cellsAround(parse(text, language), offset);
  if (!around) return undefined;
  const cells = around.cells.map((cell) => lines.range(cell));
  const beside = new CellStrip({ ...around, cells }).beside(lines.position(offset), direction);
  if (!beside) return undefined;
  const slot = text.slice(lines.offset(beside.start), lines.offset(beside.end));
  const selected = selectedOf(beside, slot);
  const [start, end] = [lines.offset(selected.start), lines.offset(selected.end)];
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

const HEAD = '格式: gouji/1\n';

describe('from one cell', () => {
  it.each([
    [
      'a blank to a blank of its row',
      '  201: {甲: $0, 乙: , 丙: }\n',
      '  201: {甲: , 乙: [], 丙: }\n',
    ],
    ['behind a figure', '  201: {甲: 5.00$0, 乙: }\n', '  201: {甲: 5.00, 乙: []}\n'],
    ['before a figure', '  201: {甲: $05.00, 乙: 1.00}\n', '  201: {甲: 5.00, 乙: [1.00]}\n'],
    ['before a comma', '  201: {甲:   5 $0, 乙:   }\n', '  201: {甲:   5 , 乙: []  }\n'],
    [
      'to the next row',
      '  201: {甲: , 乙: $0}\n  202: {甲: 1, 乙: }\n',
      '  201: {甲: , 乙: }\n  202: {甲: [1], 乙: }\n',
    ],
    [
      'from behind a row',
      '  201: {甲: 1}$0\n  202: {甲: 1, 乙: 自动}\n',
      '  201: {甲: 1}\n  202: {甲: [1], 乙: 自动}\n',
    ],
    ['from behind a row without cells', '  201: {} $0\n  202: 1\n', '  201: {} \n  202: [1]\n'],
    ['to a line of its own', '  201: $0\n  202: \n', '  201: \n  202: []\n'],
    ['to a line without a blank', '  201: 5$0\n  202:\n', '  201: 5\n  202:[]\n'],
    [
      'over what is left to the server',
      '  201: {甲: $0, 乙: 自动}\n  合计: 自动\n  203: \n',
      '  201: {甲: , 乙: 自动}\n  合计: 自动\n  203: []\n',
    ],
    [
      'from what is left to the server',
      '  201: {甲: 自$0动, 乙: }\n',
      '  201: {甲: 自动, 乙: []}\n',
    ],
    [
      'over names and remarks',
      '  201: {甲: $0, 名称: 乙}\n  说明: 无\n  202: 1\n',
      '  201: {甲: , 名称: 乙}\n  说明: 无\n  202: [1]\n',
    ],
    ['into quotes', '  201: {甲: $0, 乙: "1,000.00"}\n', '  201: {甲: , 乙: "[1,000.00]"}\n'],
    ['over comments', '  201: 1$0 # 一\n  # 二\n  202: 2\n', '  201: 1 # 一\n  # 二\n  202: [2]\n'],
  ])('%s', (_, before, after) => {
    expect(step(`${HEAD}支出决算表:\n${before}`)).toBe(`${HEAD}支出决算表:\n${after}`);
  });

  it('into the next side and the next table, and past what is no table', () => {
    const text = `${HEAD}收入支出决算总表:\n  收入:\n    总计: $0\n  支出:\n    201: 1\n`;
    expect(step(text)).toContain('    201: [1]\n');
    const next = `${HEAD}收入决算表:\n  合计: $0\n备注: 无\n支出决算表:\n  合计: {基本支出: }\n`;
    expect(step(next)).toContain('基本支出: []}');
  });

  it('through an item of a list, its words as well', () => {
    const items = (first: string, second: string) =>
      `${HEAD}决算情况说明:\n  一般公共预算支出:\n    各项:\n      - {科目: 2080101, 决算: ${first}, 原因: }\n      - 科目: 2080505\n        决算: ${second}\n`;
    expect(step(items('1$0', ''))).toContain('原因: []}');
    expect(step(items('', '$0'), 'previous')).toContain('- 科目: [2080505]');
    expect(step(items('', '$0'))).toBeUndefined();
  });

  it('from behind a row back into it', () => {
    expect(step(`${HEAD}支出决算表:\n  201: {甲: 1, 乙: 2}$0\n  202: 1\n`, 'previous')).toContain(
      '乙: [2]}',
    );
    const json = '{"格式": "gouji/1", "支出决算表": {"201": {"甲": 1}$0, "202": {"甲": 2}}}';
    expect(step(json, 'next', 'json')).toContain('"甲": [2]');
    expect(step(json, 'previous', 'json')).toContain('"甲": [1]');
  });

  it('to eight on either side, in the order of the file', () => {
    const rows = Array.from({ length: 20 }, (_, row) => `  ${201 + row}: ${row}\n`);
    const text = `${HEAD}支出决算表:\n${rows.join('')}`;
    const around = cellsAround(parse(text, 'yaml'), text.indexOf('10\n'))!;
    const told = around.cells.map(({ start, end }) => text.slice(start, end).trim());
    expect(told).toEqual(Array.from({ length: 17 }, (_, index) => String(index + 2)));
    expect(around.at).toBe(8);
  });

  it('in JSON to what stands for a blank', () => {
    const text =
      '{"格式": "gouji/1", "支出决算表": {"201": {"甲": 1$0, "乙": null, "丙": "自动"}, "202": 2}}';
    expect(step(text, 'next', 'json')).toContain('"乙": [null]');
    expect(step(text.replace('1$0, "乙": null', '1, "乙": null$0'), 'next', 'json')).toContain(
      '"202": [2]',
    );
    expect(step(text.replace('1$0, "乙": null', '1, "乙": null$0'), 'previous', 'json')).toContain(
      '"甲": [1]',
    );
  });
});

describe('the key does what it always does', () => {
  it.each([
    ['in the head', '格式: gouji/1\n年度: 20$024\n支出决算表:\n  201: 1\n'],
    ['in a key of a row', `${HEAD}支出决算表:\n  201: {甲: 1, 乙$0: 2}\n`],
    ['in the comment behind a row', `${HEAD}支出决算表:\n  201: {甲: 1} # $0\n  202: 1\n`],
    ['in a key', `${HEAD}支出决算表:\n  20$01: 1\n  202: 1\n`],
    ['before the lines of a table', `${HEAD}支出决算表:\n$0  201: 1\n  202: 1\n`],
    ['on an empty line', `${HEAD}支出决算表:\n  201: 1\n  $0\n  202: 1\n`],
    ['in a comment', `${HEAD}支出决算表:\n  201: 1 # 注$0\n  202: 1\n`],
    [
      'in a text of several lines',
      `${HEAD}决算情况说明:\n  收入支出总体:\n    主要原因: |\n      人员$0\n    收入总计: 1\n`,
    ],
    ['where nothing is known of the part', `${HEAD}备注: {甲: $0, 乙: }\n`],
    ['behind the last cell', `${HEAD}支出决算表:\n  201: 1$0\n`],
  ])('%s', (_, text) => {
    expect(step(text)).toBeUndefined();
  });

  it('before the first cell', () => {
    expect(step(`${HEAD}支出决算表:\n  201: 1$0\n`, 'previous')).toBeUndefined();
  });
});
