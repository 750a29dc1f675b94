import type { Problem } from '../disclosure/model';
import type { ScalarNode, SyntaxTree, TextRange } from '../syntax/tree';
import { isRewritable, type CellEdit } from './edits';
import type { Fix } from './fixes';
import { message, type Locale, type MessageKey } from './messages';

/** The ways to mend a finding about the writing, as they were found with it. */
export function problemFixesOf({ fixes = [] }: Problem, tree: SyntaxTree, locale: Locale): Fix[] {
  const writable = fixes.filter(({ edits }) =>
    edits.every(({ at }) => !('kind' in at) || isRewritable(at, tree)),
  );
  return writable.map(({ title, args = {}, edits, certain }) => ({
    title: message(locale, `fix.${title}` as MessageKey, args),
    preferred: certain,
    edits: edits.map(({ at, newText }) => editOf(at, newText, tree)),
  }));
}

/** A scalar keeps its quotes. */
function editOf(at: ScalarNode | TextRange, newText: string, tree: SyntaxTree): CellEdit {
  if (!('kind' in at)) return { range: at, newText };
  const range = tree.rangeOf(at);
  const quote = /^["']/.exec(tree.text.slice(range.start, range.end))?.[0] ?? '';
  return { range, newText: `${quote}${newText}${quote}` };
}

/** Together, the certain fixes of all findings of one rule: where there is one slip, there are more. */
export function allOfRule(
  problems: readonly Problem[],
  rule: string,
  tree: SyntaxTree,
  locale: Locale,
): Fix[] {
  const fixes = problems
    .filter(({ code }) => code === rule)
    .flatMap((problem) => problemFixesOf(problem, tree, locale).find((fix) => fix.preferred) ?? []);
  if (fixes.length < 2) return [];
  const title = message(locale, 'fix.all-of-rule', { count: fixes.length });
  return [{ title, preferred: false, edits: fixes.flatMap(({ edits }) => edits) }];
}
