import type { AliasEntry, CatalogEntry } from './catalog';
import { plainName } from './names';

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
  printed: string,
  { name, aliases }: CatalogEntry,
  year: number | undefined,
): Judgement {
  const plain = plainName(printed);
  if (plain === plainName(name)) return { kind: 'same' };
  // Sentences say 一般公共服务（类）支出.
  if (`${plain}支出` === plainName(name)) return { kind: 'form' };
  const alias = aliases.find((other) => plainName(other.name) === plain);
  if (!alias) return { kind: 'other' };
  if (alias.kind !== 'former') return { kind: 'form' };
  const isInUse = year !== undefined && alias.until !== undefined && year <= alias.until;
  return isInUse ? { kind: 'same' } : { kind: 'older', alias };
}
