import { formatHalves, type Amount } from '../disclosure/amount';
import { isNonZero, type Problem } from '../disclosure/model';
import { vocabulary } from '../disclosure/vocabulary';
import type { Evaluation } from '../relations/evaluate';
import type { Fact } from '../relations/fact';
import { operandsOf, type Operand } from '../relations/relation';
import type { Measure } from '../relations/rounding';
import type { Rule, RuleKind, Severity } from '../relations/rule';
import type { Cause } from '../repair/causes';
import type { RowShift } from '../repair/shifts';
import { copiedFrom } from '../repair/copied';
import { slipOf } from '../repair/slip';
import type { LineRange } from '../syntax/lines';
import type { TextRange } from '../syntax/tree';
import type { Analysis, Settings } from './analysis';
import { arithmeticOf } from './arithmetic';
import { withoutConsequences } from './consequences';
import { fingerprintOf } from './fingerprint';
import { inLocale, message, type Locale, type MessageKey } from './messages';
import { anchorOf, figureOf, idsOf, labelOf, pathOf, printedOf, valueText } from './places';
import { factSeverity, factView, problemSeverity, problemView } from './writtenFindings';

/** One relation instance that does not plainly hold, or one finding about the writing. */
export interface Finding {
  /** The same in every version of the file. */
  readonly id: string;
  readonly rule: string;
  readonly kind: RuleKind;
  readonly class: 'error' | 'rounding' | 'text' | 'input';
  readonly outcome: 'rounding' | 'fails';
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
  /** Offset of where it is shown. */
  readonly start: number;
  readonly view: (locale: Locale) => CauseView;
}

/** Everything that is to be said about a file, in the order of the text. */
export function foundIn(analysis: Analysis): Found[] {
  const { tree, settings, problems, causes, network } = analysis;
  const found: Found[] = [];
  for (const problem of problems) {
    const severity = problemSeverity(problem, analysis);
    if (severity === 'off') continue;
    const { start } = 'kind' in problem.at ? tree.rangeOf(problem.at) : problem.at;
    const view = (locale: Locale) => problemView(analysis, problem, severity, locale);
    found.push({ severity, start, view });
  }
  for (const cause of causes) {
    const severities = new Set(cause.members.map((member) => severityOfMember(member, settings)));
    const severity = RANK.find((rank) => severities.has(rank))!;
    const { start } = anchorOf(cause.cell, tree);
    found.push({ severity, start, view: (locale) => causeView(analysis, cause, severity, locale) });
  }
  for (const fact of withoutConsequences(network?.facts ?? [], causes)) {
    if (fact.outcome !== 'fails') continue;
    const { start } = tree.rangeOf(fact.at);
    const severity = factSeverity(fact, settings);
    found.push({ severity, start, view: (locale) => factView(analysis, fact, severity, locale) });
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
  locale: Locale,
): CauseView {
  const findings = cause.members.map((member) => finding(analysis, member, locale));
  const textRange = anchorOf(cause.cell, analysis.tree);
  return {
    id: cause.id,
    severity,
    verdict: cause.verdict,
    message: withOrigin(causeMessage(cause, findings, locale), analysis, cause, locale),
    path: pathOf(cause.cell),
    textRange,
    range: analysis.lines.range(textRange),
    findings,
    rule: findings.find((f) => f.severity === severity)!.rule,
    cause,
  };
}

function finding(analysis: Analysis, evaluation: Evaluation, locale: Locale): Finding {
  const { relation, outcome } = evaluation;
  const { cell } = relation.left[0]!;
  const { unit } = cell.table;
  const figures = figuresOf(evaluation);
  const rounding = outcome === 'rounding';
  return {
    id: relation.id,
    rule: relation.rule.id,
    kind: relation.rule.kind,
    class: rounding ? 'rounding' : 'error',
    outcome: rounding ? 'rounding' : 'fails',
    severity: severityOfMember(evaluation, analysis.settings),
    message: findingMessage(evaluation, figures, locale),
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

function severityOfMember(evaluation: Evaluation, settings: Settings): Exclude<Severity, 'off'> {
  const declared = severityIn(evaluation, settings);
  return evaluation.outcome === 'rounding' && declared !== 'hint' ? 'information' : declared;
}

/** A figure and a bound (100% and ≥98%) can both be meant: that they differ is no proof. */
function severityIn({ relation }: Evaluation, settings: Settings): Exclude<Severity, 'off'> {
  const declared = severityOf(relation.rule, settings) as Exclude<Severity, 'off'>;
  const bounds = new Set(operandsOf(relation).map(({ cell }) => cell.bound));
  return declared === 'error' && bounds.size > 1 ? 'warning' : declared;
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
  const args = {
    cell: labelOf(cell, locale),
    printed: figures.printed === '' ? message(locale, 'blank') : figures.printed!,
    rule: inLocale(relation.rule.title, locale),
    computed: figures.computed.value,
    difference: figures.difference!,
    unit: cell.unit.name,
    twin: twin ? labelOf(twin, locale) : '',
    arithmetic: arithmeticOf(evaluation),
  };
  const key: MessageKey = relation.base
    ? ratioKey(evaluation)
    : relation.left.length > 1
      ? 'finding.together'
      : twin
        ? 'finding.copy'
        : `finding.${relation.comparator}`;
  return message(locale, key, args);
}

/** The wording of a ratio, by how what is printed came about. */
function ratioKey({ reading }: Evaluation): MessageKey {
  return reading === undefined || reading === 'rounded' ? 'finding.ratio' : `habit.${reading}`;
}

function causeMessage(cause: Cause, findings: readonly Finding[], locale: Locale): string {
  const [first] = findings;
  const list = (words: readonly string[]) => words.join(message(locale, 'list'));
  const count = cause.members.length;
  if (cause.verdict === 'tail') {
    return cause.members[0]!.relation.base ? first!.message : tailMessage(cause, first!, locale);
  }
  if (cause.shift) return shiftMessage(cause.shift, count, locale);
  const [only, ...more] = cause.candidates;
  // Without a value there is nothing to propose: the relation itself is told.
  if (only && more.length === 0 && only.values.length > 0) {
    const values = only.values.map((value) => valueText(value, only.cell));
    const named = {
      cell: labelOf(only.cell, locale),
      printed: printedOf(only.cell, locale),
      count,
    };
    if (cause.verdict === 'certain') {
      return message(locale, 'cause.certain', { ...named, value: values[0]! });
    }
    const twin = cause.verdict === 'likely' && only.twin && valueText(only.twin, only.cell);
    const some = (all: readonly string[]) =>
      all.length > MOST_NAMES
        ? message(locale, 'cause.range', { first: all[0]!, last: all.at(-1)!, count: all.length })
        : list(all);
    if (!twin) return message(locale, 'cause.values', { ...named, values: some(values) });
    const others = values.filter((value) => value !== twin);
    if (others.length === 0) return message(locale, 'cause.twin', { ...named, value: twin });
    return message(locale, 'cause.likely', { ...named, value: twin, values: some(others) });
  }
  const text =
    cause.candidates.length > 0
      ? message(locale, 'cause.undecided', {
          finding: first!.message,
          cells: suspects(cause, locale),
        })
      : first!.message;
  const rest = count > 1 ? [message(locale, 'cause.more', { count: count - 1 })] : [];
  return [text, ...rest].join(locale === 'zh-cn' ? '；' : '; ');
}

/** From where to where the amounts of a column stand one row off. */
function shiftMessage({ cells, direction }: RowShift, count: number, locale: Locale): string {
  return message(locale, `cause.shift.${direction}`, {
    first: labelOf(cells[0]!, locale),
    last: labelOf(cells.at(-1)!, locale),
    rows: cells.length,
    count,
  });
}

/** The message with how the figure may have come about, where its digits tell. */
function withOrigin(text: string, analysis: Analysis, cause: Cause, locale: Locale): string {
  const origin = originOf(analysis, cause, locale);
  return origin === undefined ? text : `${text}${locale === 'zh-cn' ? '；' : '; '}${origin}`;
}

function originOf(analysis: Analysis, cause: Cause, locale: Locale): string | undefined {
  const { disclosure, network } = analysis;
  const { cell, verdict } = cause;
  if (!disclosure || !network || verdict === 'tail' || !cell.amount) return undefined;
  const right = rightValueOf(cause);
  const slip = right && slipOf(cell.amount, right);
  if (slip) {
    if (slip.kind !== 'unit') return message(locale, `slip.${slip.kind}`);
    const unit = unitOf(cell.unit.exponent + slip.power);
    return unit === undefined || (cell.unit.measure ?? 'money') !== 'money'
      ? message(locale, 'slip.shifted')
      : message(locale, 'slip.unit', { unit });
  }
  const source = copiedFrom(disclosure, network, cause);
  if (!source) return undefined;
  const key = source.last ? 'copied.last' : 'copied';
  return message(locale, key, { cell: labelOf(source.cell, locale) });
}

/** The certain or the likeliest value of the located cell. */
function rightValueOf({ candidates, cell, verdict }: Cause): Amount | undefined {
  const [only, ...more] = candidates;
  if (!only || more.length > 0 || only.cell !== cell) return undefined;
  return verdict === 'certain' ? only.values[0] : only.twin;
}

const unitOf = (exponent: number) =>
  Object.entries(vocabulary.units).find(([, power]) => power === exponent)?.[0];

/** More suspects than this are counted, not named. */
const MOST_NAMES = 4;

function suspects({ candidates }: Cause, locale: Locale): string {
  const names = candidates.slice(0, MOST_NAMES).map(({ cell }) => labelOf(cell, locale));
  const text = names.join(message(locale, 'list'));
  const count = candidates.length;
  return count > MOST_NAMES ? message(locale, 'cause.suspects', { cells: text, count }) : text;
}

function tailMessage(cause: Cause, first: Finding, locale: Locale): string {
  const [member] = cause.members;
  const { copy, relation } = member!;
  const between = copy && relation.rule.kind === 'equal';
  const twin = between && relation.right.find((o) => isNonZero(o.cell))?.cell;
  const text = message(locale, twin ? 'cause.tail.copy' : 'cause.tail', {
    cell: labelOf(cause.cell, locale),
    twin: twin ? labelOf(twin, locale) : '',
    printed: first.printed === '' ? message(locale, 'blank') : (first.printed ?? ''),
    computed: first.computed!.value,
    difference: first.difference!,
    unit: first.unit!,
    lo: first.allowed!.lo ?? '',
    hi: first.allowed!.hi ?? '',
  });
  const count = cause.members.length;
  if (count === 1) return text;
  return `${text}${locale === 'zh-cn' ? '；' : '; '}${message(locale, 'cause.tail.more', { count })}`;
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
