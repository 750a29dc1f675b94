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
  const mostSlips = written.length >= LONG ? 2 : 1;
  let best: { name: string; value: T; distance: number } | undefined;
  let tied = false;
  for (const [name, value] of names) {
    const known = [...normalizeKey(name)];
    // 净增加 is no slip for 增加.
    const longer = known.length < SHORTEST ? 0 : mostSlips;
    if (known.length < shortest || Math.abs(known.length - written.length) > longer) continue;
    const distance = slips(written, known);
    if (distance > mostSlips) continue;
    if (!best || distance < best.distance) {
      best = { name, value, distance };
      tied = false;
    } else if (distance === best.distance && best.value !== value) tied = true;
  }
  return tied ? undefined : best;
}

/** What is meant by a word of a list, and whether nothing else can be. */
export interface Meant {
  readonly text: string;
  readonly certain: boolean;
}

/** The only word of a short list that is one slip away, or written with a mark behind it. */
export function nearName(
  text: string,
  names: Iterable<readonly [name: string, value: unknown]>,
): Meant | undefined {
  const near = nearest(text.replace(/[\s.,;:。．，、；：]+$/u, ''), names, SHORT_WORD);
  return near && { text: near.name, certain: near.distance <= 1 };
}

/** Whether two names of some length differ in one character, and it is none that makes another name (上年 for 本年). */
export function isOneApart(one: string, other: string): boolean {
  const [a, b] = [[...one], [...other]];
  if (a.length !== b.length || a.length <= SHORTEST) return false;
  const apart = a.flatMap((c, i) => (c === b[i] ? [] : [c, b[i]!]));
  return apart.length === 2 && apart.every((c) => !TELLING.has(c) && /\p{Script=Han}/u.test(c));
}

/** Among shorter names a slip makes another one too easily. */
const SHORTEST = 3;
/** Of a short list of words, or of the few keys of a row, shorter ones can be told apart too. */
export const SHORT_WORD = 2;
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

/** One character for another: one that is often taken for it is likelier than any that no name has. */
function exchange(c: string, d: string): number {
  if (c === d) return 0;
  if (isConfused(c, d)) return CONFUSION;
  return isForeign(c) ? 1 : Infinity;
}

const CONFUSION = 0.9;

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
      let cost = above[j]! + exchange(c, d);
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
