import { describe, expect, test } from 'vitest';
import { gridOf, isBlock } from '../../server/src/service/paste/grid';
import { pasteCells } from '../../server/src/service/paste/paste';
import { isForCells } from '../../server/src/service/paste/target';
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
    const table = `${head}支出决算表:\n  合计:    {本年支出合计: $0, 基本支出: , 项目支出: }\n  # 明细\n  2080101: {本年支出合计: 1.00, 基本支出: 1.00}\n`;
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
      ['支出功能分类科目编码', '', '', '科目名称', '小计', '基本支出', '项目支出'],
      ['类', '款', '项', '栏次', '1', '2', '3'],
      ['208', '', '', '社会保障和就业支出', '5', '5', ''],
      ['208', '01', '', '人力资源和社会保障管理事务', '4', '4', ''],
      ['208', '20801', '2080101', '行政运行', '3', '3', ''],
    ];
    expect(paste(`${head}一般公共预算财政拨款支出决算表:\n  208: {小计: 1$0}\n`, split)).toEqual({
      ...done(6),
      text: `${head}一般公共预算财政拨款支出决算表:\n  208:     {小计: 5, 基本支出: 5}\n  20801:   {小计: 4, 基本支出: 4}\n  2080101: {小计: 3, 基本支出: 3}\n`,
    });
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

  test('go down past blanks, each figure to the row beside which it stood', () => {
    const title = '一般公共预算财政拨款基本支出决算明细表';
    const before = `${head}${title}:\n  30101: $0\n  30102: 7.00\n  30103:\n`;
    const after = `${head}${title}:\n  30101: 1180.20\n  30102: \n  30103:   62.40\n`;
    expect(paste(before, [['1,180.20'], [''], ['62.40'], ['']]).text).toBe(after);
    const table = `${head}支出决算表:\n  201: {本年支出合计: 1, 基本支出: $0}\n  208: {本年支出合计: 1}\n  210: {本年支出合计: 1}\n`;
    const rows = [
      ['2', '3'],
      ['', ''],
      ['', '5'],
    ];
    expect(paste(table, rows)).toEqual({
      ...done(3),
      text: `${head}支出决算表:\n  201: {本年支出合计: 1, 基本支出: 2, 项目支出: 3}\n  208: {本年支出合计: 1}\n  210: {本年支出合计: 1,              项目支出: 5}\n`,
    });
  });

  test.each(['基本支出: $0}', '基本支出:$0}'])(
    'go to the row in whose last blank value the cursor is: %s',
    (blank) => {
      const table = `${head}支出决算表:\n  2080101: {本年支出合计: 1.00, ${blank}\n`;
      const text = `${head}支出决算表:\n  2080101: {本年支出合计: 3.00, 基本支出: 1.00, 项目支出: 2.00}\n`;
      expect(paste(table, [['2080101', '3.00', '1.00', '2.00']]).text).toBe(text);
      expect(paste(table, [['1.00', '2.00']]).text).toBe(text.replace('3.00', '1.00'));
    },
  );

  test('are figures where there is nothing else, whole numbers too', () => {
    const table = `${head}一般公共预算财政拨款基本支出决算明细表:\n  30101: $0\n  30102:\n  30103:\n`;
    expect(paste(table, [['100'], ['301'], ['250']])).toEqual({
      ...done(3),
      text: `${head}一般公共预算财政拨款基本支出决算明细表:\n  30101: 100\n  30102: 301\n  30103: 250\n`,
    });
  });

  test('take codes split over columns for no figures, without headings too', () => {
    const table = `${head}一般公共预算财政拨款支出决算表:$0\n`;
    const rows = [
      ['208', '05', '01', '行政单位离退休', '3', '1', '2'],
      ['208', '05', '05', '', '4', '4', ''],
    ];
    const { text } = paste(table, rows);
    expect(text).toBe(
      `${head}一般公共预算财政拨款支出决算表:\n  2080501: {小计: 3, 基本支出: 1, 项目支出: 2}\n  2080505: {小计: 4, 基本支出: 4}\n`,
    );
  });

  describe('of the 三公 expenses, whose rows stand side by side', () => {
    const names = ['合计', '因公出国（境）费', '公务用车购置及运行维护费', '', '', '公务接待费'];
    const below = ['', '', '小计', '购置费', '运行费', ''];
    const counts = names.map((_, at) => `${at + 1}`);
    const budget = ['21.00', '0.00', '20.50', '0.00', '20.50', '0.50'];
    const final = ['16.95', '', '16.95', '0.00', '16.95', '0.00'];
    const table = `${head}财政拨款“三公”经费支出决算表:\n`;
    const text = `${table}  合计:                     {预算数: 21.00, 决算数: 16.95}
  因公出国（境）费:         {预算数:  0.00}
  公务用车购置及运行维护费: {预算数: 20.50, 决算数: 16.95}
  公务用车购置费:           {预算数:  0.00, 决算数:  0.00}
  公务用车运行维护费:       {预算数: 20.50, 决算数: 16.95}
  公务接待费:               {预算数:  0.50, 决算数:  0.00}
`;

    test.each<[string, string[][]]>([
      [
        'budget and final beside each other',
        [
          ['预算数', ...Array<string>(5).fill(''), '决算数', ...Array<string>(5).fill('')],
          [...names, ...names],
          [...below, ...below],
          Array.from({ length: 12 }, (_, at) => `${at + 1}`),
          [...budget, ...final],
        ],
      ],
      [
        'budget and final one below the other',
        [
          ['项目', ...names],
          ['', ...below],
          ['栏次', ...counts],
          ['预算数', ...budget],
          ['决算数', ...final],
        ],
      ],
    ])('go to their rows: %s', (_, rows) => {
      expect(paste(table.replace(/\n$/, '$0\n'), rows)).toEqual({ ...done(11), text });
    });

    test.each([
      ['1.', '（1）', '（2）'],
      ['一、', '其中：', ''],
      ['（一）', '其中：（1）', '(2)'],
      ['①', '其中：1.', '2.'],
    ])('go to their rows below one another, with the marks of the form: %s %s %s', (one, a, b) => {
      const rows = [
        ['项目', '预算数', '决算数'],
        ['合计', '21.00', '16.95'],
        [`${one}因公出国（境）费`, '0.00', ''],
        [`${one}公务用车购置及运行维护费`, '20.50', '16.95'],
        [`${a}公务用车购置费`, '0.00', '0.00'],
        [`${b}公务用车运行维护费`, '20.50', '16.95'],
        [`${one}公务接待费`, '0.50', '0.00'],
      ];
      expect(paste(table.replace(/\n$/, '$0\n'), rows)).toEqual({ ...done(11), text });
    });

    test('are refused where nothing says which of them are which', () => {
      const rows = [
        [...names, ...names],
        [...below, ...below],
        [...budget, ...final],
      ];
      expect(paste(table.replace(/\n$/, '$0\n'), rows).text).toBe(table);
    });
  });

  test('that have no place are told as such', () => {
    const table = `${head}一般公共预算财政拨款支出决算表:\n  合计: {小计: $0}\n`;
    const { message } = paste(table, [['7', '6', '1', '5']]);
    expect(message).toBe('已填入 3 个数。表中没有对应的行或列，未填入：5。');
  });

  test('may name their unit in the headings', () => {
    const table = `${head}支出决算表:\n  2080101: {本年支出合计: $0}\n`;
    const rows = (unit: string) => [
      ['科目编码', `本年支出合计（${unit}）`, `基本支出(${unit})`],
      ['2080101', '1.00', '1.00'],
    ];
    expect(paste(table, rows('万元'))).toMatchObject(done(2));
    const { text, message } = paste(table, rows('元'));
    expect(text).toBe(table.replace('$0', ''));
    expect(message).toContain('以元为单位');
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

  test('are written in the order of the form, whatever that of their headings', () => {
    const before = `${head}支出决算表:\n  合计:    {本年支出合计: 1.00$0, 基本支出: 1.00, 项目支出: 1.00}\n  2080501: {}\n`;
    const rows = [
      ['科目编码', '项目支出', '基本支出', '本年支出合计'],
      ['2080501', '1.00', '', '1.00'],
      ['2080505', '2.00', '3.00', '5.00'],
    ];
    expect(paste(before, rows).text).toBe(
      `${head}支出决算表:\n  合计:    {本年支出合计: 1.00, 基本支出: 1.00, 项目支出: 1.00}\n  2080501: {本年支出合计: 1.00,                 项目支出: 1.00}\n  2080505: {本年支出合计: 5.00, 基本支出: 3.00, 项目支出: 2.00}\n`,
    );
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

  test('are written by their codes, and a name of another subject is told', () => {
    const before = `${head}支出决算表:\n  2080501: {本年支出合计: 1$0}\n`;
    const rows = (...names: readonly string[]) => [
      ['科目编码', '科目名称', '本年支出合计'],
      ...names.map((name, at) => [`208050${at + 1}`, name, '33.25']),
    ];
    const wrong = paste(before, rows('事业单位离退休', '  事业单位离退休'));
    expect(wrong).toMatchObject({
      message: '已填入 2 个数。科目代码与名称不符，以代码为准：2080501 事业单位离退休 (2080502)。',
      incomplete: true,
    });
    expect(wrong.text).toContain(
      '2080501: {本年支出合计: 33.25}\n  2080502: {本年支出合计: 33.25}',
    );
    const again = paste(`${wrong.text}$0`, rows('事业单位离退休', '事业单位离退休'));
    expect(again.text).toBe(wrong.text);
    expect(again.message).toMatch(/^粘贴的数据与表中一致，没有改动。科目代码与名称不符/);
    // What no subject is called may be short for its own name.
    expect(paste(before, rows('离退休（行政）', '事业单位离退休支出'))).toMatchObject(done(2));
  });

  test.each([
    ['no table', `${head}$0`, [['合计', '1']], '请先把光标放在要粘贴的表内。'],
    [
      'a table of two sides',
      `${head}收入支出决算总表:$0\n  收入:\n    总计: 1\n`,
      [['总计', '1']],
      '分不清是哪一侧：请把光标放在《收入支出决算总表》的收入或支出之内，或连同行名、表头一起复制。',
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
      '列数不符：粘贴的有 2 列金额，《支出决算表》有 6 列。请连同表头一起复制。',
    ],
    [
      'a name that no row has, beside figures of which it is not known what they are',
      `${head}支出决算表:\n  208: {本年支出合计: 1$0}\n`,
      [['某项目', '1', '2']],
      '列数不符：粘贴的有 2 列金额，《支出决算表》有 6 列。请连同表头一起复制。',
    ],
    [
      'no cell to begin at',
      `${head}支出决算表:$0\n  208: {基本支出: 1}\n`,
      [['1', '2']],
      '没有科目代码或行名：请连同它们一起复制，或把光标放在左上角第一个数所在的单元格。',
    ],
  ])('are refused for %s', (_, text, rows, message) => {
    expect(paste(text, rows)).toEqual({ text: text.replace('$0', ''), message, incomplete: true });
  });
});

describe('lists that stand side by side', () => {
  const title = '一般公共预算财政拨款基本支出决算明细表';
  const items = [
    [
      '301',
      '工资福利支出',
      '295.00',
      '302',
      '商品和服务支出',
      '75.00',
      '307',
      '债务利息及费用支出',
      '',
    ],
    ['30101', '基本工资', '120.00', '30201', '办公费', '10.00', '310', '资本性支出', '4.50'],
    ['30102', '津贴补贴', '175.00', '30202', '印刷费', '65.00', '31002', '办公设备购置', '4.50'],
    ['人员经费合计', '', '295.00', '公用经费合计', '', '', '', '', '79.50'],
  ];
  const headings = Array.from({ length: 3 }, () => ['科目编码', '科目名称', '决算数']).flat();
  const basic = `${head}${title}:\n  301: 295.00\n  30101: 120.00\n  30102: 175.00\n  人员经费合计: 295.00\n  302: 75.00\n  30201: 10.00\n  30202: 65.00\n  公用经费合计: 79.50\n  310: 4.50\n  31002: 4.50\n`;
  const linesOf = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replaceAll(/: +/g, ': '))
      .sort();

  test.each([
    ['with headings', [headings, ...items]],
    [
      'with headings in two lines',
      [['人员经费', '', '', '公用经费', '', '', '', '', ''], headings, ...items],
    ],
    ['without headings', items],
  ])('are each a list of codes, names and amounts, %s', (_, rows) => {
    const { text, ...said } = paste(`${head}${title}:$0\n`, rows);
    expect(said).toEqual(done(10));
    expect(linesOf(text)).toEqual(linesOf(basic));
  });

  test('do not lend each other a figure whose own row has no name', () => {
    const rows = [headings, ['30101', '基本工资', '', '', '', '10.00', '', '', '']];
    const before = `${head}${title}:\n  30101: 1.00$0\n`;
    expect(paste(before, rows)).toMatchObject({
      incomplete: true,
      message: '已填入 1 个数。未填入的行：?。',
    });
  });

  const both = [
    ['一、一般公共预算财政拨款收入', '1', '1,429.68', '一、一般公共服务支出', '30', '13.99'],
    ['五、事业收入', '5', '6.20', '八、社会保障和就业支出', '37', '1,421.89'],
    ['本年收入合计', '26', '1,435.88', '本年支出合计', '55', '1,435.88'],
    ['总计', '29', '1,435.88', '总计', '58', '1,435.88'],
  ];
  const overview = `${head}收入支出决算总表:\n  收入:\n    一般公共预算财政拨款收入:\n    事业收入:\n    本年收入合计:\n    总计:\n  支出:\n    201:\n    208:\n    本年支出合计:\n    总计:\n`;

  test.each([
    [
      'headings in two lines',
      [
        ['收入', '', '', '支出', '', ''],
        ['项目', '行次', '决算数', '项目（按功能分类）', '行次', '决算数'],
        ['栏次', '', '1', '栏次', '', '2'],
      ],
    ],
    ['headings in one line', [['项目', '行次', '金额', '项目', '行次', '金额']]],
    ['no headings', []],
  ])('go to the sides of a table, by %s', (_, above) => {
    for (const at of ['收入支出决算总表:', '总计:', '    201:']) {
      const { text, ...said } = paste(overview.replace(at, `${at}$0`), [...above, ...both]);
      expect(said).toEqual(done(8));
      expect(linesOf(text)).toEqual(
        linesOf(
          `${head}收入支出决算总表:\n  收入:\n    一般公共预算财政拨款收入: 1429.68\n    事业收入: 6.20\n    本年收入合计: 1435.88\n    总计: 1435.88\n  支出:\n    201: 13.99\n    208: 1421.89\n    本年支出合计: 1435.88\n    总计: 1435.88\n`,
        ),
      );
    }
  });

  const fiscal = `${head}财政拨款收入支出决算总表:\n  收入:\n    一般公共预算财政拨款:\n    政府性基金预算财政拨款:\n    本年收入合计:\n    年初财政拨款结转和结余:\n      合计:\n      一般公共预算财政拨款:\n      政府性基金预算财政拨款:\n    总计:\n  支出:\n    208: {合计: , 一般公共预算财政拨款: , 政府性基金预算财政拨款: , 国有资本经营预算财政拨款: }\n    本年支出合计: {合计: }\n`;
  const fiscalRows = [
    [
      '一般公共预算财政拨款',
      '1',
      '10.00',
      '八、社会保障和就业支出',
      '40',
      '12.00',
      '11.00',
      '1.00',
      '',
    ],
    ['政府性基金预算财政拨款', '2', '1.00', '', '41', '', '', '', ''],
    ['本年收入合计', '26', '11.00', '本年支出合计', '58', '12.00', '11.00', '1.00', ''],
    ['年初财政拨款结转和结余', '27', '1.00', '', '59', '', '', '', ''],
    ['一般公共预算财政拨款', '28', '1.00', '', '60', '', '', '', ''],
    ['政府性基金预算财政拨款', '29', '0.00', '', '61', '', '', '', ''],
  ];
  const funds = [
    '合计',
    '一般公共预算财政拨款',
    '政府性基金预算财政拨款',
    '国有资本经营预算财政拨款',
  ];

  test.each([
    ['headings', [['项目', '行次', '金额', '项目', '行次', ...funds]]],
    ['no headings', []],
  ])('tell a line from the part of another that has its name, by %s', (_, above) => {
    const { text, message } = paste(fiscal.replace('总计:\n', '总计:$0\n'), [
      ...above,
      ...fiscalRows,
    ]);
    expect(message).toMatch(/^已填入 12 个数。/);
    const lines = text.split('\n').map((line) => line.trim().replaceAll(/(: +)/g, ': '));
    expect(lines.slice(4, 12)).toEqual([
      '一般公共预算财政拨款: 10.00',
      '政府性基金预算财政拨款: 1.00',
      '本年收入合计: 11.00',
      '年初财政拨款结转和结余:',
      '合计: 1.00',
      '一般公共预算财政拨款: 1.00',
      '政府性基金预算财政拨款: 0.00',
      '总计:',
    ]);
    expect(lines[13]).toMatch(
      /^208: \{合计: 12\.00, 一般公共预算财政拨款: 11\.00, 政府性基金预算财政拨款: 1\.00, /,
    );
  });

  test('with a name of which nothing tells whose it is leave it out', () => {
    const rows = [
      ['项目', '金额'],
      ['一般公共预算财政拨款', '10.00'],
    ];
    expect(paste(fiscal.replace('收入:\n', '收入:$0\n'), rows)).toEqual({
      text: fiscal,
      message: '未填入的行：一般公共预算财政拨款。',
      incomplete: true,
    });
  });

  test('are refused where a side is not written', () => {
    const { message } = paste(`${head}收入支出决算总表:$0\n  收入:\n    总计: 1\n`, both);
    expect(message).toBe('《收入支出决算总表》中没有“支出”：请先写上这一行。');
  });
});

describe('what is pasted', () => {
  test('never puts two figures into one cell', () => {
    const before = `${head}支出决算表:\n  208: {本年支出合计: 1$0}\n`;
    const rows = [
      ['科目编码', '基本支出'],
      ['208', '1.00'],
      ['20801', '1.00'],
      ['208', '2.00'],
    ];
    expect(paste(before, rows)).toEqual({
      text: before.replace('$0', ''),
      message: '有不同的数要填入同一格，全部未填：208/基本支出 1.00/2.00。',
      incomplete: true,
    });
    const same = [
      ['科目编码', '基本支出'],
      ['208', '1.00'],
      ['208', '1.00'],
      ['208', ''],
    ];
    expect(paste(before, same)).toMatchObject({
      ...done(1),
      text: before.replace('1$0', '1, 基本支出: 1.00'),
    });
  });

  test.each([
    ['right below the last row', '\n$0\n收入决算表:\n'],
    ['right below it at the end', '\n$0'],
    ['on an indented line further down', '\n\n  $0\n'],
  ])('goes to the table above when the cursor is %s', (_, end) => {
    for (const eol of ['\n', '\r\n']) {
      const before = `${head}支出决算表:\n  208: {基本支出: 1}${end}`.replaceAll('\n', eol);
      const rows = [
        ['科目编码', '基本支出'],
        ['208', '2.00'],
      ];
      expect(paste(before, rows).text).toBe(before.replace('$0', '').replace(' 1}', ' 2.00}'));
    }
  });

  test('goes nowhere from an empty line between tables', () => {
    const before = `${head}支出决算表:\n  208: {基本支出: 1}\n\n$0\n收入决算表:\n`;
    const rows = [
      ['科目编码', '基本支出'],
      ['208', '2.00'],
    ];
    expect(paste(before, rows).message).toBe('请先把光标放在要粘贴的表内。');
  });

  const short = [
    ['合计', '', '1,429.68', '336.96', '1,092.72'],
    ['208', '社会保障和就业支出', '336.96', '336.96', ''],
    ['201', '一般公共服务支出', '1,092.72', '', '1,092.72'],
  ];

  test('may be the shorter form of a table, if every row adds up', () => {
    const { text, message } = paste(`${head}支出决算表:$0\n`, short);
    expect(message).toBe(
      '已填入 7 个数。没有表头，各列按表样的顺序：本年支出合计、基本支出、项目支出。',
    );
    expect(text).toContain(
      '  合计: {本年支出合计: 1429.68, 基本支出: 336.96, 项目支出: 1092.72}\n',
    );
    expect(text).toMatch(/ {2}201: {2}\{本年支出合计: 1092\.72, +项目支出: 1092\.72\}\n/);
  });

  test.each([
    ['does not add up', '支出决算表', [...short, ['210', '', '5.00', '1.00', '3.00']]],
    ['has no total', '支出决算表', [...short, ['210', '', '', '1.00', '3.00']]],
    ['is of a table that no form shortens so', '收入决算表', short],
  ])('is no shorter form where a row %s', (_, table, rows) => {
    const before = `${head}${table}:$0\n`;
    const { text, message } = paste(before, rows);
    expect(message).toMatch(/^列数不符/);
    expect(text).toBe(before.replace('$0', ''));
  });

  test('leaves to the server what it computes to the same figure, and tells of another', () => {
    const before = `${head}支出决算表:\n  合计: {本年支出合计: 自动$0, 基本支出: 自动, 项目支出: 自动}\n`;
    const details = ['201', '一般公共服务支出', '10.00', '4.00', '6.00'];
    const rows = (total: string) => [['合计', '', total, '4.00', '6.00'], details];
    const same = paste(before, rows('10.00'));
    expect(same.incomplete).toBe(false);
    expect(same.text).toMatch(/合计: \{本年支出合计: +自动, +基本支出: 自动, +项目支出: 自动\}/);
    const other = paste(before, [
      ['科目编码', '科目名称', '本年支出合计', '基本支出', '项目支出'],
      ...rows('10.01'),
    ]);
    expect(other.message).toBe(
      '已填入 4 个数。原为自动、改为粘贴的数（≠ 之后是自动算得的数）：合计/本年支出合计 10.01 ≠ 10.00。',
    );
    expect(other.incomplete).toBe(true);
    expect(other.text).toMatch(/合计: \{本年支出合计: 10\.01, +基本支出: 自动, +项目支出: 自动\}/);
  });

  test.each([
    ['公开02表', '单位：元', false],
    ['部门：某某局', '金额单位：万元', true],
    ['单位： 人民币万元', '', true],
    ['单位：元旦镇政府', '', true],
  ])('is in the unit of the table, if it names one: %s %s', (left, right, isTaken) => {
    const before = `${head}支出决算表:\n  合计: {本年支出合计: $0}\n`;
    const { text, message, incomplete } = paste(before, [
      [left, '', '', right],
      ['科目编码', '科目名称', '本年支出合计', '基本支出'],
      ['2080501', '行政单位离退休', '123,500.00', '123,500.00'],
    ]);
    expect(text.includes('123500.00')).toBe(isTaken);
    expect(incomplete).toBe(!isTaken);
    if (!isTaken) expect(message).toMatch(/^粘贴的表以元为单位，《支出决算表》以万元为单位/);
  });

  test('leaves a sum to the server that comes to it once its parts are printed', () => {
    const before = `${head}收入支出决算总表:
  收入:
    总计: 自动
  支出:$0
    201: 自动
    208: 自动
    本年支出合计: 自动
支出决算表:
  合计: {本年支出合计: 自动}
`;
    const { text, message } = paste(before, [
      ['一、一般公共服务支出', '4.00'],
      ['八、社会保障和就业支出', '6.00'],
      ['本年支出合计', '10.00'],
    ]);
    expect(text).toMatch(/ 201: +4\.00\n +208: +6\.00\n +本年支出合计: 自动\n/);
    // The table that they are taken from has no figure: what they came to was nothing.
    expect(message).toContain('201/金额 4.00、208/金额 6.00');
    expect(message).not.toMatch(/≠ 0|本年支出合计/);
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
    ['a\t\n\t\nb', [['a', ''], ['', ''], ['b']]],
    ['1\r\n\r\n2\r\n', [['1'], [''], ['2']]],
    ['\r\n1\r\n\r\n', [[''], ['1'], ['']]],
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
    '180.20\r\n\r\n62.40\r\n',
    '1,180.20\r\n-\r\n62.40\r\n',
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
    '1.00\n\n',
    '- 1\n- 2\n',
    '\n\n',
    '\t\n',
  ])('%j is none', (text) => {
    expect(isBlock(text)).toBe(false);
  });
});
