import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { causesOf } from '../../server/src/service/findings';
import { fixAll } from '../../server/src/service/fixAll';
import { applyActions } from '../support/actions';
import { analyzeText } from '../support/examples';

const URI = 'file:///x';
const PATH = 'x.disclosure.yaml';

/** The findings of a rule, and the text after the first fix of the first of them. */
function told(text: string, rule: string, path = PATH) {
  const analysis = analyzeText(text, path);
  const views = causesOf(analysis, 'zh-cn').filter((view) => view.rule === rule);
  const [first] = views;
  const [action] = first ? codeActionsAt(analysis, URI, first.range, 'zh-cn') : [];
  const mended = action ? applyActions(analysis, [action], URI) : text;
  return { views, title: action?.title, mended };
}

const TABLE = `格式: gouji/1
年度: 2024
一般公共预算财政拨款支出决算表:
  合计: {小计: 6.00, 基本支出: 6.00}
  2080101: {小计: 1.00, 基本支出: 1.00}
  2080505: {小计: 2.00, 基本支出: 2.00}
  2101101: {小计: 3.00, 基本支出: 3.00}
决算情况说明:
  一般公共预算支出:
    各项:
`;

describe('subjects that have no paragraph', () => {
  it('are told once, and written at once like the item before them', () => {
    const text = `${TABLE}      - {科目: 2080101, 年初预算: 1.00, 决算: 1.00, 完成: 100.00%, 原因: 无}\n`;
    const { views, title, mended } = told(text, 'n.item-missing');
    expect(views).toHaveLength(1);
    expect(views[0]!.findings).toHaveLength(2);
    expect(views[0]!.message).toMatch(/2080505.*2101101/);
    expect(title).toBe('补写缺少的 2 项');
    expect(mended).toBe(`${text}      - {科目: 2080505, 年初预算: , 决算: 2.00, 完成: , 原因: }
      - {科目: 2101101, 年初预算: , 决算: 3.00, 完成: , 原因: }\n`);
    expect(told(mended, 'n.item-missing').views).toEqual([]);
  });

  it('are written on lines where the others are', () => {
    const text = `${TABLE}      - 科目: 2080101\n        决算: 1.00\n      - 科目: 2101101\n        决算: 3.00\n`;
    const { mended } = told(text, 'n.item-missing');
    expect(mended).toBe(`${text}      - 科目: 2080505\n        决算: 2.00\n`);
  });

  it('repeat what their table computes where the item before them prints a figure', () => {
    const table = TABLE.replace('2080505: {小计: 2.00,', '2080505: {小计: 自动,');
    const items = `      - {科目: 2080101, 决算: 1.00}\n      - {科目: 2101101, 决算: 3.00}\n`;
    const { mended } = told(table + items, 'n.item-missing');
    expect(mended).toBe(`${table}${items}      - {科目: 2080505, 决算: 2.00}\n`);
  });

  it('are left to the server where the item before them is', () => {
    const items = `      - {科目: 2080101, 决算: 1.00}\n      - {科目: 2101101, 决算: 自动}\n`;
    const { mended } = told(TABLE + items, 'n.item-missing');
    expect(mended).toBe(`${TABLE}${items}      - {科目: 2080505, 决算: 自动}\n`);
  });

  it('take no figure from a table that counts in another unit', () => {
    const table = TABLE.replace('决算表:\n', '决算表:\n  单位: 元\n').replaceAll('.00', '0000.00');
    const items = `      - {科目: 2080101, 决算: 1.00}\n      - {科目: 2101101, 决算: 3.00}\n`;
    const { mended } = told(table + items, 'n.item-missing');
    expect(mended).toBe(`${table}${items}      - {科目: 2080505, 决算: }\n`);
  });

  it('are written in JSON too', () => {
    const item = '{"科目": "2080101", "年初预算": 1.00, "决算": 1.00}';
    const text = `{"格式": "gouji/1", "年度": 2024,
"一般公共预算财政拨款支出决算表": {
  "2080101": {"小计": 1.00, "基本支出": 1.00},
  "2080505": {"小计": 2.00, "基本支出": 2.00}},
"决算情况说明": {"一般公共预算支出": {"各项": [
  ${item}
]}}}`;
    const { mended } = told(text, 'n.item-missing', 'x.disclosure.json');
    const added = '{"科目": "2080505", "年初预算": null, "决算": 2.00}';
    expect(mended).toBe(text.replace(item, `${item},\n  ${added}`));
  });
});

describe('what a list leaves out', () => {
  const text = `格式: gouji/1
年度: 2024
一般公共预算财政拨款基本支出决算明细表: {302: 6.00, 30201: 1.00, 30202: 2.00, 30205: 3.00}
决算情况说明:
  基本支出:
    公用经费: {金额: 6.00, 主要包括: [办公费]}
`;

  it('is told once with all its names', () => {
    const { views } = told(text, 'n.list-public');
    expect(views).toHaveLength(1);
    expect(views[0]!.message).toMatch(/印刷费.*2\.00.*水费.*3\.00/);
    expect(views[0]!.severity).toBe('information');
  });
});

describe('a file typed with full-width marks', () => {
  const right = `格式: gouji/1
年度: 2024
支出决算表:
  合计: {本年支出合计: 5.50, 基本支出: 5.50}
  2080101: {本年支出合计: 2.50, 基本支出: 2.50, 名称: 行政运行}
  2080505: {本年支出合计: 3.00, 基本支出: 3.00}
`;
  const wide = right
    .replace(
      '  2080101: {本年支出合计: 2.50, 基本支出: 2.50',
      '  2080101：｛本年支出合计：２．５０，基本支出：２．５０',
    )
    .replace('行政运行}', '行政运行｝')
    .replace('合计: 3.00, 基', '合计：３.00，基');

  it('is mended by Fix All, to a fixed point', () => {
    const { after, changes } = fixAll(analyzeText(wide, PATH));
    expect(changes.length).toBeGreaterThan(0);
    expect(after.tree.text).toBe(right);
    expect(fixAll(after).changes).toEqual([]);
  });

  it('has one fix for a row and one for the file, at its marks and at its figures', () => {
    const analysis = analyzeText(wide, PATH);
    const mended = right.split('\n');
    const only = (row: number) =>
      wide
        .split('\n')
        .map((line, index) => (index === row ? mended[index] : line))
        .join('\n');
    for (const [row, at] of [
      [4, '２．５０'],
      [4, '｛'],
      [5, '３.00'],
    ] as const) {
      const position = analysis.lines.position(wide.indexOf(at));
      const actions = codeActionsAt(analysis, URI, { start: position, end: position }, 'zh-cn');
      const [first] = actions;
      expect(actions.filter(({ isPreferred }) => isPreferred)).toEqual([first]);
      expect(applyActions(analysis, [first!], URI)).toBe(only(row));
      const whole = actions.find(({ title }) => title.startsWith('全文件'));
      expect(applyActions(analysis, [whole!], URI)).toBe(right);
    }
  });
});

describe('classes that the structure of a text leaves out', () => {
  const table = TABLE.slice(0, TABLE.indexOf('    各项:'));
  const structure = (...lines: readonly string[]) =>
    `${table}    结构:\n${lines.map((line) => `      ${line}\n`).join('')}`;

  it('are told once, and written at once with what the table has of them', () => {
    const text = structure('合计: 6.00', '208: {金额: 3.00, 占比: 50.00%}');
    const two = text.replace('决算情况', '  2210201: {小计: 0.50, 基本支出: 0.50}\n决算情况');
    const { views, title, mended } = told(two, 'n.structure-missing');
    expect(views).toHaveLength(1);
    expect(views[0]!.message).toMatch(/210.*221/);
    expect(title).toBe('补写缺少的 2 项');
    expect(mended).toBe(`${two}      210: {金额: 3.00, 占比: }\n      221: {金额: 0.50, 占比: }\n`);
    expect(told(mended, 'n.structure-missing').views).toEqual([]);
  });

  it('stand at their place', () => {
    const text = structure('208: 3.00', '210: 3.00');
    const lost = text.replace('      208: 3.00\n', '');
    expect(told(lost, 'n.structure-missing').mended).toBe(text);
  });

  it('are none where a subject of the class is listed, or nothing at all', () => {
    for (const lines of [['2080101: 1.00', '2101101: 3.00'], ['合计: 6.00']]) {
      expect(told(structure(...lines), 'n.structure-missing').views).toEqual([]);
    }
  });
});
