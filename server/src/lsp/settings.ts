import type { Settings } from '../service/analysis';
import type { Locale } from '../service/messages';
import type { Severity } from '../relations/rule';
import { DEFAULT_PACKS } from '../service/filePattern';
import { localeOf } from './locale';

/** The `gouji` section of the settings that hold for one document. */
export interface Configuration {
  readonly settings: Settings;
  /** Undefined: the language of the editor. */
  readonly language: Locale | undefined;
  /** The value behind every 自动. */
  readonly derivedHints: boolean;
  /** Files of rules, paths and patterns relative to the workspace folder. */
  readonly packs: readonly string[];
  /** The name behind every code that has none beside it. */
  readonly nameHints: boolean;
  /** How the relations came out, above every table. */
  readonly codeLens: boolean;
  /** Whether files are checked that no editor has open. */
  readonly checkWorkspace: boolean;
  /** Files of subject codes, relative to the workspace folder; later ones lie over earlier ones. */
  readonly catalogs: readonly string[];
}

const SEVERITIES: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'];

/** Reads what a client sent. Users write settings by hand: what is not understood counts as not set. */
export function readConfiguration(section: unknown): Configuration {
  const language = property(section, 'language');
  const given =
    property(property(section, 'rules'), 'severity') ?? property(section, 'rules.severity');
  const hints = (name: string) =>
    property(property(section, 'inlayHints'), name) ?? property(section, `inlayHints.${name}`);
  const catalogs = property(section, 'catalogs');
  const packs = property(property(section, 'rules'), 'packs') ?? property(section, 'rules.packs');
  const severities =
    typeof given === 'object' && given !== null
      ? Object.entries(given).filter((entry): entry is [string, Severity] =>
          SEVERITIES.includes(entry[1]),
        )
      : [];
  return {
    settings: { severities: Object.fromEntries(severities) },
    language: typeof language === 'string' && language !== 'auto' ? localeOf(language) : undefined,
    derivedHints: hints('derived') !== false,
    nameHints: hints('names') !== false,
    codeLens: property(section, 'codeLens') !== false,
    checkWorkspace: property(section, 'checkWorkspace') !== false,
    packs: Array.isArray(packs) ? pathsIn(packs) : DEFAULT_PACKS,
    catalogs: Array.isArray(catalogs) ? pathsIn(catalogs) : [],
  };
}

/** More are a mistake. */
const MOST_FILES = 20;

const pathsIn = (list: readonly unknown[]) =>
  list.filter((path): path is string => typeof path === 'string').slice(0, MOST_FILES);

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

export type FetchSection = (uri: string) => Promise<unknown>;

/**
 * The configuration of every open document; folders of one workspace may differ. Without a way to
 * ask the client, what it announced last holds for all.
 */
export class ConfigurationStore {
  private readonly known = new Map<string, Configuration>();
  private readonly loading = new Map<string, Promise<void>>();

  constructor(
    private readonly fetch: FetchSection | undefined,
    private announced: Configuration,
    private readonly failed: (error: unknown) => void,
    /** Fetches what a configuration names, before it is put to use. */
    private readonly prepare: (uri: string, configuration: Configuration) => Promise<void>,
  ) {}

  of(uri: string): Configuration {
    return this.known.get(uri) ?? this.announced;
  }

  /** Settles when the configuration of a document is there; never rejects. */
  ready(uri: string): Promise<void> {
    return this.loading.get(uri) ?? Promise.resolve();
  }

  /** Whether something may be said of the document already. */
  isReady(uri: string): boolean {
    return !this.loading.has(uri);
  }

  open(uri: string): Promise<void> {
    return this.load(uri).then(() => undefined);
  }

  close(uri: string): void {
    this.known.delete(uri);
    this.loading.delete(uri);
  }

  /** Asks anew for the documents given; answers with those for which something changed. */
  async reload(uris: readonly string[], announced: unknown): Promise<string[]> {
    if (!this.fetch) {
      const before = this.announced;
      this.announced = readConfiguration(announced);
      if (same(before, this.announced)) return [];
      this.known.clear();
      await Promise.all(uris.map((uri) => this.load(uri)));
      return [...uris];
    }
    const changed = await Promise.all(uris.map((uri) => this.load(uri)));
    return uris.filter((_, index) => changed[index]);
  }

  private load(uri: string): Promise<boolean> {
    const { announced } = this;
    const fetched = this.fetch
      ? this.fetch(uri).then(readConfiguration)
      : Promise.resolve(announced);
    const answer = fetched
      .catch((error: unknown) => {
        this.failed(error);
        return this.of(uri);
      })
      .then(async (configuration) => {
        await this.prepare(uri, configuration);
        return configuration;
      });
    const done: Promise<boolean> = answer.then((configuration) => {
      // Closed meanwhile, or asked again: the newest answer wins.
      if (this.loading.get(uri) !== waiting) return false;
      this.loading.delete(uri);
      const before = this.known.get(uri);
      // What did not change stays the same object, so that analyses stay valid.
      if (before && same(before, configuration)) return false;
      this.known.set(uri, configuration);
      return true;
    });
    const waiting: Promise<void> = done.then(() => this.ready(uri));
    this.loading.set(uri, waiting);
    return done;
  }
}

function same(a: Configuration, b: Configuration): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
