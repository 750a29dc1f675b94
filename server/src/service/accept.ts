import { isGuess } from '../disclosure/damage';
import { addAcceptance, refreshAcceptance } from './acceptanceEdits';
import { isSaid } from './acceptance';
import type { Analysis } from './analysis';
import type { CauseView } from './findings';
import type { Fix } from './fixes';
import { message, type Locale } from './messages';

/**
 * Accepts a cause as it is: one entry of 审核说明 with the rule and place of its most severe finding and
 * the fingerprints of all. The reason is left to be written. Where an entry of that rule and place has
 * become stale, it is made to fit again and keeps its reason.
 */
export function acceptFix(
  analysis: Analysis,
  { findings, rule, severity, problem }: CauseView,
  locale: Locale,
): Fix | undefined {
  const { tree, disclosure } = analysis;
  if (!disclosure || (problem && !isSaid(problem))) return undefined;
  if (tree.problems.some(isGuess)) return undefined;
  const main = findings.find((one) => one.rule === rule && one.severity === severity);
  if (!main?.path) return undefined;
  const { path } = main;
  const others = findings.filter((one) => one !== main);
  const fingerprints = [...new Set([main, ...others].map((one) => one.fingerprint))];
  const known = disclosure.acceptances.find(
    (one) => one.rule.text.trim() === rule && one.path.text.trim() === path,
  );
  const isTaken = analysis.accepted.some(({ acceptance }) => acceptance === known);
  const again = known && !isTaken;
  const edit = again
    ? refreshAcceptance(known, fingerprints, tree)
    : addAcceptance({ rule, path, fingerprints }, disclosure.sections.get('accepted'), tree);
  if (!edit) return undefined;
  const title = message(locale, again ? 'fix.accept-again' : 'fix.accept');
  return { title, preferred: false, edits: [edit] };
}
