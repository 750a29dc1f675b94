import type { Analysis, Counts } from './analysis';
import { causesOf } from './findings';

/** What the language status item shows. */
export interface Status {
  readonly recognised: boolean;
  readonly year?: number;
  readonly unit?: string;
  readonly layout?: string;
  readonly counts?: Counts;
  /** Diagnostics by severity. */
  readonly causes?: Readonly<Record<'error' | 'warning' | 'information' | 'hint', number>>;
}

export function statusOf(analysis: Analysis): Status {
  const { disclosure, counts } = analysis;
  if (!disclosure) return { recognised: false };
  const causes = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of causesOf(analysis, 'zh-cn')) causes[severity]++;
  return {
    recognised: true,
    ...(disclosure.year !== undefined && { year: disclosure.year }),
    unit: disclosure.unit.name,
    layout: disclosure.layout.key,
    counts,
    causes,
  };
}
