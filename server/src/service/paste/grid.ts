import { figureText } from './headings';

/**
 * The cells of a block as spreadsheets put it on the clipboard: tabs between cells, a line a row, quotes
 * around what holds either. Blanks around a cell are not part of it. A row without anything is one of those
 * that are counted down from a cell; where there is nothing else there is no block.
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
  // The last line ends too: no row follows.
  if (/[\r\n]$/.test(text)) rows.pop();
  return rows.some(isFilled) ? rows : [];
}

/** Whether anything stands in a row. */
export const isFilled = (row: readonly string[]) => row.some((cell) => cell !== '');

/** Whether a text is cells beyond doubt: tabs between them, or a column of figures. */
export const isBlock = (text: string) => /[^\t\r\n]\t|\t[^\t\r\n]/.test(text) || isColumn(text);

/** Figures one below the other, with blanks and the marks for none among them. */
function isColumn(text: string): boolean {
  const cells = gridOf(text).flat();
  const isCell = (cell: string) =>
    /^[-+]?\d[\d,]*(?:\.\d+)?$/.test(cell) || (!/\s/.test(cell) && figureText(cell) !== undefined);
  return cells.every(isCell) && cells.filter((cell) => /\d/.test(cell)).length > 1;
}

const clean = (text: string) => text.replace(/[\s\u00A0\u3000]+/gu, ' ').trim();
