import { describe, expect, test } from 'vitest';
import { builtInCatalog } from '../../server/src/catalog/catalog';
import { languageOf } from '../../server/src/disclosure/recognize';
import { causesOf } from '../../server/src/service/findings';
import { nextYearOf } from '../../server/src/service/nextYear';
import { skeletonOf } from '../../server/src/service/skeleton/skeleton';
import type { Entry, SyntaxNode } from '../../server/src/syntax/tree';
import { analyzeText, EXAMPLES, wholeText } from '../support/examples';

const next = (text: string, path = 'a.disclosure.yaml') => nextYearOf(analyzeText(text, path))!;

describe('the file of the next year', () => {
  test('has the year after, no figures, and all else', () => {
    const text = `# 某局 2024 年度部门决算，比 2023 年多，2025年5月20日填
格式: gouji/1
年度: 2024  # 决算年度
单位名称: 2024 年成立的局
支出决算表:
  合计:    {本年支出合计: 自动,   基本支出: 336.96}
  2080101: {本年支出合计: 250.04, 基本支出: 250.04, 名称: 行政运行} # 不变
  2080102: {本年支出合计: -,      基本支出: }
决算情况说明:
  收入支出总体: {收支总计: 336.96, 比上年: {增加: 5.55, 增长: 1.52%}, 主要原因: 人员增加}
  一般公共预算支出:
    各项:
      - {科目: 2080101, 年初预算: 214.7, 决算: 250.04, 决算较预算: 大于, 原因: 人员调整}
基础数据表:
  公用经费: {上年决算: 34.2, 本年预算: 49.17, 本年决算: 44.85}
绩效自评表:
  - 项目: {代号: 整体, 印作: 整体支出}
    指标:
      - {组: 产出, 印作: 新增就业人数, 目标: 7500人, 完成: 8841, 分值: 15, 得分: 15}
审核说明:
  - {规则: t1.balance, 位置: 收入支出决算总表/收入/总计, 说明: 已核}
其他键: 2024
`;
    expect(next(text)).toEqual({
      year: 2025,
      text: `# 某局 2025 年度部门决算，比 2024 年多，2025年5月20日填
格式: gouji/1
年度: 2025  # 决算年度
单位名称: 2024 年成立的局
支出决算表:
  合计:    {本年支出合计: 自动, 基本支出: }
  2080101: {本年支出合计: 自动, 基本支出: , 名称: 行政运行} # 不变
  2080102: {本年支出合计: -,    基本支出: }
决算情况说明:
  收入支出总体: {收支总计: , 比上年: {增加: , 增长: }, 主要原因: 人员增加}
  一般公共预算支出:
    各项:
      - {科目: 2080101, 年初预算: , 决算: , 决算较预算: , 原因: 人员调整}
基础数据表:
  公用经费: {上年决算: 44.85, 本年预算: , 本年决算: }
绩效自评表:
  - 项目: {代号: 整体, 印作: 整体支出}
    指标:
      - {组: 产出, 印作: 新增就业人数, 目标: , 完成: , 分值: 15, 得分: }
其他键: 2024
`,
    });
  });

  test('with its first figure typed says which tables are still empty, and accuses no figure', () => {
    const printed = wholeText('../test/fixtures/tianyuan-2024.corrected.yaml');
    const text = next(printed).text.replace(/一般公共预算财政拨款收入: (?=\n)/, '$&500.00');
    expect(text).toContain('收入: 500.00');
    const { causes } = analyzeText(text, 'a.disclosure.yaml');
    expect(causes.map(({ groups: [group] }) => group?.kind)).toContain('unfilled');
    const suspects = causes.flatMap(({ candidates }) => candidates.map(({ cell }) => cell));
    expect(suspects.filter(({ state }) => state === 'amount').map(({ id }) => id)).toEqual([]);
  });

  test.each([
    ['../test/fixtures/tianyuan-2024.corrected.yaml', 'a.disclosure.yaml'],
    ['putuo-finance-2024.disclosure.yaml', 'a.disclosure.yaml'],
    ['putuo-ecology-2025.disclosure.json', 'a.disclosure.json'],
  ])('has no error before anything is typed: %s', (name, path) => {
    const fresh = analyzeText(next(wholeText(name), path).text, path);
    const found = causesOf(fresh, 'en').filter(({ severity }) => severity === 'error');
    expect(found.map(({ message }) => message)).toEqual([]);
  });

  test('leaves to the server what a new file leaves to it in the narrative', () => {
    const path = 'a.disclosure.yaml';
    const before = analyzeText(wholeText('../test/fixtures/tianyuan-2024.corrected.yaml'), path);
    const after = analyzeText(nextYearOf(before)!.text, path).disclosure!;
    const wish = { language: 'yaml', layout: 'national', year: 2025, organisation: '' } as const;
    const fresh = analyzeText(skeletonOf(wish, builtInCatalog), path).disclosure!;
    const left = [...fresh.cells()].filter(({ table, row, column, state }) => {
      const was = before.disclosure!.cell(table.spec.id, row.id, column.id)?.state;
      return table.spec.section === 'narrative' && state === 'derived' && was === 'amount';
    });
    expect(left.length).toBeGreaterThan(20);
    const others = left.filter(({ table, row, column }) => {
      return after.cell(table.spec.id, row.id, column.id)?.state !== 'derived';
    });
    expect(others.map(({ id }) => id)).toEqual([]);
  });

  const ACCEPTED = '审核说明:\n  - {规则: t1.balance, 位置: 甲, 说明: 乙}  # 2024 年\n';
  test.each([
    ['at its end', `格式: gouji/1\n年度: 2024\n\n${ACCEPTED}`, '格式: gouji/1\n年度: 2025\n'],
    [
      'before others',
      `格式: gouji/1\n\n${ACCEPTED}\n年度: 2024\n`,
      '格式: gouji/1\n\n年度: 2025\n',
    ],
    ['first of all', `${ACCEPTED}\n格式: gouji/1\n年度: 2024\n`, '格式: gouji/1\n年度: 2025\n'],
    ['empty', '格式: gouji/1\n年度: 2024\n审核说明: []\n', '格式: gouji/1\n年度: 2025\n'],
  ])('has nothing of what was accepted %s', (_, text, expected) => {
    expect(next(text).text).toBe(expected);
  });

  test('in JSON has nothing of what was accepted', () => {
    const text =
      '{\n  "格式": "gouji/1",\n  "年度": 2024,\n  "审核说明": [{"规则": "t1.balance"}]\n}\n';
    expect(next(text, 'a.disclosure.json').text).toBe(
      '{\n  "格式": "gouji/1",\n  "年度": 2025\n}\n',
    );
  });

  test('in JSON has null for a figure', () => {
    const text =
      '{"格式": "gouji/1", "年度": "2024", "支出决算表": {"合计": {"本年支出合计": "1,250.04"}}}';
    expect(next(text, 'a.disclosure.json').text).toBe(
      '{"格式": "gouji/1", "年度": "2025", "支出决算表": {"合计": {"本年支出合计": null}}}',
    );
  });

  test('of a file without a year has none', () => {
    expect(next('格式: gouji/1\n')).toEqual({ text: '格式: gouji/1\n', year: undefined });
  });

  /** Every key with the keys around it, in the order of the text. */
  function keys(node: SyntaxNode | Entry | undefined, path = ''): string[] {
    if (node?.kind === 'entry') {
      const here = `${path}/${node.key.text}`;
      return node.key.text === '审核说明' ? [] : [here, ...keys(node.value, here)];
    }
    if (node?.kind === 'map') return node.entries.flatMap((entry) => keys(entry, path));
    return node?.kind === 'sequence'
      ? node.items.flatMap((item, at) => keys(item, `${path}[${at}]`))
      : [];
  }

  test.each(EXAMPLES)('of %s keeps all keys and comments, and no amount of the tables', (name) => {
    const before = analyzeText(wholeText(name), name);
    const { text, year } = nextYearOf(before)!;
    const after = analyzeText(text, name);
    expect(year).toBe(before.disclosure!.year! + 1);
    expect(after.disclosure!.year).toBe(year);
    expect(keys(after.tree.root)).toEqual(keys(before.tree.root));
    if (languageOf(name) === 'yaml') {
      const comments = (source: string) =>
        (source.match(/(?<=^|[ \t])#.*$/gm) ?? []).map((c) => c.replace(/\d{4}/g, ''));
      expect(comments(text)).toEqual(comments(before.tree.text));
    }
    const tables = [...after.disclosure!.tables.values()].filter(({ spec }) => !spec.section);
    expect(tables).toHaveLength(9);
    const figures = [...after.disclosure!.cells()].filter(
      ({ table, state }) => !table.spec.section && state === 'amount',
    );
    expect(figures.map(({ id }) => id)).toEqual([]);
  });
});
