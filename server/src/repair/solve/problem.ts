/**
 * What the solver is given: figures as printed and the relations between them, as plain data that can be
 * written in JSON (docs/solve.md). It knows nothing of documents.
 */
import type { Mode } from '../../disclosure/model';

export interface Variable {
  readonly id: string;
  /** The decimal number as printed, trailing zeros included; empty for a blank, which counts as zero. */
  readonly printed: string;
  /** Power of ten of the unit the figure is printed in; 0 unless given (万元 in 元: 4, percent: -2). */
  readonly unit?: number;
  /** Decimals to which it would be printed; unless given, as printed, a blank as its relations' finest. */
  readonly decimals?: number;
  /**
   * How far the figure may be off by rounding, in halves of its last place: 1 as printed, 0 for what was
   * never rounded, more for a sum of rounded figures. Zeros and blanks are never off.
   */
  readonly width?: number | bigint;
  /** It is known to be right. */
  readonly fixed?: boolean;
  /** It may be named, but nothing about it is ever certain: not all that binds it is known. */
  readonly unprovable?: boolean;
  /**
   * What changing it costs beside other figures, 1 unless given: reliable figures cost more. The lightest
   * sets come first; a set of more figures is looked for as long as it can be lighter. What is certain has
   * to be so whatever the weights are.
   */
  readonly weight?: number;
  /** Figures that it repeats: it is as much a sum of printed parts as they are, while it prints the same. */
  readonly repeats?: readonly string[];
  /** Figures that stand beside it and may have been taken for it: the rows above and below. */
  readonly neighbours?: readonly string[];
  /** Figures of the same name under another scope: another table's, last year's. */
  readonly namesakes?: readonly string[];
}

/** `V` is how a variable is named: by its id, where a problem is written down. */
export interface Term<V = string> {
  readonly variable: V;
  /** A decimal number; 1 unless given. */
  readonly coefficient?: string | number;
}

/** A variable with coefficient 1, a term, or a number that is exactly known. */
export type Operand<V = string> = V | Term<V> | { readonly constant: string | number };

/**
 * - `sum`: a total and its parts, printed in one table; such a total explains a rounding tail, and holds
 *   to the digit where addends are adjusted
 * - `added`: a total and its parts, printed in different places; it explains a tail as well
 * - `balance`: another relation inside one table
 * - `equal`: the same money in different places (with `≥` or `≤`, a limit)
 * - `ratio`: left is the printed quotient of `numerator` and `denominator`
 */
export type Kind = 'sum' | 'added' | 'balance' | 'equal' | 'ratio';

export interface LinearRelation<V = string> {
  readonly id: string;
  readonly kind?: Exclude<Kind, 'ratio'>;
  readonly left: readonly Operand<V>[];
  /** `=` unless given. */
  readonly comparator?: '=' | '>=' | '<=';
  readonly right: readonly Operand<V>[];
  /** The right side takes what rows a table has: where it is short, one may be missing. */
  readonly open?: boolean;
  /** Figures on which it hangs whether the relation applies at all: if one of them is wrong, it may not. */
  readonly conditions?: readonly V[];
}

export interface RatioRelation<V = string> {
  readonly id: string;
  readonly kind: 'ratio';
  /** The printed ratio: `63.52` with unit -2 for 63.52 %. */
  readonly ratio: V;
  readonly numerator: readonly Operand<V>[];
  readonly denominator: readonly Operand<V>[];
  readonly conditions?: readonly V[];
}

export type Relation<V = string> = LinearRelation<V> | RatioRelation<V>;

/** How a table is laid out, for mistakes that touch many of its cells at once. */
export interface Grid {
  readonly id: string;
  /**
   * Rows in printed order, each with an id that is the same for the same item in other tables, and its
   * cells by column; `null` where a row has none. An absent row is not printed, though relations speak
   * of its cells.
   */
  readonly rows: readonly {
    readonly id: string;
    readonly cells: readonly (string | null)[];
    readonly absent?: boolean;
  }[];
  /** A form with these rows and no others: none can be missing. */
  readonly closed?: boolean;
  /** The table it is a part of, where that is printed in one unit; its own id unless given. */
  readonly table?: string;
}

export interface Problem {
  /** How figures were rounded, `nearest` unless given; see `relations/rounding`. */
  readonly mode?: Mode;
  /** The width of variables that give none; 1 unless given. */
  readonly width?: number;
  /**
   * What a figure weighs more that would have to be below zero where none is printed, where such figures
   * are rare; 0 unless given, then nothing is held against them.
   */
  readonly negative?: number;
  readonly variables: readonly Variable[];
  readonly relations: readonly Relation[];
  readonly grids?: readonly Grid[];
}

/** Why a problem cannot be read; who shows it has the words. */
export type Complaint =
  | 'absent'
  | 'no-number'
  | 'variable-twice'
  | 'relation-twice'
  | 'no-object'
  | 'no-string'
  | 'no-flag'
  | 'no-whole'
  | 'no-natural'
  | 'no-positive'
  | 'no-figure'
  | 'no-list'
  | 'no-choice';

/** The problem cannot be read: a name that is not there, a figure that is no number. */
export class ProblemError extends Error {
  constructor(
    readonly complaint: Complaint,
    /** `where` in the problem, and what was found or may stand there. */
    readonly details: Readonly<Record<string, string | number>>,
  ) {
    super([complaint, ...Object.values(details)].join(' '));
  }
}
