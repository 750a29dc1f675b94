import { describe, expect, it } from 'vitest';
import chinese from '../../l10n/server.zh-cn.json';
import { parse } from '../../server/src/syntax/parse';
import { causesOf } from '../../server/src/service/findings';
import { analyzeText, applyEdits, EXAMPLES, exampleText } from '../support/examples';

const [, yaml, json] = EXAMPLES;

describe('what the parsers say', () => {
  it.each([
    ['{"格式": "gouji/1", "a" 1}', json],
    ['{"格式": "gouji/1", "a": }', json],
    ['{"格式": "gouji/1", "a": "x', json],
    ['{"格式": "gouji/1", "a": "\\q"}', json],
    ['{"格式": "gouji/1"} x', json],
    ['格式: gouji/1\na: b: c\n', yaml],
    ['格式: gouji/1\na: [1\nb: 2\n', yaml],
    ['格式: gouji/1\na: "x\n', yaml],
    ['格式: gouji/1\na: @x\n', yaml],
    ['格式: gouji/1\na: "\\q"\n', yaml],
    ['格式: gouji/1\n  a: 1\n', yaml],
  ])('of %j is said in our words', (text, name) => {
    const said = causesOf(analyzeText(text, name), 'zh-cn')
      .filter(({ rule }) => rule === 'syntax.json' || rule === 'syntax.yaml')
      .map(({ message }) => message);
    expect(said.length).toBeGreaterThan(0);
    for (const message of said) expect(message).not.toMatch(/[A-Z][a-z]+[A-Z ]|[A-Z]+_|[a-z]{3} /);
  });

  it('has words in both languages for every code', () => {
    const codes = Object.keys(chinese).filter((key) => key.startsWith('parser.'));
    expect(codes.length).toBeGreaterThan(30);
  });
});

describe('a missing brace in JSON', () => {
  const text = exampleText(json);

  it.each(['  },\n', '},\n'])('is reported where it is missing: %j', (closing) => {
    for (const { index } of text.matchAll(new RegExp(closing, 'g'))) {
      const at = index + closing.indexOf('}');
      const broken = text.slice(0, at) + text.slice(at + 1);
      const [first] = parse(broken, 'json').problems.filter(({ code }) => code === 'syntax.json');
      const between = broken.slice(first!.range.start, at);
      // On the last thing that stands before it.
      expect(between.trim().length, broken.slice(at - 80, at + 40)).toBeLessThanOrEqual(1);
      expect(first!.range.start).toBeLessThanOrEqual(at);
    }
  });

  it('is one finding, and its fix puts it back: nothing is told of the keys behind it', () => {
    const before = new Set(analyzeText(text, json).problems.map(({ code }) => code));
    for (const { index } of text.matchAll(/\n {2}\},(?=\n)/g)) {
      const broken = text.slice(0, index) + text.slice(index + '\n  },'.length);
      const { problems } = analyzeText(broken, json);
      const added = problems.filter(({ code }) => !before.has(code));
      expect(added.map(({ code }) => code)).toEqual(['syntax.json']);
      const [fix, ...others] = added[0]!.fixes!;
      expect(others).toEqual([]);
      expect(fix!.certain).toBe(true);
      const edits = fix!.edits.flatMap(({ at, newText }) =>
        'kind' in at ? [] : [{ range: at, newText }],
      );
      expect(applyEdits(broken, edits)).toBe(text);
    }
  });
});
