import { edit, type Trap } from './trap';

const GAP = /[ \t]+(?=[^\s\d][^\s]*$)/u;
/** The end of a value in flow. */
const END = /[ \t]*(?:[,，{}｝[\]\r\n]|[ \t]#|$)/u;

/**
 * `{事业收入:  经营收入: 1.00}`, `{名称: 行政运行 基本支出: 1.00}`: where a key stands in the value of the one before,
 * for the comma between them is missing. Else the value is a text with a colon, which needs quotes.
 * @param colon the one of the second key
 */
export function commaLost(text: string, start: number, colon: number): Trap | undefined {
  const value = text.slice(start, colon);
  const gap = GAP.exec(value);
  const before = gap ? start + gap.index : text.slice(0, start).trimEnd().length;
  if (gap === null && (text[before - 1] !== ':' || /\s/.test(value))) return undefined;
  const behind = gap ? before + gap[0].length : start;
  const comma = [edit(before, behind, gap ? ', ' : ' , ')];
  const textEnd = colon + 1 + text.slice(colon + 1).search(END);
  const quoted = [edit(start, start, '"'), edit(textEnd, textEnd, '"')];
  const at = { start: gap ? before : before - 1, end: behind };
  const quote = { title: 'quote', args: { value: `"${text.slice(start, textEnd)}"` } };
  const way = { certain: false, byKeys: true } as const;
  return {
    problem: {
      code: 'syntax.comma',
      range: at,
      args: {},
      fixes: [
        { title: 'comma', edits: comma, ...way, first: true },
        { ...quote, edits: quoted, ...way },
      ],
    },
    reading: comma,
  };
}
