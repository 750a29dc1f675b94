/** Relations as the search works on them: by the numbers of their variables. */
import type { Kind } from './problem';

/** A linear form, each variable once. */
export interface Form {
  readonly variables: readonly number[];
  readonly coefficients: readonly bigint[];
}

export interface LinearModel extends Form {
  readonly id: string;
  readonly kind: Exclude<Kind, 'ratio'>;
  /** Left minus right against zero. */
  readonly comparator: 'eq' | 'ge' | 'le';
  /** The total, where the relation is a plain sum of parts; else -1. */
  readonly total: number;
  /** It stands in one table: then it holds to the digit where addends are adjusted. */
  readonly structural: boolean;
  /** Its parts are what rows a table has. */
  readonly open: boolean;
  readonly conditions: readonly number[];
  readonly ratio?: undefined;
}

export interface RatioModel {
  readonly id: string;
  readonly kind: 'ratio';
  readonly ratio: number;
  readonly numerator: Form;
  readonly denominator: Form;
  /** All of them, each once. */
  readonly variables: readonly number[];
  readonly conditions: readonly number[];
}

export type RelationModel = LinearModel | RatioModel;

/** Whether what is within its bounds lets a relation hold: it does not tell what a figure is. */
export const isLimit = (relation: RelationModel): boolean =>
  relation.kind !== 'ratio' && relation.comparator !== 'eq';

/** Where a variable stands: the relation, and its coefficient in a linear one (0 in a ratio). */
export interface Incidence {
  readonly relation: number;
  readonly coefficient: bigint;
}
