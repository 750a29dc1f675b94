import type { Mode } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Analysis, Counts } from './analysis';
import { foundIn } from './findings';
import { notedIn } from './noted';

/** What the language status item shows. */
export interface Status {
  readonly recognised: boolean;
  readonly year?: number;
  readonly unit?: string;
  readonly layout?: string;
  /** How the file says it rounds, in its own word; absent for rounding to the nearest. */
  readonly rounding?: string;
  /** The figures suggest that addends were adjusted (舍位平衡). */
  readonly looksExact?: boolean;
  readonly counts?: Counts;
  /** Of what fails: how much is no more than worth knowing. */
  readonly noted?: number;
  /** Diagnostics by severity. */
  readonly causes?: Readonly<Record<'error' | 'warning' | 'information' | 'hint', number>>;
}

export function statusOf(analysis: Analysis): Status {
  const { disclosure, counts } = analysis;
  if (!disclosure) return { recognised: false };
  const causes = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of foundIn(analysis)) causes[severity]++;
  return {
    recognised: true,
    ...(disclosure.year !== undefined && { year: disclosure.year }),
    unit: disclosure.unit.name,
    layout: disclosure.layout.key,
    ...(disclosure.mode !== 'nearest' && { rounding: roundingName(disclosure.mode) }),
    ...(analysis.network?.looksExact && { looksExact: true }),
    counts,
    noted: notedIn(analysis),
    causes,
  };
}

function roundingName(mode: Mode): string {
  return vocabulary.rounding.find(({ id }) => id === mode)?.key ?? mode;
}
