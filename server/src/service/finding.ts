/** What a relation that does not plainly hold says, in figures and in words. */
import { formatHalves } from '../disclosure/amount';
import { isNonZero } from '../disclosure/model';
import type { Evaluation } from '../relations/evaluate';
import { isOverNothing } from '../relations/ratio';
import type { Operand } from '../relations/relation';
import type { Measure } from '../relations/rounding';
import type { RuleKind, Severity } from '../relations/rule';
import type { LineRange } from '../syntax/lines';
import type { Analysis } from './analysis';
import { arithmeticOf } from './arithmetic';
import { fingerprintOf } from './fingerprint';
import { inLocale, message, type Locale, type MessageKey } from './messages';
import { anchorOf, figureOf, idsOf, labelOf, pathOf, saysOf } from './places';

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

/**
 * The finding of a relation. What is long or seldom asked for is made when it is: a cause that is located has a
 * message of its own, and a total may have as many parts as a file has lines.
 */
export class RelationFinding implements Finding {
  readonly id: string;
  readonly rule: string;
  readonly kind: RuleKind;
  readonly class: Finding['class'];
  readonly outcome: Finding['outcome'];
  readonly path: string;
  readonly cell: Finding['cell'];
  readonly range: LineRange;
  readonly unit: string;
  private readonly figures: Figures;

  constructor(
    private readonly analysis: Analysis,
    private readonly evaluation: Evaluation,
    readonly severity: Finding['severity'],
    isJoint: boolean,
    private readonly locale: Locale,
  ) {
    const { relation, outcome } = evaluation;
    const { cell } = relation.left[0]!;
    this.id = relation.id;
    this.rule = relation.rule.id;
    this.kind = relation.rule.kind;
    this.class = isJoint ? 'joint' : outcome === 'rounding' ? 'rounding' : 'error';
    this.outcome = outcome === 'rounding' || outcome === 'holds' ? outcome : 'fails';
    this.path = pathOf(cell);
    this.cell = idsOf(cell);
    this.range = analysis.lines.range(anchorOf(cell, analysis.tree));
    this.unit = cell.unit.name;
    this.figures = figuresOf(evaluation);
  }

  get message(): string {
    return findingMessage(this.evaluation, this.figures, this.locale);
  }

  get printed(): Figures['printed'] {
    return this.figures.printed;
  }

  get computed(): Figures['computed'] {
    return this.figures.computed;
  }

  get difference(): Figures['difference'] {
    return this.figures.difference;
  }

  get allowed(): Figures['allowed'] {
    return this.figures.allowed;
  }

  get related(): readonly Related[] {
    return relatedOf(this.analysis, this.evaluation);
  }

  get fingerprint(): string {
    return fingerprintOf(this.evaluation);
  }
}

/** All of a finding, as plain data. */
export const wholly = (finding: Finding): Finding => ({
  id: finding.id,
  rule: finding.rule,
  kind: finding.kind,
  class: finding.class,
  outcome: finding.outcome,
  severity: finding.severity,
  message: finding.message,
  path: finding.path,
  cell: finding.cell,
  range: finding.range,
  printed: finding.printed,
  computed: finding.computed,
  difference: finding.difference,
  allowed: finding.allowed,
  unit: finding.unit,
  related: finding.related,
  fingerprint: finding.fingerprint,
});

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
