import type { Problem, Table } from '../disclosure/model';
import type { Entry, MapNode, SyntaxTree, TextRange } from '../syntax/tree';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';

/** Two entries of one map that have the same key. */
export interface Repetition {
  readonly map: MapNode;
  /** The one where that is told, and the first other one. */
  readonly own: Entry;
  readonly other: Entry;
}

/** The entries that a finding of a repeated key is about. */
export function repetitionOf({ code, at }: Problem, tree: SyntaxTree): Repetition | undefined {
  if (code !== 'syntax.duplicate-key') return undefined;
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const path = tree.pathAt(start);
  const own = path.findLast((node): node is Entry => node.kind === 'entry');
  const map = path.findLast((node): node is MapNode => node.kind === 'map');
  const other = map?.entries.find((entry) => entry !== own && entry.key.text === own?.key.text);
  return map && own && other && { map, own, other };
}

/**
 * An entry that is written twice, word for word if not blank for blank, may go once. It may also be a copy whose key was to
 * be changed, so the fix is offered and never preferred.
 */
export function repeatedEntryFix(problem: Problem, tree: SyntaxTree, locale: Locale): Fix[] {
  const repetition = repetitionOf(problem, tree);
  if (!repetition) return [];
  const { map, own, other } = repetition;
  const written = (entry: Entry) => {
    const range = tree.rangeOf(entry);
    return tree.text
      .slice(range.start, range.end)
      .trimEnd()
      .replace(/[ \t]+/g, ' ');
  };
  if (written(own) !== written(other)) return [];
  const second = map.entries.indexOf(own) > map.entries.indexOf(other) ? own : other;
  const range = removalOf(map, second, tree);
  if (!range) return [];
  const title = message(locale, 'fix.repeated', { key: own.key.text });
  return [{ title, preferred: false, edits: [{ range, newText: '' }] }];
}

/** What goes with an entry of a map, so that nothing is left of it; undefined where it stands with something else. */
const removalOf = ({ style }: MapNode, entry: Entry, tree: SyntaxTree) =>
  style === 'flow' ? behindComma(entry, tree) : wholeLines(entry, tree);

/** Takes a row out of its table, or out of the side of it that it stands on. */
export function removalIn({ entry: { value } }: Table, row: Entry, tree: SyntaxTree) {
  const sides = value?.kind === 'map' ? value.entries.map((entry) => entry.value) : [];
  const list = [value, ...sides].find(
    (one): one is MapNode => one?.kind === 'map' && one.entries.includes(row),
  );
  const range = list && removalOf(list, row, tree);
  return range && { range, newText: '' };
}

/** An item of a list that is written twice, word for word, may go once as well. */
export function repeatedItemFix(
  { code, at, args }: Problem,
  tree: SyntaxTree,
  locale: Locale,
): Fix[] {
  if (code !== 'input.duplicate-item') return [];
  const { start } = 'kind' in at ? tree.rangeOf(at) : at;
  const list = tree.pathAt(start).findLast((node) => node.kind === 'sequence');
  const items = (list?.kind === 'sequence' && list.style === 'block' ? list.items : []).flatMap(
    (item) => (item ? [tree.rangeOf(item)] : []),
  );
  const own = items.find((range) => range.start <= start && start < range.end);
  const written = (range: TextRange) =>
    tree.text.slice(range.start, range.end).trim().replace(/\s+/g, ' ');
  const isTwin = items.some((range) => range !== own && own && written(range) === written(own));
  const range = own && isTwin ? linesOfItem(own, tree.text) : undefined;
  if (!range) return [];
  const title = message(locale, 'fix.repeated', { key: args['key'] ?? '' });
  return [{ title, preferred: false, edits: [{ range, newText: '' }] }];
}

/** The lines of an item with its dash; undefined where something else stands before it. */
function linesOfItem({ start, end }: TextRange, text: string): TextRange | undefined {
  const before = /(?:^|[\r\n])([ \t]*-[ \t]+)$/.exec(text.slice(0, start))?.[1];
  if (before === undefined) return undefined;
  const rest = /^\s*?(?:\r\n|\n|\r|$)/.exec(text.slice(end))?.[0];
  if (rest === undefined && !/[\r\n]/.test(text[end - 1] ?? '')) return undefined;
  return { start: start - before.length, end: end + (rest ?? '').length };
}

/** From the comma before it; undefined where a comment stands between. */
function behindComma(entry: Entry, tree: SyntaxTree): TextRange | undefined {
  const { start, end } = tree.rangeOf(entry);
  const before = tree.text.slice(0, start).trimEnd();
  return before.endsWith(',') ? { start: before.length - 1, end } : undefined;
}

/** Its lines with their ends; undefined where something else, be it a comment, stands on them. */
function wholeLines(entry: Entry, tree: SyntaxTree): TextRange | undefined {
  const { start, end } = tree.rangeOf(entry);
  let from = start;
  while (tree.text[from - 1] === ' ') from--;
  const rest = /^[^\S\r\n]*(?:\r\n|\n|\r|$)/.exec(tree.text.slice(end))?.[0];
  if (rest === undefined || (from > 0 && !/[\r\n]/.test(tree.text[from - 1]!))) return undefined;
  return { start: from, end: end + rest.length };
}
