import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyzeText } from '../support/examples';

interface Snippet {
  readonly prefix: string;
  readonly body: string;
}

const read = (language: string) =>
  Object.values(
    JSON.parse(
      readFileSync(join(__dirname, `../../syntaxes/disclosure-${language}.code-snippets`), 'utf8'),
    ) as Record<string, Snippet>,
  );

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

describe.each(['yaml', 'json'])('snippets in %s', (language) => {
  const all = read(language);

  test('are of the nine tables and what is listed behind them', () => {
    expect(all).toHaveLength(12);
    expect(all.map(({ prefix }) => prefix)).toEqual(expect.arrayContaining(Object.keys(LISTS)));
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
    return `${head}绩效自评表:\n  - 项目: {代号: 甲}\n    指标:\n      ${body}\n`;
  const keys = list.map((key, depth) => `${'  '.repeat(depth)}${key}:\n`);
  return `${head}${keys.join('')}${'  '.repeat(list.length)}${body}\n`;
}

function json(list: readonly string[] | undefined, body: string): string {
  const head = '"格式": "gouji/1"';
  if (!list) return `{${head}, ${body}}`;
  if (list[0] === '绩效自评表')
    return `{${head}, "绩效自评表": [{"项目": {"代号": "甲"}, "指标": [${body}]}]}`;
  const inner = [...list].reverse().reduce((value, key) => `{"${key}": ${value}}`, `[${body}]`);
  return `{${head}, ${inner.slice(1)}`;
}
