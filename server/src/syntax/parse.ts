import { SyntaxDocument } from './incremental/document';
import type { Language, SyntaxTree } from './tree';

/** Reads a text of any shape. Never throws: what cannot be read is a problem. */
export function parse(text: string, language: Language): SyntaxTree {
  return new SyntaxDocument(text, language).tree;
}
