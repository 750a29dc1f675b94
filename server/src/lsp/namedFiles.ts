import type { Diagnostic } from 'vscode-languageserver';
import { message, type Locale, type MessageKey } from '../service/messages';
import type { FileAccess, Folders } from './files';

/** What is to be told about the files that settings name. */
export interface FileReport {
  /** Findings on the lines of a file; none where it is well, or no longer asked for. */
  diagnostics(uri: string, diagnostics: Diagnostic[]): void;
  /** A file that is not there has no lines. */
  unreadable(text: string): void;
}

/** The texts of files of the workspace that settings name, each read once until it is forgotten. */
export class NamedFiles {
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private readonly told = new Set<string>();

  constructor(
    private readonly files: FileAccess,
    private readonly folders: Folders,
    private readonly report: FileReport,
    /** What is said of a file that cannot be read. */
    private readonly unreadable: MessageKey,
  ) {}

  has(uri: string): boolean {
    return this.texts.has(uri);
  }

  /** Undefined for what cannot be read; never rejects. */
  read(uri: string): Promise<string | undefined> {
    let text = this.texts.get(uri);
    if (!text) {
      text = this.files.read(uri, this.folders.all).catch(() => undefined);
      this.texts.set(uri, text);
    }
    return text;
  }

  /** Says so once, not for every document. */
  missing(path: string, document: string, locale: Locale): void {
    const key = JSON.stringify([this.folders.resolve(path, document), path]);
    if (this.told.has(key)) return;
    this.told.add(key);
    this.report.unreadable(message(locale, this.unreadable, { path }));
  }

  /** One file, or all: read anew when asked for again, and what was said may be said again. */
  forget(uri?: string): void {
    if (uri === undefined) this.texts.clear();
    else this.texts.delete(uri);
    this.told.clear();
  }
}
