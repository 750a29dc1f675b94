import { isBare } from './keys';
import { edit } from './trap';
import { above, below, isTaken, type Explained, type Written } from './written';

/** More lines than this are not looked through for what is open. */
const MOST_ROWS = 1000;

/**
 * A key that stands in no column that is open, as `   支出:` between two and four blanks. Where it may be one of
 * the rows around it as well as hold the next ones, as one of a level further out, both are offered.
 */
export function betweenLevels(text: string, before: Written, line: Written): Explained | undefined {
  if (line.indent === before.indent) return undefined;
  const after = below(text, line);
  const open = openLines(text, before);
  const columns = open.map(({ indent }) => indent);
  const inner = columns.findLast((column) => column > line.indent);
  const outer = columns.find((column) => column < Math.min(line.indent, before.indent));
  const isHead = isBare(text, line) && after !== undefined && after.indent >= before.indent;
  if (line.indent > before.indent && !(isHead && after.indent === before.indent)) return undefined;
  const meant = [...new Set([before.indent, inner, outer])].flatMap((column) => {
    const head = open.find(({ indent }) => indent === column);
    if (!head) return [];
    const edits = [edit(line.start, line.from, ' '.repeat(head.indent))];
    const { end } = after && after.indent >= head.indent ? after : line;
    return isTaken(text, { start: head.start, end }, edits) ? [{ column: head.indent, edits }] : [];
  });
  if (meant.length < 2) return undefined;
  return {
    parser: 'ODD_INDENT',
    range: { start: line.start, end: line.from },
    fixes: meant.map(({ column, edits }) => ({
      title: 'indent-to',
      args: { count: column.toString() },
      edits,
      certain: false,
      byKeys: true,
    })),
  };
}

/** The line before and those that hold it, from the innermost outwards. */
function openLines(text: string, before: Written): Written[] {
  const open = [before];
  let next = above(text, before);
  for (let i = 0; next && open.at(-1)!.indent > 0 && i < MOST_ROWS; i++) {
    if (next.indent < open.at(-1)!.indent) open.push(next);
    next = above(text, next);
  }
  return open;
}
