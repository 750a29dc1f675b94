import { isAnyBlank, isLineEnd } from './characters';
import { edit, trap, type Trap } from './trap';

/** Keys of JSON without quotes, and what has single ones: there is only one way to understand them. */

const BARE_KEY = /[\p{L}\p{N}（][^\s"'“”{}[\],，:：]{0,100}(?=[ \t]*[:：])/uy;
const BEGINS_KEY = /[\p{L}\p{N}（']/u;
const SINGLE = /'([^'"\\\r\n]{0,200})'/y;
const ENDS_KEY = /\s*[:：]/y;
const ENDS_VALUE = /\s*[,，}｝\]]/y;

/** `2080101: {…}`, `'2080101': {…}` where a key belongs. */
export function bareKey(text: string, at: number): Trap | undefined {
  if (!beginsEntry(text, at)) return undefined;
  const quoted = quotedAt(text, at, ENDS_KEY);
  BARE_KEY.lastIndex = at;
  const found = quoted?.found ?? BARE_KEY.exec(text)?.[0];
  return found === undefined ? undefined : unquoted(at, found, quoted?.name);
}

/** `"格式": 'gouji/1'` */
export function singleQuoted(text: string, at: number): Trap | undefined {
  const quoted = quotedAt(text, at, ENDS_VALUE);
  return quoted && unquoted(at, quoted.found, quoted.name);
}

/** `30102": 1023.54`: the quote before a key is missing. */
const HALF_KEY = /[\p{L}\p{N}（][^\s"'“”{}[\],:：\\]{0,100}"(?=[ \t]*[:：])/uy;

export function halfQuotedKey(text: string, at: number): Trap | undefined {
  if (!beginsEntry(text, at)) return undefined;
  HALF_KEY.lastIndex = at;
  const found = HALF_KEY.exec(text)?.[0];
  return found === undefined ? undefined : opened(at, found);
}

/** `1023.54",`, `上海",`: the quote before a value is missing, or the one behind a figure is surplus. */
const HALF_VALUE =
  /([^\s"'“”{}[\],:：\\][^"'“”{}[\],:：\\\r\n]{0,100})"(?=[ \t]*(?:[,}]|[\r\n]))/uy;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

export function halfQuotedValue(text: string, at: number): Trap | undefined {
  HALF_VALUE.lastIndex = at;
  const [found, value = ''] = HALF_VALUE.exec(text) ?? [];
  if (found === undefined) return undefined;
  if (!NUMBER.test(value)) return opened(at, found);
  const end = at + found.length;
  const fix = { title: 'surplus', args: { found: '"' } };
  return trap('syntax.surplus', [end - 1, end], [edit(end - 1, end, '')], fix, { found: '"' });
}

function opened(at: number, found: string): Trap {
  const edits = [edit(at, at, '"')];
  const fix = { title: 'open-quote' };
  return trap('syntax.unquoted', [at, at + found.length], edits, fix, { found, part: 'half' });
}

function quotedAt(text: string, at: number, ending: RegExp) {
  SINGLE.lastIndex = at;
  const [found, name = ''] = SINGLE.exec(text) ?? [];
  if (found === undefined) return undefined;
  ending.lastIndex = at + found.length;
  return ending.test(text) ? { found, name } : undefined;
}

/** Whether an entry of a map may begin here. */
function beginsEntry(text: string, at: number): boolean {
  if (!BEGINS_KEY.test(text[at]!)) return false;
  let before = at - 1;
  while (before >= 0 && (isAnyBlank(text[before]) || isLineEnd(text[before]))) before--;
  return /[{,，｛]/.test(text[before] ?? '');
}

function unquoted(at: number, found: string, name: string | undefined): Trap {
  const end = at + found.length;
  const meant = JSON.stringify(name ?? found);
  const edits = [edit(at, end, meant)];
  return {
    problem: {
      code: 'syntax.unquoted',
      range: { start: at, end },
      args: { found, ...(name !== undefined && { part: 'single' }) },
      fixes: [{ title: 'quote', args: { value: meant }, edits, certain: true }],
    },
    reading: edits,
  };
}
