import { append } from '../syntax/arrays';
import { trimmedRange } from '../syntax/tree';
import type { Entry, SequenceNode, SyntaxNode, SyntaxTree, TextRange } from '../syntax/tree';
import type { Problem, ProblemFix } from './model';

/** A dash with nothing behind it: an item that somebody began, or left behind. */
const DASH = /^([ ]*)-[ \t]*(?:#.*)?$/u;

/** The items of lists, one under the other, in which nothing is written. */
export function emptyItemProblems(sections: Iterable<Entry>, tree: SyntaxTree): Problem[] {
  const problems: Problem[] = [];
  for (const { value } of sections) visit(value);
  return problems;

  function visit(node: SyntaxNode | undefined): void {
    if (node?.kind === 'map') for (const { value } of node.entries) visit(value);
    else if (node?.kind === 'sequence') {
      for (const at of dashesIn(node, tree)) {
        problems.push({ code: 'input.item-empty', at, args: {}, fixes: [without(at, tree)] });
      }
      node.items.forEach(visit);
    }
  }
}

/** Where the dashes of empty items stand: an item that is not there has no place of its own. */
function dashesIn(list: SequenceNode, tree: SyntaxTree): TextRange[] {
  const { items, style } = list;
  if (style !== 'block' || tree.language !== 'yaml' || !items.includes(undefined)) return [];
  const { start, end } = tree.rangeOf(list);
  const found: TextRange[] = [];
  let from = start;
  let open = 0;
  for (const item of [...items, null]) {
    if (item === undefined) open++;
    else {
      const to = item ? tree.rangeOf(item).start : end;
      append(found, dashesBetween(from, to, tree.text).slice(0, open));
      if (item) from = trimmedRange(item, tree).end;
      open = 0;
    }
  }
  return found;
}

function dashesBetween(from: number, to: number, text: string): TextRange[] {
  const lineEnd = text.slice(to).search(/[\r\n]|$/u);
  const found: TextRange[] = [];
  let at = from;
  for (const line of text.slice(from, to + lineEnd).split('\n')) {
    const [, blank] = DASH.exec(line.replace(/\r$/u, '')) ?? [];
    if (blank !== undefined) {
      const start = at + blank.length;
      found.push({ start, end: start + 1 });
    }
    at += line.length + 1;
  }
  return found;
}

/** Takes the line of a dash away, with the break before it at the end of a file. */
function without({ start, end }: TextRange, { text }: SyntaxTree): ProblemFix {
  const before = /(?:\r?\n|^)[ ]*$/u.exec(text.slice(0, start))?.[0] ?? '';
  const behind = /^[ \t]*(?:#[^\r\n]*)?(?:\r?\n)?/u.exec(text.slice(end))![0];
  const lineBreak = /^\r?\n/u.exec(before)?.[0].length ?? 0;
  const isLast = !behind.endsWith('\n');
  const at = {
    start: start - before.length + (isLast ? 0 : lineBreak),
    end: end + behind.length,
  };
  const edits = [{ at, newText: '' }];
  return { title: 'surplus', args: { found: '-' }, edits, certain: false };
}
