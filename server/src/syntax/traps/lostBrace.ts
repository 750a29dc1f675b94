import { parseWhole } from '../whole';
import type { TextRange } from '../tree';
import { isLineEnd, lineEnd, lineStart, nextLine, skip } from './characters';
import { edit } from './trap';
import type { Explained } from './written';

/** Strings, brackets and the beginnings of lines. */
const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|[{}[\]]|[\r\n]+([ \t]*)/g;

/** A longer text is not parsed once more while somebody types. */
const LONGEST_TRIED = 200_000;

interface Open {
  readonly bracket: string;
  readonly at: number;
  /** The blanks before the line it is in. */
  readonly indent: string;
}

/** Where brackets are missing: those that are open, and the key or bracket that stands outside of them. */
interface Gap {
  readonly open: readonly Open[];
  /** Where that begins; undefined at the end of the text. */
  readonly next: number | undefined;
}

/**
 * A brace of JSON that is missing where a map of several lines ends: before the key that stands outside of the
 * map by its indentation. Only in a text that is indented throughout, and that nothing else is wrong with.
 */
export function lostBrace(text: string): Explained | undefined {
  if (text.length > LONGEST_TRIED) return undefined;
  const gap = findGap(text);
  if (!gap || gap.open.some(({ bracket }) => bracket !== '{')) return undefined;
  const { open, next } = gap;
  const end = endOf(text, next ?? text.length);
  const at = text[end - 1] === ',' && next !== undefined ? end - 1 : end;
  const last = open[0]!;
  if (at <= last.at + 1) return undefined;
  const isRow = !/[\r\n]/.test(text.slice(last.at, at));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const braces = open.map(({ indent }, i) => (i === 0 && isRow ? '}' : `${lineBreak}${indent}}`));
  for (const comma of ['', ',']) {
    const newText = braces.join('') + comma;
    const mended = text.slice(0, at) + newText + text.slice(at);
    if (findGap(mended) || parseWhole(mended, 'json').problems.length > 0) continue;
    const args = { value: '}'.repeat(open.length) };
    const certain = open.length === 1;
    return {
      parser: 'MISSING_BRACKET',
      range: { start: at - 1, end: at },
      fixes: [{ title: 'bracket', args, edits: [edit(at, at, newText)], certain }],
      ...(next !== undefined && { misplaced: blockAt(text, next) }),
    };
  }
  return undefined;
}

/** The first place where the indentation says that brackets are missing. */
function findGap(text: string): Gap | undefined {
  const open: Open[] = [];
  let indent = '';
  let atStart = true;
  for (const { 0: token, 1: blanks, index } of text.matchAll(TOKEN)) {
    if (blanks !== undefined) {
      indent = blanks;
      atStart = true;
      continue;
    }
    const isClosing = token === '}' || token === ']';
    const outside = atStart
      ? open.filter(({ indent: own }, i) =>
          isClosing ? own.length > indent.length : i > 0 && own.length >= indent.length,
        )
      : [];
    if (outside.length > 0) return { open: outside.reverse(), next: index };
    if (isClosing) open.pop();
    else if (!token.startsWith('"')) open.push({ bracket: token, at: index, indent });
    atStart = false;
  }
  return open.length > 0 ? { open: open.reverse(), next: undefined } : undefined;
}

/** The end of what stands before an offset. */
const endOf = (text: string, offset: number) => text.slice(0, offset).trimEnd().length;

/** A line and those below it that are indented deeper. */
function blockAt(text: string, at: number): TextRange {
  const start = lineStart(text, at);
  const indent = at - start;
  let end = lineEnd(text, at);
  while (end < text.length) {
    const line = nextLine(text, end);
    const from = skip(text, line, text.length, (c) => c === ' ' || c === '\t');
    if (from - line <= indent && from < text.length && !isLineEnd(text[from])) break;
    end = lineEnd(text, from);
  }
  return { start, end };
}
