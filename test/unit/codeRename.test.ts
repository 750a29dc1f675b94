import { describe, expect, test } from 'vitest';
import { prepareCodeRename, renameCode } from '../../server/src/service/codeRename';
import { causesOf } from '../../server/src/service/findings';
import { acceptFix } from '../../server/src/service/accept';
import { analyzeText, applyEdits } from '../support/examples';

const HEAD = '格式: gouji/1\n年度: 2024\n';

/** Renames the code at the first place where it stands. */
function rename(text: string, old: string, code: string, path?: string) {
  const analysis = analyzeText(text, path);
  const { lines } = analysis;
  const renamed = renameCode(analysis, lines.position(text.indexOf(old) + 1), code, 'zh-cn')!;
  if ('refused' in renamed) return renamed;
  const edits = renamed.edits.map(({ range, newText }) => ({
    range: { start: lines.offset(range.start), end: lines.offset(range.end) },
    newText,
  }));
  return { text: applyEdits(text, edits) };
}

describe('renaming a code', () => {
  const narrative = `${HEAD}决算情况说明:\n  一般公共预算支出:\n`;
  test.each([
    ['其中', `${narrative}    结构:\n      208: {金额: 3, 其中: {2080101: 1.00, 2080102: 2.00}}\n`],
    [
      '各项',
      `${narrative}    各项:\n      - {科目: 2080101, 决算: 1.00}\n      - {科目: 2080102, 决算: 2.00}\n`,
    ],
    [
      'a table',
      `${HEAD}支出决算表:\n  2080101: {基本支出: 1.00}\n  ２０８０１０２: {基本支出: 1.00}\n`,
    ],
  ])('is refused where %s has the other one already', (_, text) => {
    expect(JSON.stringify(rename(text, '2080101', '2080102'))).toContain('已有 2080102');
  });

  test.each([0, 1])('is refused at either of two rows of one code (%i)', (which) => {
    const row = '  2080101: {基本支出: 1.00}\n';
    const text = `${HEAD}支出决算表:\n${row}${row}`;
    const analysis = analyzeText(text);
    const at = which === 0 ? text.indexOf('2080101') : text.lastIndexOf('2080101');
    const position = analysis.lines.position(at + 1);
    expect(prepareCodeRename(analysis, position)?.placeholder).toBe('2080101');
    expect(JSON.stringify(renameCode(analysis, position, '2080102', 'zh-cn'))).toContain(
      '列了两次',
    );
  });

  test('is refused where the other one is of another classification, in words that say of which', () => {
    const text = `${HEAD}支出决算表:\n  201: {基本支出: 1.00}\n`;
    expect(rename(text, '201', '301')).toEqual({
      refused: '《支出决算表》列的是支出功能分类的科目，301 不是',
    });
  });

  test('mends a code that is of another classification than its table', () => {
    const text = `${HEAD}支出决算表:\n  301: {基本支出: 1.00}\n`;
    expect(rename(text, '301', '201')).toEqual({ text: text.replace('301', '201') });
  });

  test('keeps the columns of the rows', () => {
    const row = (key: string) => `  ${key} {基本支出: 1.00}\n`;
    const table = (key: string) => `${HEAD}支出决算表:\n${row('208:    ')}${row(key)}`;
    expect(rename(table('2080101:'), '2080101', '20801')).toEqual({ text: table('20801:') });
    expect(rename(table('20801:  '), '20801', '2080101')).toEqual({ text: table('2080101:') });
  });

  test.each(['yaml', 'json'])('takes along what the file accepts of it: %s', (language) => {
    const path = `x.disclosure.${language}`;
    const text =
      language === 'yaml'
        ? `${HEAD}支出决算表:\n  2080101: {名称: 行政, 本年支出合计: 335.80, 基本支出: 235.80, 项目支出: 90.00}\n`
        : '{"格式": "gouji/1", "年度": 2024, "支出决算表": {"2080101": {"名称": "行政", "本年支出合计": 335.80, "基本支出": 235.80, "项目支出": 90.00}}}\n';
    let accepted = text;
    for (let round = 0; round < 2; round++) {
      const analysis = analyzeText(accepted, path);
      const view = causesOf(analysis, 'zh-cn').find(({ rule }) => !rule.startsWith('accept.'))!;
      accepted = applyEdits(accepted, acceptFix(analysis, view, 'zh-cn')!.edits);
    }
    const rules = (of: string) => causesOf(analyzeText(of, path), 'zh-cn').map(({ rule }) => rule);
    expect(rules(accepted)).toEqual(['accept.pending', 'accept.pending']);
    const renamed = rename(accepted, '2080101', '2010601', path) as { text: string };
    expect(renamed.text).not.toContain('2080101');
    expect(rules(renamed.text)).toEqual(['accept.pending', 'accept.pending']);
  });
});
