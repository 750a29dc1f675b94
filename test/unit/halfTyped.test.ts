import { describe, expect, it } from 'vitest';
import { isStructural } from '../../server/src/relations/rounding';
import type { Analysis } from '../../server/src/service/analysis';
import {
  alarms,
  analyzeText,
  applyEdits,
  EXAMPLES,
  rightTables,
  wholeText,
} from '../support/examples';

const [HUNAN, , JSON_EXAMPLE] = EXAMPLES;

/** Everything that a relation of its own table computes is left to the server. */
function drafted(text: string, path: string): string {
  const { network, tree } = analyzeText(text, path);
  const word = tree.language === 'json' ? '"自动"' : '自动';
  const cells = new Set(
    network!.evaluations.flatMap(({ relation: { rule, left } }) => {
      const cell = left[0]?.cell;
      const isSum = isStructural(rule.kind) && left.length === 1;
      return isSum && cell?.state === 'amount' && cell.entry ? [cell] : [];
    }),
  );
  const edits = [...cells].map(({ entry }) => ({
    range: tree.valueRangeOf(entry!),
    newText: word,
  }));
  return applyEdits(text, edits);
}

/** What is said above information of a text. */
const said = (analysis: Analysis) => alarms(analysis).map(({ message }) => message);

const PRINTED: Readonly<Record<string, string>> = {
  [HUNAN]: rightTables(HUNAN),
  [JSON_EXAMPLE]: rightTables(JSON_EXAMPLE),
};

/** The text with a line behind the first one, after a beginning, that matches. */
function withLine(text: string, from: string, behind: RegExp, line: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((one) => one.includes(from));
  const at = lines.findIndex((one, index) => index > start && behind.test(one));
  if (start < 0 || at < 0) throw new Error(`no ${from} with ${String(behind)}`);
  return lines.toSpliced(at + 1, 0, line).join('\n');
}

const PLACES: readonly (readonly [string, string, string, RegExp, string])[] = [
  ['a code in a table', HUNAN, '支出决算表:', /^ {2}2080101:/, '  2080'],
  ['a name in a table', HUNAN, '支出决算表:', /^ {2}2080101:/, '  xzyx'],
  ['a code that is there already', HUNAN, '收入决算表:', /^ {2}2080101:/, '  2080101'],
  ['a name at the end of a table', HUNAN, '收入决算表:', /^$/, '  xzyx'],
  ['a code that is indented too far', HUNAN, '收入决算表:', /^ {2}2080101:/, '    2080'],
  ['a key at the end of 收入', HUNAN, '收入支出决算总表:', /^ {4}总计:/, '    nian'],
  ['a code in 支出', HUNAN, '收入支出决算总表:', /^ {4}207:/, '    20'],
  ['a code above the first row', HUNAN, '格式', /^支出决算表:/, '  2080'],
  ['two keys above the first row', HUNAN, '格式', /^支出决算表:/, '  2080\n  21'],
  ['a key above the first of 收入', HUNAN, '格式', /^ {2}收入:/, '    nian'],
  ['a side above the first one', HUNAN, '格式', /^收入支出决算总表:/, '  sr'],
  ['two keys', HUNAN, '收入决算表:', /^ {2}2080101:/, '  2080\n\n  21'],
  ['a code in JSON', JSON_EXAMPLE, '"支出决算表"', /"208/, '    "2080"'],
  ['a code without quotes in JSON', JSON_EXAMPLE, '"支出决算表"', /"208/, '    2080'],
];

describe('a row of which only the key is there, and not all of it', () => {
  const problemsOf = (text: string, path: string) => {
    const analysis = analyzeText(text, path);
    return { syntax: analysis.problems.map(({ code }) => code), said: said(analysis) };
  };
  it.each(PLACES)('%s: is a syntax error and nothing else', (_, path, from, behind, line) => {
    const keys = line.split('\n').filter((one) => one !== '').length;
    for (const text of [PRINTED[path]!, drafted(PRINTED[path]!, path)]) {
      const before = problemsOf(text, path);
      const after = problemsOf(withLine(text, from, behind, line), path);
      const added = after.said.filter((message) => !before.said.includes(message));
      expect(added, added.join('\n')).toHaveLength(keys);
      expect(after.syntax.filter((code) => code.startsWith('syntax.'))).toHaveLength(keys);
    }
  });
});

describe('a key half typed in the narrative', () => {
  const text = wholeText(HUNAN);
  const before = analyzeText(text, HUNAN);
  const parts = [
    ['above the first part', '格式', /^决算情况说明:/, '  shou', 0],
    ['above the first figure of a part', '决算情况说明:', /^ {2}支出:/, '    ji', 5],
    ['between two parts', '决算情况说明:', /^ {4}对附属单位补助支出:/, '  cai', 5],
    ['in an item of a list', '决算情况说明:', /^ {6}- 科目: 2019999/, '        yin', undefined],
  ] as const;
  it.each(parts)('%s: is one syntax error', (_, from, behind, line, unchecked) => {
    const after = analyzeText(withLine(text, from, behind, line), HUNAN);
    const syntax = after.problems.filter(({ code }) => code.startsWith('syntax.'));
    expect(syntax.map(({ code }) => code)).toEqual(['syntax.yaml']);
    if (unchecked === undefined) return;
    // The other parts are checked as ever.
    expect(after.counts.unchecked).toBeLessThanOrEqual(unchecked);
    expect(after.counts.fails).toBe(before.counts.fails);
  });
});

describe('a quote that is missing in the midst of a line of JSON', () => {
  const text = PRINTED[JSON_EXAMPLE]!;
  it.each([
    ['a value', '"名称": "社会保障和就业支出",', '"名称": "社会保障和就业支出,'],
    ['a key', '"本年支出合计": 471.44', '"本年支出合计: 471.44'],
  ])('is one error, in the place of the quote: %s', (_, written, broken) => {
    const at = text.indexOf(written, text.indexOf('"支出决算表"'));
    const damaged = text.slice(0, at) + broken + text.slice(at + written.length);
    const analysis = analyzeText(damaged, JSON_EXAMPLE);
    const [error, ...more] = analysis.tree.problems;
    expect(more).toEqual([]);
    expect(error).toMatchObject({ code: 'syntax.json', args: { parser: 'UnexpectedEndOfString' } });
    expect(applyEdits(damaged, error!.fixes![0]!.edits)).toBe(text);
    const before = said(analyzeText(text, JSON_EXAMPLE));
    expect(said(analysis).filter((message) => !before.includes(message))).toHaveLength(1);
  });
});

describe('what a syntax error keeps from being judged', () => {
  const fingerprints = '    指纹: [0123456789abcdef]\n';
  const accepted =
    '审核说明:\n  - 规则: t3.row-sum\n    位置: 支出决算表/合计/本年支出合计\n    说明: 已核\n';
  const text = `${PRINTED[HUNAN]!}\n${accepted}${fingerprints}`;

  it('is not said to be accepted in vain', () => {
    const codes = (one: string) =>
      analyzeText(one, HUNAN)
        .problems.map(({ code }) => code)
        .filter((code) => code.startsWith('accept.'));
    expect(codes(text)).toEqual(['accept.unmatched']);
    expect(codes(withLine(text, '支出决算表:', /^ {2}2080101:/, '  2080: "'))).toEqual([]);
  });
});

describe('a sum left to the server of which one part is no amount', () => {
  it('is not said to be one that nothing computes', () => {
    const text = drafted(PRINTED[HUNAN]!, HUNAN).replace(/(\n {2}30101: )[\d.]+/, '$1壹万');
    const codes = analyzeText(text, HUNAN).problems.map(({ code }) => code);
    expect(codes).toContain('input.not-an-amount');
    expect(codes).not.toContain('input.derived-undefined');
  });
});
