/** Characters and stretches of a line, for the recognition of traps. All work on offsets. */

export const isLineEnd = (c: string | undefined) => c === '\n' || c === '\r';

/** What YAML takes for a blank. */
export const isBlank = (c: string | undefined) => c === ' ' || c === '\t';

/** What looks like a blank and is a letter to YAML and an error to JSON. */
export function isOddBlank(c: string | undefined): boolean {
  if (c === undefined || c < '\u00A0') return false;
  return (
    c === '\u3000' ||
    c === '\u00A0' ||
    (c >= '\u2000' && c <= '\u200A') ||
    c === '\u202F' ||
    c === '\u205F'
  );
}

export const isAnyBlank = (c: string | undefined) => isBlank(c) || isOddBlank(c);

/** The beginning of the line that holds `from`. */
export function lineStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && !isLineEnd(text[at - 1])) at--;
  return at;
}

export function lineEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isLineEnd(text[at])) at++;
  return at;
}

/** The beginning of the line after the one that holds `from`. */
export function nextLine(text: string, from: number): number {
  const end = lineEnd(text, from);
  return end + (text[end] === '\r' && text[end + 1] === '\n' ? 2 : 1);
}

/** The first offset from `from` on, before `end`, of a character that is none of these. */
export function skip(
  text: string,
  from: number,
  end: number,
  these: (c: string | undefined) => boolean,
): number {
  let at = from;
  while (at < end && these(text[at])) at++;
  return at;
}

/** Whether nothing but blanks and a comment stands before the line's end. */
export function isRestEmpty(text: string, from: number): boolean {
  const at = skip(text, from, text.length, isBlank);
  if (at === text.length || isLineEnd(text[at])) return true;
  return text[at] === '#' && (at > from || isBlank(text[at - 1]));
}

/** How far blanks indent, in half-width characters. */
export function widthOf(text: string, start: number, end: number): number {
  let width = 0;
  for (let i = start; i < end; i++) width += text[i] === '\u3000' || text[i] === '\t' ? 2 : 1;
  return width;
}

const AMOUNT = /^[¥￥]?[-+−－–]?[\d０-９][\d０-９,，.．。%％]*$|^(?:—+|-+|自动)$/u;

/** Whether a value is one that a cell of a table might hold. */
export const isAmountLike = (text: string) => AMOUNT.test(text.trim());
