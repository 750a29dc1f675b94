import type { Diagnostic } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { analyze } from '../service/analyze';
import type { Settings } from '../service/analysis';
import type { Locale } from '../service/messages';
import type { Analysed } from './analyses';
import type { OpenDocuments } from './documents';
import type { FileAccess, Folders } from './files';
import type { Guard } from './guard';
import type { Precedence } from './scheduling';

/** What was found in a file that no editor has open. */
export interface CheckedFile {
  readonly uri: string;
  /** Another one whenever something else is found, or may be. */
  readonly id: string;
  readonly diagnostics: readonly Diagnostic[];
}

/** What holds for a file, as it holds for a document that is open. */
export interface FileSettings extends Settings {
  readonly locale: Locale;
  /** Whether it is to be checked at all. */
  readonly isChecked: boolean;
}

interface Known extends CheckedFile {
  readonly text: string;
  readonly settings: FileSettings;
}

/** What a run tells, and how to end it. */
export interface Run {
  readonly isCancelled: () => boolean;
  /** So many files have to be read. */
  readonly begin: (count: number) => Promise<void>;
  readonly advance: () => void;
  /** A file that is done; what was known of it may be true still. */
  readonly onFile: (file: CheckedFile) => void;
}

/**
 * Checks the disclosures of the workspace that no editor has open: as they are on disk, one after the
 * other, giving way to whatever an editor asks. What has not changed is not read again.
 */
export class ClosedFiles {
  private readonly known = new Map<string, Known>();
  /** Files whose text is known to be the one on disk. */
  private readonly fresh = new Set<string>();
  private listed: readonly string[] | undefined;
  private readonly session = Date.now().toString(36);
  private count = 0;
  private changes = 0;
  private waiting: (() => void)[] = [];

  constructor(
    private readonly documents: OpenDocuments,
    private readonly files: FileAccess,
    private readonly folders: Folders,
    private readonly precedence: Precedence,
    private readonly guard: Guard,
    /** The settings that hold in a folder of the workspace. */
    private readonly settingsIn: (folder: string) => Promise<FileSettings>,
    private readonly diagnosticsOf: (analysed: Analysed) => readonly Diagnostic[],
    /** Where nobody tells of changes everything is read again. */
    private readonly isWatched: boolean,
  ) {}

  /** Another one after every change that may lead to other findings. */
  get version(): number {
    return this.changes;
  }

  /** A file is not what it was, on disk or because an editor has opened or closed it; or settings are not. */
  changed(uri?: string): void {
    if (uri !== undefined) {
      this.fresh.delete(uri);
      this.listed = undefined;
    }
    this.changes++;
    const { waiting } = this;
    this.waiting = [];
    for (const go of waiting) go();
  }

  /** Settles when something has changed since a version. */
  async changedSince(version: number): Promise<void> {
    if (this.changes === version) await new Promise<void>((go) => this.waiting.push(go));
  }

  /** Checks all files that are closed and there. */
  async check({ isCancelled, begin, advance, onFile }: Run): Promise<void> {
    if (!this.isWatched) this.forgetDisk();
    const uris = (this.listed ??= await this.files.find(this.folders.all));
    const settings = await this.settingsOf(uris);
    const there = new Set(uris);
    for (const uri of this.known.keys()) if (!there.has(uri)) this.forget(uri);
    const due = new Set<string>();
    for (const uri of uris) {
      const own = settings.get(uri);
      if (!own || this.documents.get(uri)) this.forget(uri);
      else if (!this.isKnown(uri, own)) due.add(uri);
    }
    if (due.size > 0) await begin(due.size);
    for (const uri of uris) {
      if (due.has(uri)) {
        await this.precedence.turn();
        if (isCancelled()) return;
        await this.read(uri, settings.get(uri)!);
        advance();
      }
      const known = this.known.get(uri);
      if (known) onFile(known);
    }
  }

  /** By file; none for those that are not to be checked. */
  private async settingsOf(uris: readonly string[]): Promise<ReadonlyMap<string, FileSettings>> {
    const all = new Map<string, FileSettings>();
    const byFolder = new Map<string, Promise<FileSettings>>();
    for (const uri of uris) {
      const folder = this.folders.around(uri);
      if (folder === undefined) continue;
      const asked = byFolder.get(folder) ?? this.settingsIn(folder);
      byFolder.set(folder, asked);
      const own = await asked;
      if (own.isChecked) all.set(uri, own);
    }
    return all;
  }

  private isKnown(uri: string, settings: FileSettings): boolean {
    const known = this.known.get(uri);
    return known !== undefined && this.fresh.has(uri) && areSame(known.settings, settings);
  }

  private async read(uri: string, settings: FileSettings): Promise<void> {
    this.fresh.add(uri);
    const text = await this.files.read(uri, this.folders.all);
    // Opened meanwhile: what its editor has counts.
    if (text === undefined || this.documents.get(uri)) {
      this.forget(uri);
      return;
    }
    const known = this.known.get(uri);
    if (known?.text === text && areSame(known.settings, settings)) return;
    const { path } = URI.parse(uri);
    const { locale } = settings;
    const analysis = this.guard.run(`analysis of ${uri}`, undefined, () =>
      analyze({ path, text }, settings),
    );
    const id = `${this.session}.closed.${++this.count}`;
    const diagnostics = this.diagnosticsOf({ id, uri, version: 0, locale, analysis });
    this.known.set(uri, { uri, id, diagnostics, text, settings });
  }

  private forget(uri: string): void {
    this.known.delete(uri);
    this.fresh.delete(uri);
  }

  private forgetDisk(): void {
    this.fresh.clear();
    this.listed = undefined;
  }
}

const areSame = (a: FileSettings, b: FileSettings) =>
  a.locale === b.locale &&
  a.rulebook === b.rulebook &&
  a.catalog === b.catalog &&
  JSON.stringify(a.severities) === JSON.stringify(b.severities);
