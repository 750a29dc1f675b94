import { noOutcomes, type Outcome } from '../relations/evaluate';
import type { Counts } from './analysis';
import { message, type Locale } from './messages';

/** What needs attention comes first. */
export const BY_ATTENTION: readonly Outcome[] = [
  'fails',
  'accepted',
  'rounding',
  'unchecked',
  'holds',
  'empty',
];

const MARKS: Readonly<Record<Outcome, string>> = {
  holds: '✓',
  rounding: '≈',
  fails: '✗',
  empty: '○',
  unchecked: '?',
  accepted: '☑',
};

/** A mark for the eye and a word for whoever is read to. */
export function outcomeLabel(outcome: Outcome, locale: Locale): string {
  return `${MARKS[outcome]} ${message(locale, `outcome.${outcome}`)}`;
}

/** What of several outcomes needs most attention; of none, undefined. */
export function worstOf(counts: Counts): Outcome | undefined {
  return BY_ATTENTION.find((outcome) => counts[outcome] > 0);
}

export function sumOf(all: Iterable<Counts>): Counts {
  const sum = noOutcomes();
  for (const counts of all) for (const outcome of BY_ATTENTION) sum[outcome] += counts[outcome];
  return sum;
}

/** `不成立 2 · 成立 45`; what is blank on both sides only where there is nothing else. */
export function countsLabel(counts: Counts, locale: Locale): string {
  const some = BY_ATTENTION.filter((outcome) => counts[outcome] > 0);
  const told = some.length > 1 ? some.filter((outcome) => outcome !== 'empty') : some;
  if (told.length === 0) return message(locale, 'ledger.nothing');
  return told
    .map((outcome) => message(locale, `count.${outcome}`, { count: counts[outcome] }))
    .join(' · ');
}

/** The same with the mark of what needs most attention. */
export function markedCounts(counts: Counts, locale: Locale): string {
  const worst = worstOf(counts);
  const label = countsLabel(counts, locale);
  return worst === undefined ? label : `${MARKS[worst]} ${label}`;
}
