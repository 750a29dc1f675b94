import { describe, expect, it } from 'vitest';
import { codeActionsAt } from '../../server/src/service/codeActions';
import { diagnosticsOf } from '../../server/src/service/diagnostics';
import { applyActions } from '../support/actions';
import { alarms, analyzeText } from '../support/examples';

const PATH = 'x.disclosure.yaml';
const URI = 'file:///x';

/** More is spent of 2130304 than comes of the general budget: of T3 only limits speak. */
const document = (total: (text: string) => string, names: Record<string, string> = {}) => {
  const name = (code: string) => (names[code] ? `名称: ${names[code]}, ` : '');
  return `格式: gouji/1
年度: 2024
金额单位: 万元
支出决算表:
  合计: {本年支出合计: ${total('2367.35')}, 基本支出: ${total('153.60')}, 项目支出: ${total('2213.75')}}
  2080505: {${name('2080505')}本年支出合计: ${total('102.35')}, 基本支出: 102.35, 项目支出: }
  2101101: {${name('2101101')}本年支出合计: ${total('51.25')}, 基本支出: 51.25, 项目支出: }
  2130304: {本年支出合计: ${total('268.15')}, 基本支出: , 项目支出: 268.15}
  2130305: {本年支出合计: ${total('1945.60')}, 基本支出: , 项目支出: 1945.60}
一般公共预算财政拨款支出决算表:
  合计: {小计: ${total('2348.65')}, 基本支出: ${total('153.60')}, 项目支出: ${total('2195.05')}}
  2080505: {小计: ${total('102.35')}, 基本支出: 102.35, 项目支出: }
  2101101: {小计: ${total('51.25')}, 基本支出: 51.25, 项目支出: }
  2130304: {小计: ${total('249.45')}, 基本支出: , 项目支出: 249.45}
  2130305: {小计: ${total('1945.60')}, 基本支出: , 项目支出: 1945.60}
`;
};

const printed = (text: string) => text;

/** With lines of the first table changed. */
function changed(text: string, change: (line: string) => string): string {
  const at = text.indexOf('\n一般公共预算财政拨款支出决算表');
  return text.slice(0, at).split('\n').map(change).join('\n') + text.slice(at);
}

const exchanged = (text: string, one: string, other: string): string =>
  changed(text, (line) =>
    line.startsWith(`  ${one}:`)
      ? line.replace(one, other)
      : line.startsWith(`  ${other}:`)
        ? line.replace(other, one)
        : line,
  );

/** What is told of a text: the code at which, the other place, and what the first fix makes of it. */
function told(text: string) {
  const analysis = analyzeText(text, PATH);
  const at = (range: { start: { line: number; character: number }; end: { character: number } }) =>
    text.split('\n')[range.start.line]!.slice(range.start.character, range.end.character);
  return diagnosticsOf(analysis, URI, 'en')
    .filter(({ severity }) => severity! <= 2)
    .map(({ range, relatedInformation }) => {
      const [fix] = codeActionsAt(analysis, URI, range, 'en').filter(({ edit }) => edit);
      return {
        at: at(range),
        also: relatedInformation!
          .filter(({ message }) => message === 'to be changed too')
          .map(({ location }) => at(location.range)),
        mended: fix && applyActions(analysis, [fix], URI),
        isPreferred: fix?.isPreferred === true,
      };
    });
}

describe.each([
  ['totals printed', printed],
  ['totals left to the server', () => '自动'],
])('two codes of a table in each other’s places, %s', (_, total) => {
  const right = document(total);

  it('are not seen in a right document', () => {
    expect(alarms(analyzeText(right, PATH))).toEqual([]);
  });

  it.each([
    ['2080505', '2101101'],
    ['2101101', '2130304'],
    ['2080505', '2130305'],
    ['2130304', '2130305'],
  ])('are told once, at the first, and exchanged: %s and %s', (one, other) => {
    expect(told(exchanged(right, one, other))).toEqual([
      { at: other, also: [one], mended: right, isPreferred: false },
    ]);
  });
});

describe('the names of two codes in each other’s places', () => {
  const right = document(printed, {
    2080505: '机关事业单位基本养老保险缴费支出',
    2101101: '行政单位医疗',
  });

  it('stay where they stand beside the right figures', () => {
    expect(told(exchanged(right, '2080505', '2101101'))).toMatchObject([
      { at: '2101101', mended: right },
    ]);
  });

  it('go with their codes', () => {
    const wrong = exchanged(right, '2080505', '2101101').replace(
      /机关事业单位基本养老保险缴费支出|行政单位医疗/g,
      (name) => (name === '行政单位医疗' ? '机关事业单位基本养老保险缴费支出' : '行政单位医疗'),
    );
    expect(told(wrong)).toMatchObject([
      { at: '2101101', also: expect.arrayContaining(['2080505']) as unknown, mended: right },
    ]);
  });
});

describe('rows that stand in each other’s place with their codes', () => {
  const line = (text: string, code: string) => new RegExp(`^  ${code}: .*$`, 'm').exec(text)![0];
  const right = document(printed);
  const [one, other] = [line(right, '2080505'), line(right, '2101101')];
  const turned = changed(right, (each) => (each === one ? other : each === other ? one : each));

  it('have the right codes', () => {
    expect(alarms(analyzeText(turned, PATH))).toEqual([]);
  });

  it('have the right codes where one of their figures is wrong', () => {
    const wrong = turned.replace(
      '本年支出合计: 51.25, 基本支出: 51.25',
      '本年支出合计: 15.25, 基本支出: 51.25',
    );
    expect(told(wrong)).toMatchObject([{ at: '15.25', mended: turned }]);
  });
});

it('are not taken for wrong where another table lists them in that order too', () => {
  const right = document(printed);
  const at = right.indexOf('\n一般公共预算财政拨款支出决算表');
  const [first, second] = ['2080505', '2101101'].map(
    (code) => new RegExp(`^  ${code}: .*$`, 'm').exec(right.slice(at))![0],
  );
  const turned =
    right.slice(0, at) + right.slice(at).replace(`${first!}\n${second!}`, `${second!}\n${first!}`);
  const [found] = told(exchanged(turned, '2080505', '2101101'));
  expect(found).toBeDefined();
  expect(found!.also).toEqual([]);
});
