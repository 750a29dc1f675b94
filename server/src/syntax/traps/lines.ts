import { isLineEnd, lineEnd } from './characters';
import { edit, type Trap } from './trap';

const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/gm;

/**
 * What version control leaves in a file where two sides changed the same lines. One problem for each
 * block; the first side is read.
 */
export function findConflicts(text: string): Trap[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  const traps: Trap[] = [];
  let block: { start: number; aside: number | undefined } | undefined;
  const report = (start: number, end: number, aside: number | undefined) => {
    // The first side stays, everything from the first divider on is blanked out.
    const reading = [
      edit(start, lineEnd(text, start), blanked(text, start, lineEnd(text, start))),
      ...(aside === undefined ? [] : [edit(aside, end, blanked(text, aside, end))]),
    ];
    traps.push({
      problem: { code: 'syntax.conflict', range: { start, end: lineEnd(text, start) }, args: {} },
      reading,
    });
  };
  for (const { 0: marker, index } of text.matchAll(CONFLICT)) {
    const end = lineEnd(text, index);
    if (marker.startsWith('<')) {
      if (block) report(block.start, lineEnd(text, block.start), undefined);
      block = { start: index, aside: undefined };
    } else if (marker.startsWith('>')) {
      if (block) report(block.start, end, block.aside ?? index);
      else report(index, end, undefined);
      block = undefined;
    } else if (block) block.aside ??= index;
  }
  if (block) report(block.start, lineEnd(text, block.start), undefined);
  return traps;
}

const blanked = (text: string, start: number, end: number) =>
  text.slice(start, end).replace(/[^\r\n]/g, ' ');

/** Lines that end with CR alone, which YAML libraries read as one line. One problem for all of them. */
export function findLoneCrs(text: string): Trap[] {
  const edits = [...text.matchAll(/\r(?!\n)/g)].map(({ index }) => edit(index, index + 1, '\n'));
  const [first] = edits;
  if (!first) return [];
  let start = first.range.start;
  while (start > 0 && !isLineEnd(text[start - 1])) start--;
  const fixes = [{ title: 'line-ends', edits, certain: true }];
  const range = { start, end: first.range.start };
  const args = { count: edits.length.toString() };
  return [{ problem: { code: 'syntax.line-ends', range, args, fixes }, reading: edits }];
}
