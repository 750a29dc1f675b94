import type { TextEdit } from 'vscode-languageserver-types';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Problem } from '../disclosure/model';
import { refreshAcceptance } from './acceptanceEdits';
import { analyzeAgain } from './again';
import type { Analysis } from './analysis';
import type { CellEdit } from './edits';
import { fingerprintOf, problemFingerprint } from './fingerprint';
import { pathTo } from './places';

/**
 * What to write in 审核说明 for it to accept the same as before, after a code is replaced by another one:
 * the places that name the code, and the fingerprints, for they are of the place too.
 * @param edits what replaces the code everywhere else
 */
export function movedAcceptances(
  analysis: Analysis,
  old: string,
  code: string,
  edits: readonly TextEdit[],
): CellEdit[] {
  const { disclosure, accepted, tree } = analysis;
  if (!disclosure || disclosure.acceptances.length === 0 || old === code) return [];
  const pattern = new RegExp(`(?<!\\d)${old}(?!\\d)`, 'g');
  const moved = (text: string) => text.replace(pattern, code);
  const after = analyzeAgain(analysis, applied(analysis, edits));
  return disclosure.acceptances.flatMap((acceptance): CellEdit[] => {
    const path = acceptance.path.text;
    const prints = new Map(
      accepted
        .filter((one) => one.acceptance === acceptance)
        .flatMap(({ found }): [string, string][] => {
          const now = fingerprintIn(after, found, moved, analysis);
          return now === undefined ? [] : [[printOf(found, analysis), now]];
        }),
    );
    const fingerprints = acceptance.fingerprints.map((print) => prints.get(print) ?? print);
    const isNew = fingerprints.some((print, index) => print !== acceptance.fingerprints[index]);
    const refreshed = isNew ? refreshAcceptance(acceptance, fingerprints, tree) : undefined;
    const { start, end } = tree.rangeOf(acceptance.path);
    const written = tree.text.slice(start, end);
    return [
      ...(moved(path) === path ? [] : [{ range: { start, end }, newText: moved(written) }]),
      ...(refreshed ? [refreshed] : []),
    ];
  });
}

type Found = Evaluation | Fact | Problem;

const printOf = (found: Found, { tree }: Analysis) =>
  'code' in found ? problemFingerprint(found, tree) : fingerprintOf(found);

/** The fingerprint of what is found in the place of a finding. */
function fingerprintIn(
  after: Analysis,
  found: Found,
  moved: (text: string) => string,
  before: Analysis,
): string | undefined {
  const same = counterpart(after, found, moved, before);
  return same && printOf(same, after);
}

function counterpart(
  { network, problems, tree }: Analysis,
  found: Found,
  moved: (text: string) => string,
  before: Analysis,
): Found | undefined {
  if ('code' in found) {
    const path = moved(pathTo(found.at, before.tree).join('/'));
    return problems.find(
      ({ code, at }) => code === found.code && pathTo(at, tree).join('/') === path,
    );
  }
  if ('relation' in found) {
    const id = moved(found.relation.id);
    return network?.evaluations.find(({ relation }) => relation.id === id);
  }
  return network?.facts.find(({ id, rule }) => rule.id === found.rule.id && id === moved(found.id));
}

function applied({ tree, lines }: Analysis, edits: readonly TextEdit[]): string {
  const inOrder = [...edits].sort(
    (a, b) => lines.offset(b.range.start) - lines.offset(a.range.start),
  );
  return inOrder.reduce(
    (text, { range, newText }) =>
      text.slice(0, lines.offset(range.start)) + newText + text.slice(lines.offset(range.end)),
    tree.text,
  );
}
