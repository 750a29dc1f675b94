import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import { Utils, URI } from 'vscode-uri';
import type { PackFile, PackFinding } from '../relations/packFile';
import { builtInRulebook, readRulebook, type Rulebook } from '../relations/rulebook';
import { namesMatching, patternOf } from '../service/filePattern';
import { packMessage, type Locale } from '../service/messages';
import { LineIndex } from '../syntax/lines';
import type { FileAccess, Folders } from './files';
import { NamedFiles, type FileReport } from './namedFiles';
import type { Configuration } from './settings';

/** Of a file that is no pack at all every line is wrong. */
const MOST_FINDINGS = 100;

/** The rules of open documents: the built-in ones and those of their workspace. Files are read once, until they change. */
export class PackStore {
  private readonly texts: NamedFiles;
  private readonly listings = new Map<string, Promise<readonly string[]>>();
  /** By the list of files that they are made of. */
  private readonly rulebooks = new Map<string, Rulebook>();
  private readonly chosen = new Map<string, Rulebook>();
  private readonly found = new Map<string, Diagnostic[]>();

  constructor(
    private readonly files: FileAccess,
    private readonly folders: Folders,
    private readonly report: FileReport,
    private readonly locale: Locale,
  ) {
    this.texts = new NamedFiles(files, folders, report, 'pack.unreadable');
  }

  of(document: string): Rulebook {
    return this.chosen.get(document) ?? builtInRulebook;
  }

  /** What is wrong with a file, if it is a pack in use. */
  findingsOn(uri: string): Diagnostic[] | undefined {
    return this.found.get(uri);
  }

  /** Reads the packs that a document's settings name; never rejects. */
  async prepare(document: string, { packs, language }: Configuration): Promise<void> {
    const locale = language ?? this.locale;
    const uris: string[] = [];
    for (const pattern of packs) {
      for (const uri of await this.expand(pattern, document, locale)) {
        if (!uris.includes(uri)) uris.push(uri);
      }
    }
    const read = await Promise.all(
      uris.map(async (uri) => ({ path: uri, text: await this.texts.read(uri) })),
    );
    const files = read.flatMap(({ path, text }) => (text === undefined ? [] : { path, text }));
    if (files.length === 0) {
      this.chosen.delete(document);
      return;
    }
    const key = JSON.stringify([locale, files.map(({ path }) => path)]);
    const rulebook = this.rulebooks.get(key) ?? this.make(files, locale);
    this.rulebooks.set(key, rulebook);
    this.chosen.set(document, rulebook);
  }

  forget(document: string): void {
    this.chosen.delete(document);
  }

  /** Whether a file that has changed may be one of ours; it is read anew when it is asked for again. */
  changed(uri: string): boolean {
    const listed = [...this.listings.keys()].some((folder) => {
      return Utils.dirname(URI.parse(uri)).toString() === folder;
    });
    if (!this.texts.has(uri) && !listed) return false;
    this.texts.forget();
    this.listings.clear();
    this.rulebooks.clear();
    for (const file of this.found.keys()) this.report.diagnostics(file, []);
    this.found.clear();
    return true;
  }

  private make(files: readonly PackFile[], locale: Locale): Rulebook {
    const { rulebook, findings } = readRulebook(files);
    for (const { path, text } of files) {
      const diagnostics = diagnosticsOf(text, findings.get(path) ?? [], locale);
      this.found.set(path, diagnostics);
      this.report.diagnostics(path, diagnostics);
    }
    return rulebook;
  }

  /** The files that a path or pattern names, by name. */
  private async expand(pattern: string, document: string, locale: Locale): Promise<string[]> {
    const { folder, name, isPattern } = patternOf(pattern);
    const uri = this.folders.resolve(folder === '' ? name : `${folder}/${name}`, document);
    if (!isPattern) {
      const isThere = uri !== undefined && (await this.texts.read(uri)) !== undefined;
      if (!isThere) this.texts.missing(pattern, document, locale);
      return isThere ? [uri] : [];
    }
    if (uri === undefined) return [];
    const parent = Utils.dirname(URI.parse(uri));
    const names = namesMatching(name, await this.list(parent.toString()));
    return names.map((file) => Utils.joinPath(parent, file).toString());
  }

  /** A folder that is empty, or not there, is looked at again: not every watcher tells of a new one. */
  private async list(folder: string): Promise<readonly string[]> {
    const known = await this.listings.get(folder);
    if (known && known.length > 0) return known;
    const names = this.files.list(folder, this.folders.all).catch(() => []);
    this.listings.set(folder, names);
    return names;
  }
}

function diagnosticsOf(
  text: string,
  findings: readonly PackFinding[],
  locale: Locale,
): Diagnostic[] {
  const lines = new LineIndex(text);
  return findings.slice(0, MOST_FINDINGS).map((finding) => ({
    range: lines.range(finding.range),
    severity: finding.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'gouji',
    code: finding.code,
    message: packMessage(locale, finding),
  }));
}
