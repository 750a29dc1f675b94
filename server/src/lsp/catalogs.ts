import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { builtInCatalog, type Catalog } from '../catalog/catalog';
import type { CatalogProblem } from '../catalog/compile';
import { readCatalogFile, type CatalogFile } from '../catalog/workspace';
import { catalogMessage, type Locale } from '../service/messages';
import { LineIndex } from '../syntax/lines';
import type { FileAccess, Folders } from './files';
import { NamedFiles, type FileReport } from './namedFiles';
import type { Configuration } from './settings';

/** The catalogs of open documents: files of their workspace over the built-in one. Read once, until they change. */
export class CatalogStore {
  private readonly texts: NamedFiles;
  /** By the list of files that they are made of. */
  private readonly made = new Map<string, Made>();
  private readonly chosen = new Map<string, Made>();
  /** Files whose findings are shown. */
  private readonly shown = new Map<string, Diagnostic[]>();

  constructor(
    files: FileAccess,
    private readonly folders: Folders,
    private readonly report: FileReport,
    private readonly locale: Locale,
  ) {
    this.texts = new NamedFiles(files, folders, report, 'catalog.file.unreadable');
  }

  of(document: string): Catalog {
    return this.chosen.get(document)?.catalog ?? builtInCatalog;
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
      this.forget(document);
      return;
    }
    const key = JSON.stringify([locale, found.map(({ uri }) => uri)]);
    const made = this.made.get(key) ?? make(found, locale);
    this.made.set(key, made);
    this.chosen.set(document, made);
    this.show();
  }

  forget(document: string): void {
    this.chosen.delete(document);
    this.show();
  }

  /** Findings stand on the files that an open document uses, and on no others. */
  private show(): void {
    const used = new Map([...this.chosen.values()].flatMap(({ findings }) => [...findings]));
    for (const uri of this.shown.keys()) {
      if (used.has(uri)) continue;
      this.shown.delete(uri);
      this.report.diagnostics(uri, []);
    }
    for (const [uri, diagnostics] of used) {
      if (this.shown.get(uri) === diagnostics) continue;
      this.shown.set(uri, diagnostics);
      this.report.diagnostics(uri, diagnostics);
    }
  }

  /** Whether a file that has changed is one of ours; it is read anew when it is asked for again. */
  changed(uri: string): boolean {
    if (!this.texts.has(uri)) return false;
    this.texts.forget(uri);
    this.made.clear();
    this.shown.delete(uri);
    this.report.diagnostics(uri, []);
    return true;
  }
}

interface Made {
  readonly catalog: Catalog;
  /** By file. */
  readonly findings: ReadonlyMap<string, Diagnostic[]>;
}

function make(files: readonly (CatalogFile & { uri: string })[], locale: Locale): Made {
  let catalog = builtInCatalog;
  const findings = new Map<string, Diagnostic[]>();
  for (const { uri, path, text } of files) {
    const loaded = readCatalogFile({ path, text }, catalog);
    catalog = loaded.catalog;
    findings.set(uri, diagnosticsOf(text, loaded.problems, locale));
  }
  return { catalog, findings };
}

/** Each line that cannot be understood. */
function diagnosticsOf(
  text: string,
  problems: readonly CatalogProblem[],
  locale: Locale,
): Diagnostic[] {
  const lines = new LineIndex(text);
  return problems.slice(0, MOST_PROBLEMS).map((problem) => ({
    range: lines.range(problem.range),
    severity: DiagnosticSeverity.Warning,
    source: 'gouji',
    code: `catalog.${problem.code}`,
    message: catalogMessage(locale, problem),
  }));
}

/** Of a file that is no catalog at all every line is wrong. */
const MOST_PROBLEMS = 100;
