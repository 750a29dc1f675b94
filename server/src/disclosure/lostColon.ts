import type { Entry } from '../syntax/tree';
import { parseAmount } from './amount';
import { halfWidth } from './mistyped';
import { vocabulary } from './vocabulary';

/** A key with a figure in it, between which the colon was forgotten, or `=` was typed for it. */
export interface LostColon {
  readonly name: string;
  /** The figure; empty where none is written yet. */
  readonly figure: string;
}

/** `{本年支出合计 40.00, 基本支出= 40.00}`: to YAML each of them is a key without a value. */
export function lostColonIn({ key, value }: Entry): LostColon | undefined {
  if (key.style !== 'plain' || (value && !(value.kind === 'scalar' && value.text === '')))
    return undefined;
  const text = key.text.trim();
  const [, name, figure] = /^([^=＝]+?)\s*[=＝]\s*([^=＝\s]*)$/u.exec(text) ?? [];
  if (name !== undefined && figure !== undefined) {
    return figure === '' || isFigure(figure) ? { name, figure } : undefined;
  }
  const [, word, last] = /^(\S.*?)\s+(\S+)$/u.exec(text) ?? [];
  if (word === undefined || last === undefined || !isFigure(last)) return undefined;
  // A code with a blank in it is one code.
  return /^\d+$/.test(halfWidth(word)) && !last.includes('.')
    ? undefined
    : { name: word, figure: last };
}

/** An amount or a percentage; 自动 stands for one. */
function isFigure(text: string): boolean {
  if (text === vocabulary.derived) return true;
  const digits = halfWidth(text).replace(/%$/, '');
  return /\d/.test(digits) && parseAmount(digits, 0) !== undefined;
}
