import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { isDisclosureName } from '../disclosure/recognize';
import type { Source } from '../service/analysis';
import type { Language } from '../syntax/tree';
import { wellFormedRange } from './positions';

export type OpenDocuments = TextDocuments<TextDocument>;

export function openDocuments(): OpenDocuments {
  return new TextDocuments<TextDocument>({
    create: (uri, languageId, version, text) => TextDocument.create(uri, languageId, version, text),
    // One by one: each change speaks of the text that the one before it left.
    update: (document, changes, version) => {
      for (const change of changes) {
        TextDocument.update(document, [withinDocument(change, document)], version);
      }
      return document;
    },
  });
}

/** A place behind the end of the text would leave holes in the document's index of lines. */
function withinDocument(
  change: TextDocumentContentChangeEvent,
  document: TextDocument,
): TextDocumentContentChangeEvent {
  if (!('range' in change)) return change;
  const range = wellFormedRange(change.range);
  const end = document.positionAt(document.getText().length);
  const clamp = (position: Position) => (position.line > end.line ? end : position);
  return { text: change.text, range: { start: clamp(range.start), end: clamp(range.end) } };
}

/** Language ids that only Gouji gives: who chose one has said what the file is. */
const OWN_LANGUAGE = /^disclosure-(yaml|json)$/;

/** What the service is told of a document; it decides itself whether that is a disclosure. */
export function sourceOf(document: TextDocument): Source {
  const text = document.getText();
  const path = pathOf(document.uri);
  const own = OWN_LANGUAGE.exec(document.languageId)?.[1] as Language | undefined;
  if (own) {
    return {
      path: isDisclosureName(path) ? path : `${path}.disclosure.${own}`,
      text,
      language: own,
    };
  }
  // `jsonc`, `json5`, `yaml.gitlab` …: editors name dialects.
  const [, family] = /^(yaml|json)/.exec(document.languageId) ?? [];
  return family ? { path, text, language: family as Language } : { path, text };
}

/** URIs percent-encode Chinese file names. */
function pathOf(uri: string): string {
  try {
    return URI.parse(uri).path;
  } catch {
    return uri;
  }
}
