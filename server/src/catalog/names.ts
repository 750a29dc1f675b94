import { normalizeKey } from '../disclosure/vocabulary';

const ORDINAL =
  /^(?:其中[:：]?)?(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+[、.．])?/u;
const LEVEL = /[（(][类款项][)）]$/u;

/**
 * A name as names are compared: without the code, ordinal and level that documents print around it
 * (`八、社会保障和就业支出`, `就业补助（款）`), without spaces, brackets of either width being equal.
 */
export function plainName(printed: string): string {
  const bare = printed
    .trim()
    .replace(/^\d{3,7}\s*/, '')
    .replace(ORDINAL, '')
    .replace(LEVEL, '');
  return normalizeKey(bare).replace(/[,，、]/gu, '、');
}
