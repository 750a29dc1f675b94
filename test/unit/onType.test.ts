import { describe, expect, test } from 'vitest';
import { typedEdits, TYPED } from '../../server/src/service/format/onType';
import { analyzeText, applyEdits } from '../support/examples';

/** A text after the character before `$0` was typed. */
function typed(marked: string, path = 'a.disclosure.yaml'): string {
  const at = marked.indexOf('$0');
  const text = marked.replace('$0', '');
  const analysis = analyzeText(text, path);
  // Behind a new line the editor has indented already.
  const character = /\n *$/.test(text.slice(0, at)) ? '\n' : text[at - 1]!;
  expect(TYPED).toContain(character);
  return applyEdits(text, typedEdits(analysis, analysis.lines.position(at), character));
}

const head = '格式: gouji/1\n';
const table = `${head}支出决算表:\n`;

describe('full-width marks become half-width ones', () => {
  test.each([
    ['behind a key', `${head}支出决算表：$0\n`, `${head}支出决算表: \n`],
    [
      'behind a key in braces',
      `${table}  合计: {基本支出：$0}\n`,
      `${table}  合计: {基本支出: }\n`,
    ],
    ['before a value', `${table}  合计：$0 {基本支出: 1}\n`, `${table}  合计: {基本支出: 1}\n`],
    [
      'between cells',
      `${table}  合计: {基本支出: 1.00，$0}\n`,
      `${table}  合计: {基本支出: 1.00, }\n`,
    ],
    ['behind quotes', `${table}  合计: {名称: "合计"，$0}\n`, `${table}  合计: {名称: "合计", }\n`],
    ['around a row', `${table}  合计: ｛$0\n`, `${table}  合计: {\n`],
    [
      'at the end of a row',
      `${table}  合计: {基本支出: 1｝$0\n`,
      `${table}  合计: {基本支出: 1}\n`,
    ],
    [
      'around a list',
      `${head}概况:\n  决算单位构成: {单位: ［$0}\n`,
      `${head}概况:\n  决算单位构成: {单位: [}\n`,
    ],
    ['before a row', `${table}\u3000$0\n`, `${table}  \n`],
    ['before a figure', `${table}  合计: {基本支出:\u3000$0}\n`, `${table}  合计: {基本支出: }\n`],
    ['in a figure', `${table}  合计: {基本支出: １$0}\n`, `${table}  合计: {基本支出: 1}\n`],
    [
      'in a row whose braces are still open',
      `${table}  合计: {本年支出合计: 1.00, 基本支出: １$0\n`,
      `${table}  合计: {本年支出合计: 1.00, 基本支出: 1\n`,
    ],
    [
      'in the middle of a figure',
      `${table}  合计: {基本支出: 1．$05}\n`,
      `${table}  合计: {基本支出: 1.5}\n`,
    ],
  ])('%s', (_, before, after) => {
    expect(typed(before)).toBe(after);
  });

  test.each([
    ['a comment', `${head}# 合计：$0\n`],
    ['a comment behind a row', `${table}  合计: {基本支出: 1} # 其中，$0\n`],
    ['a text', `${head}概况:\n  职责: {说明: 就业，$0}\n`],
    ['a text that has a colon', `${head}概况:\n  职责: {说明: 其中：$0}\n`],
    ['a block of text', `${table}  说明: |\n    其中：$0\n`],
    ['a text of two lines', `${table}  说明: 其中\n    合计：$0\n`],
    ['quotes', `${head}单位名称: "某局：$0"\n`],
    ['single quotes', `${head}单位名称: '某局，$0'\n`],
    ['a name', `${head}单位名称: 某局“$0\n`],
    ['digits of a name', `${head}单位名称: １$0\n`],
    ['digits of a note', `${table}  说明: １$0\n`],
  ])('but not in %s', (_, text) => {
    expect(typed(text)).toBe(text.replace('$0', ''));
  });

  test.each([
    ['{"支出决算表"：$0}', '{"支出决算表":}'],
    ['{"支出决算表": {"合计": 1，$0}}', '{"支出决算表": {"合计": 1,}}'],
    ['{“$0', '{"'],
    ['{"支出决算表": ｛$0', '{"支出决算表": {'],
    ['{"a\\"，b": １$0', '{"a\\"，b": 1'],
  ])('in JSON: %s', (before, after) => {
    expect(typed(before, 'a.disclosure.json')).toBe(after);
  });

  test.each(['{"名称": "行政，$0"}', '{"名称": "“三公”$0"}', '{"a": "b\\"：$0"}'])(
    'in JSON not in strings: %s',
    (text) => {
      expect(typed(text, 'a.disclosure.json')).toBe(text.replace('$0', ''));
    },
  );
});

describe('a row in which full-width marks were missed', () => {
  const missed = '  2080101：｛本年支出合计：１．５０，基本支出：自动，项目支出：３．５';
  const mended = '  2080101: {本年支出合计: 1.50, 基本支出: 自动, 项目支出: 3.5';

  test.each([
    ['its last brace', `${table}${missed}｝$0\n`, `${table}${mended}}\n`],
    ['its last half-width brace', `${table}${missed}}$0\n`, `${table}${mended}}\n`],
    ['a comma', `${table}${missed}，$0｝\n`, `${table}${mended}, }\n`],
    ['Enter', `${table}${missed}｝\n  $0\n`, `${table}${mended}}\n  \n`],
    [
      'Enter behind a line',
      `${head}收入支出决算总表:\n  收入:\n    总计：－１２．５\n    $0`,
      `${head}收入支出决算总表:\n  收入:\n    总计: -12.5\n    `,
    ],
  ])('is mended by %s', (_, before, after) => {
    expect(typed(before)).toBe(after);
  });

  test('is put in the columns of its table', () => {
    const other =
      '  合计:    {本年支出合计: 11.50, 基本支出: 8.00}\n' +
      '  2080505: {本年支出合计:  3.50, 基本支出: 3.50}\n';
    expect(
      typed(`${table}${other}  2080101：｛本年支出合计：１．５０，基本支出：１．５０｝\n  $0\n`),
    ).toBe(`${table}${other}  2080101: {本年支出合计:  1.50, 基本支出: 1.50}\n  \n`);
  });

  test.each([
    ['a text', `${head}概况:\n  职责: {说明: 就业：１，培训}\n  $0`],
    ['quotes', `${head}单位名称: "某局：１，｛｝"\n$0`],
    ['a comment', `${head}支出决算表: # 合计：｛１，｝\n  $0`],
  ])('but not %s', (_, text) => {
    expect(typed(text)).toBe(text.replace('$0', ''));
  });

  test('in JSON', () => {
    const before =
      '{\n  “支出决算表”：｛“合计”：｛“基本支出”：１２．５，“名称”：“本级“三公”合计”｝｝$0\n}';
    const after = '{\n  "支出决算表":{"合计":{"基本支出":12.5,"名称":"本级“三公”合计"}}\n}';
    expect(typed(before, 'a.disclosure.json')).toBe(after);
  });
});

describe('a figure right behind its key', () => {
  test.each([
    ['on a line', '收入支出决算总表:\n  收入:\n    总计:5$0\n', '总计: 5\n'],
    ['with more digits', '收入支出决算总表:\n  收入:\n    总计:1429.6$0\n', '总计: 1429.6\n'],
    ['below zero', '收入支出决算总表:\n  收入:\n    总计:-5$0\n', '总计: -5\n'],
    [
      'with a full-width colon that was not mended in time',
      '收入支出决算总表:\n  收入:\n    总计：14$0\n',
      '总计: 14\n',
    ],
    ['in braces', '支出决算表:\n  合计: {基本支出:5$0}\n', '合计: {基本支出: 5}\n'],
  ])('is set apart from it %s', (_, before, after) => {
    expect(typed(`${head}${before}`)).toMatch(new RegExp(`${after.replace(/[{}.]/g, '\\$&')}$`));
  });

  test.each([
    ['a time', `${head}单位名称: 10:3$0\n`],
    ['a figure that stands apart', `${head}收入支出决算总表:\n  收入:\n    总计: 5$0\n`],
    ['quotes', `${head}单位名称: "总计:5$0"\n`],
    ['a comment', `${head}# 总计:5$0\n`],
  ])('but not %s', (_, text) => {
    expect(typed(text)).toBe(text.replace('$0', ''));
  });

  test('in JSON needs no blank', () => {
    const text = '{"收入支出决算总表": {"收入": {"总计":5$0}}}';
    expect(typed(text, 'a.disclosure.json')).toBe(text.replace('$0', ''));
  });
});

describe('a finished row', () => {
  const aligned =
    '  合计:    {本年支出合计: 1429.68, 基本支出: 336.96}\n  2080101: {本年支出合计:  250.04}\n';

  test('is put in the columns of its table', () => {
    const row = '  208: {本年支出合计: 2.00, 基本支出: 2.00}';
    const placed = '  208:     {本年支出合计:    2.00, 基本支出:   2.00}';
    expect(typed(`${table}${aligned}${row}\n  $0\n`)).toBe(`${table}${aligned}${placed}\n  \n`);
    expect(typed(`${table}${aligned}${row}$0\n`)).toBe(`${table}${aligned}${placed}\n`);
  });

  test('moves the others where it is wider', () => {
    expect(typed(`${table}  合计: {基本支出: 1.00}\n  208: {基本支出: 10.00}\n  $0`)).toBe(
      `${table}  合计: {基本支出:  1.00}\n  208:  {基本支出: 10.00}\n  `,
    );
  });

  test.each([
    [
      'a table that is not aligned',
      `${table}  合计: {基本支出:   1}\n  208: {基本支出: 2}\n  201: {基本支出: 10}\n  $0`,
    ],
    ['a table of one row', `${table}  合计: {基本支出:   1}\n  $0`],
    ['a table with an error', `${table}  合计: {基本支出: 1}\n  208: {基本支出: "2}\n  $0`],
    ['a text', `${table}  说明: |\n    a:   1\n    $0`],
  ])('leaves %s alone', (_, text) => {
    expect(typed(text)).toBe(text.replace('$0', ''));
  });
});
