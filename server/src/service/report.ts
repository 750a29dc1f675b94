import type { Disclosure, Mode } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import { noOutcomes, ruleOf, type Outcome } from '../relations/evaluate';
import type { Unchecked } from '../relations/relation';
import type { LineRange } from '../syntax/lines';
import { acceptedAddress } from './acceptance';
import type { Analysis, Counts } from './analysis';
import { figuresOf, wholly, type Finding } from './finding';
import { causesOf, type CauseView } from './findings';
import { fingerprintOf, problemFingerprint } from './fingerprint';
import { fixesOf } from './fixes';
import { explanationOf, type ReportExplanation } from './explanation';
import { ledgerOf, unreadOf, type Ledger } from './ledger';
import { message, type Locale } from './messages';
import { evaluationsTold } from './notFilled';
import { pathOf } from './places';
import { problemFixesOf } from './problemFixes';
import { reasonMessage } from './reasons';

/** Version of the contract in docs/cli.md; it changes when a field changes its meaning. */
export const REPORT_SCHEMA = 'gouji-report/1';

export interface FileReport {
  readonly path: string;
  /** `ok`; `ignored`: not a disclosure. */
  readonly status: 'ok' | 'ignored';
  /** How the document rounds. */
  readonly mode: Mode;
  /** What the figures suggest where the file does not declare it; no verdict hangs on it. */
  readonly inferredMode: 'exact' | null;
  readonly checked: Counts;
  readonly byRule: Readonly<Record<string, Counts>>;
  readonly findings: readonly ReportFinding[];
  readonly causes: readonly ReportCause[];
  readonly unchecked: readonly ReportUnchecked[];
  readonly accepted: readonly ReportAccepted[];
  readonly ledger: Ledger;
  /** With `--all`: every relation instance with its outcome. */
  readonly relations?: readonly ReportRelation[];
  /** With `--fix`: what was changed, in places of the text before; the rest is of the text after. */
  readonly fixed?: readonly { readonly range: LineRange; readonly newText: string }[];
}

export interface ReportFinding extends Finding {
  /** The id of the cause it belongs to. */
  readonly cause: string;
  readonly fixes: readonly {
    readonly title: string;
    readonly preferred: boolean;
    readonly edits: readonly { readonly range: LineRange; readonly newText: string }[];
  }[];
}

export interface ReportCause {
  readonly id: string;
  readonly severity: string;
  readonly path: string | null;
  readonly range: LineRange;
  readonly verdict: string;
  /** The rule of its most severe finding. */
  readonly rule: string;
  readonly message: string;
  /** Ids of its findings. */
  readonly members: readonly string[];
  /** What explains it; null for findings about the writing and about what is said. */
  readonly explanation: ReportExplanation | null;
}

/** A finding that the file itself accepts, and why. */
export interface ReportAccepted {
  readonly rule: string;
  readonly path: string;
  readonly range: LineRange;
  readonly reason: string;
  readonly fingerprint: string;
  /** Where 审核说明 says so. */
  readonly entry: LineRange;
}

export interface ReportUnchecked {
  readonly rule: string;
  readonly path: string | null;
  readonly reason: string;
  readonly message: string;
}

export interface ReportRelation {
  readonly id: string;
  readonly rule: string;
  readonly outcome: Outcome;
  readonly path: string;
  readonly printed: string | null;
  readonly computed: string | null;
}

/** The report of one file: the diagnostics of the editor and what stands behind them. */
export const reportOf = (
  path: string,
  analysis: Analysis,
  locale: Locale,
  wanted: Wanted = {},
): Report => new Report(path, analysis, locale, wanted);

type Wanted = Pick<FileReport, 'fixed'> & { readonly all?: boolean };

/**
 * The formats that list everything show what text, which people read most, does not: that is made when it is
 * asked for.
 */
export class Report implements FileReport {
  readonly status: FileReport['status'];
  readonly mode: Mode;
  readonly inferredMode: FileReport['inferredMode'];
  readonly checked: Counts;
  readonly findings: readonly ReportFinding[];
  readonly causes: readonly ReportCause[];
  readonly unchecked: readonly ReportUnchecked[];
  readonly accepted: readonly ReportAccepted[];
  readonly relations?: readonly ReportRelation[];
  readonly fixed?: NonNullable<FileReport['fixed']>;

  constructor(
    readonly path: string,
    private readonly analysis: Analysis,
    private readonly locale: Locale,
    { all = false, fixed }: Wanted,
  ) {
    const views = causesOf(analysis, locale);
    this.status = analysis.disclosure ? 'ok' : 'ignored';
    this.mode = analysis.disclosure?.mode ?? 'nearest';
    this.inferredMode = analysis.network?.looksExact ? 'exact' : null;
    this.checked = analysis.counts;
    this.findings = views.flatMap((view) => findingsOf(view, analysis, locale));
    this.causes = views.map(causeOf);
    this.unchecked = uncheckedOf(analysis, locale);
    this.accepted = acceptedOf(analysis);
    if (all) this.relations = relationsOf(analysis);
    if (fixed) this.fixed = fixed;
  }

  get byRule(): FileReport['byRule'] {
    return byRule(this.analysis);
  }

  get ledger(): Ledger {
    return ledgerOf(this.analysis, this.locale);
  }

  /** All of it, as plain data. */
  toJSON(): FileReport {
    const { path, status, mode, inferredMode, checked, findings, causes } = this;
    const { byRule: rules, unchecked, accepted, ledger, relations, fixed } = this;
    return {
      path,
      status,
      mode,
      inferredMode,
      checked,
      byRule: rules,
      findings,
      causes,
      unchecked,
      accepted,
      ledger,
      ...(relations && { relations }),
      ...(fixed && { fixed }),
    };
  }
}

const causeOf = (view: CauseView): ReportCause => ({
  id: view.id,
  severity: view.severity,
  path: view.path,
  range: view.range,
  verdict: view.verdict,
  rule: view.rule,
  message: view.message,
  members: view.findings.map((finding) => finding.id),
  explanation: view.cause ? explanationOf(view.cause) : null,
});

function findingsOf(view: CauseView, { tree, lines }: Analysis, locale: Locale): ReportFinding[] {
  const fixes = view.cause
    ? fixesOf(view.cause, tree, locale)
    : view.problem
      ? problemFixesOf(view.problem, tree, locale)
      : [];
  return view.findings.map((finding) => ({
    ...wholly(finding),
    cause: view.id,
    fixes: fixes.map(({ title, preferred, edits }) => ({
      title,
      preferred,
      edits: edits.map(({ range, newText }) => ({ range: lines.range(range), newText })),
    })),
  }));
}

function acceptedOf({ accepted, tree, lines }: Analysis): ReportAccepted[] {
  return accepted.map(({ acceptance, found }) => {
    const { id, path, at } = acceptedAddress(found, tree);
    return {
      rule: id,
      path,
      range: lines.range(at),
      reason: acceptance.reason,
      fingerprint: 'code' in found ? problemFingerprint(found, tree) : fingerprintOf(found),
      entry: lines.range(tree.rangeOf(acceptance.rule)),
    };
  });
}

function byRule(analysis: Analysis): Record<string, Counts> {
  const result: Record<string, Record<Outcome, number>> = {};
  const count = (rule: string, outcome: Outcome) => {
    (result[rule] ??= noOutcomes())[outcome]++;
  };
  const { network, accepted } = analysis;
  for (const evaluation of evaluationsTold(analysis)) {
    count(ruleOf(evaluation).id, evaluation.outcome);
  }
  for (const { rule, outcome } of network?.facts ?? []) count(rule.id, outcome);
  for (const { rule } of network?.unchecked ?? []) count(rule.id, 'unchecked');
  for (const { found } of accepted) if ('code' in found) count(found.code, 'accepted');
  return result;
}

function relationsOf(analysis: Analysis): ReportRelation[] {
  const { network, accepted, tree } = analysis;
  const facts = (network?.facts ?? []).map(({ id, rule, outcome, path }) => {
    return { id, rule: rule.id, outcome, path: path.join('/'), printed: null, computed: null };
  });
  const relations = evaluationsTold(analysis).map((evaluation) => {
    const { relation, outcome, measure } = evaluation;
    const figures = measure && figuresOf(evaluation);
    return {
      id: relation.id,
      rule: relation.rule.id,
      outcome,
      path: pathOf(relation.left[0]!.cell),
      printed: figures?.printed ?? null,
      computed: outcome === 'empty' ? '' : (figures?.computed.value ?? null),
    };
  });
  const words = accepted.flatMap(({ found }): ReportRelation[] => {
    if (!('code' in found)) return [];
    const { id: rule, path } = acceptedAddress(found, tree);
    return [
      { id: `${rule}@${path}`, rule, outcome: 'accepted', path, printed: null, computed: null },
    ];
  });
  return [...relations, ...facts, ...words];
}

/** What could not be checked and why: rules without their table, cells without a number, sections, keys. */
function uncheckedOf(analysis: Analysis, locale: Locale): ReportUnchecked[] {
  const { network, disclosure } = analysis;
  const facts = (network?.facts ?? []).flatMap(({ rule, reason, path }) => {
    if (!reason) return [];
    const where = path.join('/');
    return {
      rule: rule.id,
      path: where,
      reason: reason.code,
      message: reasonMessage(reason, disclosure, locale),
    };
  });
  const found: Pick<Unchecked, 'rule' | 'reason'>[] = [...(network?.unchecked ?? [])];
  for (const evaluation of evaluationsTold(analysis)) {
    const { reason } = evaluation;
    if (reason) found.push({ rule: ruleOf(evaluation), reason });
  }
  const rules = found.map(({ rule, reason }) => ({
    rule: rule.id,
    path: reason.cell ? pathOf(reason.cell) : null,
    reason: reason.code,
    message: reasonMessage(reason, disclosure, locale),
  }));
  const sections = disclosure ? sectionsOf(disclosure, locale) : [];
  const keys = unreadOf(analysis, locale).map(({ rule, path, message: text }) => {
    return { rule, path, reason: 'unknown-key', message: text };
  });
  return [...rules, ...facts, ...sections, ...keys];
}

/** Sections that are not in the file, and those that are kept as text. */
function sectionsOf(disclosure: Disclosure, locale: Locale): ReportUnchecked[] {
  const unchecked = (id: string, key: string, reason: 'section' | 'section-missing') => ({
    rule: `section.${id}`,
    path: key,
    reason,
    message: message(locale, `reason.${reason}`, { section: key }),
  });
  const figures = new Set(vocabulary.statements.map(({ section }) => section!));
  const kept = [...disclosure.sections].filter(([id]) => !figures.has(id) && id !== 'accepted');
  const missing = [...figures].filter((id) => !disclosure.sections.has(id));
  const parts = vocabulary.statements.filter(
    ({ id, section, key }) =>
      disclosure.sections.has(section!) &&
      key !== vocabulary.sections[section!]!.key &&
      !disclosure.tables.has(id),
  );
  return [
    ...kept.map(([id, { key }]) => unchecked(id, key.text, 'section')),
    ...missing.map((id) => unchecked(id, vocabulary.sections[id]!.key, 'section-missing')),
    ...parts.map(({ id, key }) => unchecked(id, key, 'section-missing')),
  ];
}
