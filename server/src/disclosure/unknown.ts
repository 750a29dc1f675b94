import type { Entry, ScalarNode } from '../syntax/tree';
import { lostColonIn, type LostColon } from './lostColon';
import { halfWidth, lettersAsDigits } from './mistyped';
import type { Problem } from './model';
import { isOneApart, nearest, nearName, SHORT_WORD } from './nearest';
import { hasFigure } from './tableData';
import { normalizeKey } from './vocabulary';
import { rewrite } from './writing';

type Args = Readonly<Record<string, string>>;
type Names<T> = readonly (readonly [name: string, value: T])[];

/** What to say of a key that is not known, and what it is likely to stand for. */
export interface Unknown<T> {
  readonly problem: Problem;
  readonly meant?: T;
}

/**
 * A key that is not known stands for the nearest name, unless that has an entry of its own; else there
 * is no more to say than that it is not known.
 */
export function unknownKey<T>(
  code: string,
  entry: Entry,
  names: Names<T>,
  isTaken: (value: T) => boolean,
  args: Args = {},
  shortest?: number,
): Unknown<T> {
  const { key } = entry;
  const lost = lostColonIn(entry);
  if (lost) return { problem: colonMissing(entry, lost, names, isTaken, args) };
  const slip = nearest(key.text, names, shortest);
  const isFree = slip !== undefined && !isTaken(slip.value);
  // Titles of tables and sections begin alike, and hold no figures of their own.
  const unread = args['table'] !== undefined && hasFigure(entry);
  const other = () => cutShort(key.text, names, isTaken) ?? alike(key.text, names, isTaken);
  const near = isFree ? slip : unread ? other() : undefined;
  if (!near) {
    const problem = { code, at: key, args: { ...args, key: key.text } };
    return { problem: unread ? { ...problem, unread } : problem };
  }
  const name = printedName(near, names);
  return { problem: misspelt(key, name, isFree && slip.distance <= 1, args), meant: near.value };
}

/** The only free name that begins with what is written: 基本 for 基本支出. */
function cutShort<T>(
  key: string,
  names: Names<T>,
  isTaken: (value: T) => boolean,
): { readonly name: string; readonly value: T } | undefined {
  const written = normalizeKey(key);
  if (written.length < SHORT_WORD) return undefined;
  const longer = names.filter(
    ([name, value]) => normalizeKey(name).startsWith(written) && !isTaken(value),
  );
  const [first] = longer;
  if (!first || longer.some(([, value]) => value !== first[1])) return undefined;
  return { name: first[0], value: first[1] };
}

/** The only free name that differs in one character, whatever that is, but for those that make another name of it. */
function alike<T>(
  key: string,
  names: Names<T>,
  isTaken: (value: T) => boolean,
): { readonly name: string; readonly value: T } | undefined {
  const written = normalizeKey(key);
  const near = names.filter(
    ([name, value]) => !isTaken(value) && isOneApart(written, normalizeKey(name)),
  );
  const [first] = near;
  if (!first || near.some(([, value]) => value !== first[1])) return undefined;
  return { name: first[0], value: first[1] };
}

/** A name that only lacks the brackets of another is written with them, as the form prints it: 因公出国（境）费. */
function printedName<T>({ name, value }: { name: string; value: T }, names: Names<T>): string {
  const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  return names.find(([one, of]) => of === value && bare(one) === bare(name))?.[0] ?? name;
}

function colonMissing<T>(
  { key }: Entry,
  { name, figure }: LostColon,
  names: Names<T>,
  isTaken: (value: T) => boolean,
  args: Args,
): Problem {
  const known = names.find(([one]) => normalizeKey(one) === normalizeKey(name));
  const certain = known !== undefined && !isTaken(known[1]);
  const edits = [{ at: key, newText: `${name}: ${figure}` }];
  return {
    code: 'input.colon-missing',
    at: key,
    args: { ...args, key: key.text },
    fixes: [{ title: 'colon-missing', edits, certain }],
  };
}

export function misspelt(
  key: ScalarNode,
  near: string,
  certain: boolean,
  args: Args = {},
): Problem {
  return {
    code: 'input.misspelt',
    at: key,
    args: { ...args, key: key.text, near },
    fixes: [rewrite(key, near, certain)],
  };
}

/** A word in the place of one of a list, where it is a slip for it. */
export function misspeltWord(
  at: ScalarNode,
  known: readonly string[],
  args: Args,
): Problem | undefined {
  const meant = nearName(
    at.text.trim(),
    known.map((word) => [word, word] as const),
  );
  return meant && misspelt(at, meant.text, meant.certain, args);
}

/** A subject code with letters or blanks in it, or with its name; undefined where the digits make none. */
export function misspeltCode(
  { key }: Entry,
  levels: readonly number[],
  isTaken: (code: string) => boolean,
  args: Args,
): Unknown<string> | undefined {
  const text = halfWidth(key.text).replace(/[\s.]/gu, '');
  // 2010602 一般行政管理事务: out of a spreadsheet the name comes along.
  const [, digits] = /^(\d{3,})[-、:]?\p{Script=Han}/u.exec(text) ?? [];
  const code = digits ?? lettersAsDigits(text) ?? text;
  if (!/^\d+$/.test(code) || !levels.includes(code.length) || isTaken(code)) return undefined;
  return { problem: misspelt(key, code, true, args), meant: code };
}

/** The same thing a second time under another name; where the names are one, the tree says it. */
export function repeated(first: Entry | undefined, second: Entry, args: Args = {}): Problem[] {
  if (!first || first.key.text === second.key.text) return [];
  return [
    {
      code: 'input.duplicate-name',
      at: second.key,
      args: { ...args, key: second.key.text, first: first.key.text },
      related: first.key,
    },
  ];
}

/** YAML's way to take over the entries of another map, which is not followed. */
export const isMerge = ({ key, value }: Entry) =>
  key.text === '<<' && value?.kind === 'scalar' && value.text.startsWith('*');
