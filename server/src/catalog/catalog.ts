import { catalogJson } from './catalog.generated';
import {
  classificationOf,
  levelOf,
  type AliasKind,
  type Budget,
  type CatalogClassification,
  type CatalogData,
  type Confidence,
  type Level,
  type Status,
  type Subject,
} from './data';
import { plainName } from './names';

/** Names and provenance of subject codes (政府收支分类科目). */

export interface AliasEntry {
  readonly name: string;
  readonly kind: AliasKind;
  /** Last year in use; of the built-in catalog, from memory. */
  readonly until?: number;
  readonly status: Status;
  readonly note: string;
}

export interface CatalogEntry {
  readonly code: string;
  readonly name: string;
  readonly classification: CatalogClassification;
  readonly level: Level;
  readonly status: Status;
  /** How sure a recalled name is. */
  readonly confidence?: Confidence;
  /** Functional subjects: which budgets may pay for it; a 类 may have subjects of several. */
  readonly budgets?: readonly Budget[];
  /** Years of the documents that print it: `2019 2023-2026`. */
  readonly years?: string;
  /** Last year in use of a subject that was abolished. */
  readonly until?: number;
  /** The codes that took its place, where known. */
  readonly now?: readonly string[];
  readonly note?: string;
  /** The file of the workspace that it comes from; undefined for what the product brings. */
  readonly source?: string;
  /** Other names of the same subject; former names newest first. */
  readonly aliases: readonly AliasEntry[];
}

/**
 * What subject codes are called. A catalog may lie over another one: what it has of a code replaces
 * what the other has, and the names of both are known.
 */
export class Catalog {
  private readonly indexes = new Map<CatalogClassification, Entries>();
  private readonly names = new Map<CatalogClassification, ReadonlyMap<string, string[]>>();
  private loaded: CatalogData | undefined;

  /** @param load is called at the first question: a file that asks none should not pay for it */
  constructor(
    private readonly load: () => CatalogData,
    private readonly below?: Catalog,
    private readonly source?: string,
  ) {}

  lookup(code: string, classification: CatalogClassification): CatalogEntry | undefined {
    return this.index(classification).get(code);
  }

  /** 类, 款, 项 down to the code, as far as they are in the catalog. */
  pathOf(code: string, classification: CatalogClassification): CatalogEntry[] {
    return [3, 5, 7]
      .filter((length) => length <= code.length)
      .flatMap((length) => this.lookup(code.slice(0, length), classification) ?? []);
  }

  /** All subjects of a classification in the order of their codes: a 款 behind its 类. */
  entries(classification: CatalogClassification): Iterable<CatalogEntry> {
    return this.index(classification).values();
  }

  /** The subjects that have, or had, a name, as names are compared. */
  named(name: string, classification: CatalogClassification): CatalogEntry[] {
    let names = this.names.get(classification);
    if (!names) this.names.set(classification, (names = byName(this.entries(classification))));
    return (names.get(plainName(name)) ?? []).flatMap((c) => this.lookup(c, classification) ?? []);
  }

  private index(classification: CatalogClassification): Entries {
    let index = this.indexes.get(classification);
    if (!index) this.indexes.set(classification, (index = this.indexOf(classification)));
    return index;
  }

  private indexOf(classification: CatalogClassification): Entries {
    this.loaded ??= this.load();
    const { subjects, aliases } = this.loaded;
    const own = new Map<string, Subject>();
    for (const subject of subjects[classification]) own.set(subject[0], subject);
    const added = new Map<string, AliasEntry[]>();
    for (const [code, name, kind, until, status, note] of aliases) {
      if (classificationOf(code) !== classification) continue;
      const alias = { name, kind, ...(until && { until }), status, note };
      added.set(code, [...(added.get(code) ?? []), alias]);
    }
    const make = (subject: Subject, replaced: CatalogEntry | undefined) =>
      this.entry(subject, classification, replaced);
    return new Entries(own, added, make, this.below?.index(classification));
  }

  private entry(
    [code, name, provenance, until, now]: Subject,
    classification: CatalogClassification,
    replaced: CatalogEntry | undefined,
  ): CatalogEntry {
    const [status, confidence, budgets, years, note] = this.loaded!.provenance[provenance]!;
    const paid = budgets.length > 0 ? budgets : (replaced?.budgets ?? []);
    const entry = {
      code,
      name,
      classification,
      level: levelOf(code)!,
      status,
      ...(confidence && { confidence }),
      ...(paid.length > 0 && { budgets: paid }),
      ...(years && { years }),
      ...(until && { until }),
      ...(now && now.length > 0 && { now }),
      ...(note && { note }),
      ...(this.source !== undefined && { source: this.source }),
      aliases: [],
    };
    return { ...entry, aliases: otherNames(entry, replaced?.aliases ?? []) };
  }
}

/** The subjects of one classification. A document asks for few of thousands: each is made when it is asked for. */
class Entries {
  private readonly made = new Map<string, CatalogEntry | undefined>();

  constructor(
    private readonly own: ReadonlyMap<string, Subject>,
    private readonly added: ReadonlyMap<string, readonly AliasEntry[]>,
    private readonly make: (subject: Subject, replaced: CatalogEntry | undefined) => CatalogEntry,
    private readonly below: Entries | undefined,
  ) {}

  get(code: string): CatalogEntry | undefined {
    const known = this.made.get(code);
    if (known || this.made.has(code)) return known;
    const entry = this.find(code);
    this.made.set(code, entry);
    return entry;
  }

  /** In the order of the codes. */
  *values(): Iterable<CatalogEntry> {
    for (const code of this.codes()) yield this.get(code)!;
  }

  private codes(): readonly string[] {
    const own = [...this.own.keys()];
    return this.below ? [...new Set([...this.below.codes(), ...own])].sort() : own;
  }

  private find(code: string): CatalogEntry | undefined {
    const subject = this.own.get(code);
    const below = this.below?.get(code);
    const entry = subject ? this.make(subject, below) : below;
    const more = this.added.get(code);
    return entry && more ? { ...entry, aliases: otherNames(entry, more) } : entry;
  }
}

/** More names of a subject, without those it has. */
function otherNames(
  { name, aliases }: Pick<CatalogEntry, 'name' | 'aliases'>,
  more: readonly AliasEntry[],
): AliasEntry[] {
  const added = new Set(more.map((alias) => plainName(alias.name)));
  const kept = aliases.filter((alias) => !added.has(plainName(alias.name)));
  return [...more.filter((alias) => plainName(alias.name) !== plainName(name)), ...kept];
}

function byName(entries: Iterable<CatalogEntry>): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { code, name, aliases } of entries) {
    for (const known of [name, ...aliases.map((alias) => alias.name)]) {
      const plain = plainName(known);
      const codes = names.get(plain);
      if (!codes) names.set(plain, [code]);
      else if (!codes.includes(code)) codes.push(code);
    }
  }
  return names;
}

/** Whether there is a subject in a year; without a year, only one that was not abolished. */
export function isInUse({ until }: CatalogEntry, year: number | undefined): boolean {
  return until === undefined || (year !== undefined && year <= until);
}

/** What a subject was called in a year: of its names, the first that was not given up before it. */
export function nameIn({ name, aliases }: CatalogEntry, year: number | undefined): string {
  if (year === undefined) return name;
  let first: AliasEntry | undefined;
  for (const alias of aliases) {
    if (alias.kind !== 'former' || alias.until === undefined || alias.until < year) continue;
    if (!first || alias.until < first.until!) first = alias;
  }
  return first?.name ?? name;
}

/** The catalog that comes with the product. */
export const builtInCatalog = new Catalog(() => JSON.parse(catalogJson) as CatalogData);
