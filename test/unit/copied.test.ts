import { expect, test } from 'vitest';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText, wholeText } from '../support/examples';

/** Two subjects of one amount; the other table prints the first one otherwise. */
const text = (second: string) => `格式: gouji/1
年度: 2024
收入支出决算总表:
  支出:
    208: 123.45
    210: 123.45
支出决算表:
  208: {${second}}
`;

const HINT = '所列相同，可能抄错了地方';

test.each([
  ['where it is the wrong figure', '本年支出合计: 144.35, 基本支出: 144.35', true],
  ['not where another one may as well be wrong', '本年支出合计: 123.54', false],
])('a figure is told to be the one beside it %s', (_, second, isTold) => {
  const finding = causesOf(analyzeText(text(second)), 'zh-cn').find(
    ({ path }) => path === '收入支出决算总表/支出/208',
  );
  expect(finding?.severity).toBe('error');
  expect(finding!.message.includes(HINT)).toBe(isTold);
});

test('a wrong figure is not told to be taken from the place where it stands itself', () => {
  const name = 'putuo-ecology-2025.disclosure.json';
  const example = wholeText(name);
  const right = '"基本支出": 3365.38, "项目支出": 1367.75}';
  expect(example).toContain(right);
  // Another table prints 1367.76, by a tail; two digits exchanged tell which of both was meant.
  const wrong = example.replace(right, right.replace('1367.75', '1637.75'));
  const causes = causesOf(analyzeText(wrong, name), 'zh-cn');
  const finding = causes.find(
    ({ path }) => path === '一般公共预算财政拨款支出决算表/合计/项目支出',
  );
  expect(finding?.message).toContain('应为 1367.75');
  expect(finding?.message).toContain('相邻两位数字颠倒');
});
