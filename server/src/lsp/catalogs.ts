import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { builtInCatalog, type Catalog } from '../catalog/catalog';
import type { CatalogProblem } from '../catalog/compile';
import { readCatalogFile } from '../catalog/workspace';
import { message, type Locale } from '../service/messages';
import { LineIndex } from '../syntax/lines';
import type { FileAccess, Folders } from './files';
import { NamedFiles, type FileReport } from './namedFiles';
import type { Configuration } from './settings';

/** The catalogs of open documents: files of their workspace over the built-in one. Read once, until they change. */
export class CatalogStore {
  private readonly texts: NamedFiles;
  /** By the list of files that they are made of. */
  private readonly catalogs = new Map<string, Catalog>();
  private readonly chosen = new Map<string, Catalog>();

  constructor(
    files: FileAccess,
    private readonly folders: Folders,
    private readonly report: FileReport,
    private readonly locale: Locale,
  ) {
    this.texts = new NamedFiles(files, folders, report, 'catalog.file.unreadable');
  }

  of(document: string): Catalog {
    return this.chosen.get(document) ?? builtInCatalog;
  }

  /** Reads the files that a document's settings name; never rejects. */
  async prepare(document: string, { catalogs, language }: Configuration): Promise<void> {
    const locale = language ?? this.locale;
    const read = await Promise.all(
      catalogs.map(async (path) => {
        const uri = this.folders.resolve(path, document);
        const text = uri === undefined ? undefined : await this.texts.read(uri);
        if (uri === undefined || text === undefined) this.texts.missing(path, document, locale);
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
    if (!this.texts.has(uri)) return false;
    this.texts.forget(uri);
    this.catalogs.clear();
    this.report.diagnostics(uri, []);
    return true;
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
