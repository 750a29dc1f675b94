import { normalizeKey, vocabulary, type Named } from './vocabulary';

/**
 * The known name that a misspelt key stands for. A slip leaves a character out, doubles one, swaps two,
 * or puts in one that no name here has; a character that other names do have makes another name (上年
 * for 本年), and that is not a slip.
 */
export function nearest<T>(
  key: string,
  names: Iterable<readonly [name: string, value: T]>,
  shortest = SHORTEST,
): { readonly name: string; readonly value: T; readonly distance: number } | undefined {
  const written = [...normalizeKey(key)];
  if (written.length < shortest || written.length > LONGEST) return undefined;
  const most = written.length >= LONG ? 2 : 1;
  let best: { name: string; value: T; distance: number } | undefined;
  let tied = false;
  for (const [name, value] of names) {
    const known = [...normalizeKey(name)];
    if (known.length < shortest || Math.abs(known.length - written.length) > most) continue;
    const distance = slips(written, known);
    if (distance > most) continue;
    if (!best || distance < best.distance) {
      best = { name, value, distance };
      tied = false;
    } else if (distance === best.distance && best.value !== value) tied = true;
  }
  return tied ? undefined : best;
}

/** Among shorter names a slip makes another one too easily. */
const SHORTEST = 3;
const LONG = 8;
const LONGEST = 60;

const TELLING = new Set(vocabulary.telling);
const CONFUSED = new Set(vocabulary.confused);
const isConfused = (a: string, b: string) => CONFUSED.has(a + b) || CONFUSED.has(b + a);

const named = (items: Iterable<Partial<Named>>) =>
  [...items].flatMap(({ key, alias = [] }) => [...(key ? [key] : []), ...alias]);
const known = new Set(
  [
    ...named(Object.values(vocabulary.head)),
    ...named(Object.values(vocabulary.sections)),
    ...named(vocabulary.tables),
    ...vocabulary.tables.flatMap(({ sections }) =>
      sections.flatMap(({ rows, columns }) => [
        ...named(rows),
        ...named(rows.flatMap(({ parts = [] }) => parts)),
        ...named(columns),
      ]),
    ),
  ].flatMap((name) => [...normalizeKey(name)]),
);
const isForeign = (c: string) => !known.has(c) && !TELLING.has(c) && !/\d/.test(c);

/** Slips from a known name to what is written; infinite where it takes something else. */
function slips(written: readonly string[], name: readonly string[]): number {
  let before: number[] = [];
  let above = name.map((_, j) => j + 1);
  above.unshift(0);
  for (const [i, c] of written.entries()) {
    const extra = isForeign(c) || c === written[i - 1] ? 1 : Infinity;
    const row = [above[0]! + extra];
    for (const [j, d] of name.entries()) {
      const omitted = TELLING.has(d) && !'收支'.includes(d) ? Infinity : 1;
      let cost = above[j]! + (c === d ? 0 : isForeign(c) || isConfused(c, d) ? 1 : Infinity);
      cost = Math.min(cost, above[j + 1]! + extra, row[j]! + omitted);
      if (i > 0 && j > 0 && c === name[j - 1] && d === written[i - 1]) {
        cost = Math.min(cost, before[j - 1]! + 1);
      }
      row.push(cost);
    }
    before = above;
    above = row;
  }
  return above.at(-1)!;
}
