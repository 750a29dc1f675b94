/**
 * The cells of a block as spreadsheets put it on the clipboard: tabs between cells, a line a row, quotes
 * around what holds either. Blanks around a cell are not part of it; rows without anything go.
 */
export function gridOf(text: string): string[][] {
  const rows: string[][] = [[]];
  // A quoted cell, or what stands before the next tab or line end, and which of these it is.
  const cell = /(?:"((?:[^"]|"")*)"(?=\t|\r?\n|\r|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  for (let at = 0; at <= text.length; at = cell.lastIndex) {
    cell.lastIndex = at;
    const [all, quoted, plain = '', end] = cell.exec(text)!;
    rows.at(-1)!.push(clean(quoted?.replaceAll('""', '"') ?? plain));
    if (end === '' || at + all.length > text.length) break;
    if (end !== '\t') rows.push([]);
  }
  return rows.filter((row) => row.some((value) => value !== ''));
}

/** Whether a text is cells beyond doubt: tabs between them, or a column of figures. */
export const isBlock = (text: string) =>
  /[^\t\r\n]\t|\t[^\t\r\n]/.test(text) ||
  /^(?:[ \t]*[-+]?\d[\d,]*(?:\.\d+)?[ \t]*(?:\r?\n|$)){2,}$/.test(text);

const clean = (text: string) => text.replace(/[\s\u00A0\u3000]+/gu, ' ').trim();
