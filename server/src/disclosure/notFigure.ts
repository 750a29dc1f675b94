/** Words in the place of an amount: what is meant by them. */
import type { ProblemFix } from './model';
import { nearName, type Meant } from './nearest';
import type { ScalarNode } from '../syntax/tree';
import { vocabulary } from './vocabulary';

const { derived, derivedMeant, noNumber } = vocabulary;

/** What a cell is to print for a word that is no amount; undefined where that cannot be told. */
export function meantByWord(printed: string): Meant | undefined {
  // Which figure there should be is not known; that there is none is said by a blank.
  if (noNumber.includes(printed.toLowerCase())) return { text: '', certain: false };
  return meantDerived(printed);
}

/** `自动。`, `自 动`, `auto` */
function meantDerived(printed: string): Meant | undefined {
  const bare = printed.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
  const isMeant = bare === derived || derivedMeant.includes(bare.toLowerCase());
  return isMeant ? { text: derived, certain: true } : nearName(bare, [[derived, derived]]);
}

/** Takes the figure out of a cell. */
export function blanking(at: ScalarNode): ProblemFix {
  return { title: 'value.blank', edits: [{ at, newText: '' }], certain: false };
}
