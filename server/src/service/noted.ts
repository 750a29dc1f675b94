/** What does not hold and is told as no more than worth knowing: nothing is wrong for it. */
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Analysis, Settings } from './analysis';
import { severityOf } from './findings';
import { notFilledIn } from './notFilled';
import { factSeverity } from './writtenFindings';

/** Of a relation or statement that fails. */
export function isNote(failing: Evaluation | Fact, settings: Settings): boolean {
  const severity =
    'relation' in failing
      ? severityOf(failing.relation.rule, settings)
      : factSeverity(failing, settings);
  return severity !== 'error' && severity !== 'warning';
}

/** How many of those that fail. */
export function notedIn(analysis: Analysis): number {
  const { network, causes, settings } = analysis;
  if (!network) return 0;
  const open = notFilledIn(causes, analysis);
  const failing = network.opened('fails').filter((one) => !open.has(one));
  const said = network.facts.filter(({ outcome }) => outcome === 'fails');
  return [...failing, ...said].filter((one) => isNote(one, settings)).length;
}
