import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { SyntaxDocument } from '../../server/src/syntax/incremental/document';
import { LineStore } from '../../server/src/syntax/incremental/store';
import type { Entry, Language, MapNode, SyntaxTree } from '../../server/src/syntax/tree';
import { entryOf } from '../../server/src/syntax/tree';
import { parseWhole } from '../../server/src/syntax/whole';
import { generate, LAYOUTS } from '../bench/speed/generate';
import { pick, seeded } from '../support/random';
import { isRejected, problemLines, treeLines } from '../support/trees';

const FORMS = LAYOUTS.flatMap((layout) => [[layout, 'yaml'] as const, [layout, 'json'] as const]);

/** The rows of all tables, in order. */
function rowsOf({ root }: SyntaxTree): Entry[] {
  const tables = (root as MapNode).entries.filter(({ value }) => value?.kind === 'map');
  return tables.flatMap(({ value }) => [...(value as MapNode).entries]);
}

function replaced(document: SyntaxDocument, found: string, newText: string, from = 0): void {
  const start = document.text.indexOf(found, from);
  if (start < 0) throw new Error(`no ${found}`);
  document.edit({ start, end: start + found.length }, newText);
}

function expectFresh(document: SyntaxDocument): void {
  const fresh = new SyntaxDocument(document.text, document.language).tree;
  expect(treeLines(document.tree)).toEqual(treeLines(fresh));
  expect(problemLines(document.tree.problems)).toEqual(problemLines(fresh.problems));
}

describe.each(FORMS)('a row in the middle of a %s file in %s', (layout, language) => {
  const text = generate(layout, language, 1200);
  const middle = text.indexOf('\n', text.length / 2);
  const figure = /\d+\.\d\d/g;
  figure.lastIndex = middle;
  const at = figure.exec(text)!.index;

  test('that changes leaves all other rows the same objects, at their new places', () => {
    const document = new SyntaxDocument(text, language);
    const before = rowsOf(document.tree);
    document.edit({ start: at, end: at }, '7');
    const after = rowsOf(document.tree);
    expect(after).toHaveLength(before.length);
    const changed = after.filter((row, i) => row !== before[i]);
    expect(changed).toHaveLength(1);
    const { start, end } = document.tree.rangeOf(changed[0]!);
    expect(start).toBeLessThan(at);
    expect(end).toBeGreaterThan(at);
    expectFresh(document);
  });

  test('that does not change leaves the tree as it is', () => {
    const document = new SyntaxDocument(text, language);
    const { root } = document.tree;
    const before = rowsOf(document.tree);
    // A blank line more between the rows.
    document.edit({ start: middle + 1, end: middle + 1 }, '\n');
    const after = rowsOf(document.tree);
    expect(document.tree.root).toBe(root);
    expect(after.every((row, i) => row === before[i])).toBe(true);
    expectFresh(document);
  });

  const breaks = {
    'an unclosed quote': '"',
    'an open bracket': '[',
    'an open brace': '{',
    'a wrong bracket': '}',
    // To JSON, a line end between tokens is nothing.
    ...(language === 'yaml' && { 'a wrong indent': '\n ' }),
  };
  test.each(Object.entries(breaks))('that %s breaks leaves the others alone', (_, typed) => {
    const document = new SyntaxDocument(text, language);
    const before = rowsOf(document.tree);
    document.edit({ start: at, end: at }, typed);
    expect(isRejected(document.tree)).toBe(true);
    expect(document.isWhole).toBe(false);
    const after = new Set(rowsOf(document.tree));
    const lost = before.filter((row) => !after.has(row));
    // The row itself and, if it does not begin as one, the row before it.
    expect(lost.length).toBeLessThanOrEqual(2);
    expectFresh(document);
    document.edit({ start: at, end: at + typed.length }, '');
    expect(isRejected(document.tree)).toBe(false);
    expect(rowsOf(document.tree)).toHaveLength(before.length);
    expectFresh(document);
  });
});

describe('repeated keys', () => {
  const large = (language: Language) => generate('table', language, 300);

  test.each(['yaml', 'json'] as const)(
    'are found as they come and go, in %s of any size',
    (language) => {
      const document = new SyntaxDocument(large(language), language);
      const codes = (tree: SyntaxTree) =>
        tree.problems.map(({ code, args, range, related }) => [
          code,
          args['key'],
          document.text.slice(range.start, range.end),
          related && related.start < range.start,
        ]);
      replaced(document, '"2010201"', '"2010104"');
      const repetition = ['syntax.duplicate-key', '2010104', '"2010104"', true];
      expect(codes(document.tree)).toEqual([repetition]);
      // A third one, far before, in a chunk of its own.
      replaced(document, '"2010102"', '"2010104"');
      expect(codes(document.tree)).toEqual([repetition, repetition]);
      replaced(document, '"2010104"', '"2010102"');
      expect(codes(document.tree)).toEqual([repetition]);
      replaced(document, '"2010104"', '"2010105"');
      expect(codes(document.tree)).toEqual([
        ['syntax.duplicate-key', '2010105', '"2010105"', true],
      ]);
      expectFresh(document);
    },
  );

  test('of a table that is taken out are forgotten', () => {
    const document = new SyntaxDocument('a:\n  x: 1\n  x: 2\nb: {y: 1, y: 2}\nc: 1\n', 'yaml');
    expect(document.tree.problems).toHaveLength(2);
    replaced(document, 'a:\n  x: 1\n  x: 2\n', '');
    expect(document.tree.problems.map(({ range }) => range)).toEqual([{ start: 10, end: 11 }]);
    replaced(document, 'b: {y: 1, y: 2}\n', '');
    expect(document.tree.problems).toEqual([]);
  });
});

describe('a header', () => {
  test('that is retyped letter by letter keeps the rows below it', () => {
    const document = new SyntaxDocument(generate('flow', 'yaml', 1000), 'yaml');
    const before = rowsOf(document.tree);
    for (const [found, typed] of [
      ['收入决算表:', '收入决表:'],
      ['收入决表:', '收入决算表:'],
    ] as const) {
      replaced(document, found, typed);
      expect(rowsOf(document.tree).every((row, i) => row === before[i])).toBe(true);
      expect(entryOf(document.tree.root, typed.slice(0, -1))?.value?.kind).toBe('map');
    }
    // Without its colon it is none, and the rows are not lost.
    replaced(document, '收入决算表:', '收入决算表');
    expect(rowsOf(document.tree).length).toBeGreaterThan(before.length - 3);
    expectFresh(document);
  });
});

describe('what is not closed in its line', () => {
  test.each([
    ['a quote of the outermost map goes on below', 'yaml', 'a: "b\tc\\"\nd: "e"\n'],
    [
      'a text that is one bracket is read as one',
      'yaml',
      '[\nf\r\no\n  "k": vbar\n  "k": vbar\n ]{a: 1, b: [x, y]}\n',
    ],
    [
      'all brackets are there, whatever the indentation says',
      'json',
      '{\n  "a": {\n    "b": {"c": 1},\n    // d\n  "e": {"f": 1 "g": 1}\n  }\n}\n',
    ],
  ] as const)('%s', (_, language, text) => {
    const document = new SyntaxDocument(text, language);
    const whole = parseWhole(text, language);
    expect(isRejected(document.tree)).toBe(isRejected(whole));
    expect(problemLines(document.tree.problems)).toEqual(problemLines(whole.problems));
    expect(treeLines(document.tree)).toEqual(treeLines(whole));
  });
});

describe('lines in chunks', () => {
  test('have the places of the protocol’s own documents, whatever is edited', () => {
    const random = seeded(11);
    const pieces = ['\r', '\n', '\r\n', 'a', '决算', '𠮷', '', '\n\n\n', 'x\r\n'.repeat(90)];
    for (let i = 0; i < 60; i++) {
      const first = Array.from({ length: 300 }, () => pick(pieces, random)).join('');
      const store = new LineStore(first);
      const document = TextDocument.create('file:///a', 'yaml', 1, first);
      for (let version = 2; version < 20; version++) {
        const start = Math.floor(random() * (store.length + 1));
        const end = Math.min(
          store.length,
          start + Math.floor(random() * (random() < 0.2 ? 400 : 6)),
        );
        const text = pick(pieces, random);
        const expected = document.getText().slice(0, start) + text + document.getText().slice(end);
        store.replace({ start, end }, text);
        TextDocument.update(document, [{ text: expected }], version);
        expect(store.text).toBe(expected);
        expect(store.lineCount).toBe(document.lineCount);
        for (let n = 0; n < 10; n++) {
          const offset = Math.floor(random() * (store.length + 1));
          expect(store.position(offset)).toEqual(document.positionAt(offset));
          const line = Math.floor(random() * (store.lineCount + 2)) - 1;
          const character = Math.floor(random() * 6) - 1;
          expect(store.offset({ line, character })).toBe(document.offsetAt({ line, character }));
        }
      }
    }
  });
});

test('a word typed below a row of an outer map is read as in a file that is opened with it', () => {
  const text = 'T:\n  A1: {a: 1}\nA2: {a: 1}\n  2003: {a: 1}\n';
  const document = new SyntaxDocument(text, 'yaml');
  replaced(document, '2003', '20\n  03');
  expectFresh(document);
});

test('a list that ends with an empty item ends there, whatever stands below it', () => {
  const document = new SyntaxDocument('T:\n  201:\n  #c\n  208: 1\n', 'yaml');
  replaced(document, '#c', '- #c');
  expectFresh(document);
  expect(treeLines(document.tree)).toEqual(treeLines(parseWhole(document.text, 'yaml')));
});

test.each([
  ['in the column of a key below others', '绩效:\n  项目: a\n  指标:\n  - 项目: b\n'],
  ['of the outermost map', '合计:\n2:\n- 合计: 1\n'],
  ['behind a comment', '绩效:\n  项目: a\n  指标: # 注\n  # 注\n  - 项目: b\n'],
  ['that begins with an empty item', '合计:\n2:\n-\n- 合计: 1\n'],
  ['whose items begin with the key that holds them', '绩效:\n  项目:\n  - 项目: b\n'],
])('a list %s is one, whatever stands above it', (_, text) => {
  const document = new SyntaxDocument(text, 'yaml');
  const whole = parseWhole(text, 'yaml');
  expect(whole.problems).toEqual([]);
  expect(document.tree.problems).toEqual([]);
  expect(treeLines(document.tree)).toEqual(treeLines(whole));
});

test('an item left of the list above it is refused as by the parser', () => {
  const text = 'id:\ne:\n -\n- id:';
  expect(isRejected(parseWhole(text, 'yaml'))).toBe(true);
  expect(isRejected(new SyntaxDocument(text, 'yaml').tree)).toBe(true);
});

test('a comma that is missed between two rows of JSON keeps the others', () => {
  const document = new SyntaxDocument(generate('flow', 'json', 1000), 'json');
  const before = rowsOf(document.tree);
  replaced(document, '},\n', '}\n', document.text.length / 2);
  expect(document.isWhole).toBe(false);
  const after = rowsOf(document.tree);
  expect(after).toHaveLength(before.length);
  expect(after.filter((row, i) => row !== before[i]).length).toBeLessThanOrEqual(1);
  expectFresh(document);
  const lost = document.tree.problems.map(({ args, within }) => [args['parser'], !!within]);
  expect(lost).toEqual([['CommaExpected', true]]);
});

test.each([
  '{\n  "a": {\n  "b": {"0}}\n}\n',
  '{\n  "a": {\n  "b": "本}\n}\n',
  '{\n  "a": {\n    "b": {\n  "c": {"0}}\n}}\n',
])('a quote that is not closed hides no bracket: %j', (text) => {
  // With the brackets that it seems to swallow all are there: nothing is missed by the indentation.
  const found = new SyntaxDocument(text, 'json').tree.problems;
  expect(problemLines(found)).toEqual(problemLines(parseWhole(text, 'json').problems));
});

test.each(['a: ,\\ c]\n', 'a:  , c]\n'])(
  'a comma where a value should be is refused: %j',
  (text) => {
    expect(isRejected(new SyntaxDocument(text, 'yaml').tree)).toBe(true);
    expect(isRejected(parseWhole(text, 'yaml'))).toBe(true);
  },
);
