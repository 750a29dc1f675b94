/** Tables under a name that is no table's, a character away from that of one which the file lacks: 支出决算总表. */
import type { Entry } from '../syntax/tree';
import { hasShapeOf, isColumn } from './shape';
import { normalizeKey, type TableSpec } from './vocabulary';

/**
 * The only such table that has all the columns which are written under the name: a file may have tables of its own,
 * and their names need not be slips.
 */
export function tableMisnamed(
  entry: Entry,
  names: readonly (readonly [name: string, spec: TableSpec])[],
): { readonly name: string; readonly spec: TableSpec } | undefined {
  const near = names.filter(
    ([name, spec]) => isOneOff(entry.key.text, name) && hasShapeOf(entry, spec, isColumn),
  );
  const [first] = near;
  return first && near.every(([, spec]) => spec === first[1])
    ? { name: first[0], spec: first[1] }
    : undefined;
}

/** Whether one character is put in, left out or another. */
function isOneOff(text: string, name: string): boolean {
  const [a, b] = [[...normalizeKey(text)], [...normalizeKey(name)]];
  let [start, end] = [0, 0];
  while (start < a.length && a[start] === b[start]) start++;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return a.length - start - end <= 1 && b.length - start - end <= 1;
}
