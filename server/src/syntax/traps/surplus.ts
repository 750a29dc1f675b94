import { isBlank, skip } from './characters';
import { edit, trap, type Trap } from './trap';

/** Traps of a mark that stands once too often: to YAML it is an error wherever it stands like this. */

/** `{合计: 1.00,, 基本支出: 1.00}`, `{, 合计: 1.00}`: commas from `at` on before which no entry stands. */
export function surplusCommas(text: string, at: number): Trap {
  let end = at + 1;
  for (let next = end; ; next++) {
    next = skip(text, next, text.length, isBlank);
    if (text[next] !== ',') break;
    end = next + 1;
  }
  // One blank is enough between what stands before them and behind them.
  const isSpaced = isBlank(text[at - 1]) || /[{[]/.test(text[at - 1] ?? '');
  const last = isSpaced ? skip(text, end, text.length, isBlank) : end;
  return surplus(text.slice(at, end), [at, end], last);
}

const CLOSING = /[ \t]*(?<marks>[}\]](?:[ \t]*[}\]])*)(?=[ \t]*(?:[\r\n]|$)|[ \t]+#)/y;

/** `2080101: {本年支出合计: 1.00}}`: brackets behind the one that closes the row, as far as its line goes. */
export function surplusBrackets(text: string, from: number): Trap | undefined {
  CLOSING.lastIndex = from;
  const found = CLOSING.exec(text);
  if (!found) return undefined;
  const { marks } = found.groups!;
  const end = from + found[0].length;
  return surplus(marks!, [end - marks!.length, end], end);
}

function surplus(found: string, range: readonly [start: number, end: number], last: number): Trap {
  const edits = [edit(range[0], last, '')];
  return trap('syntax.surplus', range, edits, { title: 'surplus', args: { found } }, { found });
}
