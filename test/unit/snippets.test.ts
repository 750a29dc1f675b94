import { describe, expect, test } from 'vitest';
import { vocabulary } from '../../server/src/disclosure/vocabulary';
import { completionsAt } from '../../server/src/service/completion';
import { itemSnippets, tableSnippets } from '../../server/src/service/wholeSnippets';
import { analyzeText } from '../support/examples';

const [national] = vocabulary.layouts;

/** The text as it stands before anything is typed. */
const plain = (body: string) =>
  body
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/\$\d+/g, '');

/** What stands around an item of a list. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  各项: ['决算情况说明', '一般公共预算支出', '各项'],
  指标: ['绩效自评表', '指标'],
  审核说明: ['审核说明'],
};

describe.each(['yaml', 'json'] as const)('what is written whole in %s', (language) => {
  const items = itemSnippets(language, '2080101');
  const all = [...tableSnippets(national!, language), ...items];

  test('are the nine tables and what is listed behind them', () => {
    expect(all).toHaveLength(12);
    expect(items.map(({ prefix }) => prefix)).toEqual(Object.keys(LISTS));
  });

  test.each(all.map(({ prefix, body }) => [prefix, body]))('%s is understood', (prefix, body) => {
    const list = LISTS[prefix];
    const text = language === 'yaml' ? yaml(list, plain(body)) : json(list, plain(body));
    const { problems } = analyzeText(text, `a.disclosure.${language}`);
    const writing = problems.filter(({ code }) => /^(?:syntax|input|code)\./.test(code));
    expect(writing.map(({ code, args }) => [code, args])).toEqual([]);
  });
});

function yaml(list: readonly string[] | undefined, body: string): string {
  const head = '格式: gouji/1\n';
  if (!list) return `${head}${body}\n`;
  if (list[0] === '绩效自评表')
    return `${head}绩效自评表:\n  - 项目: {代号: 甲}\n    指标:\n      - ${body}\n`;
  const keys = list.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`);
  return `${head}${keys.join('')}${'  '.repeat(list.length)}- ${body}\n`;
}

function json(list: readonly string[] | undefined, body: string): string {
  const head = '"格式": "gouji/1"';
  if (!list) return `{${head}, ${body}}`;
  if (list[0] === '绩效自评表')
    return `{${head}, "绩效自评表": [{"项目": {"代号": "甲"}, "指标": [${body}]}]}`;
  const inner = [...list].reverse().reduce((value, key) => `{"${key}": ${value}}`, `[${body}]`);
  return `{${head}, ${inner.slice(1)}`;
}

describe('a whole table', () => {
  const offersAt = (marked: string, path = 'a.disclosure.yaml') => {
    const analysis = analyzeText(marked.replace('$0', ''), path);
    const position = analysis.lines.position(marked.indexOf('$0'));
    const options = { locale: 'zh-cn', snippets: true } as const;
    return completionsAt(analysis, position, options).filter(
      ({ labelDetails }) => labelDetails?.description === '整张表',
    );
  };
  const head = '格式: gouji/1\n';
  const json = '{"格式": "gouji/1", ';

  test.each([
    ['at the left edge of a file', `${head}$0\n`, 'a.disclosure.yaml'],
    ['between the entries of one in JSON', `${json}"$0"}`, 'a.disclosure.json'],
  ])('is offered %s', (_, text, path) => {
    expect(offersAt(text, path)).toHaveLength(9);
  });

  test('is found by its name and by initials, and not where the file has it', () => {
    const text = `${head}支出决算表:\n  合计: {基本支出: 1}\n`;
    const labels = (typed: string) => offersAt(`${text}${typed}$0\n`).map(({ label }) => label);
    expect(labels('收入决算表')[0]).toBe('收入决算表');
    expect(labels('srjsb')[0]).toBe('收入决算表');
    expect(labels('')).not.toContain('支出决算表');
    expect(labels('')).toHaveLength(8);
  });

  test.each([
    ['where an amount belongs', `${head}支出决算表:\n  合计: {基本支出: $0}\n`],
    ['where an amount belongs on a line', `${head}收入支出决算总表:\n  收入:\n    总计: $0\n`],
    ['where a row belongs', `${head}支出决算表:\n  $0\n`],
    ['where a column belongs', `${head}支出决算表:\n  合计: {$0}\n`],
    ['in a text', `${head}决算情况说明:\n  收入支出总体: {主要原因: $0}\n`],
  ])('is not offered %s', (_, text) => {
    expect(offersAt(text)).toEqual([]);
  });
});

describe('an item of a list', () => {
  const text = '格式: gouji/1\n决算情况说明:\n  一般公共预算支出:\n    各项:\n';
  const offersAt = (marked: string) => {
    const analysis = analyzeText(marked.replace('$0', ''), 'a.disclosure.yaml');
    const position = analysis.lines.position(marked.indexOf('$0'));
    const options = { locale: 'zh-cn', snippets: true } as const;
    const offers = completionsAt(analysis, position, options);
    return offers.filter(({ label }) => label === '各项').map((one) => one.textEdit?.newText);
  };

  test.each([
    ['under the key of its list', `${text}    $0\n`],
    ['deeper', `${text}      $0\n`],
  ])('is offered with its dash %s', (_, marked) => {
    expect(offersAt(marked)).toEqual([expect.stringMatching(/^- \{/)]);
  });

  test('says by itself what its table has of the likely subject', () => {
    const table = '格式: gouji/1\n一般公共预算财政拨款支出决算表:\n  2080101: {小计: 1.00}\n';
    const list = text.replace('格式: gouji/1\n', table);
    expect(offersAt(`${list}    $0\n`)).toEqual([expect.stringContaining('决算: ${3:1.00}')]);
    const left = list.replace('    各项', '    总体: {支出: 自动}\n    各项');
    expect(offersAt(`${left}    $0\n`)).toEqual([expect.stringContaining('决算: 自动')]);
  });

  test('is not offered under the key of a list that has items', () => {
    const items = `${text}      - {科目: 2080101, 决算: 1.00}\n`;
    expect(offersAt(`${items}    $0\n`)).toEqual([]);
  });
});
