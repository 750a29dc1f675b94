import { isAmountLike } from './characters';
import { findKey } from './keys';
import { edit, trap, type Trap } from './trap';
import { below, valueEnd } from './written';

/** A quoted text, or a plain one without anything that means more to YAML. */
const KEY = /^(?:"[^"\r\n]*"|'[^'\r\n]*'|[\p{L}\p{N}“（(][^"'{}[\],:：#\r\n]*)$/u;

/**
 * `支出决算表` above rows that are indented below it: YAML has no text there that goes on in a key. In a map that
 * is open (`inMap`) it has none at all.
 */
export function lostColon(
  text: string,
  [from, end]: readonly [from: number, end: number],
  column: number,
  inMap: boolean,
): Trap | undefined {
  const keyEnd = valueEnd(text, from, end);
  const key = text.slice(from, keyEnd);
  if (!KEY.test(key) || isAmountLike(key)) return undefined;
  const next = below(text, { start: from, end });
  if (!next || next.indent <= column) return undefined;
  const first = /^(?:- +)*/.exec(text.slice(next.from, next.end))![0].length;
  const found = findKey(text, next.from + first, next.end);
  if (!found || !(found.separates || inMap)) return undefined;
  const edits = [edit(keyEnd, keyEnd, ':')];
  return trap('syntax.colon-lost', [from, keyEnd], edits, { title: 'colon-missing' });
}
