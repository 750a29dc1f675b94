import type { AliasEntry, CatalogEntry } from './catalog';
import { plainName, type PrintedPart } from './names';

/**
 * What a printed name is to the subject whose code stands beside it.
 * - `same`: its name in that year
 * - `older`: a name that it had before, as far as is known until a year
 * - `form`: its name cut short, or in other characters
 * - `other`: not a name of this subject
 */
export type Judgement =
  | { readonly kind: 'same' | 'form' | 'other' }
  | { readonly kind: 'older'; readonly alias: AliasEntry };

/** Compares a printed name with the catalog's, in the year of the document. */
export function judgeName(
  { text, behind = '' }: Pick<PrintedPart, 'text' | 'behind'>,
  { name, aliases }: CatalogEntry,
  year: number | undefined,
): Judgement {
  const plain = [plainName(text), plainName(text) + behind];
  const own = plainName(name);
  if (plain.includes(own)) return { kind: 'same' };
  const alias = aliases.find((other) => plain.includes(plainName(other.name)));
  // Sentences say 一般公共服务（类）, and 住房公积金支出.
  if (!alias && (`${plain[0]}支出` === own || plain[0] === `${own}支出`)) return { kind: 'form' };
  if (!alias) return { kind: 'other' };
  if (alias.kind !== 'former') return { kind: 'form' };
  const isInUse = year !== undefined && alias.until !== undefined && year <= alias.until;
  return isInUse ? { kind: 'same' } : { kind: 'older', alias };
}

/** Whether documents show what a subject was called in a year; what a workspace says holds for all. */
export function isShownIn({ status, years = '' }: CatalogEntry, year: number | undefined): boolean {
  if (status !== 'documented') return false;
  if (years === '' || year === undefined) return true;
  return years.split(' ').some((span) => {
    const [first, last = first] = span.split('-').map(Number);
    return first! <= year && year <= last!;
  });
}
