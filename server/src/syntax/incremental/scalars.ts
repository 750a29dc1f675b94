import {
  classAt,
  closingQuote,
  COLON,
  FULL_WIDTH,
  HASH,
  ODD,
  QUOTE,
  SPACE,
  skipSpaces,
} from './classes';
import { END, LineScalar } from './nodes';
import type { Line } from './store';

/** YAML wants the colon of a key within 1,024 characters. */
const LONGEST_KEY = 1000;

/** The quoted scalar that begins at `from`; undefined if it needs the general parser. */
export function quotedScalar(
  text: string,
  line: Line,
  start: number,
  from: number,
  end: number,
): LineScalar | undefined {
  const close = closingQuote(text, from, end);
  if (close < 0) return undefined;
  return new LineScalar(
    text.slice(from + 1, close),
    'quoted',
    line,
    from - start,
    close + 1 - start,
  );
}

/**
 * The key that begins at `from`, with a colon behind it ({@link colonBehind}); undefined if it needs the
 * general parser. `start` is where the line begins; `unfit` are classes of characters that a plain key
 * may not hold beside those that none may.
 */
export function yamlKey(
  text: string,
  line: Line,
  start: number,
  from: number,
  end: number,
  unfit = 0,
): LineScalar | undefined {
  const kind = classAt(text, from);
  const key =
    kind & QUOTE
      ? quotedScalar(text, line, start, from, end)
      : kind === 0
        ? plainKey(text, line, start, from, end, unfit)
        : undefined;
  if (!key) return undefined;
  const colon = colonBehind(key, text, start, end);
  const isKey = colon < end && text.charCodeAt(colon) === COLON && colon - from <= LONGEST_KEY;
  return isKey ? key : undefined;
}

/** Where the colon behind a key stands. */
export const colonBehind = (key: LineScalar, text: string, start: number, end: number): number =>
  skipSpaces(text, start + key[END], end);

function plainKey(
  text: string,
  line: Line,
  start: number,
  from: number,
  end: number,
  unfit: number,
): LineScalar | undefined {
  let last = from;
  for (let at = from; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c === COLON) break;
    if (c === SPACE) continue;
    if (classAt(text, at) & (ODD | FULL_WIDTH | unfit)) return undefined;
    if (c === HASH && text.charCodeAt(at - 1) === SPACE) return undefined;
    last = at;
  }
  return new LineScalar(text.slice(from, last + 1), 'plain', line, from - start, last + 1 - start);
}
