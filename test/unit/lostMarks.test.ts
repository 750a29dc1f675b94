import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { causesOf } from '../../server/src/service/findings';
import { fixAll } from '../../server/src/service/fixAll';
import { applyActions } from '../support/actions';
import { analyzeText } from '../support/examples';

const URI = 'file:///x';

/** A right file, and the same in JSON. */
const YAML = `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计: {本年支出合计: 151.00, 基本支出: 121.00, 项目支出: 30.00, 经营支出: , 上缴上级支出: }
  2010101: {名称: 行政运行, 本年支出合计: 130.00, 基本支出: 100.00, 项目支出: 30.00}
  2080505: {本年支出合计: 21.00, 基本支出: 21.00, 项目支出: , 经营支出: , 上缴上级支出: }
一般公共预算财政拨款基本支出决算明细表:
  301: 100.00
  30101: 70.00
  30102: 30.00
  302: 21.00
  30201: 21.00
决算情况说明:
  一般公共预算支出:
    具体: {年初预算: 151.00, 决算: 151.00, 完成: 100.00%}
    各项:
      - {科目: 2010101, 年初预算: 130.00, 决算: 130.00, 完成: 100.00%, 决算较预算: 持平}
      - {科目: 2080505, 年初预算: 21.00, 决算: 21.00, 完成: 100.00%, 决算较预算: 持平}
  基本支出:
    基本支出: 121.00
    人员经费: {主要包括: [基本工资, 津贴补贴], 金额: 100.00}
    公用经费: {金额: 21.00, 主要包括: [办公费]}
`;

const JSON_TEXT = `{
  "格式": "gouji/1",
  "年度": 2024,
  "金额单位": "万元",
  "支出决算表": {
    "合计": {
      "本年支出合计": 151.00,
      "基本支出": 121.00,
      "项目支出": 30.00
    },
    "2010101": {
      "本年支出合计": 130.00,
      "基本支出": 100.00,
      "项目支出": 30.00
    },
    "2080505": {
      "本年支出合计": 21.00,
      "基本支出": 21.00,
      "项目支出": null
    }
  },
  "一般公共预算财政拨款基本支出决算明细表": {
    "301": 100.00,
    "30101": 70.00,
    "30102": 30.00,
    "302": 21.00,
    "30201": 21.00
  },
  "决算情况说明": {
    "一般公共预算支出": {
      "具体": {
        "年初预算": 151.00,
        "决算": 151.00,
        "完成": "100.00%"
      },
      "各项": [
        {
          "科目": "2010101",
          "年初预算": 130.00,
          "决算": 130.00
        },
        {
          "科目": "2080505",
          "年初预算": 21.00,
          "决算": 21.00
        }
      ]
    },
    "基本支出": {
      "基本支出": 121.00,
      "人员经费": {
        "金额": 100.00,
        "主要包括": [
          "基本工资",
          "津贴补贴"
        ]
      },
      "公用经费": {
        "金额": 21.00
      }
    }
  }
}
`;

const errorsOf = (text: string, path: string) => {
  const analysis = analyzeText(text, path);
  const views = causesOf(analysis, 'en');
  return { analysis, views, rules: views.map(({ rule }) => rule) };
};

/** What is written in a right file, and what stands there when a mark is lost. */
const CASES: readonly [
  file: 'x.disclosure.yaml' | 'x.disclosure.json',
  from: string,
  to: string,
][] = [
  ['x.disclosure.yaml', '津贴补贴], 金额', '津贴补贴, 金额'],
  ['x.disclosure.yaml', '主要包括: [基本工资', '主要包括: 基本工资'],
  ['x.disclosure.yaml', '基本工资, 津贴补贴', '基本工资 津贴补贴'],
  ['x.disclosure.yaml', '项目支出: , 经营支出: , 上', '项目支出: 经营支出: , 上'],
  ['x.disclosure.yaml', '行政运行, 本年', '行政运行 本年'],
  ['x.disclosure.yaml', '2010101: {名称', '2010101 {名称'],
  ['x.disclosure.yaml', '    各项:\n', ''],
  ['x.disclosure.json', '"津贴补贴"\n        ]', '"津贴补贴"\n'],
  ['x.disclosure.json', '"主要包括": [', '"主要包括": '],
  ['x.disclosure.json', '"各项": [', '['],
  ['x.disclosure.json', '      "各项": [\n', ''],
  ['x.disclosure.json', '"2010101": {', '"2010101": '],
  ['x.disclosure.json', '  "一般公共预算财政拨款基本支出决算明细表": {\n', ''],
  ['x.disclosure.json', '    "一般公共预算支出": {\n', ''],
  ['x.disclosure.json', '      "具体": {\n', ''],
  ['x.disclosure.yaml', '  一般公共预算支出:\n', ''],
  ['x.disclosure.json', '"支出决算表": {', '"支出决算表": '],
  ['x.disclosure.json', '        {\n          "科目": "2080505"', '          "科目": "2080505"'],
  ['x.disclosure.json', '        },\n        {', '        }\n        {'],
  ['x.disclosure.json', '"津贴补贴"\n        ]\n      },', '"津贴补贴"\n        ]\n      '],
];

describe.each(CASES)('in %s %j written %j', (path, from, to) => {
  const right = path.endsWith('json') ? JSON_TEXT : YAML;
  const text = right.replace(from, to);
  const known = errorsOf(right, path).rules;
  const { analysis, views } = errorsOf(text, path);

  it('is one finding more, whose fix puts the mark back', () => {
    expect(text).not.toBe(right);
    const more = views.filter(({ rule }) => !known.includes(rule));
    expect(more).toHaveLength(1);
    const { start, end } = more[0]!.textRange;
    const range = { start: analysis.lines.position(start), end: analysis.lines.position(end) };
    const fix = codeActionsAt(analysis, URI, range, 'en').find(({ isPreferred }) => isPreferred);
    const mended = applyActions(analysis, [fix!], URI);
    expect(mended.replace(/\s/g, '')).toBe(right.replace(/\s/g, ''));
  });
});

it('takes no comma for lost where a reason has a colon', () => {
  const text = YAML.replace('主要包括: [办公费]', '主要原因: 说明如下: 增加');
  const { analysis, views } = errorsOf(text, 'x.disclosure.yaml');
  const { start, end } = views.find(({ rule }) => rule === 'syntax.comma')!.textRange;
  const range = { start: analysis.lines.position(start), end: analysis.lines.position(end) };
  const fix = codeActionsAt(analysis, URI, range, 'en').find(({ isPreferred }) => isPreferred);
  expect(applyActions(analysis, [fix!], URI)).toContain('主要原因: "说明如下: 增加"');
});

it.each([
  ['基本工资, 津贴补贴', '基本工资 津贴补贴'],
  ['行政运行, 本年', '行政运行 本年'],
  ['基本支出: 21.00, 项目', '基本支出: 21.00 项目'],
  ['年初预算: 130.00, 决算', '年初预算: 130.00 决算'],
  ['2080505: {', '2080505: '],
])('%j written %j is put right with all that is certain', (from, to) => {
  const text = YAML.replace(from, to);
  expect(text).not.toBe(YAML);
  const { after } = fixAll(analyzeText(text, 'x.disclosure.yaml'));
  expect(after.tree.text).toBe(YAML);
});

it('quotes no text unseen', () => {
  const text = YAML.replace('主要包括: [办公费]', '主要原因: 说明如下: 增加');
  expect(fixAll(analyzeText(text, 'x.disclosure.yaml')).changes).toEqual([]);
});

it.each(['\n', '\r\n'])('a brace goes where it stood behind a blank, before %j', (end) => {
  const right = YAML.replaceAll('\n', end);
  for (const blank of [' ', '']) {
    const text = right.replace(`上缴上级支出: }${end}一般`, `上缴上级支出:${blank}${end}一般`);
    expect(text).not.toBe(right);
    const analysis = analyzeText(text, 'x.disclosure.yaml');
    const { textRange } = causesOf(analysis, 'en').find(({ rule }) => rule === 'syntax.yaml')!;
    const at = analysis.lines.position(textRange.start);
    const fix = codeActionsAt(analysis, URI, { start: at, end: at }, 'en').find(
      ({ isPreferred }) => isPreferred,
    );
    expect(applyActions(analysis, [fix!], URI)).toBe(right);
  }
});
