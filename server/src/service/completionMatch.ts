import { initialsOf } from '../catalog/pinyin';
import { normalizeKey } from '../disclosure/vocabulary';

/** What a typed word may be found by. */
export interface Findable {
  readonly text: string;
  /** A name beside it. */
  readonly name?: string;
  /** The document has it elsewhere: what begins so is likely meant. */
  readonly usedIn?: string;
}

/**
 * How well a typed word fits: 0 is all of it, then where a code or key begins so, a name, the initials of
 * either; then where they hold it somewhere, or its characters in that order. Undefined: not at all.
 */
export function matchRank(typed: string, { text, name, usedIn }: Findable): number | undefined {
  const word = normalizeKey(typed).toLowerCase();
  if (word === '') return 0;
  const key = normalizeKey(text).toLowerCase();
  if (key === word || (usedIn !== undefined && key.startsWith(word))) return 0;
  if (key.startsWith(word)) return 1;
  const names = name ? [key, normalizeKey(name).toLowerCase()] : [key];
  if (names.some((own) => own.startsWith(word))) return 2;
  const initials = /^[a-z]+$/.test(word) ? names.map(initialsOf) : [];
  if (initials.some((letters) => letters.startsWith(word))) return 3;
  // Of a code it is the beginning that people know.
  if (/^\d+$/.test(word)) return undefined;
  if (names.some((own) => own.includes(word))) return 4;
  if (initials.some((letters) => letters.includes(word))) return 5;
  return initials.length === 0 && names.some((own) => isWithin(word, own)) ? 6 : undefined;
}

/** Whether the characters of a word come in their order, as editors compare. */
function isWithin(word: string, candidate: string): boolean {
  let at = -1;
  return [...word].every((c) => (at = candidate.indexOf(c, at + 1)) >= 0);
}
