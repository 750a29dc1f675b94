import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { applyActions } from '../support/actions';
import { analyzeText } from '../support/examples';

const URI = 'file:///x';

const RIGHT = `格式: gouji/1
年度: 2024
单位名称: 某某县统计局
金额单位: 万元

决算情况说明:
  收入支出总体:
    收支总计: 1360.80
    比上年: {增加: 60.80, 增长: 4.68%}
  一般公共预算支出:
    各项:
      - 科目: 2010501
        年初预算: 590.00
        决算: 600.00
        完成: 101.69%
      - 科目: 2010507
        年初预算: 250.00
        决算: 300.00
        完成: 120.00%
`;

function told(text: string) {
  const analysis = analyzeText(text, 'x.disclosure.yaml');
  const found = diagnosticsOf(analysis, URI, 'zh-cn').filter(({ severity }) => severity! < 3);
  expect(found).toHaveLength(1);
  const { range, message } = found[0]!;
  const [action] = codeActionsAt(analysis, URI, range, 'zh-cn');
  const at = [range.start, range.end].map((place) => analysis.lines.offset(place));
  return { marked: text.slice(...at), message, mended: applyActions(analysis, [action!], URI) };
}

describe('a word that says the opposite of its figures', () => {
  it.each([
    ['{增加: 60.80, 下降: 4.68%}', '下降', '增长'],
    ['{减少: 60.80, 增长: 4.68%}', '减少', '增加'],
    ['{减少: 60.80, 下降: 4.68%}', '减少', '增加'],
  ])('of %s is marked, and told rather than a figure with a sign', (wrong, word, right) => {
    const { marked, message, mended } = told(RIGHT.replace('{增加: 60.80, 增长: 4.68%}', wrong));
    expect(marked).toBe(word);
    expect(message).toContain(right);
    expect(message).not.toContain('-');
    expect(mended).toBe(RIGHT);
  });
});

describe('a word in a sum of changes', () => {
  const TOTAL = '{决算: 4.01, 比上年: {减少: 0.24, 下降: 5.65%}}';
  const PART = '{决算: 0.86, 比上年: {减少: 0.09, 下降: 9.47%}}';
  const text = `${RIGHT}  三公经费:
    合计: ${TOTAL}
    公务用车购置及运行维护费: {决算: 3.15, 比上年: {减少: 0.15, 下降: 4.55%}}
    公务接待费: ${PART}
`;

  it.each([
    [TOTAL, TOTAL.replace('减少', '增加'), '增加'],
    [PART, PART.replace('减少', '增加'), '增加'],
    [TOTAL, TOTAL.replace('减少', '增加').replace('下降', '增长'), '增加'],
    [PART, PART.replace('减少', '增加').replace('下降', '增长'), '增加'],
  ])('%s written %s is marked, and mended with the word beside it', (right, wrong, word) => {
    const { marked, mended } = told(text.replace(right, wrong));
    expect(marked).toBe(word);
    expect(mended).toBe(text);
  });
});

describe('an item of a list that is written twice', () => {
  const item = RIGHT.slice(
    RIGHT.indexOf('      - 科目: 2010501'),
    RIGHT.indexOf('      - 科目: 2010507'),
  );
  const last = RIGHT.slice(RIGHT.indexOf('      - 科目: 2010507'));

  it.each([
    ['at once', item, item + item],
    ['at the end', last, last + last],
  ])('may go %s', (_, once, twice) => {
    expect(told(RIGHT.replace(once, twice)).mended).toBe(RIGHT);
  });
});
