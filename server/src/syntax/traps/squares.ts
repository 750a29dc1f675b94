/** Square brackets of a list in a row of YAML of which one is missing in its line. */
import { lineEnd } from './characters';
import { edit, trap, type Trap } from './trap';

/** `, 金额: ` behind the names of a list: there the row goes on. */
const NEXT_ENTRY = /[ \t]*,[ \t]*[^\s,:：]+:[ \t]/u;

const NAMES = /^\s*["']?\p{Script=Han}[^,:：]*,[^:：]*[^:：\s]$/u;

/**
 * `{主要包括: [办公费, 印刷费}`: where a list is closed by the brace of the row around it.
 * @param from behind the bracket that opens the list
 * @param open how many brackets are open
 */
export function lostSquareEnd(
  text: string,
  [from, at]: readonly [from: number, at: number],
  open: number,
): Trap | undefined {
  const list = text.slice(from, at);
  if (/[{}[\]\r\n]/.test(list) || closing(text, at) !== open - 1) return undefined;
  const names = list.trimEnd().length;
  const next = list.search(NEXT_ENTRY);
  const end = next < 0 ? names : next;
  // Before a single value, or a figure, a bracket may be one too many.
  if (!NAMES.test(list.slice(0, end))) return undefined;
  return square(from + end, ']', [from + end - 1, from + end]);
}

/** `{主要包括: 办公费, 印刷费]}`: where a list that nothing opens is closed in a row. */
export function lostSquareStart(
  text: string,
  [from, at]: readonly [from: number, at: number],
  open: number,
): Trap | undefined {
  const row = text.slice(from, at);
  const names = /(?<=:[ \t]+)[^:：{}[\]\r\n]+$/u.exec(row)?.[0];
  if (names === undefined || !NAMES.test(names) || closing(text, at) !== open + 1) return undefined;
  const start = at - names.trimStart().length;
  return square(start, '[', [start, start + 1]);
}

/** How many brackets are closed from an offset on in its line. */
const closing = (text: string, at: number) => {
  const rest = text.slice(at, lineEnd(text, at)).replace(/[ \t]#.*$/, '');
  return rest.replace(/[^}\]]/g, '').length - rest.replace(/[^{[]/g, '').length;
};

function square(at: number, found: string, range: readonly [start: number, end: number]): Trap {
  const fix = { title: 'bracket', args: { value: found } };
  return trap('syntax.brace', range, [edit(at, at, found)], fix, { found });
}
