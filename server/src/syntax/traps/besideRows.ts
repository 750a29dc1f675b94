import { isBlank, skip } from './characters';
import { findKey, hasKey } from './keys';
import { edit } from './trap';
import { below, isTaken, valueEnd, type Explained, type Written } from './written';

/** `支出: 19.39` above rows, or the items of a list, that are indented below it. */
export function besideRows(text: string, line: Written): Explained | undefined {
  const key = findKey(text, line.from, line.end);
  const row = below(text, line);
  if (!key?.separates || !row) return undefined;
  // The dashes of a list may stand in the column of its key.
  const isItem = text.startsWith('- ', row.from);
  if (isItem ? row.indent < line.indent : row.indent <= line.indent) return undefined;
  if (!isItem && !hasKey(text, row.from, row.end)) return undefined;
  const start = skip(text, key.colon + 1, line.end, isBlank);
  const end = valueEnd(text, start, line.end);
  // A row of figures holds no rows; and a second colon in the line is another slip.
  if (end === start || text[start] === '{' || hasKey(text, start, end)) return undefined;
  const edits = [edit(key.colon + 1, start, ''), edit(start, end, '')];
  if (!isTaken(text, { start: line.start, end: row.end }, edits)) return undefined;
  // The lines alone do not tell that the figure is not needed.
  const fixes = [{ title: 'value-away', edits, certain: false }];
  return { parser: 'VALUE_BESIDE_ROWS', range: { start, end }, fixes };
}
