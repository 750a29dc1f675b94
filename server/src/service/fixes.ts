import type { Cause } from '../repair/causes';
import type { RightValues } from '../repair/values';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import { editCell, textFor, type CellEdit } from './edits';
import { message, type Locale } from './messages';
import { labelOf } from './places';

export interface Fix {
  readonly title: string;
  /** True only when cell and value leave no choice. */
  readonly preferred: boolean;
  readonly edits: readonly CellEdit[];
}

/** Problems after which the tree is a guess. */
const BROKEN = new Set(['syntax.yaml', 'syntax.json', 'syntax.unreadable']);

/** More values than this for one cell are not offered one by one. */
const MOST_VALUES = 5;

/** The ways to mend a cause, the likeliest first. A rounding tail is never mended. */
export function fixesOf(cause: Cause, tree: SyntaxTree, locale: Locale): Fix[] {
  return cause.candidates.flatMap((candidate) => valueFixes(cause, candidate, tree, locale));
}

function valueFixes(cause: Cause, candidate: RightValues, tree: SyntaxTree, locale: Locale): Fix[] {
  const { cell, values } = candidate;
  if (values.length > MOST_VALUES) return [];
  const breaks = tree.problems.filter(({ code }) => BROKEN.has(code));
  return values.flatMap((amount) => {
    const text = textFor(amount, cell);
    const edit = editCell(cell, text, tree);
    if (!edit) return [];
    const value = text === '' ? message(locale, 'blank') : text;
    const here = cell === cause.cell;
    const title = here
      ? message(locale, text === '' ? 'fix.value.blank' : 'fix.value', { value })
      : message(locale, 'fix.cell', { value, cell: labelOf(cell, locale) });
    // Where the text is broken the figures may not be what they seem.
    if (breaks.some(({ range }) => touchesLine(tree.text, range, edit.range))) return [];
    const preferred = cause.verdict === 'certain' && breaks.length === 0;
    return [{ title, preferred, edits: [edit] }];
  });
}

/** Whether two stretches of a text share a line. */
function touchesLine(text: string, a: TextRange, b: TextRange): boolean {
  const between = a.start < b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
  return !between.includes('\n');
}
