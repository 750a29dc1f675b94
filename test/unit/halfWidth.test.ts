import { expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { analyzeText } from '../support/examples';

/** Colons, and quotes that are closed with another mark: each pair is one place. */
const TEXT = `{
  "格式"："gouji/1",
  "年度"：2024,
  “单位名称”: "某某县",
  “金额单位”: "万元"
}
`;

it('counts the places that are mended in the whole file, a pair of quotes as one', () => {
  const analysis = analyzeText(TEXT, 'x.disclosure.json');
  const at = analysis.lines.position(TEXT.indexOf('：'));
  const titles = codeActionsAt(analysis, 'file:///x', { start: at, end: at }, 'zh-cn').map(
    ({ title }) => title,
  );
  expect(titles).toContain('全文件改为半角（4 处）');
});
