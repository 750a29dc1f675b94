import { isGuess } from '../disclosure/damage';
import type { Acceptance, Disclosure, Problem } from '../disclosure/model';
import { ruleOf, type Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import type { Network } from '../relations/network';
import type { SyntaxTree, TextRange } from '../syntax/tree';
import type { Settings } from './analysis';
import { addressOf, fingerprintOf, problemFingerprint } from './fingerprint';
import { anchorOf, pathTo } from './places';
import { prune, remove } from './acceptanceEdits';

/** What an entry of 审核说明 accepts. */
export interface Accepted {
  readonly acceptance: Acceptance;
  readonly found: Evaluation | Fact | Problem;
}

/** Whether a finding about the writing is about what the text says: only that can be accepted. */
export const isSaid = ({ code }: Problem) => /^(?:text|code)\./.test(code);

/** A finding as an entry of 审核说明 would name it. */
interface Named<T> {
  readonly found: T;
  readonly rule: string;
  readonly path: string;
  readonly fingerprint: string;
}

/**
 * Finds what the entries of 审核说明 accept. Rule, place and figures must be those of an entry; one that
 * lists several fingerprints accepts all of them, as long as one is of its rule and place, or what is there
 * cannot be judged because of a syntax error.
 */
export class Acceptances {
  readonly accepted: Accepted[] = [];
  private readonly matched = new Map<Acceptance, Set<string>>();
  /** A syntax error may keep from being judged what an entry is about. */
  private readonly isGuessed: boolean;

  constructor(private readonly disclosure: Disclosure) {
    this.isGuessed = disclosure.tree.problems.some(isGuess);
  }

  /** Of the findings given, those that the file accepts. */
  readonly accept = (found: readonly (Evaluation | Fact)[]): ReadonlySet<Evaluation | Fact> => {
    if (this.disclosure.acceptances.length === 0) return new Set();
    const named = found.map((one) => ({
      found: one,
      rule: ruleIdOf(one),
      path: addressOf(one),
      fingerprint: fingerprintOf(one),
    }));
    return this.match(named);
  };

  /** The findings about the writing that are left, and what is to be said of the entries themselves. */
  problems(problems: readonly Problem[], network: Network, settings: Settings): Problem[] {
    const { acceptances, tree } = this.disclosure;
    if (acceptances.length === 0) return [...problems];
    const said = problems.filter(isSaid).map((problem) => ({
      found: problem,
      rule: problem.code,
      path: pathTo(problem.at, tree).join('/'),
      fingerprint: problemFingerprint(problem, tree),
    }));
    const accepted = this.match(said);
    const isOff = ({ rule }: Acceptance) => settings.severities[rule.text.trim()] === 'off';
    return [
      ...problems.filter((problem) => !accepted.has(problem)),
      ...acceptances
        .filter((acceptance) => !this.isGuessed && !isOff(acceptance))
        .flatMap((acceptance) => this.problemOf(acceptance, said, network) ?? []),
    ];
  }

  private match<T extends Evaluation | Fact | Problem>(named: readonly Named<T>[]): Set<T> {
    const accepted = new Set<T>();
    const byFingerprint = new Map<string, Named<T>[]>();
    for (const one of named) {
      byFingerprint.set(one.fingerprint, [...(byFingerprint.get(one.fingerprint) ?? []), one]);
    }
    for (const acceptance of this.disclosure.acceptances) {
      const hits = acceptance.fingerprints.flatMap((print) => byFingerprint.get(print) ?? []);
      const isFound = (one: Named<T>) => isAbout(acceptance, one);
      if (!hits.some(isFound) && (!this.isGuessed || named.some(isFound))) continue;
      this.matched.set(acceptance, new Set(hits.map(({ fingerprint }) => fingerprint)));
      for (const { found } of hits) {
        if (accepted.has(found)) continue;
        accepted.add(found);
        this.accepted.push({ acceptance, found });
      }
    }
    return accepted;
  }

  private problemOf(
    acceptance: Acceptance,
    said: readonly Named<Problem>[],
    network: Network,
  ): Problem | undefined {
    const { fingerprints, rule, path, node } = acceptance;
    const { tree } = this.disclosure;
    const args = { rule: rule.text.trim(), path: path.text.trim() };
    const matched = this.matched.get(acceptance);
    if (matched) {
      const rest = fingerprints.filter((print) => !matched.has(print));
      if (rest.length === 0) return undefined;
      return {
        code: 'accept.stale',
        at: path,
        args: { ...args, count: String(rest.length), part: 'some' },
        fixes: [prune(acceptance, matched, tree)],
      };
    }
    const outcomes = outcomesAt(acceptance, said, network);
    // Nothing can be said of what cannot be judged now; why, is listed with the rest.
    if (outcomes.has('unchecked')) return undefined;
    if (outcomes.has('fails') || outcomes.has('rounding')) {
      const part = fingerprints.length === 0 ? 'none' : 'all';
      return { code: 'accept.stale', at: path, args: { ...args, part } };
    }
    const part = outcomes.size > 0 ? 'holds' : 'nowhere';
    return {
      code: 'accept.unmatched',
      at: path,
      args: { ...args, part },
      fixes: [remove(node, this.disclosure.sections.get('accepted')!, tree)],
    };
  }
}

/** The rule and place of what is accepted, and where it stands. */
export function acceptedAddress(
  found: Evaluation | Fact | Problem,
  tree: SyntaxTree,
): { id: string; path: string; at: TextRange } {
  if ('code' in found) {
    const at = 'kind' in found.at ? tree.rangeOf(found.at) : found.at;
    return { id: found.code, path: pathTo(found.at, tree).join('/'), at };
  }
  const at =
    'relation' in found ? anchorOf(found.relation.left[0]!.cell, tree) : tree.rangeOf(found.at);
  return { id: ruleIdOf(found), path: addressOf(found), at };
}

function isAbout({ rule, path }: Acceptance, named: Named<unknown>): boolean {
  return rule.text.trim() === named.rule && path.text.trim() === named.path;
}

const ruleIdOf = (found: Evaluation | Fact) =>
  'relation' in found ? ruleOf(found).id : found.rule.id;

/** How everything of the rule at the place of an entry came out; empty where there is nothing. */
function outcomesAt(
  acceptance: Acceptance,
  said: readonly Named<Problem>[],
  { evaluations, facts, unchecked }: Network,
): Set<string> {
  const rule = acceptance.rule.text.trim();
  const path = acceptance.path.text.trim();
  const here = [...evaluations, ...facts].filter(
    (found) => ruleIdOf(found) === rule && addressOf(found) === path,
  );
  const outcomes = new Set<string>(here.map(({ outcome }) => outcome));
  if (said.some((named) => isAbout(acceptance, named))) outcomes.add('fails');
  // Where a rule could not be applied somewhere, that may have been here.
  if (unchecked.some((one) => one.rule.id === rule)) outcomes.add('unchecked');
  return outcomes;
}
