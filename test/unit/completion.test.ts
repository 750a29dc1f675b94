import { describe, expect, it } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-types';
import { completionsAt } from '../../server/src/service/completion';
import { analyzeText, exampleText, HUNAN } from '../support/examples';

/** The offers at `$0`, and the text when one of them is taken; `|` is where the cursor goes then. */
function complete(source: string, path = 'x.disclosure.yaml', snippets = true, typed?: string) {
  const offset = source.indexOf('$0');
  if (offset < 0) throw new Error('no cursor');
  const text = source.replace('$0', '');
  const analysis = analyzeText(text, path);
  const position = analysis.lines.position(offset);
  const items = completionsAt(analysis, position, { locale: 'zh-cn', snippets }, typed);
  const take = (label: string) => {
    const item = items.find((candidate) => candidate.label === label);
    if (!item) throw new Error(`${label} is not among ${items.map((i) => i.label).join(', ')}`);
    const { range, newText } = item.textEdit as { range: never; newText: string };
    const start = analysis.lines.offset((range as { start: never }).start);
    const end = analysis.lines.offset((range as { end: never }).end);
    // What the protocol asks of an edit: one line, around the cursor; and the client's filter.
    expect(start <= offset && offset <= end).toBe(true);
    expect(text.slice(start, end)).not.toMatch(/[\r\n]/);
    expect(matches(text.slice(start, offset), item)).toBe(true);
    const written = item.insertTextFormat === 2 ? expand(newText) : newText;
    return text.slice(0, start) + written + text.slice(end);
  };
  return { labels: items.map(({ label }) => label), items, take };
}

/** As editors filter: the characters typed come in that order. */
function matches(typed: string, { filterText, label }: CompletionItem): boolean {
  let rest = filterText ?? label;
  return [...typed].every((c) => {
    const at = rest.indexOf(c);
    rest = rest.slice(at + 1);
    return at >= 0;
  });
}

const expand = (snippet: string) => snippet.replace('$0', '|').replace(/\\([\\$}])/g, '$1');

const HEAD = '格式: gouji/1\n';
const json = (body: string) => `{\n  "格式": "gouji/1",\n${body}\n}\n`;

interface Case {
  readonly title: string;
  readonly text: string;
  readonly choose: string;
  readonly after: string;
  readonly path?: string;
}

const JSON_PATH = 'x.disclosure.json';

const cases: readonly Case[] = [
  {
    title: 'an empty document gets its first line',
    text: '$0',
    choose: '格式',
    after: '格式: gouji/1',
  },
  {
    title: 'an empty JSON document gets its braces too',
    path: JSON_PATH,
    text: '$0',
    choose: '格式: gouji/1',
    after: '{\n  "格式": "gouji/1"|\n}',
  },
  {
    title: 'a head key',
    text: `${HEAD}单$0\n`,
    choose: '单位名称',
    after: `${HEAD}单位名称: \n`,
  },
  {
    title: 'a table, ready for its first line',
    text: `${HEAD}支出$0\n`,
    choose: '支出决算表 公开03表',
    after: `${HEAD}支出决算表:\n  \n`,
  },
  {
    title: 'a table with the line ends of the file',
    text: `${HEAD}支出$0\n`.replaceAll('\n', '\r\n'),
    choose: '支出决算表 公开03表',
    after: `${HEAD}支出决算表:\n  \n`.replaceAll('\n', '\r\n'),
  },
  {
    title: 'a title with Chinese quotation marks typed halfway',
    text: `${HEAD}财政拨款“三$0\n`,
    choose: '财政拨款“三公”经费支出决算表 公开09表',
    after: `${HEAD}财政拨款“三公”经费支出决算表:\n  \n`,
  },
  {
    title: 'a side of a table',
    text: `${HEAD}收入支出决算总表:\n  收入:\n    总计: 1.00\n  $0\n`,
    choose: '支出',
    after: `${HEAD}收入支出决算总表:\n  收入:\n    总计: 1.00\n  支出:\n    \n`,
  },
  {
    title: 'a line of the form between others',
    text: `${HEAD}收入支出决算总表:\n  支出:\n    201: 1.00\n    $0\n    总计: 1.00\n`,
    choose: '208 社会保障和就业支出',
    after: `${HEAD}收入支出决算总表:\n  支出:\n    201: 1.00\n    208: \n    总计: 1.00\n`,
  },
  {
    title: 'a subject of the sister table, with the columns that this one uses',
    text: `${HEAD}收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  合计: {本年支出合计: 1.00, 项目支出: 1.00}\n  208$0\n`,
    choose: '2080101 行政运行',
    after: `${HEAD}收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  合计: {本年支出合计: 1.00, 项目支出: 1.00}\n  2080101: {本年支出合计: $1, 项目支出: $2}\n`,
  },
  {
    title: 'a subject whose total is left to the server, as that of the table is',
    text: `${HEAD}收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  合计: {本年支出合计: 自动, 基本支出: 自动}\n  208$0\n`,
    choose: '2080101 行政运行',
    after: `${HEAD}收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  合计: {本年支出合计: 自动, 基本支出: 自动}\n  2080101: {本年支出合计: 自动, 基本支出: |}\n`,
  },
  {
    title: 'a subject whose total is printed where the row before prints it',
    text: `${HEAD}收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  合计: {本年支出合计: 自动, 基本支出: 自动}\n  205: {本年支出合计: 1.00, 基本支出: 1.00}\n  208$0\n`,
    choose: '2080101 行政运行',
    after: `${HEAD}收入决算表:\n  2080101: {本年收入合计: 1.00}\n支出决算表:\n  合计: {本年支出合计: 自动, 基本支出: 自动}\n  205: {本年支出合计: 1.00, 基本支出: 1.00}\n  2080101: {本年支出合计: $1, 基本支出: $2}\n`,
  },
  {
    title: 'a column in an open brace',
    text: `${HEAD}支出决算表:\n  合计: {$0\n  201: {基本支出: 1.00}\n`,
    choose: '本年支出合计',
    after: `${HEAD}支出决算表:\n  合计: {本年支出合计: \n  201: {基本支出: 1.00}\n`,
  },
  {
    title: 'a column right behind a comma',
    text: `${HEAD}支出决算表:\n  合计: {本年支出合计: 1.00,$0}\n`,
    choose: '基本支出',
    after: `${HEAD}支出决算表:\n  合计: {本年支出合计: 1.00, 基本支出: }\n`,
  },
  {
    title: 'a column in a row of several lines',
    text: `${HEAD}支出决算表:\n  合计:\n    本年支出合计: 1.00\n    项$0\n`,
    choose: '项目支出',
    after: `${HEAD}支出决算表:\n  合计:\n    本年支出合计: 1.00\n    项目支出: \n`,
  },
  {
    title: 'a column in place of another one keeps its amount',
    text: `${HEAD}支出决算表:\n  合计: {$0基本支出: 1.00}\n`,
    choose: '项目支出',
    after: `${HEAD}支出决算表:\n  合计: {项目支出: 1.00}\n`,
  },
  {
    title: 'a row behind a full-width bracket',
    text: `${HEAD}财政拨款“三公”经费支出决算表:\n  因公出国（$0\n`,
    choose: '因公出国（境）费',
    after: `${HEAD}财政拨款“三公”经费支出决算表:\n  因公出国（境）费: {预算数: $1, 决算数: $2}\n`,
  },
  {
    title: 'a part of a line that is broken down',
    text: `${HEAD}财政拨款收入支出决算总表:\n  收入:\n    年初财政拨款结转和结余:\n      合计: 1.00\n      $0\n`,
    choose: '政府性基金预算财政拨款',
    after: `${HEAD}财政拨款收入支出决算总表:\n  收入:\n    年初财政拨款结转和结余:\n      合计: 1.00\n      政府性基金预算财政拨款: \n`,
  },
  {
    title: 'a value of the head',
    text: `${HEAD}金额单位: $0\n`,
    choose: '万元',
    after: `${HEAD}金额单位: 万元\n`,
  },
  {
    title: 'a value right behind the colon',
    text: `${HEAD}文种:$0\n`,
    choose: '单位决算',
    after: `${HEAD}文种: 单位决算\n`,
  },
  {
    title: 'a value behind a full-width colon, which becomes one that YAML reads',
    text: `${HEAD}表样：$0\n`,
    choose: '上海',
    after: `${HEAD}表样: 上海\n`,
  },
  {
    title: 'a value between quotes, which stay',
    text: `${HEAD}尾数处理: "截$0"\n`,
    choose: '截断',
    after: `${HEAD}尾数处理: "截断"\n`,
  },
  {
    title: 'an amount left to the server',
    text: `${HEAD}支出决算表:\n  合计: {本年支出合计: $0, 基本支出: 1.00}\n`,
    choose: '自动',
    after: `${HEAD}支出决算表:\n  合计: {本年支出合计: 自动, 基本支出: 1.00}\n`,
  },
  {
    title: 'the name of a subject',
    text: `${HEAD}支出决算表:\n  2080101: {名称: $0}\n`,
    choose: '行政运行',
    after: `${HEAD}支出决算表:\n  2080101: {名称: 行政运行}\n`,
  },
  {
    title: 'the name of a subject, in full-width digits',
    text: `${HEAD}支出决算表:\n  ２０８０１０１: {名称: $0}\n`,
    choose: '行政运行',
    after: `${HEAD}支出决算表:\n  ２０８０１０１: {名称: 行政运行}\n`,
  },
  {
    title: 'a table key with the unit of the table',
    text: `${HEAD}支出决算表:\n  金额单位: $0\n`,
    choose: '千元',
    after: `${HEAD}支出决算表:\n  金额单位: 千元\n`,
  },
  {
    title: 'JSON: a key within its quotes',
    path: JSON_PATH,
    text: json('  "文$0"'),
    choose: '文种',
    after: json('  "文种": |'),
  },
  {
    title: 'JSON: a table before another entry',
    path: JSON_PATH,
    text: json('  $0\n  "年度": 2024'),
    choose: '支出决算表 公开03表',
    after: json('  "支出决算表": {|},\n  "年度": 2024'),
  },
  {
    title: 'JSON: a key whose colon is there',
    path: JSON_PATH,
    text: json('  "支出决算表": {"合计": {"本年$0": 1.00}}'),
    choose: '本年支出合计',
    after: json('  "支出决算表": {"合计": {"本年支出合计": 1.00}}'),
  },
  {
    title: 'JSON: a value in a string',
    path: JSON_PATH,
    text: json('  "金额单位": "$0"'),
    choose: '元',
    after: json('  "金额单位": "元"'),
  },
  {
    title: 'JSON: a value without quotes yet',
    path: JSON_PATH,
    text: json('  "支出决算表": {"合计": {"本年支出合计":$0}}'),
    choose: '自动',
    after: json('  "支出决算表": {"合计": {"本年支出合计": "自动"}}'),
  },
  {
    title: 'JSON: a string that is not closed',
    path: JSON_PATH,
    text: json('  "支出决算表": {"合计": {"本年$0}}'),
    choose: '本年支出合计',
    after: json('  "支出决算表": {"合计": {"本年支出合计": |}}'),
  },
];

describe('completion writes', () => {
  it.each(cases)('$title', ({ text, choose, after, path }) => {
    expect(complete(text, path).take(choose)).toBe(after);
  });

  it('no error into an empty JSON document', () => {
    const written = complete('$0', JSON_PATH).take('格式: gouji/1').replace('|', '');
    const { tree, disclosure } = analyzeText(written, JSON_PATH);
    expect(tree.problems).toEqual([]);
    expect(disclosure?.problems.map(({ code }) => code)).not.toContain('input.no-format');
  });

  it('plain text for clients without snippets', () => {
    const text = `${HEAD}收入决算表:\n  2080101: {}\n支出决算表:\n  合计: {基本支出: 1.00}\n  $0\n`;
    const { take } = complete(text, undefined, false);
    expect(take('2080101 行政运行')).toBe(text.replace('$0', '2080101: {基本支出: }'));
  });
});

describe('completion offers', () => {
  it.each(['决算较预算: 小于$0', '科目: 2080101$0'])(
    'nothing behind a value that is written whole: %s',
    (value) => {
      const text =
        `${HEAD}决算情况说明:\n  一般公共预算支出:\n    各项:\n` +
        (value.startsWith('科目') ? `      - {${value}}\n` : `      - {科目: 2080101, ${value}}\n`);
      const before = text.replace(/.\$0/, '$0');
      expect(complete(before).labels).not.toEqual([]);
      expect(complete(text).labels).toEqual([]);
    },
  );

  it('the tables of the layout by its own titles, in its order, without those that are there', () => {
    const { labels } = complete(`${HEAD}表样: 上海\n支出决算表:\n  合计: {}\n$0\n`);
    // Shanghai prints no numbers, calls T6 by another title, and puts the three public expenses seventh.
    const tables = labels.filter((label) => label.endsWith('表') && label.includes('决算'));
    const titles = [
      '收入支出决算总表',
      '收入决算表',
      '财政拨款收入支出决算总表',
      '一般公共预算财政拨款支出决算表',
      '一般公共预算财政拨款基本支出决算表',
      '财政拨款“三公”经费支出决算表',
      '政府性基金预算财政拨款收入支出决算表',
      '国有资本经营预算财政拨款收入支出决算表',
    ];
    // Each as a key, and whole behind all keys.
    expect(tables).toEqual([...titles, ...titles]);
    expect(labels).not.toContain('格式');
    expect(labels).not.toContain('表样');
    expect(labels).toContain('年度');
  });

  it('the lines of the year', () => {
    const lines = (year: string) =>
      complete(`${HEAD}年度: ${year}\n收入支出决算总表:\n  支出:\n    $0\n`).labels;
    // 231 and 232 left the form in 2025.
    expect(lines('2024').some((label) => label.startsWith('231'))).toBe(true);
    expect(lines('2025').some((label) => label.startsWith('231'))).toBe(false);
  });

  it('only the columns that the form has', () => {
    // 国有资本经营预算财政拨款支出决算表 has three columns in the national form, six in Shanghai's.
    const columns = (layout: string) =>
      complete(`${HEAD}表样: ${layout}\n国有资本经营预算财政拨款支出决算表:\n  合计: {$0}\n`)
        .labels;
    expect(columns('全国')).toEqual(['合计', '基本支出', '项目支出', '名称']);
    expect(columns('上海')).toHaveLength(7);
  });

  it('subjects of the sister tables that this one does not have, in order of their codes', () => {
    const { labels } = complete(
      `${HEAD}收入决算表:\n  2080101: {}\n  201: {}\n一般公共预算财政拨款支出决算表:\n  2013: {}\n  20805: {}\n支出决算表:\n  201: {}\n  $0\n`,
    );
    expect(labels.filter((label) => /^\d/.test(label)).map((label) => label.split(' ')[0])).toEqual(
      [
        '2013',
        // Of 20801, which comes before 20805.
        '2080101',
        '20805',
      ],
    );
  });

  it.each([
    ['in a comment', `${HEAD}# 单$0\n`],
    ['in a comment behind a value', `${HEAD}年度: 2024 # 文$0\n`],
    ['in text', `${HEAD}单位名称: 某局，$0\n`],
    ['in text behind a comma', `${HEAD}单位名称: 某局, $0\n`],
    ['in a list', `${HEAD}附件: [$0]\n`],
    [
      'inside an amount with separators',
      `${HEAD}收入支出决算总表:\n  收入:\n    总计: 1,4$029.68\n`,
    ],
    ['in a section of text', `${HEAD}名词解释:\n  $0\n`],
  ])('nothing %s', (_, text) => {
    expect(complete(text).labels).toEqual([]);
  });

  it('something or nothing anywhere in the example, and never fails', () => {
    const text = exampleText(HUNAN).slice(0, 1800);
    for (let at = 0; at <= text.length; at += 31) {
      complete(`${text.slice(0, at)}$0${text.slice(at)}`);
      complete(`${text.slice(0, at)}$0`);
    }
  });
});

describe('the mark that is typed', () => {
  const row = (end: string) => json(`  "支出决算表": {"合计": {${end}`);
  it.each([
    ['{', row('$0}}')],
    [',', row('"本年支出合计": 1.00,$0}}')],
    [',', json('  "年度": 2025,$0')],
  ])('opens no list before a key of JSON, for Enter to begin a line: %s', (typed, text) => {
    expect(complete(text, JSON_PATH, true, typed).labels).toEqual([]);
    expect(complete(text, JSON_PATH).labels).not.toEqual([]);
    // The quote of the key does.
    const quoted = text.replace('$0', ' "$0"');
    expect(complete(quoted, JSON_PATH, true, '"').labels).not.toEqual([]);
  });

  it('opens one in the rows of YAML', () => {
    const text = `${HEAD}支出决算表:\n  合计: {本年支出合计: 1.00,$0}\n`;
    expect(complete(text, undefined, true, ',').labels).toContain('基本支出');
  });
});
