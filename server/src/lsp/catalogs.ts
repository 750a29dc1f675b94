import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { builtInCatalog, type Catalog } from '../catalog/catalog';
import type { CatalogProblem } from '../catalog/compile';
import { readCatalogFile } from '../catalog/workspace';
import { message, type Locale } from '../service/messages';
import { LineIndex } from '../syntax/lines';
import type { FileAccess, Folders } from './files';
import type { Configuration } from './settings';

/** What is to be told about a file of subject codes. */
export interface CatalogReport {
  /** Findings on the lines of a file; none where it is well, or no longer asked for. */
  diagnostics(uri: string, diagnostics: Diagnostic[]): void;
  /** A file that is not there has no lines. */
  unreadable(text: string): void;
}

/** The catalogs of open documents: files of their workspace over the built-in one. Read once, until they change. */
export class CatalogStore {
  private readonly texts = new Map<string, Promise<string | undefined>>();
  /** By the list of files that they are made of. */
  private readonly catalogs = new Map<string, Catalog>();
  private readonly chosen = new Map<string, Catalog>();
  private readonly told = new Set<string>();

  constructor(
    private readonly files: FileAccess,
    private readonly folders: Folders,
    private readonly report: CatalogReport,
    private readonly locale: Locale,
  ) {}

  of(document: string): Catalog {
    return this.chosen.get(document) ?? builtInCatalog;
  }

  /** Reads the files that a document's settings name; never rejects. */
  async prepare(document: string, { catalogs, language }: Configuration): Promise<void> {
    const locale = language ?? this.locale;
    const read = await Promise.all(
      catalogs.map(async (path) => {
        const uri = this.folders.resolve(path, document);
        const text = uri === undefined ? undefined : await this.read(uri);
        if (uri === undefined || text === undefined) this.missing(path, document, locale);
        return uri !== undefined && text !== undefined ? [{ uri, path, text }] : [];
      }),
    );
    const found = read.flat();
    if (found.length === 0) {
      this.chosen.delete(document);
      return;
    }
    const key = JSON.stringify([locale, found.map(({ uri }) => uri)]);
    let catalog = this.catalogs.get(key);
    if (!catalog) {
      catalog = builtInCatalog;
      for (const { uri, path, text } of found) {
        const loaded = readCatalogFile({ path, text }, catalog);
        catalog = loaded.catalog;
        this.report.diagnostics(uri, diagnosticsOf(text, loaded.problems, locale));
      }
      this.catalogs.set(key, catalog);
    }
    this.chosen.set(document, catalog);
  }

  forget(document: string): void {
    this.chosen.delete(document);
  }

  /** Whether a file that has changed is one of ours; it is read anew when it is asked for again. */
  changed(uri: string): boolean {
    if (!this.texts.delete(uri)) return false;
    this.catalogs.clear();
    this.told.clear();
    this.report.diagnostics(uri, []);
    return true;
  }

  private read(uri: string): Promise<string | undefined> {
    let text = this.texts.get(uri);
    if (!text) {
      text = this.files.read(uri, this.folders.all).catch(() => undefined);
      this.texts.set(uri, text);
    }
    return text;
  }

  /** Said once, not for every document. */
  private missing(path: string, document: string, locale: Locale): void {
    const key = JSON.stringify([this.folders.resolve(path, document), path]);
    if (this.told.has(key)) return;
    this.told.add(key);
    this.report.unreadable(message(locale, 'catalog.file.unreadable', { path }));
  }
}

/** Each line that cannot be understood. */
function diagnosticsOf(
  text: string,
  problems: readonly CatalogProblem[],
  locale: Locale,
): Diagnostic[] {
  const lines = new LineIndex(text);
  return problems.slice(0, MOST_PROBLEMS).map(({ code, args, range }) => ({
    range: lines.range(range),
    severity: DiagnosticSeverity.Warning,
    source: 'gouji',
    code: `catalog.${code}`,
    message: message(locale, `catalog.file.${code}`, args),
  }));
}

/** Of a file that is no catalog at all every line is wrong. */
const MOST_PROBLEMS = 100;
