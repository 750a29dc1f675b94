/** A name in a list whose subject has no amount, where the subject beside it has one that nobody lists. */
import type { Cell } from '../disclosure/model';
import type { Fact } from '../relations/fact';
import type { SyntaxTree } from '../syntax/tree';
import { editCell, isRewritable, type CellEdit } from './edits';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { withoutQuotes } from './places';

/** The name of the subject that has the amount, or the amount moved to the one that is named. Either may be the slip. */
export function listFix(fact: Fact, tree: SyntaxTree, locale: Locale): Fix[] {
  const { at, args, beside } = fact;
  if (!beside) return [];
  const { name = '', next = '', codes: code = '' } = args;
  const moved = moving(beside, code, tree);
  const title = message(locale, 'fix.listed-row', { ...args, code });
  const fixes = moved ? [{ title, preferred: false, edits: moved }] : [];
  if (at.kind !== 'scalar' || at.text.trim() !== name || !isRewritable(at, tree)) return fixes;
  const edits = [{ range: withoutQuotes(tree.rangeOf(at), tree), newText: next }];
  const value = message(locale, 'fix.value', { value: next });
  return [{ title: value, preferred: false, edits }, ...fixes];
}

/** The code of the row rewritten; or its amount written in the other row, which is there without one. */
function moving(from: Cell, code: string, tree: SyntaxTree): CellEdit[] | undefined {
  const { table, row, column } = from;
  if (!/^\d+$/.test(code) || !row.entry) return undefined;
  if (!table.rows.get(code)?.entry) {
    return [{ range: withoutQuotes(tree.rangeOf(row.entry.key), tree), newText: code }];
  }
  const to = table.cell(code, column.id);
  const edits = [to && editCell(to, from.printed, tree), editCell(from, '', tree)];
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}
