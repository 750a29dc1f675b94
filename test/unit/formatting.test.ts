import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { languageOf } from '../../server/src/disclosure/recognize';
import { formatEdits, formatRangeEdits } from '../../server/src/service/format/format';
import { displayWidth } from '../../server/src/service/format/width';
import { parse } from '../../server/src/syntax/parse';
import { applyEdits } from '../support/examples';

const folder = join(__dirname, '../fixtures/format');
const OPTIONS = { tabSize: 2, insertSpaces: true };
const source = (name: string) => readFileSync(join(folder, name), 'utf8');
const format = (text: string, name: string, options = OPTIONS) =>
  applyEdits(text, formatEdits(parse(text, languageOf(name)), options));

describe('formatting', () => {
  const names = readdirSync(folder).filter((name) => name.includes('.before.'));

  test.each(names)('%s', (before) => {
    const after = before.replace('before', 'after');
    expect(format(source(before), before)).toBe(source(after));
    expect(format(source(after), after)).toBe(source(after));
  });

  test.each(names)('%s with CRLF', (before) => {
    const crlf = (name: string) => source(name).replaceAll('\n', '\r\n');
    expect(format(crlf(before), before)).toBe(crlf(before.replace('before', 'after')));
  });

  test('indents JSON as the editor does', () => {
    const text = '{\n"支出决算表": {\n"合计": 1\n}\n}\n';
    expect(format(text, 'a.json', { tabSize: 4, insertSpaces: true })).toBe(
      '{\n    "支出决算表": {\n        "合计": 1\n    }\n}\n',
    );
    expect(format(text, 'a.json', { tabSize: 4, insertSpaces: false })).toBe(
      '{\n\t"支出决算表": {\n\t\t"合计": 1\n\t}\n}\n',
    );
  });

  test('of a range leaves the lines beside it alone, and looks at them for the columns', () => {
    const text = 'T:\n  合计: {a: 1.00}\n  201: {a: 10.00}\n';
    const start = text.indexOf('  201');
    const edits = formatRangeEdits(
      parse(text, 'yaml'),
      { start: text.indexOf('  合计'), end: start },
      OPTIONS,
    );
    expect(applyEdits(text, edits)).toBe('T:\n  合计: {a:  1.00}\n  201: {a: 10.00}\n');
  });

  test('keeps one blank behind the colon of a key without a value, and writes none', () => {
    const text = 'A:  \n  b: \n  c:  \t\n  d:\n  e: 1 \n  f: # g \n  h:\n    - i: \n    - \n';
    const after = 'A:\n  b: \n  c: \n  d:\n  e: 1\n  f: # g\n  h:\n    - i: \n    -\n';
    expect(format(text, 'a.yaml')).toBe(after);
    expect(format(after, 'a.yaml')).toBe(after);
  });

  test('leaves a file alone that cannot be read', () => {
    const text = 'A:\n  合计: {a:   1}\nB:\n  合计: {a:   1, b: "}\nC: 1\n';
    expect(format(text, 'a.yaml')).toBe(text);
    const json = '{"格式": "gouji/1",\n  "A": {"a":  1},\n  "B": {"a":  1 "b": 2}\n}';
    expect(format(json, 'a.json')).toBe(json);
  });

  test.each([
    '',
    '格式: gouji/1',
    '- a\n- b\n',
    'key:value\n',
    '合计：  100\n',
    'a: &x {b:   1}\nc: *x\n',
    '<<<<<<< HEAD\na:   1\n=======\na:  2\n>>>>>>> b\n',
    'a: "x\n  y   \n  z"\n',
  ])('leaves alone what is not for it: %j', (text) => {
    expect(format(text, 'a.yaml')).toBe(text);
  });
});

test.each([
  ['abc', 3],
  ['合计', 4],
  ['“三公”经费', 10],
  ['１２', 4],
  ['——', 2],
  ['𠮷', 2],
  ['e\u0301', 1],
  ['\uFEFFa', 1],
])('%s takes %d columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});
