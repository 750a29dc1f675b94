import { CompletionItemKind } from 'vscode-languageserver-types';
import type { SyntaxNode, SyntaxTree } from '../syntax/tree';

/**
 * What stands behind the colon of a key until it is filled: a single value, a map of more keys, a row of
 * figures, a list of items or one of words.
 */
export type Holds = 'value' | 'map' | 'row' | 'list' | 'words';

/** A key that is written with others. */
export interface Field {
  readonly key: string;
  readonly holds: Holds;
  readonly value?: string;
  /** The value is what is likely: it may be typed over. */
  readonly mayDiffer?: boolean;
}

/** Something that can be written in a slot. */
export interface Candidate {
  readonly text: string;
  readonly kind: CompletionItemKind;
  /** Of a key. */
  readonly holds?: Holds;
  /** A value that goes with the key. */
  readonly value?: string;
  /** Several words in place of one, written as a list. */
  readonly words?: readonly string[];
  /** Shown beside it, and found by it too. */
  readonly name?: string;
  /** Found by these as well, which were or are other names of it. */
  readonly also?: readonly string[];
  readonly en?: string;
  /** Of a subject: what it belongs to, and where else the document has it. */
  readonly path?: string;
  readonly above?: string;
  readonly usedIn?: string;
  /** It is listed elsewhere, or what it consists of is. */
  readonly isLikely?: boolean;
  /** It stands among its neighbours already. */
  readonly isTaken?: boolean;
  /** It says the same thing as the key it is to replace, or the opposite: 增加 for 减少. */
  readonly isInstead?: boolean;
  /** Of a row: what is written with it. */
  readonly fields?: readonly Field[];
  readonly form?: Form;
  /** What is written is an item of a list, of these fields. */
  readonly item?: {
    readonly fields: readonly Field[];
    readonly form: Form;
  };
}

/** Words that can be a value. */
export const words = (texts: readonly string[]): Candidate[] =>
  texts.map((text) => ({ text, kind: CompletionItemKind.EnumMember }));

/** How the fields of a row stand: on lines of their own, without braces or in them, or on one line in braces. */
export type Form = 'block' | 'lines' | 'line';

/** The form of a map that is there. */
export function formOf(node: SyntaxNode, tree: SyntaxTree): Form {
  if (node.kind !== 'map') return 'line';
  if (node.style === 'block') return 'block';
  const { start, end } = tree.rangeOf(node);
  return tree.text.slice(start, end).includes('\n') ? 'lines' : 'line';
}
