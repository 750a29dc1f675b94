/** What figures would have to be, rated. */
import type { Bounds } from './options';
import type { Slip } from './slips';

export interface Value {
  /** In halves of the variable's scale. */
  readonly value: bigint;
  readonly printed: string;
  /** How the printed figure may have come of it. */
  readonly slip: Slip;
}

/** What a variable would have to be. */
export interface Proposal {
  readonly variable: number;
  /** Between these the exact amount lies, by all relations; open sides are undefined. */
  readonly interval: Bounds;
  /** The likeliest first; empty where they are too many to be told apart. */
  readonly values: readonly Value[];
  readonly twin: boolean;
}

/** One smallest set that explains a finding. */
export interface RankedSet {
  readonly proposals: readonly Proposal[];
  readonly weight: number;
  /** The share of probability among the sets and groups of this finding, by the model of slips. */
  readonly probability: number;
}
