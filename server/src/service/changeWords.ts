import { isNonZero, type Cell } from '../disclosure/model';
import type { Network } from '../relations/network';
import type { Cause } from '../repair/cause';
import { isRightWith, isTurnable, spokenIn } from '../repair/turned';
import type { SyntaxTree } from '../syntax/tree';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';
import { withoutQuotes } from './places';

/**
 * The words of a change (增加 and 增长, 减少 and 下降) said the other way, where its figures are right as they
 * are printed then. As few of them as will do.
 */
export function changeWordFix(
  cause: Cause,
  network: Network,
  tree: SyntaxTree,
  locale: Locale,
): Fix[] {
  const turned = turnedWords(cause, network, tree);
  if (turned.length === 0) return [];
  const words = turned.map(otherWord);
  const edits = turned.map(({ entry }, index) => ({
    range: withoutQuotes(tree.rangeOf(entry!.key), tree),
    newText: words[index]!,
  }));
  return [
    { title: message(locale, 'fix.value', { value: words.join('、') }), preferred: false, edits },
  ];
}

/** The cells whose words say the opposite of what the figures do, in the order of the text. */
export function turnedWords(
  { verdict, members }: Cause,
  network: Network,
  tree: SyntaxTree,
): readonly Cell[] {
  if (verdict === 'joint' || verdict === 'tail') return [];
  const changes = [...new Set(members.flatMap(spokenIn))].filter(isChange);
  if (changes.length > MOST || !changes.every(isTurnable)) return [];
  const holds = (turned: readonly Cell[]) => members.every(isRightWith(turned, network));
  const turned = fewestOf(changes).find(holds) ?? [];
  return turned.toSorted((a, b) => startOf(a, tree) - startOf(b, tree));
}

/** A sum of changes has as many as the lines of its text. */
const MOST = 8;

/** A change that is said, whatever it is; 持平 has no other word. */
const isChange = (cell: Cell) =>
  cell.column.opposite !== undefined &&
  cell.entry !== undefined &&
  (cell.state === 'derived' || isNonZero(cell));

/** Each alone, the last one first: a rate stands behind its amount. Then an amount with the rate beside it. */
function fewestOf(changes: readonly Cell[]): Cell[][] {
  const alone = changes.map((cell) => [cell]).reverse();
  const pairs = changes.flatMap((cell, at) =>
    changes.slice(at + 1).flatMap((other) => (other.row === cell.row ? [[cell, other]] : [])),
  );
  return [...alone, ...pairs];
}

/** Whether a fix says with a sign what a word is there for: 减少 −60.80, or 增加 −1.60 for another figure. */
export function isSignedWord({ edits }: Fix, { members }: Cause, tree: SyntaxTree): boolean {
  const cells = members.flatMap(spokenIn).filter(isTurnable);
  const [only, ...more] = edits;
  if (!only?.newText.startsWith('-') || more.length > 0) return false;
  return cells.some(({ entry, printed, sign }) => {
    const { start, end } = tree.valueRangeOf(entry!);
    const isThere = start <= only.range.start && only.range.end <= end;
    const isSame = only.newText.replace(/^-|%$/g, '') === printed.replace(/^-|%$/g, '');
    return isThere && (sign === -1 || !isSame);
  });
}

const startOf = ({ entry }: Cell, tree: SyntaxTree): number => tree.rangeOf(entry!.key).start;

export const otherWord = ({ column, sign }: Cell): string =>
  sign === -1 ? column.key : column.opposite!.key;
