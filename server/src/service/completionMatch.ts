import { initialsOf } from '../catalog/pinyin';
import { normalizeKey } from '../disclosure/vocabulary';

/** What a typed word may be found by. */
export interface Findable {
  readonly text: string;
  /** A name beside it. */
  readonly name?: string;
  /** Other names, which are no reason to put it before others. */
  readonly also?: readonly string[];
  /** What begins so is likely meant: the document has it elsewhere. */
  readonly isLikely?: boolean;
}

/**
 * How well a typed word fits: 0 is all of it, then where a code or key begins so, a name, the initials of
 * either; then where they hold it somewhere, or its characters in that order, or another name does.
 * Undefined: not at all.
 */
export function matchRank(typed: string, findable: Findable): number | undefined {
  const { text, name, also = [], isLikely } = findable;
  const word = normalizeKey(typed).toLowerCase();
  if (word === '') return 0;
  const [, digits, rest] = /^(\d+)(\D.*)$/u.exec(word) ?? [];
  // 20807 就业: a code, or the beginning of it, and its name.
  if (digits !== undefined && name !== undefined && /^\d+$/.test(text)) {
    return text.startsWith(digits) ? matchRank(rest!, { text: name, also }) : undefined;
  }
  const key = normalizeKey(text).toLowerCase();
  if (key === word || (isLikely && key.startsWith(word))) return 0;
  if (key.startsWith(word)) return 1;
  const rank = nameRank(word, name ? [key, name] : [key]);
  if (rank !== undefined || /^\d+$/.test(word)) return rank;
  return nameRank(word, also) === undefined ? undefined : 7;
}

function nameRank(word: string, written: readonly string[]): number | undefined {
  const names = written.map((name) => normalizeKey(name).toLowerCase());
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
