/** Of two rows with one code, the one that does not stand in the order of the codes around it. */
import { isInUse, type Catalog } from './catalog';
import type { CatalogClassification } from './data';
import { slipsOf } from './slips';

/** Rows as they stand below each other, by their codes. */
export interface CodeList {
  readonly codes: readonly string[];
  readonly classification: CatalogClassification;
  readonly catalog: Catalog;
  readonly year: number | undefined;
  /** The lines of the form, where the rows are those. */
  readonly lines?: readonly string[];
}

/** The numbers of two rows in their list. */
export type Pair = readonly [first: number, second: number];

/** Undefined where the order does not tell which of two rows it is. */
export function strayOf(pair: Pair, list: CodeList): number | undefined {
  const [first, second] = pair;
  const fits = fittingIn(list, pair);
  const [inOrder, ...others] = pair.filter((at) => fits(at, list.codes[first]!));
  if (inOrder !== undefined) {
    if (others.length > 0) return undefined;
    return inOrder === first ? second : first;
  }
  // Of two that stand together neither is out of order, but only one may leave room for another code.
  if (second !== first + 1) return undefined;
  const [above, below] = pair.map((at) => freeAt(at, list, fits).length);
  const room = above! + below!;
  if (room === 0 || room > MOST_FREE || (above! > 0 && below! > 0)) return undefined;
  return above! > 0 ? first : second;
}

/** The subjects that no row has and that would be in order in the place of one of the rows. */
export const freeFor = (at: number, pair: Pair, list: CodeList): readonly string[] =>
  freeAt(at, list, fittingIn(list, pair));

/** The subjects that one of the rows may have been meant for: the only one that would be in order there, or those a slip away. */
export function meantAt(at: number, pair: Pair, list: CodeList): readonly string[] {
  const free = freeFor(at, pair, list);
  if (free.length === 1) return free;
  if (free.length > MOST_FREE) return [];
  const slips = new Set(slipsOf(list.codes[at]!));
  return free.filter((code) => slips.has(code));
}

/** Of more subjects than this one may be a slip away by chance; and between two rows that are far apart there is always room. */
const MOST_FREE = 40;

/** The subjects of the same level that no row has, and that would be in order in the place of a row. */
function freeAt(at: number, list: CodeList, fits: Fitting): readonly string[] {
  const { codes, classification, catalog, year } = list;
  const taken = new Set(codes);
  const known =
    list.lines ??
    [...catalog.entries(classification)]
      .filter((entry) => isInUse(entry, year))
      .map(({ code }) => code);
  return known.filter(
    (code) => code.length === codes[at]!.length && !taken.has(code) && fits(at, code),
  );
}

/** Whether a code would be in order in the place of a row. */
type Fitting = (at: number, code: string) => boolean;

/** Economic tables print their panels in an order of their own, to be read off the rows but those two. */
function fittingIn({ codes, classification }: CodeList, pair: Pair): Fitting {
  const others = codes.filter((_, at) => !pair.includes(at));
  const panels = [...new Set(others.map((code) => code.slice(0, 3)))];
  const isBefore = (a: string | undefined, b: string | undefined): boolean => {
    if (a === undefined || b === undefined) return true;
    const [from = -1, to = -1] = [a, b].map((code) => panels.indexOf(code.slice(0, 3)));
    const isApart = classification === 'economic' && from !== to && from >= 0 && to >= 0;
    return isApart ? from < to : a < b;
  };
  return (at, code) => isBefore(codes[at - 1], code) && isBefore(code, codes[at + 1]);
}
