import { LONGEST_TRIED, parseWhole } from '../whole';
import type { TextRange } from '../tree';
import { isLineEnd, lineEnd, lineStart, nextLine, skip } from './characters';
import { edit } from './trap';
import type { Explained } from './written';

/** Strings, brackets and the beginnings of lines. */
const TOKEN = /"(?:[^"\\\r\n]|\\.)*"?|[{}[\]]|[\r\n]+([ \t]*)/g;

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
 * A bracket of JSON that is missing where a map or a list of several lines ends: before what stands outside of it
 * by its indentation. Only in a text that is indented throughout, and that nothing else is wrong with.
 */
export function lostBrace(text: string): Explained | undefined {
  if (text.length > LONGEST_TRIED) return undefined;
  const gap = findGap(text);
  if (!gap) return undefined;
  const { open, next } = gap;
  const end = endOf(text, next ?? text.length);
  const at = text[end - 1] === ',' && next !== undefined ? end - 1 : end;
  const last = open[0]!;
  if (at <= last.at + 1) return undefined;
  const isRow = !/[\r\n]/.test(text.slice(last.at, at));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const closing = open.map(({ bracket }) => (bracket === '{' ? '}' : ']'));
  const braces = open.map(({ indent }, i) =>
    i === 0 && isRow ? closing[i]! : `${lineBreak}${indent}${closing[i]}`,
  );
  for (const comma of ['', ',']) {
    const newText = braces.join('') + comma;
    const mended = text.slice(0, at) + newText + text.slice(at);
    if (findGap(mended) || parseWhole(mended, 'json').problems.length > 0) continue;
    const args = { value: closing.join('') };
    const certain = open.length === 1;
    return {
      parser: last.bracket === '{' ? 'CloseBraceExpected' : 'CloseBracketExpected',
      range: { start: at - 1, end: at },
      fixes: [{ title: 'bracket', args, edits: [edit(at, at, newText)], certain }],
      ...(next !== undefined && { misplaced: misplacedFrom(last, next, text) }),
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

/** What stands outside; of a list that is not closed its items too are no longer those of its key. */
function misplacedFrom({ bracket, at }: Open, next: number, text: string): TextRange {
  const block = blockAt(text, next);
  return bracket === '[' ? { start: lineStart(text, at), end: block.end } : block;
}

/** A line and those below it that are indented deeper. */
export function blockAt(text: string, at: number): TextRange {
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
