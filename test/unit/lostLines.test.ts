import { describe, expect, it } from 'vitest';
import { fixesOf } from '../../server/src/service/fixes';
import { alarms, analyzeText, applyEdits } from '../support/examples';

const PATH = 'x.disclosure.yaml';

/** The form of three public expenses with its text; what others say too is printed or left to the server. */
function document(printed: boolean): string {
  const told = (text: string) => (printed ? text : '自动');
  return `格式: gouji/1
年度: 2024
一般公共预算财政拨款基本支出决算明细表:
  公用经费合计: ${told('26.00')}
  302: ${told('26.00')}
  30201: 4.00
  30217: 2.00
  30231: 20.00
财政拨款“三公”经费支出决算表:
  合计:                     {预算数: ${told('28.00')}, 决算数: ${told('22.00')}}
  因公出国（境）费:         {预算数: 0.00, 决算数: 0.00}
  公务用车购置及运行维护费: {预算数: ${told('25.00')}, 决算数: ${told('20.00')}}
  公务用车购置费:           {预算数: 0.00, 决算数: 0.00}
  公务用车运行维护费:       {预算数: 25.00, 决算数: 20.00}
  公务接待费:               {预算数: 3.00, 决算数: 2.00}
决算情况说明:
  三公经费:
    合计: {全年预算: ${told('28.00')}, 决算: ${told('22.00')}, 完成: 78.57%}
    公务用车购置及运行维护费: {全年预算: ${told('25.00')}, 决算: ${told('20.00')}, 完成: 80%}
    公务用车运行维护费: {全年预算: ${told('25.00')}, 决算: ${told('20.00')}, 完成: 80%}
    公务接待费: {全年预算: ${told('3.00')}, 决算: ${told('2.00')}, 完成: 66.67%}
`;
}

const LINES = {
  公务用车运行维护费: 'running of vehicles (budget 25.00, final 20.00)',
  公务接待费: 'official reception (budget 3.00, final 2.00)',
};

describe.each([
  ['printed', true],
  ['left to the server', false],
])('a line that a form has lost, what repeats it being %s', (_, printed) => {
  const right = document(printed);

  it('is not missed in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it.each(Object.entries(LINES))('%s', (line, told) => {
    const broken = right.replace(new RegExp(`^  ${line}: .*\\n`, 'm'), '');
    const analysis = analyzeText(broken, PATH);
    const [first, ...more] = alarms(analysis);
    expect(first?.message).toContain(`seems to lack a row ${told}`);
    expect(more.map(({ message }) => message)).toEqual([]);
    const fixes = fixesOf(first!.cause!, analysis.tree, 'en');
    expect(fixes.map(({ edits }) => applyEdits(broken, edits))).toEqual([right]);
  });

  it('is not told where it is blank by right and a figure elsewhere is wrong', () => {
    const none = right
      .replace(/^ {2}公务接待费:.*\n/m, '')
      .replace(/^ {4}公务接待费:.*\n/m, '')
      .replace(/^ {2}30217:.*\n/m, '');
    const wrong = none.replace('因公出国（境）费:         {预算数: 0.00', '$&5');
    expect(wrong).not.toBe(none);
    const messages = alarms(analyzeText(wrong, PATH)).map(({ message }) => message);
    expect(messages.filter((message) => message.includes('seems to lack a row'))).toEqual([]);
  });
});

describe('a row that a table of names has lost', () => {
  const right = `{
  "格式": "gouji/1", "年度": 2024,
  "一般公共预算财政拨款支出决算表": {
    "合计": {"小计": 10.00, "基本支出": 7.00, "项目支出": 3.00},
    "2080501": {"名称": "行政单位离退休", "小计": 3.00, "基本支出": 3.00, "项目支出": 0.00},
    "2080502": {"名称": "事业单位离退休", "小计": 4.00, "基本支出": 4.00, "项目支出": 0.00},
    "2110101": {"名称": "行政运行", "小计": 3.00, "基本支出": 0.00, "项目支出": 3.00}
  },
  "决算情况说明": {"一般公共预算支出": {"总体": {"支出": 10.00}, "各项": [
    {"科目": "2080501", "决算": 3.00},
    {"科目": "2080502", "决算": 4.00},
    {"科目": "2110101", "决算": 3.00}]}}
}
`;

  it('is written with the name of its subject and the zeros of its neighbours', () => {
    const path = 'x.disclosure.json';
    expect(alarms(analyzeText(right, path))).toEqual([]);
    const broken = right.replace(/^ {4}"2080502".*\n/m, '');
    const analysis = analyzeText(broken, path);
    const [first] = alarms(analysis);
    const [fix] = fixesOf(first!.cause!, analysis.tree, 'en');
    expect(applyEdits(broken, fix!.edits)).toBe(right);
  });
});
