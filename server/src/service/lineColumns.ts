/** In what columns lines stand, and in which others they might. */
import { isBare } from '../syntax/traps/keys';
import { above, below, type Written } from '../syntax/traps/written';

/** So many lines above one tell what may be meant, and so many below. */
const [MOST_ABOVE, MOST_BELOW] = [100, 3];

/** A line with those around it that tell what columns there are. */
export function linesAround(text: string, line: Written): readonly Written[] {
  const lines = [line];
  for (let up = above(text, line); up && lines.length <= MOST_ABOVE; up = above(text, up)) {
    lines.unshift(up);
  }
  let down = below(text, line);
  for (let i = 0; down && i < MOST_BELOW; i++, down = below(text, down)) lines.push(down);
  return lines;
}

/** How many lines of a text stand in each column. */
export function columnsOf(text: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const [{ length }] of text.matchAll(/^ *(?=[^ #\r\n])/gm)) {
    counts.set(length, (counts.get(length) ?? 0) + 1);
  }
  return counts;
}

/** The other columns of a text in which a line may stand among those around it. */
export function* columnsFor(
  at: Written,
  lines: readonly Written[],
  text: string,
  columns: ReadonlyMap<number, number>,
): Iterable<number> {
  for (const column of columns.keys()) {
    const moved = lines.map((one) => (one === at ? { ...one, indent: column } : one));
    if (column !== at.indent && isNested(moved, text)) yield column;
  }
}

/** Whether lines are indented as maps in maps: only below a key that says nothing, and back to what is open. */
export function isNested(lines: readonly Written[], text: string): boolean {
  const open: number[] = [];
  let holds = true;
  for (const line of lines) {
    const { indent } = line;
    if (holds && indent > (open.at(-1) ?? -1)) open.push(indent);
    while (open.length > 0 && open.at(-1)! > indent) open.pop();
    // Further out than the first line there may be others.
    if (open.length === 0) open.push(indent);
    if (open.at(-1) !== indent) return false;
    // Behind its dash an item opens a column of its own.
    if (text.startsWith('- ', line.from)) open.push(indent + 2);
    holds = isBare(text, line);
  }
  return true;
}
