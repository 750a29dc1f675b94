import type { Fact } from '../relations/fact';
import type { SyntaxTree } from '../syntax/tree';
import { isRewritable } from './edits';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { withoutQuotes } from './places';

/** A word that compares two figures otherwise than they do: the right one in its place. A figure may be wrong instead. */
export function wordFix(fact: Fact, tree: SyntaxTree, locale: Locale): Fix[] {
  const { at, rule, meaning, args } = fact;
  const { word = '', right } = args;
  if (rule.kind !== 'direction' || meaning === undefined || right === undefined) return [];
  if (at.kind !== 'scalar' || at.text.trim() !== word || !isRewritable(at, tree)) return [];
  const edits = [{ range: withoutQuotes(tree.rangeOf(at), tree), newText: right }];
  return [{ title: message(locale, 'fix.value', { value: right }), preferred: false, edits }];
}
