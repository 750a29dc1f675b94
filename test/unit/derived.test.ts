import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-types';
import { writeAmount } from '../../server/src/disclosure/amount';
import type { Analysis } from '../../server/src/service/analysis';
import { causesOf } from '../../server/src/service/findings';
import { fixAll } from '../../server/src/service/fixAll';
import { hoverAt } from '../../server/src/service/hover';
import { inlayHintsIn } from '../../server/src/service/inlayHints';
import { rewritesAt } from '../../server/src/service/rewrites';
import { computable, leaveToServer } from '../support/derived';
import { alarms, analyzeText, applyEdits, HUNAN, rightTables } from '../support/examples';

const EXAMPLES = [
  HUNAN,
  'putuo-finance-2024.disclosure.yaml',
  'putuo-ecology-2025.disclosure.json',
];
const HEAD = '格式: gouji/1\n';
const URI = 'file:///x';

function actionsAt(analysis: Analysis, at: number): CodeAction[] {
  const position = analysis.lines.position(at);
  return [...rewritesAt(analysis, URI, { start: position, end: position }, 'zh-cn')];
}

/** The text after an action whose title matches, at the place of a text. */
function rewritten(text: string, path: string, where: string, title: RegExp): string | undefined {
  const analysis = analyzeText(text, path);
  const at = text.indexOf(where);
  if (at < 0) throw new Error(`no ${where}`);
  const action = actionsAt(analysis, at + where.length).find((a) => title.test(a.title));
  if (!action) return undefined;
  expect(action.kind).toBe('refactor.rewrite');
  const edits = action.edit!.changes![URI]!.map(({ range, newText }) => ({
    range: { start: analysis.lines.offset(range.start), end: analysis.lines.offset(range.end) },
    newText,
  }));
  return applyEdits(text, edits);
}

const count = (text: string) => text.split('自动').length - 1;
const FILE = { derive: /^全文 \d+ 个可由/, print: /^全文 \d+ 个“自动”/ };
const TABLE = { derive: /^本表 \d+ 个可由/, print: /^本表 \d+ 个“自动”/ };

describe.each(EXAMPLES)('%s', (name) => {
  const text = rightTables(name);
  const printed = analyzeText(text, name);

  it('evaluates without alarm when every sum is left to the server', () => {
    const cells = computable(printed);
    expect(cells.length).toBeGreaterThan(40);
    const derived = analyzeText(leaveToServer(text, printed, cells), name);
    expect(derived.network!.underived).toEqual([]);
    expect(alarms(derived).map(({ message }) => message)).toEqual([]);
    expect(derived.counts.fails).toBe(0);
    expect(derived.counts.unchecked).toBe(printed.counts.unchecked);
  });

  it('tells a figure too large in the table of income at that table, not as a lack of others', () => {
    const drafted = leaveToServer(text, printed, computable(printed));
    const { disclosure, tree } = analyzeText(drafted, name);
    const income = disclosure!.tables.get('T2')!;
    const figures = [...income.rows.values()]
      .filter(({ code }) => code?.length === 7)
      .map(({ id }) => income.cell(id, 'fiscal')!)
      .filter(({ state }) => state === 'amount');
    expect(figures.length).toBeGreaterThan(5);
    for (const { node, amount, unit } of figures.slice(0, 3)) {
      const { start, end } = tree.rangeOf(node!);
      const more = writeAmount({ ...amount!, units: amount!.units + 30n }, unit.exponent);
      const changed = analyzeText(drafted.slice(0, start) + more + drafted.slice(end), name);
      const told = alarms(changed).map(({ cause }) => cause?.cell.table.id);
      expect(told).toEqual(['T2']);
    }
  });

  it('goes to 自动 and back without losing a character', () => {
    const drafted = rewritten(text, name, '格式', FILE.derive)!;
    expect(count(drafted)).toBeGreaterThan(40);
    const derived = analyzeText(drafted, name);
    expect(derived.network!.underived).toEqual([]);
    expect(alarms(derived)).toEqual([]);
    expect(rewritten(drafted, name, '格式', FILE.print)).toBe(text);
  });

  it('does so with CRLF and a byte order mark', () => {
    const other = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    const drafted = rewritten(other, name, '格式', FILE.derive)!;
    expect(rewritten(drafted, name, '格式', FILE.print)).toBe(other);
  });

  it('keeps what a document prints that its parts do not give', () => {
    const drafted = analyzeText(rewritten(text, name, '格式', FILE.derive)!, name);
    for (const cell of computable(printed)) {
      const after = drafted.disclosure!.cell(cell.table.spec.id, cell.row.id, cell.column.id)!;
      if (after.state === 'derived')
        expect(after.amount).toMatchObject({ units: cell.amount!.units });
      else expect(after.printed).toBe(cell.printed);
    }
  });
});

describe('a table', () => {
  const text = rightTables();

  it('alone is left to the server, and printed again', () => {
    const drafted = rewritten(text, HUNAN, '\n支出决算表:', TABLE.derive)!;
    const section = (all: string) =>
      all.slice(all.indexOf('\n支出决算表:'), all.indexOf('\n财政拨款收入支出决算总表:'));
    expect(section(drafted)).not.toBe(section(text));
    expect(drafted.replace(section(drafted), '')).toBe(text.replace(section(text), ''));
    // Ten subjects with their row sums; the total row: 1429.68 and 336.96 are tails and stay.
    expect(count(drafted)).toBe(11);
    expect(drafted).toContain(
      '合计:    {本年支出合计: 1429.68, 基本支出: 336.96, 项目支出:    自动}',
    );
    expect(rewritten(drafted, HUNAN, '\n支出决算表:', TABLE.print)).toBe(text);
  });
});

describe('the columns of a table', () => {
  const path = 'x.disclosure.yaml';
  const left = `${HEAD}支出决算表:
  合计:    {本年支出合计:    自动, 基本支出:   自动, 项目支出: 1000.00, 名称: 计} # 全部
  2080101: {本年支出合计:    自动, 基本支出:  10.00, 项目支出:    2.00, 名称: 甲}
  2080505: {本年支出合计: 1125.50, 基本支出: 127.50, 项目支出:  998.00, 名称: 乙}
`;
  const printed = left
    .replace('合计:    自动, 基本支出:   自动', '合计: 1137.50, 基本支出: 137.50')
    .replace('合计:    自动', '合计:   12.00');

  it('stand as they stood when figures take the place of what the server computes, and back', () => {
    expect(rewritten(left, path, '\n支出决算表:', TABLE.print)).toBe(printed);
    const whole = rewritten(printed, path, '{本年支出合计: 1', OTHER)!;
    expect(whole).toBe(printed.replace('合计: 1137.50', '合计:    自动'));
    expect(rewritten(whole, path, '{本年支出合计:    自', BACK)).toBe(printed);
  });

  it('stand so in JSON, and where nothing is printed for what comes to nothing', () => {
    const json = `{"格式": "gouji/1", "支出决算表": {
  "2080101": {"本年支出合计":  "自动", "基本支出":  10.00, "项目支出":   2.00},
  "2080505": {"本年支出合计":  "自动", "基本支出":   null, "项目支出":   null},
  "2080506": {"本年支出合计":  125.50, "基本支出": 127.50, "项目支出": 998.00}
}}`;
    const after = rewritten(json, 'x.disclosure.json', '"支出决算表"', TABLE.print)!;
    expect(after).toContain('{"本年支出合计":   12.00, "基本支出":  10.00,');
    expect(after).toContain('{"本年支出合计":    null, "基本支出":   null,');
    const yaml = left.replace(
      '基本支出:  10.00, 项目支出:    2.00',
      '基本支出:       , 项目支出:        ',
    );
    expect(rewritten(yaml, path, '2080101: {本年支出合计:    自', BACK)).toBe(
      yaml.replace('2080101: {本年支出合计:    自动,', '2080101: {本年支出合计:        ,'),
    );
  });

  it('give way to a figure that is wider than its place', () => {
    const narrow = left.replaceAll('合计:    自动', '合计:  自动').replace('1125.50', '25.50');
    const after = rewritten(narrow, path, '合计:    {本年支出合计:  自', BACK)!;
    expect(after).toContain('  合计:    {本年支出合计: 37.50, 基本支出:   自动,');
  });

  it('are none where values stand behind their keys', () => {
    const plain = `${HEAD}支出决算表:\n  2080101: {本年支出合计: 自动, 基本支出: 10.00, 项目支出: 2.50}\n`;
    const after = rewritten(plain, path, '合计: 自', BACK)!;
    expect(after).toBe(plain.replace('自动', '12.50'));
    expect(rewritten(after, path, '合计: 1', OTHER)).toBe(plain);
  });
});

const OTHER = /^改为“自动”/;
const BACK = /^“自动”改为/;

describe('a cell', () => {
  const text = rightTables();

  it('says which value it would have where that is another than it prints', () => {
    const analysis = analyzeText(text);
    const at = text.indexOf('301: 291.21') + '301: 2'.length;
    const titles = actionsAt(analysis, at).map(({ title }) => title);
    // 62.02 + 60.70 + 82.17 + 28.55 + 11.04 + 19.34 + 1.40 + 25.71 + 0.30 = 291.23
    expect(titles[0]).toBe('改为“自动”（计算得 291.23，原印 291.21）');
    const drafted = rewritten(text, HUNAN, '301: 291', OTHER)!;
    expect(drafted).toBe(text.replace('301: 291.21', '301: 自动'));
    const back = rewritten(drafted, HUNAN, '301: 自', /^“自动”改为/)!;
    expect(back).toBe(text.replace('301: 291.21', '301: 291.23'));
  });

  it('can be a blank, and a copy of another table', () => {
    const source = `${HEAD}收入决算表:\n  合计: {本年收入合计: , 财政拨款收入: 3.00}\n`;
    const drafted = rewritten(source, 'x.disclosure.yaml', '本年收入合计:', OTHER);
    expect(drafted).toBe(source.replace('本年收入合计: ,', '本年收入合计: 自动,'));
    const copy = rewritten(text, HUNAN, '年末结转和结余:\n    总计: 1429', OTHER)!;
    expect(count(copy)).toBe(1);
  });

  it('is not offered where nothing computes it, or where it would run in a circle', () => {
    // The two tables print the same appropriation, and neither adds it up.
    const free = `${HEAD}收入支出决算总表:\n  收入:\n    使用非财政拨款结余: 3.00\n`;
    expect(rewritten(free, 'x.disclosure.yaml', '结余: 3', OTHER)).toBeUndefined();
    const circle = `${HEAD}收入支出决算总表:
  收入: {一般公共预算财政拨款收入: 自动}
财政拨款收入支出决算总表:
  收入: {一般公共预算财政拨款: 1.00}
`;
    expect(rewritten(circle, 'x.disclosure.yaml', '拨款: 1', OTHER)).toBeUndefined();
  });

  it('keeps quotes, thousands separators and the printed zero', () => {
    const source = `${HEAD}支出决算表:
  合计: {本年支出合计: "1,234.50", 基本支出: '1,000.00', 项目支出: "234.50"}
  201:  {本年支出合计: "1,234.50", 基本支出: '1,000.00', 项目支出: "234.50"}
一般公共预算财政拨款基本支出决算明细表:
  301: 1,000.00
  30101: 1,000.00
  302: 0.00
  30201: 0.00
`;
    const path = 'x.disclosure.yaml';
    const drafted = rewritten(source, path, '格式', FILE.derive)!;
    expect(drafted).toContain('301: 自动\n');
    expect(drafted).toContain('302: 自动\n');
    expect(drafted).toContain('{本年支出合计: "自动", 基本支出: \'自动\', 项目支出: "自动"}');
    expect(rewritten(drafted, path, '格式', FILE.print)).toBe(source);
  });

  it('writes what the form around it can take', () => {
    const row = (total: string, key = (word: string) => word) =>
      `{${key('本年支出合计')}: ${total}, ${key('基本支出')}: "1,234.50"}`;
    const yaml = (total: string) => `${HEAD}支出决算表:\n  201: ${row(total)}\n`;
    const drafted = rewritten(yaml(''), 'x.disclosure.yaml', '本年支出合计:', OTHER)!;
    expect(drafted).toBe(yaml('自动'));
    // In braces a comma needs quotes.
    expect(rewritten(drafted, 'x.disclosure.yaml', '自动', /改为 1,234.50$/)).toBe(
      yaml('"1,234.50"'),
    );
    const json = (total: string) =>
      `{"格式": "gouji/1", "支出决算表": {"201": ${row(total, (word) => `"${word}"`)}}}`;
    const inJson = rewritten(json('null'), 'x.disclosure.json', '合计": nu', OTHER)!;
    expect(inJson).toBe(json('"自动"'));
    expect(rewritten(inJson, 'x.disclosure.json', '自动', /改为 1,234.50$/)).toBe(
      json('"1,234.50"'),
    );
  });

  it('is a number again in JSON that has numbers, and text in JSON that has text', () => {
    for (const quote of ['', '"']) {
      const row = (total: string) =>
        `{"本年支出合计": ${total}, "基本支出": ${quote}1.50${quote}, "项目支出": ${quote}2.00${quote}}`;
      const file = (total: string) => `{"格式": "gouji/1", "支出决算表": {"201": ${row(total)}}}`;
      const source = file(`${quote}3.50${quote}`);
      const drafted = rewritten(source, 'x.disclosure.json', '"格式', FILE.derive);
      expect(drafted).toBe(file('"自动"'));
      expect(rewritten(drafted!, 'x.disclosure.json', '"格式', FILE.print)).toBe(source);
    }
  });
});

describe('a quoted amount', () => {
  /** Each argument is how some cells are quoted: the column, the row, and what is neither. */
  const json = (total: string, [a, b, c, d] = ['"', '"', '', '']) => `{
  "格式": "gouji/1",
  "收入支出决算总表": {"收入": {"事业收入": ${d}1.50${d}, "其他收入": ${d}7.50${d}, "总计": ${d}9.00${d}}},
  "支出决算表": {
    "合计": {"本年支出合计": ${total}, "基本支出": ${b}40.00${b}, "项目支出": 60.00},
    "2080101": {"本年支出合计": ${a}100.00${a}, "基本支出": ${c}40.00${c}, "项目支出": ${c}60.00${c}}
  }
}
`;
  const OTHER = /^改为“自动”/;

  it('comes back as its row and column are quoted, whatever most of the document does', () => {
    const path = 'x.disclosure.json';
    for (const source of [json('"100.00"'), json('100.00', ['', '', '"', '"'])]) {
      const drafted = rewritten(source, path, '"合计": {"本年支出合计', OTHER)!;
      expect(drafted).toContain('"合计": {"本年支出合计": "自动"');
      expect(rewritten(drafted, path, '"合计": {"本年支出合计', /^“自动”改为/)).toBe(source);
    }
  });

  it('comes back in its own quotes in YAML', () => {
    const path = 'x.disclosure.yaml';
    const source = `${HEAD}支出决算表:
  合计: {本年支出合计: '100.00', 基本支出: '40.00', 项目支出: '60.00'}
  2080101: {本年支出合计: '100.00', 基本支出: "40.00", 项目支出: 60.00}
`;
    for (const where of ['合计: {本年支出合计', '2080101: {本年支出合计']) {
      const drafted = rewritten(source, path, where, OTHER)!;
      expect(drafted).toContain("'自动'");
      expect(rewritten(drafted, path, where, /^“自动”改为/)).toBe(source);
    }
  });
});

describe('what cannot be computed', () => {
  const problems = (text: string) =>
    analyzeText(text, 'x.disclosure.yaml')
      .problems.map(({ code, cell }) => `${code} ${cell?.id ?? ''}`)
      .sort();

  it('is a circle for each cell of it', () => {
    const text = `${HEAD}收入支出决算总表:
  收入: {一般公共预算财政拨款收入: 自动}
财政拨款收入支出决算总表:
  收入: {一般公共预算财政拨款: 自动}
`;
    expect(problems(text)).toEqual([
      'input.derived-cycle T1/in.general/amount',
      'input.derived-cycle T4/in.general/amount',
    ]);
  });

  it('is undefined where no relation is about it', () => {
    const text = `${HEAD}收入支出决算总表:\n  收入:\n    使用非财政拨款结余: 自动\n    总计: 1.00\n`;
    expect(problems(text)).toEqual(['input.derived-undefined T1/in.surplus/amount']);
  });
});

describe('what is said of a cell left to the server', () => {
  const text = `${HEAD}收入支出决算总表:
  收入: {一般公共预算财政拨款收入: 100.00, 本年收入合计: 自动}
收入决算表:
  合计: {本年收入合计: 自动}
`;
  const analysis = analyzeText(text);

  it('names 自动, which stands there, and what it comes to', () => {
    const said = { 'zh-cn': '为“自动”（算得 100.00）', en: 'is 自动, computed to 100.00' };
    for (const locale of ['zh-cn', 'en'] as const) {
      const finding = causesOf(analysis, locale)
        .flatMap(({ findings }) => findings)
        .find(({ rule }) => rule === 'x.income-total')!;
      expect(finding.message).toContain(said[locale]);
    }
  });

  it('calls a sum of blanks blank', () => {
    const { related } = causesOf(analysis, 'en')
      .flatMap(({ findings }) => findings)
      .find(({ rule }) => rule === 'x.income-total')!;
    expect(related.map(({ printed }) => printed)).toEqual(['100.00', '']);
    const hover = hoverAt(analysis, analysis.lines.position(text.lastIndexOf('自动')), 'en')!;
    const { value } = hover.contents as { value: string };
    expect(value).toContain(': computed: blank, counts as zero');
  });
});

describe('inlay hints', () => {
  const text = `${HEAD}支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 自动, 项目支出: 1.00}
  201:  {本年支出合计: 2.25, 基本支出: 1.25, 项目支出: 1.00}
  202:  {项目支出: 自动}
`;
  const analysis = analyzeText(text, 'x.disclosure.yaml');
  const hints = (start: number, end: number) =>
    inlayHintsIn(
      analysis,
      { start: { line: start, character: 0 }, end: { line: end, character: 99 } },
      'zh-cn',
    );

  it('stand behind each 自动 that has a value, with the calculation as tooltip', () => {
    const found = hints(0, 9);
    expect(found.map(({ label }) => label)).toEqual(['= 2.25', '= 1.25']);
    const line = text.split('\n')[2]!;
    expect(found.map(({ position }) => position)).toEqual([
      { line: 2, character: line.indexOf('自动') + 2 },
      { line: 2, character: line.lastIndexOf('自动') + 2 },
    ]);
    const [first] = found.map(({ tooltip }) => (tooltip as { value: string }).value);
    expect(first).toContain('1.25 + 1.00');
  });

  it('print a zero to the place of other amounts, whatever shares stand beside it', () => {
    const said = `${HEAD}年度: 2024
表样: 全国
金额单位: 万元
收入决算表:
  合计:    {本年收入合计: 20.00, 事业收入: 20.00}
  2080101: {本年收入合计: 20.00, 事业收入: 20.00}
决算情况说明:
  收入:
    收入合计: 20.00
    事业收入: {金额: 20.00, 占比: 100.00%}
    其他收入: {金额: 自动, 占比: 0.00%}
`;
    const found = inlayHintsIn(
      analyzeText(said, 'x.disclosure.yaml'),
      { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
      'zh-cn',
    );
    expect(found.map(({ label }) => label)).toEqual(['= 0.00']);
  });

  it('are given for the range that is asked for', () => {
    expect(hints(3, 4)).toEqual([]);
    expect(hints(2, 2)).toHaveLength(2);
  });
});

describe('fix all', () => {
  const text = rightTables();

  it('writes every certain value and nothing else, and is done then', () => {
    const wrong = text
      .replace('{本年支出合计:  250.04,', '{本年支出合计:  250.40,')
      .replace('208: 1357.84', '208: 1357.48');
    const { after, changes } = fixAll(analyzeText(wrong));
    expect(after.tree.text).toBe(text);
    expect(applyEdits(wrong, changes)).toBe(text);
    expect(fixAll(after).changes).toEqual([]);
  });

  it('leaves tails alone', () => {
    expect(fixAll(analyzeText(text)).changes).toEqual([]);
  });
});

describe('in a line with a syntax error', () => {
  it.each([
    ['the colon of a row is lost', "  '208' {本年支出合计: 2, 基本支出: 2}"],
    ['the bracket of a row is lost', '  208: {本年支出合计: 2, 基本支出: 2'],
    ['a key is just being typed', '  208'],
  ])('nothing is rewritten, though it is elsewhere: %s', (_, line) => {
    const text = `${HEAD}支出决算表:\n  合计: {本年支出合计: 3, 基本支出: 3}\n${line}\n  201: {本年支出合计: 1, 基本支出: 1}\n`;
    const analysis = analyzeText(text);
    for (const at of [0, 4, line.length]) {
      expect(actionsAt(analysis, text.indexOf(line) + at)).toEqual([]);
    }
    const elsewhere = actionsAt(analysis, text.indexOf('1, 基本'));
    expect(elsewhere.map(({ title }) => title)).toContainEqual(expect.stringContaining('自动'));
  });
});

describe('a rule that has to know computed figures before it can be applied', () => {
  const text = (amount: string) => `${HEAD}一般公共预算财政拨款支出决算表:
  2080101: {小计: 自动, 基本支出: 250.04}
  2080505: {小计: 自动, 基本支出: 28.55}
决算情况说明:
  一般公共预算支出:
    结构:
      208:
        金额: ${amount}
        其中: {2080101: 250.04, 2080505: 28.55}
`;
  const outcomesOf = (amount: string) =>
    analyzeText(text(amount), 'a.disclosure.yaml').network!.evaluations.flatMap(
      ({ relation, outcome }) => (relation.rule.id === 'n.structure-hierarchy' ? [outcome] : []),
    );

  it('is applied as soon as they are', () => {
    expect(outcomesOf('278.59')).toEqual(['holds']);
    expect(outcomesOf('287.59')).toEqual(['fails']);
  });
});

describe('figures printed for all that is computed', () => {
  const rows = (...cells: string[]) =>
    `${HEAD}年度: 2024\n金额单位: 万元\n支出决算表:\n${cells.map((row) => `  ${row}\n`).join('')}`;
  const PRINT = /^全文 \d+ 个“自动”/;

  it('stand in columns that have become wide enough', () => {
    const drafted = rows(
      '合计:    {本年支出合计: 自动, 基本支出:     自动, 项目支出:   自动}',
      '2080101: {本年支出合计: 自动, 基本支出: 12345.60, 项目支出:   0.25}',
      '2080102: {本年支出合计: 自动,                     项目支出: 100.00}',
    );
    expect(rewritten(drafted, 'x.disclosure.yaml', '格式', PRINT)).toBe(
      rows(
        '合计:    {本年支出合计: 12445.85, 基本支出: 12345.60, 项目支出: 100.25}',
        '2080101: {本年支出合计: 12345.85, 基本支出: 12345.60, 项目支出:   0.25}',
        '2080102: {本年支出合计:   100.00,                     项目支出: 100.00}',
      ),
    );
  });

  it('leave the blanks of a table as they are that was not aligned', () => {
    const drafted = rows(
      '合计: {本年支出合计: 自动, 基本支出: 自动}',
      '2080101:   {本年支出合计: 自动,   基本支出: 12345.60}',
    );
    expect(rewritten(drafted, 'x.disclosure.yaml', '格式', PRINT)).toBe(
      rows(
        '合计: {本年支出合计: 12345.60, 基本支出: 12345.60}',
        '2080101:   {本年支出合计: 12345.60,   基本支出: 12345.60}',
      ),
    );
  });
});
