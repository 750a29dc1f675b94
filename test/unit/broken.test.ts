import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../server/src/service/analysis';
import { reportOf } from '../../server/src/service/report';
import { alarms, analyzeText, EXAMPLES, exampleText } from '../support/examples';

const [, yaml, json] = EXAMPLES;
const inYaml = exampleText(yaml);
const inJson = exampleText(json);

/** What is said of figures, rather than of the writing. */
const accusations = (analysis: Analysis) =>
  alarms(analysis).flatMap(({ cause, message }) => (cause ? [message] : []));

/** A line with a slip in it that breaks the syntax, or may. */
const SLIPS: readonly (readonly [name: string, slip: (line: string) => string])[] = [
  ['an opening brace is missing', (line) => line.replace('{', '')],
  ['a closing brace is missing', (line) => line.replace('}', '')],
  ['a colon is missing', (line) => line.replace(':', '')],
  ['a blank less indents it', (line) => line.replace(/^ /, '')],
  ['a blank more indents it', (line) => ` ${line}`],
  ['a quote stands in front of the value', (line) => line.replace(/: +/, ': "')],
  ['a bracket stands in front of the value', (line) => line.replace(/: +/, ': [')],
  ['a percent sign begins it', (line) => line.replace(/\S/, '%')],
];

function* broken(text: string, slip: (line: string) => string, step: number): Iterable<string> {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.includes('收入支出决算总表'));
  for (let index = first; index < lines.length; index += step) {
    const line = slip(lines[index]!);
    if (line !== lines[index]) yield lines.with(index, line).join('\n');
  }
}

describe('after a syntax error no right figure is accused', () => {
  it.each(SLIPS)(
    'where %s in YAML',
    (_name, slip) => {
      for (const text of broken(inYaml, slip, 7)) {
        const analysis = analyzeText(text, yaml);
        const { problems } = analysis.tree;
        if (!problems.some(({ code }) => code === 'syntax.yaml')) continue;
        expect(accusations(analysis), problems.map(({ args }) => args['detail']).join()).toEqual(
          [],
        );
      }
    },
    120_000,
  );

  it.each(SLIPS.slice(0, 3))(
    'where %s in JSON',
    (_name, slip) => {
      for (const text of broken(inJson, slip, 17)) {
        const analysis = analyzeText(text, json);
        if (!analysis.tree.problems.some(({ code }) => code === 'syntax.json')) continue;
        expect(accusations(analysis), analysis.problems.map(({ code }) => code).join()).toEqual([]);
      }
    },
    120_000,
  );

  it('where JSON is cut off', () => {
    for (let at = 400; at < inJson.length; at += 331) {
      const analysis = analyzeText(inJson.slice(0, at), json);
      expect(accusations(analysis), inJson.slice(at - 60, at)).toEqual([]);
    }
  }, 120_000);
});

describe('what a syntax error reaches', () => {
  const line = '  30101: ';
  const at = inYaml.indexOf(line);
  const text = `${inYaml.slice(0, at)}  30100: "\n${inYaml.slice(at)}`;

  it('is not checked, and the report says why', () => {
    const analysis = analyzeText(text, yaml);
    expect(analysis.tree.problems.map(({ code }) => code)).toContain('syntax.yaml');
    const { unchecked } = reportOf(yaml, analysis, 'en');
    expect(unchecked.filter(({ reason }) => reason === 'broken').length).toBeGreaterThan(0);
  });

  it('ends with its table: others keep their findings', () => {
    const wrong = text.replace('项目支出: 603.14', '项目支出: 630.14');
    expect(wrong).not.toBe(text);
    expect(accusations(analyzeText(wrong, yaml)).join()).toContain('603.14');
  });

  it('ends with its side: the other side before it keeps its findings', () => {
    const [before, after] = inYaml.split('    本年支出合计: 2940.05');
    const wrong = `${before!.replace('其他收入: 6.20', '其他收入: 6.02')}    本年支出合计 2940.05${after!}`;
    const analysis = analyzeText(wrong, yaml);
    expect(analysis.tree.problems.map(({ code }) => code)).toContain('syntax.yaml');
    expect(accusations(analysis).join()).toContain('6.20');
  });
});
