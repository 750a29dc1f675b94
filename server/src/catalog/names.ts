import { normalizeKey } from '../disclosure/vocabulary';
import type { TextRange } from '../syntax/tree';
import type { Level } from './data';

const NUMBER = '(?:[0-9０-９]{1,2}|[一二三四五六七八九十百]{1,4})';
/** `一、`, `（1）`, `2．`, `③`, `⑴`, `㈠`; also several of them, as `（一）1.` */
const ORDINAL = `(?:[(（〔]\\s*${NUMBER}\\s*[)）〕][、.．]?|${NUMBER}[、.．)）]|[0-9０-９]{1,2}\\s+|[①-⒛㈠-㈩❶-❿])`;
const CODES = '(?:[0-9]{3,7}(?![0-9])[\\s—–-]*)+';
const BEFORE = new RegExp(
  `^(?:\\s|["'“”‘’【「『]|其中[:：]?|[-—–·•]|${ORDINAL}|${CODES}|[(（][0-9]{3,7}[)）])+`,
  'u',
);
const AFTER = /(?:\s|["'“”‘’】」』]|[。；;，,、：:*＊]|[(（]?(?<![0-9])[0-9]{3,7}[)）]?)+$/u;

/** The mark of a level behind a name: `（款）`, `[类]`, or its code. */
const MARK = /[(（[［【〔]\s*(?:([类款项])级?|[0-9]{3,7})\s*[)）\]］】〕]/gu;

/** What stands between the names of two levels. */
const BETWEEN = /^[\s、，,；;:：—–/／>＞›→·-]+/u;

/** What sentences put behind a name, or leave out. */
export const EXPENDITURE = '支出';

/** Where in a printed text the name is: without the code and ordinal before it, and the marks around it. */
function bareRange(printed: string): TextRange {
  const start = BEFORE.exec(printed)?.[0].length ?? 0;
  const end = printed.length - (AFTER.exec(printed.slice(start))?.[0].length ?? 0);
  return { start, end };
}

/**
 * A name as names are compared: without the code, ordinal and level that documents print around it
 * (`八、社会保障和就业支出`, `就业补助（款）`), without spaces, brackets of either width being equal.
 */
export function plainName(printed: string): string {
  const { start, end } = bareRange(printed);
  const bare = printed.slice(start, end).replace(MARK, '');
  return normalizeKey(bare).replace(/[,，、]/gu, '、');
}

/** One name of a text that prints those of several levels. */
export interface PrintedPart {
  /** Without ordinal and mark. */
  readonly text: string;
  /** Within the whole text. */
  readonly range: TextRange;
  /**
   * 支出 behind the mark, which may belong to the name (社会保障和就业（类）支出) or to the sentence
   * (公务员医疗补助（项）支出).
   */
  readonly behind?: string;
  /** What the mark says. */
  readonly level?: Level;
}

/**
 * The names in a printed text, by the marks of their levels: `一、社会保障和就业支出（类）就业补助（款）`.
 * One that has no marks, or a single one, is a single name.
 */
export function partsOf(printed: string): PrintedPart[] {
  const bare = bareRange(printed);
  const parts: PrintedPart[] = [];
  let { start } = bare;
  for (const { 0: mark, 1: level, index } of printed.matchAll(MARK)) {
    if (index <= start) continue;
    start += BETWEEN.exec(printed.slice(start, index))?.[0].length ?? 0;
    const text = printed.slice(start, index).trimEnd();
    const range = { start, end: start + text.length };
    const behind = printed.startsWith(EXPENDITURE, index + mark.length) ? EXPENDITURE : '';
    parts.push({
      text,
      range,
      ...(level && { level: level as Level }),
      ...(behind && { behind }),
    });
    start = index + mark.length + behind.length;
  }
  start += BETWEEN.exec(printed.slice(start, bare.end))?.[0].length ?? 0;
  if (start < bare.end) {
    parts.push({ text: printed.slice(start, bare.end), range: { start, end: bare.end } });
  }
  return parts;
}

/** The stretches of a text that has no marks: 社会保障和就业支出—就业补助. */
export function stretchesOf(printed: string): PrintedPart[] {
  const { start, end } = bareRange(printed);
  return [...printed.slice(start, end).matchAll(/[^\s、，,；;—–/／>＞›→-]+/gu)].map(
    ({ 0: text, index }) => {
      const from = start + index;
      return { text, range: { start: from, end: from + text.length } };
    },
  );
}
