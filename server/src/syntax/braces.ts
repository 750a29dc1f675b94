/** Strings, brackets and the beginnings of lines. */
const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|[{}[\]]|[\r\n]+([ \t]*)/g;

/**
 * Where a brace is missing, by how the lines are indented: a key that begins a line no deeper than the
 * line that opened the braces around it stands outside of them. The offset of the last character before
 * it; undefined where the indentation does not tell.
 */
export function findUnclosed(text: string): number | undefined {
  /** For each open bracket, the indent of the line it is in. */
  const open: number[] = [];
  let indent = 0;
  let atStart = true;
  let last = 0;
  for (const { 0: token, 1: blanks, index } of text.matchAll(TOKEN)) {
    if (blanks !== undefined) {
      indent = blanks.length;
      atStart = true;
      continue;
    }
    const around = open.at(-1);
    if (token.startsWith('"')) {
      if (atStart && open.length > 1 && around !== undefined && indent <= around) return last;
    } else if (token === '{' || token === '[') open.push(indent);
    else open.pop();
    atStart = false;
    last = lastOf(text, index + token.length);
  }
  return undefined;
}

/** The last character of what stands in a line from an offset on, but for blanks and a comma. */
function lastOf(text: string, from: number): number {
  let end = from;
  while (end < text.length && !/[\r\n"{}[\]]/.test(text[end]!)) end++;
  const rest = text.slice(from, end).replace(/[\s,]+$/, '');
  return from + rest.length - 1;
}
