import type { Problem } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import { operandsOf, tablesOf } from '../relations/relation';
import type { Rule, Severity } from '../relations/rule';
import type { Cause } from '../repair/cause';
import type { LineRange } from '../syntax/lines';
import { Memo } from '../syntax/memo';
import type { TextRange } from '../syntax/tree';
import type { Analysis, Settings } from './analysis';
import { causeMessage } from './causeMessage';
import { turnedWords } from './changeWords';
import { withoutConsequences } from './consequences';
import { RelationFinding, wholly, type Finding } from './finding';
import { isMiswritten } from './miscodedCodes';
import { isDraft } from './draft';
import { misreadIn } from './misplaced';
import type { Locale } from './messages';
import { anchorOf, pathOf } from './places';
import { byOmission, omissionView } from './omissions';
import { factSeverity, problemSeverity, problemView } from './writtenFindings';

/** Findings that come from one place, shown as one diagnostic. */
export interface CauseView {
  readonly id: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly verdict: Cause['verdict'] | 'text' | 'input';
  readonly message: string;
  readonly path: string | null;
  readonly textRange: TextRange;
  readonly range: LineRange;
  readonly findings: readonly Finding[];
  /** Of the most severe finding: what to change to change the severity shown. */
  readonly rule: string;
  /** Undefined for a finding about the writing. */
  readonly cause: Cause | undefined;
  /** Of a finding about the writing. */
  readonly problem?: Problem;
  /** Of a finding about what is said rather than calculated. */
  readonly fact?: Fact;
  /** Of what is left out in several ways at one place: all that is. */
  readonly facts?: readonly Fact[];
}

const RANK = ['error', 'warning', 'information', 'hint'] as const;

const known = new Memo<Analysis, Map<Locale, readonly CauseView[]>>();

/** Everything that is to be said about a file, in the order of the text. */
export function causesOf(analysis: Analysis, locale: Locale): readonly CauseView[] {
  const byLocale = known.get(analysis) ?? new Map<Locale, readonly CauseView[]>();
  known.set(analysis, byLocale);
  const views = byLocale.get(locale) ?? viewsOf(analysis, locale);
  byLocale.set(locale, views);
  return views;
}

function viewsOf(analysis: Analysis, locale: Locale): CauseView[] {
  return numbered(foundIn(analysis).map(({ view }) => view(locale)));
}

/** Something that is to be said about a file; the words are made when they are asked for. */
export interface Found {
  readonly severity: Exclude<Severity, 'off'>;
  /** The id of the rule that is broken, of several the most severe. */
  readonly rule: string;
  /** Offset of where it is shown. */
  readonly start: number;
  readonly view: (locale: Locale) => CauseView;
}

const foundBefore = new Memo<Analysis, readonly Found[]>();

/** Everything that is to be said about a file, in the order of the text. */
export function foundIn(analysis: Analysis): readonly Found[] {
  const before = foundBefore.get(analysis);
  if (before) return before;
  const found = findIn(analysis);
  foundBefore.set(analysis, found);
  return found;
}

function findIn(analysis: Analysis): Found[] {
  const { tree, settings, problems, causes, network } = analysis;
  const found: Found[] = [];
  const isMisread = misreadIn(problems, analysis.disclosure);
  for (const problem of problems) {
    const severity = problemSeverity(problem, analysis);
    if (severity === 'off') continue;
    const { start } = 'kind' in problem.at ? tree.rangeOf(problem.at) : problem.at;
    const view = (locale: Locale) => problemView(analysis, problem, severity, locale);
    found.push({ severity, rule: problem.code, start, view });
  }
  for (const cause of causes) {
    const isJoint = cause.verdict === 'joint';
    const severities = cause.members.map((member) => severityOfMember(member, isJoint, settings));
    const gravest = RANK.find((rank) => severities.includes(rank))!;
    const { rule } = cause.members[severities.indexOf(gravest)]!.relation;
    const severity = gravest === 'error' && isDraft(cause, analysis) ? 'warning' : gravest;
    const { start } = placeOf(cause, analysis);
    if (isMisread(start, cause.cell)) continue;
    const view = (locale: Locale) => causeView(analysis, cause, severity, rule.id, locale);
    found.push({ severity, rule: rule.id, start, view });
  }
  const said = network ? withoutConsequences(network.facts, causes, network.expansion) : [];
  const shown = problems.filter((problem) => problemSeverity(problem, analysis) !== 'off');
  const failing = said.filter((fact) => fact.outcome === 'fails' && !isMiswritten(fact, shown));
  for (const facts of byOmission(failing)) {
    const [fact] = facts;
    const { start } = tree.rangeOf(fact.at);
    if (isMisread(start)) continue;
    const severity = factSeverity(fact, settings);
    const view = (locale: Locale) => omissionView(analysis, facts, severity, locale);
    found.push({ severity, rule: fact.rule.id, start, view });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The most severe of what is found, in the order of the text. */
export function mostSevere(found: readonly Found[], most: number): readonly Found[] {
  if (found.length <= most) return found;
  const chosen = new Set(
    RANK.flatMap((rank) => found.filter(({ severity }) => severity === rank)).slice(0, most),
  );
  return found.filter((one) => chosen.has(one));
}

/** Tells findings about the writing apart that stand at one place. */
export function numbered(views: readonly CauseView[]): CauseView[] {
  const counts = new Map<string, number>();
  return views.map((view) => {
    const count = (counts.get(view.id) ?? 0) + 1;
    counts.set(view.id, count);
    if (count === 1) return view;
    const suffix = `#${count}`;
    return {
      ...view,
      id: view.id + suffix,
      findings: view.findings.map((entry) => ({ ...wholly(entry), id: entry.id + suffix })),
    };
  });
}

export function severityOf(rule: Rule, settings: Settings): Severity {
  return settings.severities[rule.id] ?? rule.severity;
}

function causeView(
  analysis: Analysis,
  cause: Cause,
  severity: CauseView['severity'],
  rule: string,
  locale: Locale,
): CauseView {
  const isJoint = cause.verdict === 'joint';
  const findings = cause.members.map((member) => {
    const own = severityOfMember(member, isJoint, analysis.settings);
    return new RelationFinding(analysis, member, own, isJoint, locale);
  });
  const textRange = placeOf(cause, analysis);
  return {
    id: cause.id,
    severity,
    verdict: cause.verdict,
    message: causeMessage(analysis, cause, findings, locale),
    path: pathOf(cause.cell),
    textRange,
    range: analysis.lines.range(textRange),
    findings,
    rule,
    cause,
  };
}

/** Where a cause is shown: its cell, or the word that says the opposite of what its figures do. */
function placeOf(cause: Cause, { tree, network }: Analysis): TextRange {
  const { cell, at } = cause;
  if (at) return tree.rangeOf(at);
  const [turned] = network ? turnedWords(cause, network, tree) : [];
  return turned ? tree.rangeOf(turned.entry!.key) : anchorOf(cell, tree);
}

/** A tail is worth knowing, and no more; unless it is part of what cannot be true together. */
function severityOfMember(
  evaluation: Evaluation,
  isJoint: boolean,
  settings: Settings,
): Exclude<Severity, 'off'> {
  const declared = severityIn(evaluation, settings);
  const isTail = evaluation.outcome === 'rounding' && !isJoint;
  return isTail && declared !== 'hint' ? 'information' : declared;
}

/** A figure and a bound (100% and ≥98%) can both be meant: that they differ is no proof. */
function severityIn({ relation }: Evaluation, settings: Settings): Exclude<Severity, 'off'> {
  const declared = severityOf(relation.rule, settings) as Exclude<Severity, 'off'>;
  if (declared !== 'error') return declared;
  // Only texts print bounds.
  const isPlain = [...tablesOf(relation)].every(({ spec }) => spec.section === undefined);
  const { bound } = relation.left[0]!.cell;
  const isMixed = !isPlain && operandsOf(relation).some(({ cell }) => cell.bound !== bound);
  return isMixed ? 'warning' : declared;
}
