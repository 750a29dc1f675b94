import { describe, expect, test } from 'vitest';
import { appendItem, insertBefore, insertEntries } from '../../server/src/syntax/insert';
import { parse } from '../../server/src/syntax/parse';
import { entryOf, type Entry, type Language, type SyntaxTree } from '../../server/src/syntax/tree';
import { applyEdits } from '../support/examples';

type Insert = (table: Entry, tree: SyntaxTree) => ReturnType<typeof insertEntries>;

const behind: Insert = (table, tree) => insertEntries(table, [['c', '3']], tree);
const before: Insert = (table, tree) => {
  const map = table.value;
  if (map?.kind !== 'map') throw new Error('no map');
  return insertBefore(map.entries[0]!, map, tree.language === 'json' ? '"0": 0' : '0: 0', tree);
};
const item: Insert = ({ value }, tree) => {
  if (value?.kind !== 'sequence') throw new Error('no list');
  return appendItem(tree, value, '{c: 3}');
};

const cases: readonly [what: string, Language, insert: Insert, text: string, after: string][] = [
  ['tabs, behind', 'json', behind, '{\n\t"t": {\n\t\t"a": 1\n\t}\n}', '\t\t"a": 1,\n\t\t"c": 3\n'],
  ['tabs, before', 'json', before, '{\n\t"t": {\n\t\t"a": 1\n\t}\n}', '\t\t"0": 0,\n\t\t"a": 1\n'],
  ['tabs, with CRLF', 'json', before, '{"t": {\r\n\t"a": 1}}', '{\r\n\t"0": 0,\r\n\t"a": 1}'],
  ['two on a line', 'json', behind, '{"t": {\n  "a": 1, "b": 2\n}}', '"b": 2,\n  "c": 3\n'],
  ['a byte order mark', 'yaml', behind, '\uFEFFt:\n  a: 1\n', 't:\n  a: 1\n  c: 3\n'],
  ['in braces on a line', 'yaml', before, 't: {a: 1}\n', 't: {0: 0, a: 1}\n'],
  ['a block', 'yaml', before, 't:\n  a: 1\n', 't:\n  0: 0\n  a: 1\n'],
  ['a list', 'yaml', item, 't:\n  - {a: 1} # one\n', '# one\n  - {c: 3}\n'],
  ['a list with CRLF', 'yaml', item, 't:\r\n- {a: 1}\r\n', '- {a: 1}\r\n- {c: 3}\r\n'],
];

describe('what is written into a text stands as its neighbours do', () => {
  test.each(cases)('%s, in %s', (_, language, insert, text, after) => {
    const tree = parse(text, language);
    const edit = insert(entryOf(tree.root, 't')!, tree)!;
    expect(applyEdits(text, [edit])).toContain(after);
  });
});
