import type { Cause } from '../repair/causes';
import type { RightValues } from '../repair/values';
import type { SyntaxTree } from '../syntax/tree';
import { editCell, textFor, type CellEdit } from './edits';
import { message, type Locale } from './messages';
import { labelOf } from './places';

export interface Fix {
  readonly title: string;
  /** True only when cell and value leave no choice. */
  readonly preferred: boolean;
  readonly edits: readonly CellEdit[];
}

/** More values than this for one cell are not offered one by one. */
const MOST_VALUES = 5;

/** The ways to mend a cause, the likeliest first. A rounding tail is never mended. */
export function fixesOf(cause: Cause, tree: SyntaxTree, locale: Locale): Fix[] {
  return cause.candidates.flatMap((candidate) => valueFixes(cause, candidate, tree, locale));
}

function valueFixes(cause: Cause, candidate: RightValues, tree: SyntaxTree, locale: Locale): Fix[] {
  const { cell, values } = candidate;
  if (values.length > MOST_VALUES) return [];
  return values.flatMap((amount) => {
    const text = textFor(amount, cell);
    const edit = editCell(cell, text, tree);
    if (!edit) return [];
    const value = text === '' ? message(locale, 'blank') : text;
    const here = cell === cause.cell;
    const title = here
      ? message(locale, text === '' ? 'fix.value.blank' : 'fix.value', { value })
      : message(locale, 'fix.cell', { value, cell: labelOf(cell, locale) });
    return [{ title, preferred: cause.verdict === 'certain', edits: [edit] }];
  });
}
