import type { Cell } from '../disclosure/model';
import type { Cause } from '../repair/causes';
import type { RightValues } from '../repair/values';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import { editCell, textFor, type CellEdit } from './edits';
import { message, type Locale } from './messages';
import { labelOf } from './places';

export interface Fix {
  readonly title: string;
  /** True where there is one cell and its right value: the only one, or what its twin prints. */
  readonly preferred: boolean;
  readonly edits: readonly CellEdit[];
}

/** Problems after which the tree is a guess. */
export const BROKEN: ReadonlySet<string> = new Set([
  'syntax.yaml',
  'syntax.json',
  'syntax.unreadable',
]);

/** More choices than this are no choice. */
const MOST_FIXES = 8;

/** More values than this for one cell are not offered one by one. */
const MOST_VALUES = 5;

/** The ways to mend a cause, the likeliest first. A rounding tail is never mended. */
export function fixesOf(cause: Cause, tree: SyntaxTree, locale: Locale): Fix[] {
  const located = cause.verdict === 'certain' || cause.verdict === 'likely';
  // Of many suspects only printed figures are worth a choice; a blank is seldom what was mistyped.
  const candidates = located
    ? cause.candidates
    : cause.candidates.filter(({ cell }) => cell.state === 'amount');
  return candidates
    .flatMap((candidate) => valueFixes(cause, candidate, tree, locale))
    .slice(0, MOST_FIXES);
}

function valueFixes(cause: Cause, candidate: RightValues, tree: SyntaxTree, locale: Locale): Fix[] {
  const { cell, twin } = candidate;
  const first = cause.verdict === 'likely' ? twin : undefined;
  const plausible = candidate.values.filter(({ units }) => units >= 0n || isNegative(cell));
  const values = first ? [first, ...plausible.filter((value) => value !== first)] : plausible;
  if (values.length > MOST_VALUES) return [];
  const beside = cause.members.flatMap(({ relation }) =>
    [...relation.left, ...relation.right].flatMap((o) => (o.cell === cell ? [] : [o.cell])),
  );
  const breaks = tree.problems.filter(({ code }) => BROKEN.has(code));
  return values.flatMap((amount) => {
    const text = textFor(amount, cell, beside);
    const edit = editCell(cell, text, tree);
    if (!edit) return [];
    const value = text === '' ? message(locale, 'blank') : text;
    const here = cell === cause.cell;
    const title = here
      ? message(locale, text === '' ? 'fix.value.blank' : 'fix.value', { value })
      : message(locale, 'fix.cell', { value, cell: labelOf(cell, locale) });
    // Where the text is broken the figures may not be what they seem.
    if (breaks.some(({ range }) => touchesLine(tree.text, range, edit.range))) return [];
    const right = cause.verdict === 'certain' || amount === first;
    const preferred = right && breaks.length === 0;
    return [{ title, preferred, edits: [edit] }];
  });
}

/** Whether a cell prints less than zero, so that such a value may be right for it too. */
function isNegative({ amount }: Cell): boolean {
  return amount !== undefined && amount.units < 0n;
}

/** Whether two stretches of a text share a line. */
function touchesLine(text: string, a: TextRange, b: TextRange): boolean {
  const between = a.start < b.start ? text.slice(a.end, b.start) : text.slice(b.end, a.start);
  return !between.includes('\n');
}
