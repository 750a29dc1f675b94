import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { completionsAt } from '../../server/src/service/completion';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { causesOf } from '../../server/src/service/findings';
import { applyActions } from '../support/actions';
import { analyzeText, exampleText, HUNAN } from '../support/examples';
import { parseFixture } from '../support/fixture';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';
const HEAD = '格式: gouji/1\n年度: 2024\n金额单位: 万元\n';

/** The quick fixes at a text, by what they are called and which of them is preferred. */
function fixesAt(text: string, where: string, path = PATH) {
  const analysis = analyzeText(text, path);
  const at = analysis.lines.position(text.indexOf(where));
  const actions = codeActionsAt(analysis, 'file:///x', { start: at, end: at }, 'en');
  return actions.map(({ title, isPreferred }) => ({ title, isPreferred }));
}

const BLANK = `${HEAD}收入支出决算总表:
  支出:
    201:
    208: 21.00
    本年支出合计: 自动
    总计: 自动

支出决算表:
  合计: {本年支出合计: 自动, 基本支出: 151.00}
  201: {本年支出合计: 130.00, 基本支出: 130.00}
  208: {本年支出合计: 21.00, 基本支出: 21.00}
`;

const told = (share: string) => `${HEAD}决算情况说明:
  支出:
    支出合计: 151.00
    基本支出: {金额: 121.00, 占比: ${share}}
    项目支出: {金额: 30.00, 占比: }
`;

describe('a line of a table that is left blank', () => {
  it('is offered what its class comes to, before it is offered to be accepted', () => {
    const [first, ...more] = fixesAt(BLANK, '201:').map(({ title }) => title);
    expect(first).toBe('Change to 130.00');
    expect(more).toEqual(['Accept with a reason…']);
  });
});

describe('a figure left to the server that nothing computes', () => {
  const leaf = (basic: string) =>
    `${HEAD}支出决算表:
  合计: {本年支出合计: 151.00, 基本支出: 121.00, 项目支出: 30.00}
  2080101: {本年支出合计: 130.00, 基本支出: ${basic}, 项目支出: 30.00}
  2080102: {本年支出合计: 21.00, 基本支出: 21.00}
`;

  it('is offered what the others leave for it', () => {
    const [first] = fixesAt(leaf('自动'), '自动');
    expect(first).toEqual({ title: 'Change to 100.00', isPreferred: false });
  });

  it('is offered nothing where they do not tell it', () => {
    const text = `${HEAD}支出决算表:
  2080101: {基本支出: 自动, 项目支出: 30.00}
  合计: {基本支出: 自动, 项目支出: 30.00}
`;
    expect(fixesAt(text, '自动').map(({ title }) => title)).toEqual([]);
  });
});

describe('a line of a form that alone is not written', () => {
  const text = `${HEAD}收入支出决算总表:
  收入:
    本年收入合计: 100.00
    年初结转和结余: 20.00
    总计: 120.00
  支出:
    201: 90.00
    本年支出合计: 90.00
    结余分配:
    总计: 120.00
`;
  const analysis = analyzeText(text, PATH);
  const at = analysis.lines.position(text.lastIndexOf('120.00'));
  const [first, second] = codeActionsAt(analysis, URI, { start: at, end: at }, 'zh-cn');

  it('is offered before those that are blank, at its place', () => {
    expect(first?.title).toContain('年末结转和结余 改为 30.00');
    expect(second?.title).toContain('结余分配 改为 30.00');
    const written = text.replace('结余分配:\n', '结余分配:\n    年末结转和结余: 30.00\n');
    expect(applyActions(analysis, [first!], URI)).toBe(written);
  });
});

/** Basic expenditure by economic subject lacks 12.40; lines of it are blank. */
const LACKING = `${HEAD}一般公共预算财政拨款支出决算表:
  合计: {小计: 自动, 基本支出: 自动}
  2080101: {小计: 自动, 基本支出: 151.70}
一般公共预算财政拨款基本支出决算明细表:
  301: 自动
  30101: 61.35
  30102:
  30103: 48.72
  30106:
  30107:
  302: 自动
  30201: 29.23
  30202:
  30203:
  人员经费合计: 自动
  公用经费合计: 自动
`;

describe('a blank line that may be what is lacking', () => {
  it('is offered before any figure that is written, between filled lines first, and never preferred', () => {
    const all = fixesAt(LACKING, '一般公共预算财政拨款基本支出决算明细表');
    expect(all.map(({ isPreferred }) => isPreferred)).not.toContain(true);
    const titles = all.map(({ title }) => title);
    expect(titles[0]).toMatch(/ 30102 .* to 12\.40/);
    expect(titles.slice(0, 3).every((title) => title.includes(' to 12.40'))).toBe(true);
  });

  it('is offered at its own line, however many there are, and nowhere else', () => {
    const own = (where: string) => fixesAt(LACKING, where).map(({ title }) => title);
    expect(own('30203:').filter((title) => title.includes('12.40'))).toHaveLength(1);
    expect(own('30203:')[0]).toMatch(/ 30203 .* to 12\.40/);
    expect(own('30201:').join()).not.toContain('12.40');
  });

  it('leaves a figure that is one digit too small to be offered behind it, at its own line too', () => {
    const slip = LACKING.replace('30102:', '30102: 12.40').replace('29.23', '20.23');
    const all = fixesAt(slip, '一般公共预算财政拨款基本支出决算明细表').map(({ title }) => title);
    const at = all.findIndex((title) => / 30201 .* to 29\.23/.test(title));
    expect(at).toBeGreaterThan(0);
    expect(all.slice(0, at).some((title) => / 30106 .* to 9\.00/.test(title))).toBe(true);
    expect(fixesAt(slip, '20.23')[0]!.title).toMatch(/ 30201 .* to 29\.23/);
  });

  it('is offered one value of those that rounding leaves', () => {
    const titles = fixesAt(LACKING, '30203:').map(({ title }) => title);
    expect(titles[0]).toMatch(/\(any from 12\.3\d to 12\.4\d would do\)$/);
  });
});

describe('a single blank that the sums prove', () => {
  const ROW = `${HEAD}支出决算表:
  合计: {本年支出合计: 30.00, 基本支出: 30.00}
  2080101: {本年支出合计: 10.00, 基本支出: 10.00}
  2080102: {本年支出合计: 20.00, 基本支出: , 项目支出: }
`;
  const LINE = `${HEAD}收入支出决算总表:
  收入:
    一般公共预算财政拨款收入: 20.00
    事业收入: 
    本年收入合计: 30.00
`;

  it.each([
    ['its row', ROW, '2080102:', /20\.00/],
    ['the blank', ROW, ', 项目支出: }', /20\.00/],
    ['a figure beside it', ROW, '20.00, 基本', /20\.00/],
    ['its line', LINE, '事业收入', /10\.00/],
    ['the end of its line', LINE, '\n    本年收入合计', /10\.00/],
  ])('is offered at %s', (_, text, where, value) => {
    expect(fixesAt(text, where)[0]?.title).toMatch(value);
  });

  it('is not offered at the rows beside it', () => {
    expect(fixesAt(ROW, '10.00, 基本').filter(({ title }) => title.includes('20.00'))).toEqual([]);
  });
});

describe('a figure that is too large in a table with blank lines and computed sums', () => {
  const key = '一般公共预算财政拨款基本支出决算明细表';
  const text = exampleText(HUNAN);
  const from = text.indexOf(`\n${key}:`);
  const table = text.slice(from, text.indexOf('\n\n', from + 1));
  const spoiled = text.replace(
    table,
    table
      .replace(/(\n {2}(?:30[12378]|310|人员经费合计|公用经费合计):)[^\n]*/g, '$1 自动')
      .replace('30201: 7.05', '30201: 21.90'),
  );

  it('is never made up for by an amount below zero', () => {
    const analysis = analyzeText(spoiled, PATH);
    const errors = causesOf(analysis, 'en').filter(({ severity }) => severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    const titles = errors.flatMap(({ range: { start } }) =>
      codeActionsAt(analysis, 'file:///x', { start, end: start }, 'en').map(({ title }) => title),
    );
    expect(titles.filter((title) => / -\d/.test(title))).toEqual([]);
  });
});

describe('what accepts a finding', () => {
  it('stands behind what mends one, and is never preferred', () => {
    const analysis = analyzeText(`${BLANK}\n${told('80.31%').slice(HEAD.length)}`, PATH);
    const { length } = analysis.tree.text;
    const everywhere = analysis.lines.range({ start: 0, end: length });
    const actions = codeActionsAt(analysis, 'file:///x', everywhere, 'en');
    const accepts = actions.map(({ title }) => title.startsWith('Accept'));
    expect(new Set(accepts).size).toBe(2);
    expect(accepts).toEqual([...accepts].sort());
    expect(
      actions.filter(({ title, isPreferred }) => title.startsWith('Accept') && isPreferred),
    ).toEqual([]);
  });
});

describe('a share', () => {
  /** Both make 100 %. */
  const basic = (personnel: string) => `${HEAD}决算情况说明:
  基本支出:
    基本支出: 151.00
    人员经费: {金额: 121.00, 占比: ${personnel}}
    公用经费: {金额: 30.00, 占比: }
`;

  it('that is not typed yet is offered what its amounts say, and is no error', () => {
    const text = basic('80.13%');
    const [view, ...more] = causesOf(analyzeText(text, PATH), 'en');
    expect(more).toEqual([]);
    expect(view!.severity).toBe('warning');
    expect(view!.message).toContain('is not filled in yet; by the amounts printed it is 19.87%');
    const [first] = fixesAt(text, '占比: }');
    expect(first).toEqual({ title: 'Change to 19.87%', isPreferred: false });
  });

  it('that is missing beside a wrong one leaves that an error', () => {
    const views = causesOf(analyzeText(basic('70.31%'), PATH), 'en');
    expect(views.map(({ severity }) => severity)).toContain('error');
  });

  it('whose digits changed places is offered them in their order, though others are not filled in', () => {
    expect(fixesAt(told('80.31%'), '80.31%')[0]?.title).toBe('Change to 80.13%');
  });

  it('is not offered to be computed, for nothing computes it', () => {
    const labels = (text: string, where: string) => {
      const analysis = analyzeText(text, PATH);
      const at = analysis.lines.position(text.indexOf(where) + where.length);
      return completionsAt(analysis, at, { locale: 'zh-cn', snippets: true }).map(
        (one) => one.label,
      );
    };
    expect(labels(told(''), '121.00, 占比: ')).not.toContain('自动');
    expect(labels(told('').replace('金额: 121.00', '金额: '), '基本支出: {金额: ')).toContain(
      '自动',
    );
  });
});

describe('the wording of findings', () => {
  const messages = (text: string, locale: 'en' | 'zh-cn') =>
    causesOf(analyzeText(text, PATH), locale).map(({ message }) => message);

  it('says of a blank figure that it is blank, and of one that is computed what it comes to', () => {
    expect(messages(BLANK, 'en')[0]).toContain(' is blank, should be 130.00');
    expect(messages(BLANK, 'zh-cn')[0]).toContain(' 为空白，');
    // A limit does not tell which of two figures breaks it.
    const computed = `${HEAD}支出决算表:
  208: {本年支出合计: 自动, 基本支出: 1.00}
一般公共预算财政拨款支出决算表:
  208: {小计: 自动, 基本支出: 8.00}
`;
    const all = messages(computed, 'en').join('\n');
    expect(all).toContain(' is 自动, computed to 1.00');
    expect(messages(computed, 'zh-cn').join('\n')).toContain(' 为“自动”（算得 1.00）');
    expect(all).not.toContain('prints blank');
  });

  it('quotes the mark that is meant in place of a full-width one', () => {
    const text = `${HEAD}支出决算表:\n  208: {本年支出合计: 1.00， 基本支出: 1.00}\n`;
    expect(messages(text, 'en').join()).toContain(
      '“，” is full-width and was read as the half-width “,”',
    );
    expect(messages(text, 'zh-cn').join()).toContain('“，”是全角符号，此处应为半角的“,”');
  });
});

describe('several findings at one place', () => {
  it('are told apart where they are accepted', () => {
    // Both are told at the name of the table that lacks the rows.
    const text = `${HEAD}支出决算表:
  合计: {本年支出合计: 9.00, 基本支出: 9.00}
  2080501: {本年支出合计: 9.00, 基本支出: 9.00}
一般公共预算财政拨款支出决算表:
  合计: {小计: 8.00, 基本支出: 8.00}
  2080505: {小计: 5.00, 基本支出: 5.00}
  2080506: {小计: 3.00, 基本支出: 3.00}
`;
    const titles = fixesAt(text, '支出决算表:')
      .map(({ title }) => title)
      .filter((title) => title.startsWith('Accept'));
    expect(titles.length).toBeGreaterThan(1);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('a row that stands twice, word for word', () => {
  const row = '  2010507: {本年支出合计: 300.00, 项目支出: 300.00}\n';

  it('is offered to go before anything else', () => {
    const text = `${HEAD}支出决算表:\n  2010501: {本年支出合计: 620.00, 基本支出: 620.00}\n${row}${row}`;
    const analysis = analyzeText(text, PATH);
    const at = analysis.lines.position(text.lastIndexOf('2010507'));
    const [first] = codeActionsAt(analysis, 'file:///x', { start: at, end: at }, 'en');
    const edits = first!.edit!.changes!['file:///x']!;
    expect(edits).toEqual([
      { range: { start: { line: 6, character: 0 }, end: { line: 7, character: 0 } }, newText: '' },
    ]);
  });
});

describe('a growth whose word says the opposite of its change', () => {
  it.each([
    ['增加: 80.00, 下降: 7.44%', '下降', '增长'],
    ['减少: 80.00, 增长: 7.44%', '减少', '增加'],
  ])('is offered the other word, and no negative figure: %s', (change, wrong, word) => {
    const text = `${HEAD}决算情况说明:\n  财政拨款收支总体: {财政拨款收支总计: 1155.00, 比上年: {${change}}}\n`;
    const { causes } = analyzeText(text, PATH);
    expect(causes).toHaveLength(1);
    const fixes = fixesAt(text, wrong).map(({ title }) => title);
    expect(fixes[0]).toContain(word);
    expect(fixes.filter((title) => /-\d/.test(title))).toEqual([]);
  });
});

describe('a finding about the writing', () => {
  const fixture = (name: string) =>
    parseFixture(readFileSync(join(__dirname, `../fixtures/${name}.disclosure.yaml`), 'utf8')).text;
  /** The text after the first fix at a place. */
  const mended = (text: string, where: string) => {
    const analysis = analyzeText(text, PATH);
    const at = analysis.lines.position(text.indexOf(where));
    const [fix] = codeActionsAt(analysis, URI, { start: at, end: at }, 'en');
    return applyActions(analysis, [fix!], URI);
  };

  it('of a code that stands nowhere else is mended by the one that others list', () => {
    const text = fixture('code-alone');
    expect(mended(text, '2210202:')).toBe(text.replace('  2210202:', '  2210201:'));
    const other = text.replaceAll('28.90, 财政拨款收入: 28.90', '30.00, 财政拨款收入: 30.00');
    expect(causesOf(analyzeText(other, PATH), 'en')).toEqual([]);
  });

  it('of lines without their heading is mended by the heading', () => {
    const text = fixture('heading-lost');
    const after = text.replace('    人员经费', '  基本支出:\n    人员经费');
    expect(mended(text, '人员经费')).toBe(after);
    expect(causesOf(analyzeText(after, PATH), 'en').map(({ rule }) => rule)).not.toContain(
      'input.heading-lost',
    );
  });
});

describe('a form whose items are emptied under what they come to', () => {
  const items = (of: (text: string) => string) => `${HEAD}一般公共预算财政拨款基本支出决算明细表:
  301: 218.75
  30101:${of('120.40')}
  30102:${of('98.35')}
  302: 16.00
  30201:${of('9.80')}
  30211:${of('6.20')}
  人员经费合计: 218.75
  公用经费合计: 16.00
决算情况说明:
  基本支出:
    人员经费: {金额: 218.75, 主要包括: [基本工资, 津贴补贴]}
    公用经费: {金额: 16.00, 主要包括: [办公费, 差旅费]}
`;

  it('is one finding, and none where they are there', () => {
    expect(
      causesOf(
        analyzeText(
          items((text) => ` ${text}`),
          PATH,
        ),
        'en',
      ),
    ).toEqual([]);
    const found = causesOf(
      analyzeText(
        items(() => ''),
        PATH,
      ),
      'en',
    );
    expect(found.map(({ severity }) => severity)).toEqual(['error']);
    expect(found[0]!.message).toContain('none of the figures that make them up is filled in');
  });
});

describe('parts of a sum in a text that are left blank', () => {
  const vehicles = (total: string, last: string) => `${HEAD}决算情况说明:
  国有资产占用:
    车辆: ${total}
    主要负责人用车:
    机要通信用车:
    应急保障用车: 1
    其他用车:${last}
`;
  const told = (text: string) =>
    causesOf(analyzeText(text, PATH), 'en').map(({ rule, severity }) => `${severity} ${rule}`);

  it('may still come before the last one is written, and make a warning behind it', () => {
    expect(told(vehicles('2', ' 1'))).toEqual([]);
    expect(told(vehicles('3', ''))).toEqual([]);
    expect(told(vehicles('3', ' 1'))).toEqual(['warning n.vehicles']);
    expect(told(vehicles('1', ' 1'))).toEqual(['error n.vehicles']);
  });
});

describe('the only figure of a row', () => {
  const text = (code: string) => `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计:    {本年支出合计: 自动, 基本支出: 自动}
  ${code}: {本年支出合计: 自动, 基本支出: 14.80}
  2010101: {本年支出合计: 自动, 基本支出: 120.50}
财政拨款收入支出决算总表:
  支出:
    201: {合计: 120.50, 一般公共预算财政拨款: 120.50}
    221: {合计: 14.80, 一般公共预算财政拨款: 14.80}
    本年支出合计: {合计: 135.30, 一般公共预算财政拨款: 135.30}
一般公共预算财政拨款支出决算表:
  合计:    {小计: 自动, 基本支出: 自动}
  2010101: {小计: 自动, 基本支出: 120.50}
  2210201: {小计: 自动, 基本支出: 14.80}
`;

  it('is never emptied by a preferred fix: its code may be wrong', () => {
    for (const code of ['2010201', '2010301', '2100201']) {
      const analysis = analyzeText(text(code), 'x.disclosure.yaml');
      const found = diagnosticsOf(analysis, URI, 'en');
      expect(found).not.toEqual([]);
      for (const { range } of found) {
        for (const action of codeActionsAt(analysis, URI, range, 'en')) {
          if (action.isPreferred)
            expect(applyActions(analysis, [action], URI)).toContain('14.80}\n  2010101');
        }
      }
    }
  });
});
