import type { Catalog } from '../catalog/catalog';
import type { Analysis, Settings } from '../service/analysis';
import type { Entered } from '../service/beingTyped';
import type { Locale } from '../service/messages';
import type { Rulebook } from '../relations/rulebook';
import type { CatalogStore } from './catalogs';
import type { OpenDocument, OpenDocuments } from './documents';
import type { Guard } from './guard';
import type { PackStore } from './packs';
import type { ConfigurationStore } from './settings';

/** One version of one open document, analysed. */
export interface Analysed {
  /** Unlike versions, never used twice: a document that is opened again starts at version 1 again. */
  readonly id: string;
  readonly uri: string;
  readonly version: number;
  readonly locale: Locale;
  /** What is just being typed. */
  readonly typed?: Entered | undefined;
  /** Undefined when the analysis broke off. */
  readonly analysis: Analysis | undefined;
}

interface Entry {
  readonly document: OpenDocument;
  readonly settings: Settings;
  readonly rulebook: Rulebook;
  readonly catalog: Catalog;
  readonly value: Analysed;
}

/** The newest analysis of every open document; made at most once for a version and its settings. */
export class Analyses {
  private readonly entries = new Map<string, Entry>();
  // Result ids of an earlier server process must not be taken for ours.
  private readonly session = Date.now().toString(36);
  private count = 0;

  constructor(
    private readonly documents: OpenDocuments,
    private readonly configurations: ConfigurationStore,
    private readonly editorLocale: Locale,
    private readonly guard: Guard,
    private readonly packs: PackStore,
    private readonly catalogs: CatalogStore,
  ) {}

  of(uri: string): Analysed | undefined {
    const document = this.documents.get(uri);
    if (!document) return undefined;
    const { settings, language } = this.configurations.of(uri);
    const locale = language ?? this.editorLocale;
    const rulebook = this.packs.of(uri);
    const catalog = this.catalogs.of(uri);
    const known = this.entries.get(uri);
    // The library updates a document in place, so the version has to be compared too.
    const fresh =
      known?.document === document &&
      known.value.version === document.version &&
      known.settings === settings &&
      known.rulebook === rulebook &&
      known.catalog === catalog;
    const { typed } = document;
    const { value: last } = known ?? {};
    if (fresh && last?.locale === locale && last.typed === typed) return last;
    const value: Analysed = {
      id: `${this.session}.${++this.count}`,
      uri,
      version: document.version,
      locale,
      typed,
      analysis: fresh
        ? known.value.analysis
        : this.analyse(document, { ...settings, rulebook, catalog }),
    };
    this.entries.set(uri, { document, settings, rulebook, catalog, value });
    return value;
  }

  forget(uri: string): void {
    this.entries.delete(uri);
  }

  private analyse(document: OpenDocument, settings: Settings): Analysis | undefined {
    return this.guard.run(`analysis of ${document.uri}`, undefined, () =>
      document.analyze(settings),
    );
  }
}
