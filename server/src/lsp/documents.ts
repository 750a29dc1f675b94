import type { Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { isDisclosureName, languageOf } from '../disclosure/recognize';
import type { Analysis, Settings } from '../service/analysis';
import type { Entered } from '../service/beingTyped';
import { LiveAnalysis } from '../service/live';
import { SyntaxDocument } from '../syntax/incremental/document';
import type { Language, TextRange } from '../syntax/tree';
import { wellFormedRange } from './positions';

/** A document as the editor has it. Its tree is kept from edit to edit. */
export class OpenDocument {
  /** Decides by name whether the text is a disclosure. */
  private readonly path: string;
  private readonly language: Language;
  private syntax: SyntaxDocument;
  private entered: Entered | undefined;
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

  /**
   * What was typed last where nothing had stood, character by character and without going elsewhere: the cursor
   * is behind it, as long as nothing tells that it has left its line. Empty where other text was typed over.
   */
  get typed(): Entered | undefined {
    return this.entered;
  }

  /**
   * The cursor is seen somewhere, or the document is saved as it is; whether somebody was typing and has left
   * that line, or what was typed in it.
   */
  leave(seen?: Range): boolean {
    if (this.entered === undefined) return false;
    const { lines } = this.syntax;
    const { start, end } = this.entered;
    const { line } = lines.position(end);
    if (!seen || line < seen.start.line || seen.end.line < line) {
      this.entered = undefined;
      return true;
    }
    const isBeside = start <= lines.offset(seen.end) && lines.offset(seen.start) <= end;
    if (start === end || isBeside) return false;
    // The line may still be typed, but not what stands there.
    this.entered = { start: end, end, before: withEntered(this.entered) };
    return true;
  }

  /** One by one: each change speaks of the text that the one before it left. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    this.version = version;
    for (const change of changes) {
      if (!('range' in change)) {
        this.syntax = new SyntaxDocument(change.text, this.language);
        this.entered = undefined;
      } else {
        const { lines } = this.syntax;
        const given = wellFormedRange(change.range);
        const range = { start: lines.offset(given.start), end: lines.offset(given.end) };
        this.syntax.edit(range, change.text);
        this.entered = enteredAfter(change.text, range, this.entered);
      }
    }
    // With several cursors nobody fills in a line.
    if (changes.length > 1) this.entered = undefined;
    return this;
  }
}

/** What is being typed after some characters of a line were, or what was just typed was taken back. */
function enteredAfter(
  text: string,
  { start, end }: TextRange,
  last: Entered | undefined,
): Entered | undefined {
  const goesOn = last?.end === end;
  if (text === '') {
    if (goesOn) return { ...last, start: Math.min(last.start, start), end: start };
    return { start, end: start, before: [], isCut: true };
  }
  if (/[\r\n]/.test(text)) return undefined;
  const behind = start + text.length;
  if (start === end && goesOn) return { start: last.start, end: behind, before: last.before };
  const before = last && last.end <= start ? withEntered(last) : [];
  return { start: start < end ? behind : start, end: behind, before };
}

/** What was entered in a line so far, once the cursor goes on in it. */
const withEntered = ({ start, end, before }: Entered): readonly TextRange[] =>
  start < end ? [...before, { start, end }] : before;

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
