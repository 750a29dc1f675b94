/** What figures would have to be, rated. */
import type { Bounds } from './bounds';
import type { Options } from './options';
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
  /** The likeliest first. */
  readonly values: readonly Value[];
  /** There are too many others: the values are those of which a slip would make what is printed. */
  readonly open?: true;
  /** Then, among how many of these within the interval they are the likeliest. */
  readonly among?: number;
  readonly twin: boolean;
}

/** One smallest set that explains a finding. */
export interface RankedSet {
  readonly proposals: readonly Proposal[];
  readonly weight: number;
  /** The share of probability among the sets and groups of this finding, by the model of slips. */
  readonly probability: number;
}

/** What is put first of each, where anything is. */
export const firstValues = (proposals: readonly Proposal[]): Map<number, bigint> =>
  new Map(
    proposals.flatMap(({ variable, values: [first] }) =>
      first ? [[variable, first.value] as const] : [],
    ),
  );

/** The options that it was made of. */
export const optionsFor = ({ variable, interval, values, open }: Proposal): Options => ({
  variable,
  bounds: interval,
  values: values.map(({ value }) => value),
  ...(open && { open }),
});
