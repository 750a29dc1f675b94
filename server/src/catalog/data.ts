import type { Budget, Classification } from '../disclosure/vocabulary';

/**
 * Catalogs as the server bundles them: lists instead of objects, and what many subjects share is
 * written once, because 1 800 subjects are the largest data it carries.
 */

export type CatalogClassification = Classification | 'economic-government';

export type Level = '类' | '款' | '项';

/** The level of a code follows from its length; undefined where no code is that long. */
export function levelOf(code: string): Level | undefined {
  return code.length === 3 ? '类' : code.length === 5 ? '款' : code.length === 7 ? '项' : undefined;
}

/** Codes do not overlap: the first digit says which classification one belongs to, whatever else it is. */
export function classificationOf(code: string): CatalogClassification | undefined {
  switch (code[0]) {
    case '2':
      return 'functional';
    case '3':
      return 'economic';
    case '5':
      return 'economic-government';
    default:
      return undefined;
  }
}

export type { Budget };

/** Whether a published document prints the code with this name, or it is known from memory only. */
export type Status = 'documented' | 'recalled';

/** How sure a recalled name is. */
export type Confidence = 'high' | 'medium';

/** A name that means the same subject: of earlier years, written differently, or not in full. */
export type AliasKind = 'former' | 'variant' | 'shortened';

/** What a user may want to know of the source: status, confidence, budgets, years, note. */
export type Provenance = readonly [
  status: Status,
  confidence: Confidence | '',
  budgets: readonly Budget[],
  years: string,
  note: string,
];

/** `until` and `now` only for subjects no longer in use. */
export type Subject = readonly [
  code: string,
  name: string,
  provenance: number,
  until?: number,
  now?: readonly string[],
];

/** `until` is 0 where it is not known or does not apply. */
export type Alias = readonly [
  code: string,
  name: string,
  kind: AliasKind,
  until: number,
  status: Status,
  note: string,
];

export interface CatalogData {
  readonly provenance: readonly Provenance[];
  /** In the order of the codes. */
  readonly subjects: Readonly<Record<CatalogClassification, readonly Subject[]>>;
  readonly aliases: readonly Alias[];
}
