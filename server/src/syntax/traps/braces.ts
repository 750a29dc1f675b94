import { edit, trap, type Trap } from './trap';
import { valueEnd } from './written';

/**
 * Rows of figures without the brace that opens them. To YAML a second colon in a line is an error, so that
 * nothing else can be meant by it.
 */

const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g;
/** `本年支出合计: 1.00, 基本支出: 1.00}` */
const ENTRIES =
  /^[^\s,:{}[\]#][^,:{}[\]]*:[ \t](?:[^:]|:(?![ \t]))*,[ \t]*[^\s,:{}[\]]+:(?:[ \t]|$)/u;
const FIRST = /^[^\s,:{}[\]#][^,:{}[\]]*:[ \t]/u;

/** The value of a row, from `at` on: `2080101: 本年支出合计: 1.00}`. */
export function braceOfRow(text: string, at: number, lineEnd: number): Trap | undefined {
  const end = valueEnd(text, at, lineEnd);
  const row = text.slice(at, end).replace(QUOTED, '');
  const [, inner] = /^[(（](.*)[)）]$/u.exec(row) ?? [];
  if (inner !== undefined && ENTRIES.test(inner) && excess(inner) === 0) return round(at, end);
  if (row.endsWith('}') && FIRST.test(row) && excess(row) === 1) return missing([at, end], '{');
  if (!ENTRIES.test(row) || excess(row) !== 0) return undefined;
  return missing([at, end], '{', '}');
}

/** The same of an item of a list, which is a row of its own where it has one entry only. */
export function braceOfItem(text: string, at: number, lineEnd: number): Trap | undefined {
  const end = valueEnd(text, at, lineEnd);
  const row = text.slice(at, end).replace(QUOTED, '');
  if (!row.endsWith('}') || !ENTRIES.test(row) || excess(row) !== 1) return undefined;
  return missing([at, end], '{');
}

/** `(本年支出合计: 1.00, 基本支出: 1.00)` */
function round(start: number, end: number): Trap {
  const edits = [edit(start, start + 1, '{'), edit(end - 1, end, '}')];
  const fix = { title: 'brackets', args: { value: '{}' } };
  return trap('syntax.brace', [start, end], edits, fix, { found: '{}' });
}

/** Brackets closed less brackets opened. */
function excess(row: string): number {
  let depth = 0;
  for (const c of row) {
    if (c === '{' || c === '[') depth--;
    else if (c === '}' || c === ']') depth++;
  }
  return depth;
}

function missing(
  [start, end]: readonly [start: number, end: number],
  open: string,
  close = '',
): Trap {
  const found = `${open}${close}`;
  const edits = [edit(start, start, open), ...(close ? [edit(end, end, close)] : [])];
  const fix = { title: 'bracket', args: { value: found } };
  return trap('syntax.brace', [start, end], edits, fix, { found });
}
