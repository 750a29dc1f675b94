import builtIn from './catalog.generated.json';
import {
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

/** Names and provenance of subject codes (政府收支分类科目). */

export interface AliasEntry {
  readonly name: string;
  readonly kind: AliasKind;
  /** Last year in use, from memory. */
  readonly until?: number;
  readonly status: Status;
  readonly note: string;
}

export interface CatalogEntry {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly status: Status;
  /** How sure a recalled name is. */
  readonly confidence?: Confidence;
  /** Functional subjects: which budgets may pay for it; a 类 may have subjects of several. */
  readonly budgets?: readonly Budget[];
  /** Years of the documents that print it: `2019 2023-2026`. */
  readonly years?: string;
  /** Last year in use of a subject that was abolished, from memory. */
  readonly until?: number;
  /** The codes that took its place, where known. */
  readonly now?: readonly string[];
  readonly note?: string;
  /** Other names of the same subject; former names newest first. */
  readonly aliases: readonly AliasEntry[];
}

export class Catalog {
  private readonly indexes = new Map<CatalogClassification, ReadonlyMap<string, Subject>>();
  private aliasIndex: Map<string, AliasEntry[]> | undefined;

  constructor(private readonly data: CatalogData) {}

  lookup(code: string, classification: CatalogClassification): CatalogEntry | undefined {
    const subject = this.index(classification).get(code);
    return subject && this.entry(subject);
  }

  /** 类, 款, 项 down to the code, as far as they are in the catalog. */
  pathOf(code: string, classification: CatalogClassification): CatalogEntry[] {
    return [3, 5, 7]
      .filter((length) => length <= code.length)
      .flatMap((length) => this.lookup(code.slice(0, length), classification) ?? []);
  }

  /** All subjects of a classification in the order of their codes. */
  *entries(classification: CatalogClassification): Iterable<CatalogEntry> {
    for (const subject of this.data.subjects[classification]) yield this.entry(subject);
  }

  /** Built at the first question: a file that asks none should not pay for it. */
  private index(classification: CatalogClassification): ReadonlyMap<string, Subject> {
    let index = this.indexes.get(classification);
    if (!index) {
      index = new Map(this.data.subjects[classification].map((subject) => [subject[0], subject]));
      this.indexes.set(classification, index);
    }
    return index;
  }

  private entry([code, name, provenance, until, now]: Subject): CatalogEntry {
    const [status, confidence, budgets, years, note] = this.data.provenance[provenance]!;
    return {
      code,
      name,
      level: levelOf(code)!,
      status,
      ...(confidence && { confidence }),
      ...(budgets.length > 0 && { budgets }),
      ...(years && { years }),
      ...(until && { until }),
      ...(now && now.length > 0 && { now }),
      ...(note && { note }),
      aliases: this.aliasesOf(code),
    };
  }

  private aliasesOf(code: string): readonly AliasEntry[] {
    if (!this.aliasIndex) {
      this.aliasIndex = new Map();
      for (const [of, name, kind, until, status, note] of this.data.aliases) {
        const alias = { name, kind, ...(until && { until }), status, note };
        const known = this.aliasIndex.get(of);
        if (known) known.push(alias);
        else this.aliasIndex.set(of, [alias]);
      }
    }
    return this.aliasIndex.get(code) ?? [];
  }
}

const catalog = new Catalog(builtIn as unknown as CatalogData);

/** Asks the built-in catalog. */
export const lookup = catalog.lookup.bind(catalog);
export const pathOf = catalog.pathOf.bind(catalog);
export const entriesOf = catalog.entries.bind(catalog);
