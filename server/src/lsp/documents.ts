import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { isDisclosureName, languageOf } from '../disclosure/recognize';
import type { Analysis, Settings } from '../service/analysis';
import { LiveAnalysis } from '../service/live';
import { SyntaxDocument } from '../syntax/incremental/document';
import type { Language } from '../syntax/tree';
import { wellFormedRange } from './positions';

/** A document as the editor has it. Its tree is kept from edit to edit. */
export class OpenDocument {
  /** Decides by name whether the text is a disclosure. */
  private readonly path: string;
  private readonly language: Language;
  private syntax: SyntaxDocument;
  private readonly live: LiveAnalysis;

  constructor(
    readonly uri: string,
    languageId: string,
    public version: number,
    text: string,
  ) {
    const path = pathOf(uri);
    const own = OWN_LANGUAGE.exec(languageId)?.[1] as Language | undefined;
    this.path = own && !isDisclosureName(path) ? `${path}.disclosure.${own}` : path;
    // `jsonc`, `json5`, `yaml.gitlab` …: editors name dialects.
    const [, family] = /^(yaml|json)/.exec(languageId) ?? [];
    this.language = own ?? (family as Language | undefined) ?? languageOf(path);
    this.syntax = new SyntaxDocument(text, this.language);
    this.live = new LiveAnalysis(this.path);
  }

  /** Of the text as it is; good until the next change. */
  analyze(settings: Settings): Analysis {
    return this.live.analyze(this.syntax, settings);
  }

  /** A part of what the next change would have to do first, if there is time for it now; whether there is more. */
  prepare(): boolean {
    return this.live.prepare();
  }

  /** One by one: each change speaks of the text that the one before it left. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    this.version = version;
    for (const change of changes) {
      if (!('range' in change)) this.syntax = new SyntaxDocument(change.text, this.language);
      else {
        const { lines } = this.syntax;
        const { start, end } = wellFormedRange(change.range);
        this.syntax.edit({ start: lines.offset(start), end: lines.offset(end) }, change.text);
      }
    }
    return this;
  }
}

export type OpenDocuments = TextDocuments<OpenDocument>;

export function openDocuments(): OpenDocuments {
  return new TextDocuments<OpenDocument>({
    create: (uri, languageId, version, text) => new OpenDocument(uri, languageId, version, text),
    update: (document, changes, version) => document.update(changes, version),
  });
}

/** Language ids that only Gouji gives: who chose one has said what the file is. */
const OWN_LANGUAGE = /^disclosure-(yaml|json)$/;

/** URIs percent-encode Chinese file names. */
function pathOf(uri: string): string {
  try {
    return URI.parse(uri).path;
  } catch {
    return uri;
  }
}
