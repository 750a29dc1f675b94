import { LineIndex } from '../syntax/lines';
import type { Entry, MapNode, SyntaxTree } from '../syntax/tree';
import { isGuess } from './damage';
import { halfWidth } from './mistyped';
import type { Problem } from './model';
import type { TableSpec } from './vocabulary';

/** Rows of a table that stand behind it, outside of every table: they lost their indentation. */
export interface OutsideRows {
  readonly table: Entry;
  readonly rows: Entry[];
}

const CODE = /^\d{3}(?:\d{2}){0,2}$/;

/** Whether a key of the file's top level can be nothing but the row of a table. */
const isCode = ({ key }: Entry) => CODE.test(halfWidth(key.text.trim()));

export function outsideRows(
  { entries }: MapNode,
  tableOf: (entry: Entry) => TableSpec | undefined,
): OutsideRows[] {
  const found: OutsideRows[] = [];
  let table: Entry | undefined;
  let run: OutsideRows | undefined;
  for (const entry of entries) {
    if (table && isCode(entry)) {
      if (run) run.rows.push(entry);
      else found.push((run = { table, rows: [entry] }));
      continue;
    }
    run = undefined;
    table = tableOf(entry)?.sections.some(({ codes }) => codes) ? entry : undefined;
  }
  return found;
}

/** What to say of them; nothing where a syntax error says it. */
export function outsideProblem(
  { table, rows }: OutsideRows,
  tree: SyntaxTree,
): Problem | undefined {
  const [first] = rows;
  const lines = new LineIndex(tree.text);
  const lineOf = (offset: number) => lines.position(offset).line;
  const ranges = rows.map((row) => tree.rangeOf(row));
  const from = lineOf(ranges[0]!.start);
  const to = lineOf(ranges.at(-1)!.end);
  const isTold = tree.problems.some((problem) => {
    const line = lineOf(problem.range.start);
    return isGuess(problem) && line >= from && line <= to;
  });
  if (isTold) return undefined;
  const blanks = indentOf(table, tree, lines);
  const moved = rows.map((row) => ownRange(row, tree));
  const edits = blanks === undefined ? [] : shiftOf(tree.text, moved, blanks);
  return {
    code: 'input.row-outside',
    at: first!.key,
    args: { key: first!.key.text, table: table.key.text, count: rows.length.toString() },
    ...(edits.length > 0 && { fixes: [{ title: 'indent', edits, certain: true }] }),
  };
}

/** How far the last row of a table is indented; undefined where no indentation makes a row of it. */
function indentOf(table: Entry, tree: SyntaxTree, lines: LineIndex): string | undefined {
  let { value } = table;
  let last: Entry | undefined;
  while (value?.kind === 'map' && value.style === 'block' && !(last && isCode(last))) {
    last = value.entries.at(-1);
    value = last?.value;
  }
  return last && ' '.repeat(lines.position(tree.rangeOf(last).start).character);
}

/** A row without those below it that have kept their indentation, and are taken for its own. */
function ownRange(row: Entry, tree: SyntaxTree): { start: number; end: number } {
  const { start, end } = tree.rangeOf(row);
  const { value } = row;
  const [next] = value?.kind === 'map' && value.style === 'block' ? value.entries : [];
  return { start, end: next && isCode(next) ? tree.rangeOf(row.key).end : end };
}

/** The blanks in front of every line of some rows. */
function shiftOf(text: string, ranges: readonly { start: number; end: number }[], blanks: string) {
  return ranges.flatMap(({ start, end }) => {
    const inner = [...text.slice(start, end).matchAll(/\n(?=[^\r\n])/g)].map(
      ({ index }) => start + index + 1,
    );
    return [start, ...inner].map((at) => ({ at: { start: at, end: at }, newText: blanks }));
  });
}
