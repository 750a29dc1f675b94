import type { Catalog } from '../catalog/catalog';
import type { Disclosure, Problem } from '../disclosure/model';
import type { Outcome } from '../relations/evaluate';
import type { Network } from '../relations/network';
import type { Severity } from '../relations/rule';
import type { Rulebook } from '../relations/rulebook';
import type { Accepted } from './acceptance';
import type { Cause } from '../repair/cause';
import type { Lines } from '../syntax/lines';
import type { Language, SyntaxTree } from '../syntax/tree';

/** What a user can set; the same for editor and command line. */
export interface Settings {
  /** Severity by rule id; a rule that is `off` is not evaluated. */
  readonly severities: Readonly<Record<string, Severity>>;
  /** The built-in rules with those of the workspace; without it, the built-in ones. */
  readonly rulebook?: Rulebook;
  /** Subject codes by the workspace's own files, over the built-in ones. */
  readonly catalog?: Catalog;
}

export interface Source {
  /** Decides by name whether the text is a disclosure, and its language unless given. */
  readonly path: string;
  readonly text: string;
  readonly language?: Language;
}

/** How many relation instances came out how. */
export type Counts = Readonly<Record<Outcome, number>>;

/** All that is known of one version of a file; features read it and compute nothing again. */
export interface Analysis {
  readonly tree: SyntaxTree;
  readonly lines: Lines;
  readonly settings: Settings;
  /** What rules there are: titles, bases and severities are looked up here. */
  readonly rulebook: Rulebook;
  /** What subject codes are called here. */
  readonly catalog: Catalog;
  /** Undefined when the file is not a disclosure: then there is nothing to say about it. */
  readonly disclosure: Disclosure | undefined;
  readonly network: Network | undefined;
  readonly causes: readonly Cause[];
  /** Findings about the writing: syntax, unknown keys, what is not a number. */
  readonly problems: readonly Problem[];
  /** What the file accepts although it does not hold, by the entries that say so. */
  readonly accepted: readonly Accepted[];
  readonly counts: Counts;
}
