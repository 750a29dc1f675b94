/** A list that lost the line with its key: 各项, above its items. */
import { vocabulary } from '../disclosure/vocabulary';
import { eolOf } from '../syntax/insert';
import { lineEnd, lineStart } from '../syntax/traps/characters';
import { blockAt } from '../syntax/traps/lostBrace';
import { edit } from '../syntax/traps/trap';
import { above, written, type Explained } from '../syntax/traps/written';
import type { SyntaxProblem, SyntaxTree, TextEdit } from '../syntax/tree';
import { LONGEST_TRIED } from '../syntax/whole';
import { oddities } from './meantWay';

/** The keys of lists inside of a section. */
const KEYS = [
  ...new Set(
    vocabulary.statements.flatMap(({ sections }) =>
      sections.flatMap(({ items, key }) => (items && key !== undefined ? [key] : [])),
    ),
  ),
];

/** The one key with which all that is written is known, written above the list that the parser stumbles over. */
export function lostListKey(problem: SyntaxProblem, tree: SyntaxTree): Explained | undefined {
  if (tree.text.length > LONGEST_TRIED) return undefined;
  const place = tree.language === 'json' ? inJson(problem, tree) : inYaml(problem, tree);
  if (!place) return undefined;
  const { at, edits } = place;
  const ways = KEYS.flatMap((key) => edits.map((writes) => ({ key, edits: [writes(key)] })));
  const known = ways.filter((way) => oddities(way, tree) === 0);
  const [way] = known;
  if (!way || known.length > 1) return undefined;
  const start = lineStart(tree.text, at);
  return {
    parser: 'LOST_LIST_KEY',
    range: { start: at, end: lineEnd(tree.text, at) },
    fixes: [{ title: 'heading', args: { heading: way.key }, edits: way.edits, certain: true }],
    misplaced: {
      start,
      end: tree.language === 'json' ? tree.text.length : blockAt(tree.text, at).end,
    },
  };
}

interface Place {
  readonly at: number;
  /** What may be written there for a key. */
  readonly edits: readonly ((key: string) => TextEdit)[];
}

/** `- {科目: 2080101}` where no list can stand: in one of the columns that are open above it. */
function inYaml({ range }: SyntaxProblem, tree: SyntaxTree): Place | undefined {
  const { text } = tree;
  const line = written(text, lineStart(text, range.start));
  if (!line || !text.startsWith('- ', line.from)) return undefined;
  const columns: number[] = [];
  for (let head = above(text, line); head && columns.length < 2; head = above(text, head)) {
    if (head.indent < (columns.at(-1) ?? line.indent + 1)) columns.push(head.indent);
  }
  const edits = columns.map((column) => (key: string) => {
    const newText = `${' '.repeat(column)}${key}:${eolOf(tree)}`;
    return edit(line.start, line.start, newText);
  });
  return { at: line.from, edits };
}

/** `[` or its first item where a key should stand. */
function inJson({ range: { start } }: SyntaxProblem, tree: SyntaxTree): Place | undefined {
  const { text } = tree;
  const line = lineStart(text, start);
  if (!/^[{[]$/.test(text[start] ?? '') || text.slice(line, start).trim() !== '') return undefined;
  const before = above(text, { start: line, end: line });
  if (!before || !text.slice(before.from, before.end).trimEnd().endsWith(',')) return undefined;
  const isOpen = text[start] === '[';
  const indent = text.slice(before.start, before.from);
  return {
    at: start,
    edits: [
      (key) =>
        isOpen
          ? edit(start, start, `"${key}": `)
          : edit(line, line, `${indent}"${key}": [${eolOf(tree)}`),
    ],
  };
}
