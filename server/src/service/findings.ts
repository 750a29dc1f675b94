import { formatHalves } from '../disclosure/amount';
import { isNonZero, type Problem } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import { isOverNothing } from '../relations/ratio';
import { operandsOf, tablesOf, type Operand } from '../relations/relation';
import type { Measure } from '../relations/rounding';
import type { Rule, RuleKind, Severity } from '../relations/rule';
import type { Cause } from '../repair/cause';
import type { LineRange } from '../syntax/lines';
import type { TextRange } from '../syntax/tree';
import type { Analysis, Settings } from './analysis';
import { arithmeticOf } from './arithmetic';
import { causeMessage } from './causeMessage';
import { turnedWords } from './changeWords';
import { withoutConsequences } from './consequences';
import { isMiswritten } from './miscodedCodes';
import { isDraft } from './draft';
import { fingerprintOf } from './fingerprint';
import { inLocale, message, type Locale, type MessageKey } from './messages';
import { anchorOf, figureOf, idsOf, labelOf, pathOf, saysOf } from './places';
import { byOmission, omissionView } from './omissions';
import { factSeverity, problemSeverity, problemView } from './writtenFindings';

/** One relation instance that does not plainly hold, or one finding about the writing. */
export interface Finding {
  /** The same in every version of the file. */
  readonly id: string;
  readonly rule: string;
  readonly kind: RuleKind;
  /** `joint`: it may hold by itself, but not together with the others of its cause. */
  readonly class: 'error' | 'rounding' | 'joint' | 'text' | 'input';
  readonly outcome: 'holds' | 'rounding' | 'fails';
  readonly severity: Exclude<Severity, 'off'>;
  readonly message: string;
  /** The address by meaning; null for a finding that is about no cell. */
  readonly path: string | null;
  readonly cell: { table: string; row: string; column: string } | null;
  readonly range: LineRange;
  readonly printed: string | null;
  /** From the other side of the relation: the value and the interval that rounding leaves it. */
  readonly computed: { value: string; lo: string; hi: string } | null;
  /** Printed − computed. */
  readonly difference: string | null;
  /** Between these the printed value would be consistent. */
  readonly allowed: { lo: string | null; hi: string | null } | null;
  readonly unit: string | null;
  readonly related: readonly Related[];
  readonly fingerprint: string;
}

export interface Related {
  readonly role: 'printed' | 'addend' | 'subtrahend' | 'limit' | 'base';
  readonly coefficient: number;
  readonly path: string;
  readonly range: LineRange;
  readonly printed: string;
}

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

const known = new WeakMap<Analysis, Map<Locale, readonly CauseView[]>>();

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

const foundBefore = new WeakMap<Analysis, readonly Found[]>();

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
    const view = (locale: Locale) => causeView(analysis, cause, severity, rule.id, locale);
    found.push({ severity, rule: rule.id, start, view });
  }
  const said = network ? withoutConsequences(network.facts, causes, network.expansion) : [];
  const shown = problems.filter((problem) => problemSeverity(problem, analysis) !== 'off');
  const failing = said.filter((fact) => fact.outcome === 'fails' && !isMiswritten(fact, shown));
  for (const facts of byOmission(failing)) {
    const [fact] = facts;
    const { start } = tree.rangeOf(fact.at);
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
      findings: view.findings.map((entry) => ({ ...entry, id: entry.id + suffix })),
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
  const findings = cause.members.map((member) => finding(analysis, member, isJoint, locale));
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

function finding(
  analysis: Analysis,
  evaluation: Evaluation,
  isJoint: boolean,
  locale: Locale,
): Finding {
  const { relation, outcome } = evaluation;
  const { cell } = relation.left[0]!;
  const { unit } = cell;
  const figures = figuresOf(evaluation);
  const rounding = outcome === 'rounding' && !isJoint;
  let told: string | undefined;
  return {
    id: relation.id,
    rule: relation.rule.id,
    kind: relation.rule.kind,
    class: isJoint ? 'joint' : rounding ? 'rounding' : 'error',
    outcome: outcome === 'rounding' || outcome === 'holds' ? outcome : 'fails',
    severity: severityOfMember(evaluation, isJoint, analysis.settings),
    // A cause that is located has a message of its own.
    get message() {
      return (told ??= findingMessage(evaluation, figures, locale));
    },
    path: pathOf(cell),
    cell: idsOf(cell),
    range: analysis.lines.range(anchorOf(cell, analysis.tree)),
    ...figures,
    unit: unit.name,
    // A total may have as many parts as a file has lines.
    get related() {
      return relatedOf(analysis, evaluation);
    },
    get fingerprint() {
      return fingerprintOf(evaluation);
    },
  };
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

type Figures = Pick<Finding, 'printed' | 'difference' | 'allowed'> & {
  readonly computed: { value: string; lo: string; hi: string };
};

/** Figures in the unit of the printed cell. */
export function figuresOf(evaluation: Evaluation): Figures {
  const { relation, measure, copy } = evaluation;
  const outcome = evaluation.otherwise ?? evaluation.outcome;
  const { cell } = relation.left[0]!;
  const { place, left, right, rightLo, rightHi, lo, hi } = turned(measure!, relation.left);
  const text = (value: bigint) => formatHalves(value, place, cell.unit.exponent);
  // Copies must agree to the digit: nothing else is allowed.
  const strict = copy && outcome === 'fails';
  return {
    printed: relation.left.length === 1 && cell.state !== 'derived' ? cell.printed : text(left),
    computed: {
      value: text(right),
      lo: text(rightLo),
      hi: text(rightHi),
    },
    difference: text(left - right),
    allowed: {
      lo: relation.comparator === 'le' ? null : text(strict ? right : lo),
      hi: relation.comparator === 'ge' ? null : text(strict ? right : hi),
    },
  };
}

/** Figures as their key has them: 减少 56.95 is compared with 63.14, not with −63.14. */
function turned(measure: Measure, [first, ...more]: readonly Operand[]): Measure {
  if (more.length > 0 || first!.cell.sign === 1) return measure;
  const { place, left, right, rightLo, rightHi, lo, hi } = measure;
  return {
    place,
    left: -left,
    right: -right,
    rightLo: -rightHi,
    rightHi: -rightLo,
    lo: -hi,
    hi: -lo,
  };
}

function findingMessage(evaluation: Evaluation, figures: Figures, locale: Locale): string {
  const { relation, copy } = evaluation;
  const { cell } = relation.left[0]!;
  const twin =
    copy &&
    relation.rule.kind === 'equal' &&
    relation.right.find((operand) => isNonZero(operand.cell))?.cell;
  const isRatio = cell.unit.measure === 'ratio';
  const percent = isRatio && !relation.base ? '%' : '';
  const isTogether = relation.left.length > 1;
  const args = {
    cell: labelOf(cell, locale),
    printed: figures.printed! + percent,
    says: saysOf(cell, figures.printed!, locale),
    rule: inLocale(relation.rule.title, locale),
    computed: figures.computed.value + percent,
    difference: figures.difference!,
    unit: isRatio ? message(locale, 'unit.points') : cell.unit.name,
    twin: twin ? labelOf(twin, locale) : '',
    arithmetic: arithmeticOf(evaluation),
  };
  const key: MessageKey = relation.base
    ? ratioKey(evaluation)
    : isTogether
      ? 'finding.together'
      : twin
        ? 'finding.copy'
        : isNothing(evaluation, figures)
          ? 'finding.nothing'
          : `finding.${relation.comparator}`;
  return message(locale, key, args);
}

/** Nothing is printed where there has to be something: the least there is, one or 0.0001, says no more. */
function isNothing({ relation }: Evaluation, { computed }: Figures): boolean {
  const { comparator, left, right } = relation;
  const isLeast = right.length === 0 && /^(?:0\.0*)?1$/.test(computed.value);
  return comparator === 'ge' && isLeast && !isNonZero(left[0]!.cell);
}

/** The wording of a ratio, by how what is printed came about. */
function ratioKey({ reading, relation }: Evaluation): MessageKey {
  if (reading === undefined && isOverNothing(relation)) return 'finding.zero-base';
  return reading === undefined || reading === 'rounded' ? 'finding.ratio' : `habit.${reading}`;
}

/** The figures of a relation, as many as are asked for. */
export function relatedOf(
  analysis: Analysis,
  { relation }: Evaluation,
  most = Infinity,
): Related[] {
  const { comparator, left, right, base = [] } = relation;
  const term = ({ coefficient }: Operand): Related['role'] =>
    comparator !== 'eq' ? 'limit' : coefficient > 0 ? 'addend' : 'subtrahend';
  const related = (operand: Operand, role: Related['role']): Related => ({
    role,
    coefficient: operand.coefficient,
    path: pathOf(operand.cell),
    range: analysis.lines.range(anchorOf(operand.cell, analysis.tree)),
    printed: figureOf(operand.cell),
  });
  return [
    ...left.map((operand) => related(operand, 'printed')),
    ...right.slice(0, most).map((operand) => related(operand, term(operand))),
    ...base.map((operand) => related(operand, 'base')),
  ];
}
