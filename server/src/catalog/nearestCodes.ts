import type { ProblemFix } from '../disclosure/model';
import { rewrite } from '../disclosure/writing';
import type { Catalog, CatalogEntry } from './catalog';
import { classificationOf } from './data';
import { plainName } from './names';
import type { CodePlace } from './places';
import { slipsOf } from './slips';

/** More choices than this are no choice: 行政运行 is one of every 款. */
export const MOST = 4;

/** What else may be known of a place: codes that stand beside it, and anywhere in the document. */
export interface Around {
  readonly catalog: Catalog;
  readonly isTaken: (code: string) => boolean;
  readonly isUsed: (code: string) => boolean;
  /** Whether another list has it. */
  readonly isElsewhere: (code: string) => boolean;
  /** Whether to look for codes that are one slip away. */
  readonly bySlip: boolean;
}

/**
 * The subjects that a code of no subject may stand for: those whose name is printed beside it, and those
 * one slip of the keyboard away (a digit more, less, wrong, or two swapped). What the document uses
 * elsewhere comes first, then what stays under the same subject. A code that is well formed is perhaps
 * one of another year: for it nothing of another level comes into question, nor of another 类 or
 * name, unless the rest of the document has it.
 */
export function nearestCodes(place: CodePlace, around: Around): CatalogEntry[] {
  const { code, classification, levels } = place;
  const { catalog, isTaken, isUsed, bySlip } = around;
  const printed = place.printed.map((names) => plainName(names.at(-1)!.text));
  const named = printed.flatMap((name) => catalog.named(name, classification));
  const slips = (bySlip ? [...slipsOf(code), ...withFirstDigit(place)] : []).flatMap(
    (slip) => catalog.lookup(slip, classification) ?? [],
  );
  const isNamed = ({ name }: CatalogEntry) => printed.includes(plainName(name));
  const shared = (entry: CatalogEntry) => commonPrefix(entry.code, code);
  const isWellFormed = levels.includes(code.length) && classificationOf(code) === classification;
  const isNear = (entry: CatalogEntry) =>
    entry.code.length === code.length &&
    (isNamed(entry) ||
      isUsed(entry.code) ||
      (printed.every((name) => name === '') && (code.length === 3 || shared(entry) >= 3)));
  return [...new Set([...slips, ...(named.length === 1 ? named : [])])]
    .filter((entry) => levels.includes(entry.code.length) && !isTaken(entry.code))
    .filter((entry) => !isWellFormed || isNear(entry))
    .sort(
      (a, b) =>
        Number(isNamed(b)) - Number(isNamed(a)) ||
        Number(isUsed(b.code)) - Number(isUsed(a.code)) ||
        shared(b) - shared(a) ||
        (a.code < b.code ? -1 : 1),
    )
    .slice(0, MOST);
}

/** The fixes that write them; certain where the name beside the code says which. */
export function codeFixes(
  place: CodePlace,
  around: Around,
  near = nearestCodes(place, around),
): ProblemFix[] {
  const printed = new Set(place.printed.map((names) => plainName(names.at(-1)!.text)));
  const named = near.filter(({ name }) => printed.has(plainName(name)));
  return near.map((entry) => codeFix(place, entry, named.length === 1 && entry === named[0]));
}

export function codeFix(
  { node }: Pick<CodePlace, 'node'>,
  { code, name }: CatalogEntry,
  certain: boolean,
): ProblemFix {
  return { ...rewrite(node, code, certain), title: 'subject', args: { code, name } };
}

/** A code of no classification has a wrong first digit, and may have another slip too: 103010. */
function withFirstDigit({ code, classification, levels }: CodePlace): Iterable<string> {
  if (classificationOf(code) || levels.includes(code.length)) return [];
  return slipsOf(FIRST_DIGIT[classification] + code.slice(1));
}

const FIRST_DIGIT = { functional: '2', economic: '3', 'economic-government': '5' } as const;

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
