import {
  isAmountLike,
  isAnyBlank,
  isRestEmpty,
  lineEnd,
  nextLine,
  skip,
  widthOf,
} from './characters';
import { findKey, type Key } from './keys';

/** A full-width brace before the first entry of a row: `｛本年支出合计：１．５０`. */
export const OPENED = /^｛[^,，:：｛｝]{1,40}[:：][ \t\u3000]*(?:[-－+＋]?[\d０-９]|自动)/u;

/** Such a row whole, with a figure in it. */
const ROW = /^｛[^｛｝]*[:：][ \t\u3000]*(?:[-－+＋]?[\d０-９]|自动)[^｛]*[}｝][ \t]*(?:#.*)?$/u;

/** Whether a line with a colon that does not separate, and those below it in its column, are the entries of a map. */
export function isMapAhead(text: string, column: number, first: Key, firstEnd: number): boolean {
  const amount = ({ colon }: Key, end: number) => {
    const value = text.slice(colon + 1, end).trim();
    return isAmountLike(value) || value.startsWith('{') || OPENED.test(value) || ROW.test(value);
  };
  let amounts = amount(first, firstEnd);
  let bare = isRestEmpty(text, first.colon + 1);
  let start = nextLine(text, firstEnd);
  while (start < text.length) {
    const end = lineEnd(text, start);
    const content = skip(text, start, end, isAnyBlank);
    if (content < end && text[content] !== '#') {
      const width = widthOf(text, start, content);
      const key = width < column ? undefined : findKey(text, content, end);
      if (width < column) break;
      if (width > column) return bare && key !== undefined;
      if (!key) return false;
      if (key.separates) return true;
      bare = isRestEmpty(text, key.colon + 1);
      amounts &&= bare || amount(key, end);
    }
    start = nextLine(text, end);
  }
  return amounts;
}
