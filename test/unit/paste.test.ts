import { describe, expect, test } from 'vitest';
import { gridOf, isBlock } from '../../server/src/service/paste/grid';
import { isForCells, pasteCells } from '../../server/src/service/paste/paste';
import { analyzeText, applyEdits } from '../support/examples';

/** What becomes of a text when cells are pasted at `$0`, and what is said. */
function paste(marked: string, rows: readonly (readonly string[])[], path = 'a.disclosure.yaml') {
  const text = marked.replace('$0', '');
  const analysis = analyzeText(text, path);
  const position = analysis.lines.position(marked.indexOf('$0'));
  const clipboard = rows.map((row) => row.join('\t')).join('\r\n');
  const { edits, ...said } = pasteCells(analysis, position, clipboard, 'zh-cn');
  return { ...said, text: applyEdits(text, edits) };
}

const head = '格式: gouji/1\n年度: 2024\n';
const done = (count: number) => ({ message: `已填入 ${count} 个数。`, incomplete: false });

describe('cells of a spreadsheet', () => {
  test('go to the rows and columns that their headings name', () => {
    const table = `${head}支出决算表:\n  合计:    {本年支出合计: $0, 基本支出: , 项目支出: }\n  # 明细\n  2080101: {本年支出合计: 1.00, 基本支出: 自动}\n`;
    const rows = [
      ['项目', '', '本年支出合计', '项目支出', '基本支出', ''],
      ['科目编码', '科目名称', '', '', '', ''],
      ['栏次', '', '1', '2', '3', ''],
      ['合计', '', '1,429.68', '1,092.72', '336.96', ''],
      ['2080101', '行政运行', '250.04', '', '250.04', ''],
      ['2019999', '其他一般公共服务支出', '13.99', '13.99', '', ''],
    ];
    expect(paste(table, rows)).toEqual({
      ...done(7),
      text: `${head}支出决算表:\n  合计:    {本年支出合计: 1429.68, 基本支出: 336.96, 项目支出: 1092.72}\n  # 明细\n  2080101: {本年支出合计:  250.04, 基本支出: 250.04}\n  2019999: {本年支出合计:   13.99,                   项目支出:   13.99}\n`,
    });
  });

  test('go to the columns of the form in order where there are no headings', () => {
    const rows = [
      ['合计', '1429.68', '336.96', '1092.72'],
      ['208', '社会保障和就业支出', '1429.68', '336.96', '1092.72'],
    ].map((row) => (row.length === 4 ? [row[0]!, '', ...row.slice(1)] : row));
    const message = '已填入 6 个数。没有表头，各列按表样的顺序：小计、基本支出、项目支出。';
    const before = `${head}一般公共预算财政拨款支出决算表:$0\n`;
    const text = `${head}一般公共预算财政拨款支出决算表:\n  合计: {小计: 1429.68, 基本支出: 336.96, 项目支出: 1092.72}\n  208:  {小计: 1429.68, 基本支出: 336.96, 项目支出: 1092.72}\n`;
    expect(paste(before, rows)).toEqual({ message, incomplete: false, text });
    const withCrLf = paste(before.replaceAll('\n', '\r\n'), rows);
    expect(withCrLf.text).toBe(text.replaceAll('\n', '\r\n'));
  });

  test('take codes that stand in three columns, and lines of a form by their names', () => {
    const split = [
      ['类', '款', '项', '科目名称', '小计', '基本支出', '项目支出'],
      ['208', '', '', '', '5', '5', ''],
    ];
    expect(
      paste(`${head}一般公共预算财政拨款支出决算表:\n  208: {小计: 1$0}\n`, split).incomplete,
    ).toBe(true);
    const side = `${head}收入支出决算总表:\n  收入:\n    一般公共预算财政拨款收入:\n    事业收入:$0\n  支出:\n    208:\n    总计:\n`;
    expect(
      paste(side, [
        ['项目', '行次', '决算数'],
        ['一、一般公共预算财政拨款收入', '1', '1,429.68'],
        ['五、事业收入', '5', '0.00'],
        ['八、其他收入', '8', '6.20'],
      ]),
    ).toEqual({
      ...done(3),
      text: side
        .replace('$0', '')
        .replace('款收入:\n', '款收入: 1429.68\n')
        .replace(
          '事业收入:\n',
          '事业收入:                    0.00\n    其他收入:                    6.20\n',
        ),
    });
    const out = paste(side.replace('$0', '').replace('208:', '208:$0'), [
      ['八、社会保障和就业支出', '39', '1357.84'],
      ['支出总计', '40', '1357.84'],
    ]);
    expect(out.text).toContain('    208:  1357.84\n    总计: 1357.84\n');
  });

  test('go right and down from the cursor where they are figures alone', () => {
    const table = `${head}支出决算表:\n  合计: {本年支出合计: 1, 基本支出: $01}\n  201:  {本年支出合计: 1, 基本支出: 1}\n`;
    expect(
      paste(table, [
        ['2', '3'],
        ['4', ''],
      ]),
    ).toEqual({
      ...done(3),
      text: `${head}支出决算表:\n  合计: {本年支出合计: 1, 基本支出: 2, 项目支出: 3}\n  201:  {本年支出合计: 1, 基本支出: 4}\n`,
    });
  });

  test('go down from the cursor into the columns that their headings name', () => {
    const table = `${head}支出决算表:\n  合计: {本年支出合计: $01, 基本支出: 1}\n  201:  {本年支出合计: 1, 基本支出: 1}\n`;
    expect(
      paste(table, [
        ['项目支出', '基本支出', '备注'],
        ['2', '3', ''],
        ['4', '5', '甲'],
      ]),
    ).toEqual({
      message: '已填入 4 个数。未填入的列：备注。',
      incomplete: true,
      text: `${head}支出决算表:\n  合计: {本年支出合计: 1, 基本支出: 3, 项目支出: 2}\n  201:  {本年支出合计: 1, 基本支出: 5, 项目支出: 4}\n`,
    });
  });

  test('go to rows by what stands first where it has no heading', () => {
    const table = `${head}支出决算表:\n  208: {本年支出合计: $01, 基本支出: 1}\n`;
    expect(
      paste(table, [
        ['', '基本支出', '本年支出合计'],
        ['208', '2', '3'],
      ]),
    ).toEqual({
      ...done(2),
      text: `${head}支出决算表:\n  208: {本年支出合计: 3, 基本支出: 2}\n`,
    });
  });

  test('go into JSON as numbers, a blank as null', () => {
    const table =
      '{\n  "格式": "gouji/1",\n  "支出决算表": {\n    "合计": {"本年支出合计": 1.00$0, "基本支出": 2.00}\n  }\n}\n';
    const rows = [
      ['科目编码', '合计', '基本支出'],
      ['合计', '1,250.00', ''],
      ['208', '1250.00', '7.50'],
    ];
    expect(paste(table, rows, 'a.disclosure.json').text).toBe(
      '{\n  "格式": "gouji/1",\n  "支出决算表": {\n    "合计": {"本年支出合计": 1250.00, "基本支出": null},\n    "208":  {"本年支出合计": 1250.00, "基本支出": 7.50}\n  }\n}\n',
    );
  });

  test('that say nothing new change nothing', () => {
    const table = `${head}支出决算表:\n  208: {本年支出合计:   "1,250.04"$0}\n`;
    const rows = [
      ['科目编码', '本年支出合计'],
      ['208', '1250.04'],
    ];
    expect(paste(table, rows)).toEqual({
      text: table.replace('$0', ''),
      message: '粘贴的数据与表中一致，没有改动。',
      incomplete: false,
    });
  });

  test('are told of where they are not understood, and the others are written', () => {
    const table = `${head}支出决算表:\n  208: {本年支出合计: 1$0}\n`;
    const rows = [
      ['科目编码', '本年支出合计', '备注一'],
      ['208', '约五百', '甲'],
      ['2080101', '5.00', ''],
      ['不详', '6.00', ''],
    ];
    const { text, message, incomplete } = paste(table, rows);
    expect(text).toBe(
      `${head}支出决算表:\n  208:     {本年支出合计: 1}\n  2080101: {本年支出合计: 5.00}\n`,
    );
    expect(incomplete).toBe(true);
    expect(message).toBe(
      '已填入 1 个数。未填入的行：不详。未填入的列：备注一。不是金额，未填入：208/本年支出合计 约五百。',
    );
  });

  test.each([
    ['no table', `${head}$0`, [['合计', '1']], '请先把光标放在要粘贴的表内。'],
    [
      'a table of two sides',
      `${head}收入支出决算总表:$0\n  收入:\n    总计: 1\n`,
      [['总计', '1']],
      '《收入支出决算总表》分收入、支出两侧，请把光标放在其中一侧之内。',
    ],
    [
      'no block',
      `${head}支出决算表:\n  208: {基本支出: 1$0}\n`,
      [['1']],
      '剪贴板中没有表格：请在 Excel 中选中单元格区域后复制。',
    ],
    [
      'too few columns',
      `${head}支出决算表:\n  208: {基本支出: 1$0}\n`,
      [['208', '1', '2']],
      '粘贴的数据有 2 列金额，《支出决算表》有 6 列，无法一一对应。请连同表头一起复制。',
    ],
    [
      'a name that no row has, beside figures of which it is not known what they are',
      `${head}支出决算表:\n  208: {本年支出合计: 1$0}\n`,
      [['某项目', '1', '2']],
      '粘贴的数据有 2 列金额，《支出决算表》有 6 列，无法一一对应。请连同表头一起复制。',
    ],
    [
      'no cell to begin at',
      `${head}支出决算表:$0\n  208: {基本支出: 1}\n`,
      [['1', '2']],
      '粘贴的数据没有科目代码或行名，请把光标放在左上角第一个数所在的单元格。',
    ],
  ])('are refused for %s', (_, text, rows, message) => {
    expect(paste(text, rows)).toEqual({ text: text.replace('$0', ''), message, incomplete: true });
  });
});

describe('cells that are pasted without being asked about', () => {
  const table = `${head}# 注 \n说明: 甲\n支出决算表:\n  208: {基本支出: 1}\n\n`;
  test.each([
    ['in a row', '208', true],
    ['where a row could begin', '\n\n', true],
    ['in a remark', ' \n说明', false],
    ['in a text', '甲', false],
  ])('%s', (_, where, meant) => {
    const at = table.indexOf(where) + (where === '\n\n' ? 1 : where.length === 1 ? 1 : 0);
    const analysis = analyzeText(table);
    expect(isForCells(analysis, analysis.lines.position(at))).toBe(meant);
  });
});

describe('a block on the clipboard', () => {
  test.each([
    [
      'a\tb\r\nc\td\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\t\n\t\nb', [['a', ''], ['b']]],
    ['"因公出国\n（境）费"\t"说""好"""\n', [['因公出国 （境）费', '说"好"']]],
    ['"未完\t1\n', [['"未完', '1']]],
    [' 1,429.68 \t\u3000合计', [['1,429.68', '合计']]],
    ['', []],
    ['\n\n', []],
  ])('%j', (text, grid) => {
    expect(gridOf(text)).toEqual(grid);
  });
});

describe('beyond doubt', () => {
  test.each([
    '2080101\t1.00',
    'a\t\t\nb',
    '\t合计\r\n208\t1,250.04\r\n',
    '1.00\r\n1,250.04\r\n',
    '-1\n2',
  ])('%j is a block of cells', (text) => {
    expect(isBlock(text)).toBe(true);
  });

  test.each([
    '',
    '1.00',
    '1.00\n',
    '  2080101: {基本支出: 1}\n  2080102: {}',
    '文字\n文字',
    '2024\n年',
    '\t\n',
  ])('%j is none', (text) => {
    expect(isBlock(text)).toBe(false);
  });
});
