import { isAnyBlank, isBlank, isOddBlank, isRestEmpty, lineEnd, skip } from './characters';

/** The colon of a line `key: value`. */
export interface Key {
  readonly colon: number;
  /** False for a colon that only looks as if it did. */
  readonly separates: boolean;
}

/** Whether a line is a key that says nothing itself. */
export function isBare(text: string, { from, end }: { from: number; end: number }): boolean {
  const key = findKey(text, from, end);
  return key?.separates === true && isRestEmpty(text, key.colon + 1);
}

/** Finds the colon behind the key with which a line goes on from `from`. */
export function findKey(text: string, from: number, end: number): Key | undefined {
  const c = text[from];
  if (c === '"' || c === "'") return behindQuotes(text, from, end);
  // Collections, properties, block scalars, complex keys.
  if (c === undefined || '{[}]&*!|>?@`%,#：'.includes(c)) return undefined;
  let candidate: Key | undefined;
  for (let at = from; at < end; at++) {
    const d = text[at];
    if (d === '#' && isBlank(text[at - 1])) break;
    if (d !== ':' && d !== '：') continue;
    const next = text[at + 1];
    if (d === ':' && (at + 1 === end || isBlank(next))) return { colon: at, separates: true };
    if (candidate || at === from) continue;
    candidate = { colon: at, separates: false };
    // A colon inside of the value says nothing of this one.
    if (opensValue(text[skip(text, at + 1, end, isAnyBlank)])) break;
    if (d === ':' && isOddBlank(next)) break;
  }
  return candidate;
}

const opensValue = (c: string | undefined) => c !== undefined && '{[｛"'.includes(c);

function behindQuotes(text: string, from: number, end: number): Key | undefined {
  const close = text.slice(from + 1, end).indexOf(text[from]!);
  if (close < 0) return undefined;
  const colon = skip(text, from + close + 2, end, isBlank);
  if (text[colon] === '：') return { colon, separates: false };
  if (text[colon] !== ':') return undefined;
  return { colon, separates: colon + 1 === end || isBlank(text[colon + 1]) };
}

/** Whether a line goes on with a key and a value, however its colon is written. */
export function hasKey(text: string, from: number, end = lineEnd(text, from)): boolean {
  return findKey(text, from, end) !== undefined;
}
