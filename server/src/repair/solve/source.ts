/** What a model is read from: a document, or a problem that was written down. */
import type { Mode } from '../../disclosure/model';
import type { Incidence } from '../../relations/incidence';
import type { Layout } from './groups/layout';
import type { Figure } from './reader';
import type { RelationModel } from './relationModel';
import type { Variable } from './problem';

/**
 * Figures and relations by their numbers. There are too many for an object each: one is made when it is asked for.
 * Variables are numbers from 0; constants come after them.
 */
export interface Source {
  readonly mode: Mode;
  readonly negative: number;
  /** How many variables there are, and how many figures with the constants. */
  readonly variables: number;
  readonly count: number;
  readonly incidence: Incidence;
  readonly layouts: readonly Layout[];
  variable(number: number): Variable;
  figure(number: number): Figure;
  relation(index: number): RelationModel;
  /** Whether a relation is a sum or a difference of figures, each once: the incidence tells all of it. */
  isPlain(index: number): boolean;
  /** Whether a variable is known to be right; and what changing it costs. */
  isFixed(variable: number): boolean;
  weightOf(variable: number): number;
  /** Relations that hang on a variable by their conditions. */
  conditionedBy(variable: number): readonly number[];
  /** Variables that it repeats, and those that may have been taken for it; -1 for what is none. */
  sourcesOf(variable: number): readonly number[];
  neighboursOf(variable: number): readonly number[];
  namesakesOf(variable: number): readonly number[];
}
