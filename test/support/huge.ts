const HEAD =
  '格式: gouji/1\n文种: 部门决算\n年度: 2024\n单位名称: 某单位\n金额单位: 万元\n表样: 全国\n';

/** A text of one shape, so long as a number says. */
export interface HugeShape {
  readonly name: string;
  readonly path: string;
  readonly of: (count: number) => string;
  /** Read so quickly that a test can ask for more than the arguments of a call can be. */
  readonly isCheap?: boolean;
}

const cheap = (shape: HugeShape): HugeShape => ({ ...shape, isCheap: true });

/** One piece for every number below a count, joined. */
const many = (count: number, piece: (i: number) => string, between = '') =>
  Array.from({ length: count }, (_, i) => piece(i)).join(between);

const yaml = (name: string, of: (count: number) => string): HugeShape => ({
  name,
  path: 'a.disclosure.yaml',
  of: (count) => HEAD + of(count),
});

const json = (name: string, members: (count: number) => string): HugeShape => ({
  name: `${name}, in JSON`,
  path: 'a.disclosure.json',
  of: (count) => `{"格式": "gouji/1", "年度": 2024, "表样": "全国",\n${members(count)}\n}\n`,
});

const ROW = '{本年支出合计: 0.01, 基本支出: 0.01}';
const JSON_ROW = '{"本年支出合计": 0.01, "基本支出": 0.01}';
const TOTAL = '{本年支出合计: 1.00, 基本支出: 2.00, 项目支出: 3.00}';

/** A sequence under a path of keys, in blocks. */
function list(path: readonly string[], item: (i: number) => string): HugeShape {
  return yaml(`a list of ${path.join('/')}`, (count) => {
    const keys = path.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`).join('');
    const indent = '  '.repeat(path.length);
    return keys + many(count, (i) => `${indent}- ${item(i)}\n`);
  });
}

/** Shapes of text that are as long as one likes in one respect: what is quadratic or recurses shows. */
export const HUGE: readonly HugeShape[] = [
  // Sequences and maps nobody knows.
  cheap(yaml('a list under an unknown key', (n) => `未知:\n${many(n, (i) => `  - ${i}\n`)}`)),
  cheap(yaml('a list on one line', (n) => `未知: [${many(n, String, ', ')}]\n`)),
  cheap(json('a list under an unknown key', (n) => `"未知": [\n${many(n, String, ',\n')}\n]`)),
  json('a list on one line', (n) => `"未知": [${many(n, String, ', ')}]`),
  cheap(yaml('a map on one line', (n) => `未知: {${many(n, (i) => `键${i}: 1.00`, ', ')}}\n`)),
  cheap(json('a map on one line', (n) => `"未知": {${many(n, (i) => `"键${i}": 1.00`, ', ')}}`)),
  yaml('unknown keys of the file', (n) => many(n, (i) => `键${i}: 1.00\n`)),
  json('unknown keys of the file', (n) => many(n, (i) => `"键${i}": 1.00`, ',\n')),
  yaml('a list of the whole file', (n) => many(n, (i) => `- ${i}\n`)),
  {
    name: 'lists in a list, in JSON',
    path: 'a.disclosure.json',
    of: (n) => `[${many(n, () => '[]', ',\n')}]`,
  },

  // Tables.
  yaml(
    'rows',
    (n) => `支出决算表:\n  合计: ${TOTAL}\n${many(n, (i) => `  2010101${i}: ${ROW}\n`)}`,
  ),
  json('rows', (n) => `"支出决算表": {${many(n, (i) => `"2010101${i}": ${JSON_ROW}`, ',\n')}}`),
  yaml('rows of right codes', (n) => {
    const code = (i: number) => 2_010_000 + i;
    return `支出决算表:\n  201: ${ROW}\n${many(n, (i) => `  ${code(i)}: ${ROW}\n`)}`;
  }),
  yaml('rows on several lines', (n) => {
    const row = (i: number) => `  2010101${i}:\n    本年支出合计: 0.01\n    基本支出: 0.02\n`;
    return `支出决算表:\n${many(n, row)}`;
  }),
  yaml('rows on one line', (n) => `支出决算表: {${many(n, (i) => `2010101${i}: ${ROW}`, ', ')}}\n`),
  yaml(
    'rows of one side',
    (n) => `收入支出决算总表:\n  支出:\n${many(n, (i) => `    ${200 + i}: 1\n`)}`,
  ),
  yaml('rows that are words', (n) => `支出决算表:\n${many(n, (i) => `  2010101${i}: 待补${i}\n`)}`),
  yaml('rows without a value', (n) => `支出决算表:\n${many(n, (i) => `  2010101${i}:\n`)}`),
  yaml('computed rows', (n) => {
    const row = (i: number) => `  2010101${i}: {本年支出合计: 自动, 基本支出: 0.01}\n`;
    return `支出决算表:\n  合计: {本年支出合计: 自动}\n${many(n, row)}`;
  }),
  yaml('a draft, two of three figures blank', (n) => {
    const codes = Array.from(
      { length: n },
      (_, i) => 2_010_101 + (i % 9) * 10_000 + (i - (i % 9)) / 9,
    );
    const row = (code: number, i: number, total: string) =>
      i % 3 ? `  ${code}: {${total}: }\n` : `  ${code}: {${total}: ${i}.01}\n`;
    const computed = many(9, (i) => `  ${201 + i}: {本年支出合计: 自动}\n`);
    return (
      `收入支出决算总表:\n  支出:\n${many(9, (i) => `    ${201 + i}: 9999.99\n`)}` +
      `支出决算表:\n${computed}${codes.map((code, i) => row(code, i, '本年支出合计')).join('')}` +
      `一般公共预算财政拨款支出决算表:\n${codes.map((code, i) => row(code, i + 1, '小计')).join('')}`
    );
  }),
  yaml('unknown rows', (n) => `支出决算表:\n${many(n, (i) => `  某行${i}: ${ROW}\n`)}`),
  yaml(
    'unknown rows with a figure',
    (n) => `收入支出决算总表:\n  收入:\n${many(n, (i) => `    某行${i}: 1.00\n`)}`,
  ),
  yaml('columns', (n) => `支出决算表:\n  合计: {${many(n, (i) => `列${i}: 1.00`, ', ')}}\n`),
  yaml('columns on lines', (n) => `支出决算表:\n  合计:\n${many(n, (i) => `    列${i}: 1.00\n`)}`),
  json('columns', (n) => `"支出决算表": {"合计": {${many(n, (i) => `"列${i}": 1.00`, ', ')}}}`),
  yaml('a table that is a list', (n) => `支出决算表:\n${many(n, (i) => `  - {科目: ${i}}\n`)}`),
  yaml('tables', (n) => many(n, () => `支出决算表:\n  合计: {本年支出合计: 1.00}\n`)),
  yaml('names', (n) => {
    const row = (i: number) => `  ${2_010_000 + i}: {名称: 名称${i}, 本年支出合计: 0.01}\n`;
    return `支出决算表:\n${many(n, row)}`;
  }),
  yaml(
    'printed names',
    (n) =>
      `支出决算表:\n  2010101: {印作: [${many(n, (i) => `名${i}`, ', ')}], 本年支出合计: 1.00}\n`,
  ),
  yaml(
    'amounts with slips',
    (n) =>
      `支出决算表:\n${many(n, (i) => `  ${2_010_000 + i}: {本年支出合计: 1,234.5O, 基本支出： １.00}\n`)}`,
  ),

  // Repeated keys.
  yaml('repetitions of a key', (n) => many(n, () => '键: 1.00\n')),
  json('repetitions of a key', (n) => many(n, () => '"键": 1.00', ',\n')),
  yaml('repetitions of a row', (n) => `支出决算表:\n${many(n, () => `  2010101: ${ROW}\n`)}`),
  yaml(
    'repetitions of a row under other spellings',
    (n) => `支出决算表:\n${many(n, (i) => `  "2010101${' '.repeat(i % 50)}": ${ROW}\n`)}`,
  ),
  yaml(
    'repetitions of a column',
    (n) => `支出决算表:\n  合计: {${many(n, () => '基本支出: 1.00', ', ')}}\n`,
  ),

  // Sections that hold lists, and rows without an end.
  list(
    ['决算情况说明', '一般公共预算支出', '各项'],
    (i) => `{科目: ${2_010_000 + i}, 年初预算: 1, 决算: 2.00, 完成: 100%}`,
  ),
  list(['决算情况说明', '一般公共预算支出', '各项'], () => `{科目: 2010101, 决算: 2.00}`),
  list(['自评报告', '项目'], (i) => `{代号: 项${i}, 印作: 项目${i}, 支出: 1.00}`),
  list(['自评报告', '项目绩效情况'], (i) => `{代号: 项${i}, 印作: 项目${i}, 支出: 1.00}`),
  list(
    ['绩效自评表'],
    (i) => `{项目: {代号: 项${i}}, 资金: {年度资金总额: {全年: 13.99, 执行: 13.99}}}`,
  ),
  list(['绩效自评表'], () => `{项目: {代号: 项, 印作: 项目}, 总分: {分值: 100, 得分: 100}}`),
  list(['概况', '单位'], (i) => `单位${i}`),
  list(['名词解释'], (i) => `名词${i}`),
  list(['附件'], (i) => `附件${i}`),
  list(
    ['审核说明'],
    (i) =>
      `{规则: t3.row-sum, 位置: 支出决算表/${i}/本年支出合计, 说明: 无, 指纹: 573c05ef97b44981}`,
  ),
  list(['审核说明'], () => `{规则: t3.row-sum}`),
  list(['审核说明'], (i) => `无${i}`),
  yaml(
    'fingerprints',
    (n) =>
      `审核说明:\n  - {规则: t3.row-sum, 位置: 支出决算表/208/本年支出合计, 说明: 无, 指纹: [${many(n, (i) => `a${i}`, ', ')}]}\n`,
  ),
  yaml(
    'a list of indicators on a form',
    (n) =>
      `绩效自评表:\n  - 项目: {代号: 项}\n    指标:\n${many(n, (i) => `      - {组: 产出, 印作: 名${i}, 同: 标${i}, 目标: 5, 完成: 5, 分值: 1, 得分: 1}\n`)}`,
  ),
  yaml(
    'indicators',
    (n) =>
      `指标登记:\n${many(n, (i) => `  标${i}: {单位: 人, 目标: 7500, 完成: 8841, 完成率: 100%}\n`)}`,
  ),
  yaml(
    'indicators of one whole',
    (n) =>
      `指标登记:\n  全: {完成: 5, 其中: [${many(n, (i) => `标${i}`, ', ')}]}\n${many(n, (i) => `  标${i}: {完成: 1, 属于: 全}\n`)}`,
  ),
  yaml(
    'words of a list',
    (n) =>
      `决算情况说明:\n  基本支出:\n    人员经费: {金额: 1.00, 主要包括: [${many(n, (i) => `项${i}`, ', ')}]}\n`,
  ),
  yaml(
    'parts in the narrative',
    (n) =>
      `决算情况说明:\n  一般公共预算支出:\n    结构:\n      合计: 1.00\n      201: {金额: 1.00, 占比: 1%, 其中: {${many(n, (i) => `2010101${i}: 0.01`, ', ')}}}\n`,
  ),
  yaml(
    'rows in the narrative',
    (n) =>
      `决算情况说明:\n  一般公共预算支出:\n    结构:\n      合计: 1.00\n${many(n, (i) => `      ${201 + i}: {金额: 0.01, 占比: 1%}\n`)}`,
  ),
  yaml(
    'unknown keys of the narrative',
    (n) => `决算情况说明:\n${many(n, (i) => `  键${i}: {金额: 1.00}\n`)}`,
  ),

  // Writing.
  yaml('comments', (n) => many(n, (i) => `# ${i}\n`)),
  yaml('comments apart', (n) => many(n, (i) => `键${i}: 1 # 注\n# ${i}\n# ${i}\n`)),
  cheap(
    yaml(
      'comments in a table',
      (n) => `支出决算表:\n${many(n, (i) => `  # ${i}\n`)}  合计: ${TOTAL}\n`,
    ),
  ),
  yaml('blank lines', (n) => `${'\n'.repeat(n)}支出决算表:\n  合计: ${TOTAL}\n`),
  yaml(
    'lines indented by tabs',
    (n) => `支出决算表:\n${many(n, (i) => `\t2010101${i}: ${ROW}\n`)}`,
  ),
  yaml(
    'lines indented by wide blanks',
    (n) => `支出决算表:\n${many(n, (i) => `\u3000${2_010_000 + i}: ${ROW}\n`)}`,
  ),
  yaml(
    'lines that do not close',
    (n) => `支出决算表:\n${many(n, (i) => `  ${2_010_000 + i}: {本年支出合计: 1.00\n`)}`,
  ),
  yaml(
    'lines that close twice',
    (n) => `支出决算表:\n${many(n, (i) => `  ${2_010_000 + i}: {本年支出合计: 1.00}}\n`)}`,
  ),
  yaml(
    'lines with a quote that does not close',
    (n) => `支出决算表:\n${many(n, (i) => `  ${2_010_000 + i}: "1.00\n`)}`,
  ),
  yaml(
    'lines without a colon',
    (n) => `支出决算表:\n${many(n, (i) => `  ${2_010_000 + i} 1.00\n`)}`,
  ),
  yaml('lines with two colons', (n) => many(n, (i) => `a${i}: b: c\n`)),
  yaml(
    'lines of full-width punctuation',
    (n) =>
      `支出决算表:\n${many(n, (i) => `  ${2_010_000 + i}：｛本年支出合计：1.00，基本支出：1.00｝\n`)}`,
  ),
  yaml('lines indented by one blank more', (n) =>
    many(n, (i) => `${' '.repeat(i % 100)}键${i}:\n`),
  ),
  yaml('lines indented by one blank less', (n) =>
    many(n, (i) => `${' '.repeat(100 - (i % 100))}键${i}: 1\n`),
  ),
  json('members without a comma', (n) => many(n, (i) => `"键${i}": 1.00`, '\n')),
  json('members without a colon', (n) => many(n, (i) => `"键${i}" 1.00`, ',\n')),
  json('braces that close twice', (n) => many(n, (i) => `"键${i}": {}}`, ',\n')),
  json('quotes that do not close', (n) => many(n, (i) => `"键${i}": "1.00`, ',\n')),
  json('comments', (n) => many(n, (i) => `// ${i}`, '\n')),
  yaml('closing brackets', (n) => `未知: ${']'.repeat(n)}\n`),
  yaml('quotes', (n) => `未知: ${'"'.repeat(n)}\n`),
  yaml('anchors and aliases', (n) => many(n, (i) => `键${i}: &a${i} 1.00\n值${i}: *a${i}\n`)),
  yaml('aliases of nothing', (n) => many(n, (i) => `键${i}: *a${i}\n`)),
  yaml('anchors', (n) => many(n, (i) => `键${i}: &a${i} 1.00\n`)),
  yaml('tags', (n) => many(n, (i) => `键${i}: !t${i}\n`)),
  yaml('documents', (n) => many(n, (i) => `---\n键${i}: 1.00\n`)),
  yaml('conflict markers', (n) =>
    many(n, (i) => `<<<<<<< a\n键${i}: 1\n=======\n键${i}: 2\n>>>>>>> b\n`),
  ),
  yaml('block scalars', (n) => many(n, (i) => `键${i}: |\n  一\n  二\n`)),
  yaml('lines of a block scalar', (n) => `说明: |\n${many(n, (i) => `  ${i}\n`)}`),
  yaml('lines of a quoted scalar', (n) => `说明: "\n${many(n, (i) => `  ${i}\n`)}"\n`),
  yaml('lines of a plain scalar', (n) => `说明: 一\n${many(n, (i) => `  ${i}\n`)}`),
  yaml('complex keys', (n) => many(n, (i) => `? [a${i}]\n: 1\n`)),
  yaml('lone CRs', (n) => many(n, (i) => `键${i}: 1\r`)),
  yaml('directives', (n) => many(n, () => `%YAML 1.2\n`)),
  yaml('NULs', (n) => many(n, (i) => `键${i}: \0\n`)),
];
