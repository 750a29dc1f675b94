import { push } from '../syntax/multimap';
import type { MapNode } from '../syntax/tree';
import type { Catalog } from './catalog';
import type { Around } from './nearestCodes';
import { hasRow, type CodePlace } from './places';

/** All places of a document by their codes, sorted when somebody asks: where all codes are known nobody does. */
export class Uses {
  private byCode: ReadonlyMap<string, readonly CodePlace[]> | undefined;

  constructor(private readonly places: readonly CodePlace[]) {}

  of(code: string): readonly CodePlace[] {
    this.byCode ??= sortedByCode(this.places);
    return this.byCode.get(code) ?? [];
  }

  /** In one of the nine tables. */
  isListed(code: string): boolean {
    return this.of(code).some(({ table }) => table && table.spec.section === undefined);
  }
}

function sortedByCode(places: readonly CodePlace[]): ReadonlyMap<string, readonly CodePlace[]> {
  const byCode = new Map<string, CodePlace[]>();
  for (const place of places) push(byCode, place.code, place);
  return byCode;
}

/** Places that stand together in a list. */
export class Neighbours implements Around {
  private codes: ReadonlySet<string> | undefined;
  private isKnown: boolean | undefined;

  constructor(
    private readonly list: MapNode | undefined,
    readonly places: readonly CodePlace[],
    readonly catalog: Catalog,
    private readonly uses: Uses,
  ) {}

  readonly isTaken = (code: string): boolean => {
    if (hasRow(this.places[0]!, code)) return true;
    this.codes ??= new Set(this.places.map((place) => place.code));
    return this.codes.has(code);
  };

  readonly isUsed = (code: string): boolean => this.uses.of(code).length > 0;

  readonly isElsewhere = (code: string): boolean =>
    this.uses.of(code).some((place) => place.list !== this.list);

  get bySlip(): boolean {
    return (this.isKnown ??= !isStrange(this.places, this.catalog));
  }
}

/** So many unknown codes in one list are no slips: they are of another catalog. */
const MOST_SLIPS = 100;

function isStrange(places: readonly CodePlace[], catalog: Catalog): boolean {
  let unknown = 0;
  for (const { code, classification } of places) {
    if (!catalog.lookup(code, classification) && ++unknown > MOST_SLIPS) return true;
  }
  return false;
}
