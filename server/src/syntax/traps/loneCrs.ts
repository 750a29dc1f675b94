import { isLineEnd } from './characters';
import { edit, type Trap } from './trap';

/** Lines that end with CR alone, which YAML libraries read as one line. One problem for all of them. */
export function findLoneCrs(text: string): Trap[] {
  const edits = [...text.matchAll(/\r(?!\n)/g)].map(({ index }) => edit(index, index + 1, '\n'));
  const [first] = edits;
  if (!first) return [];
  let start = first.range.start;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  const fixes = [{ title: 'line-ends', edits, certain: true }];
  const range = { start, end: first.range.start };
  const args = { count: edits.length.toString() };
  return [{ problem: { code: 'syntax.line-ends', range, args, fixes }, reading: edits }];
}
