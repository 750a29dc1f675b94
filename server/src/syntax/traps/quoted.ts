import { isAnyBlank, isRestEmpty, lineEnd, nextLine, skip } from './characters';
import { fullWidthMark } from './marks';
import { edit, trap, type Trap } from './trap';

const CLOSING: Readonly<Record<string, RegExp>> = {
  '"': /^[^“”]*”(?=[ \t]*[,}\]]*[ \t]*(?:#.*)?$)/,
  "'": /^[^‘’]*’(?=[ \t]*[,}\]]*[ \t]*(?:#.*)?$)/,
};
const KEY_LINE = /^(?:[}\]]|[^\s:：]{1,100}\s*[:：])/;

/** The offset behind a quoted scalar. One closed with a full-width quote is a trap. */
export function endOfQuoted(text: string, start: number, traps: Trap[]): number {
  const quote = text[start]!;
  const firstEnd = lineEnd(text, start);
  let at = start + 1;
  let first = true;
  while (at < text.length) {
    if (at >= firstEnd && first) {
      first = false;
      const closing = fullWidthClosing(text, start, firstEnd);
      if (closing !== undefined) {
        traps.push(fullWidthMark(text, closing, quote));
        return closing + 1;
      }
    }
    const c = text[at];
    if (c === '\\' && quote === '"') at += 2;
    else if (c !== quote) at++;
    else if (quote === "'" && text[at + 1] === "'") at += 2;
    else return at + 1;
  }
  return text.length;
}

/** `"人员"经费`: words in quotes at the head of a text that has none around it. */
export function partQuoted(text: string, at: number, end: number, stop: number): Trap | undefined {
  const rest = text.slice(end, stop);
  const comment = rest.search(/[ \t]#/);
  const body = (comment < 0 ? rest : rest.slice(0, comment)).trimEnd();
  // What closes something around it, or goes on behind it, is another mistake.
  if (/^\s*(?:$|[#,}\]])/.test(body)) return undefined;
  const last = end + body.length;
  const written = text.slice(at, last);
  // What is between double quotes may hold escapes.
  const isFree = !/["\\]/.test(written);
  const meant = isFree ? `"${written}"` : `'${written.replaceAll("'", "''")}'`;
  return trap('syntax.part-quoted', [at, last], [edit(at, last, meant)], {
    title: 'quote',
    args: { value: meant },
  });
}

/**
 * The full-width quote that closes a quoted scalar in its first line, where no other one does and the
 * next line begins something new.
 */
export function fullWidthClosing(text: string, start: number, end: number): number | undefined {
  const match = CLOSING[text[start]!]!.exec(text.slice(start + 1, end));
  if (!match) return undefined;
  // A quoted text may go on in the next line, unless that begins something new.
  let next = nextLine(text, end);
  while (next < text.length && isRestEmpty(text, next)) {
    next = nextLine(text, next);
  }
  if (next >= text.length) return start + match[0].length;
  const stop = lineEnd(text, next);
  const content = skip(text, next, stop, isAnyBlank);
  return KEY_LINE.test(text.slice(content, stop)) ? start + match[0].length : undefined;
}
