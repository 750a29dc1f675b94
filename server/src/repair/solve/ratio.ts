/**
 * Printed quotients. A ratio q of numerator N and denominator D is consistent iff some figures within
 * their rounding have N/D within what the printed q stands for; with D > 0 that is
 * max(N − qLo·D) ≥ 0 and min(N − qHi·D) ≤ 0, both linear, so nothing is ever divided. A variable that
 * stands in N and in D, as in growth, is one variable.
 */
import { power } from '../../disclosure/amount';
import { spanAround } from '../../relations/rounding';
import type { Form, RatioModel } from './relationModel';
import type { Standing, State } from './state';

/** `times · variable` summed up, the least and the greatest it can be. */
interface Range {
  lo: bigint;
  hi: bigint;
}

/** Ends of what a printed ratio stands for, in halves of its scale. */
export interface RatioEnds {
  readonly lo: bigint;
  readonly hi: bigint;
}

/** Rounded half a place either way, or cut off: truncated ratios are a habit, not a contradiction. */
export function endsOf(
  state: State,
  { ratio }: RatioModel,
  value = state.value[ratio]!,
): RatioEnds {
  if (state.model.printHalf[ratio] === 0n) return { lo: value, hi: value };
  const unit = state.stepOf(ratio);
  const half = unit / 2n;
  if (value === 0n) return { lo: -unit, hi: unit };
  return value > 0n
    ? { lo: value - half, hi: value + unit }
    : { lo: value - unit, hi: value + half };
}

/** Says nothing without a base: x/0 is a habit of its own. */
export function judgeRatio(state: State, relation: RatioModel): Standing {
  const sign = signOf(state, relation.denominator);
  if (sign === 0 || isBlank(state, relation.ratio)) return 'holds';
  const { lo, hi } = endsOf(state, relation);
  const [upper, lower] = sign > 0 ? [lo, hi] : [hi, lo];
  // For D < 0 both inequalities turn round.
  const over = rangeOf(state, weights(state, relation, upper));
  const under = rangeOf(state, weights(state, relation, lower));
  if (over.hi < 0n || under.lo > 0n) return 'fails';
  const plain = roundsPlainly(state, relation);
  return plain ? 'holds' : 'rounding';
}

function isBlank(state: State, variable: number): boolean {
  return state.value[variable] === 0n && state.model.printed(variable).trim() === '';
}

/** The sign of a form over all it can be; 0 where it can be zero. */
export function signOf(state: State, form: Form): -1 | 0 | 1 {
  const { lo, hi } = rangeOf(state, asMap(form));
  return lo > 0n ? 1 : hi < 0n ? -1 : 0;
}

export function asMap({ variables, coefficients }: Form): Map<number, bigint> {
  return new Map(variables.map((variable, at) => [variable, coefficients[at]!]));
}

/** N − q·D as one form, times a power of ten, for q in halves of the ratio's scale. */
export function weights(state: State, relation: RatioModel, q: bigint): Map<number, bigint> {
  const scale = state.model.scale[relation.ratio]!;
  const [timesN, timesD] = scale <= 0 ? [2n * power(-scale), q] : [2n, q * power(scale)];
  const sums = new Map<number, bigint>();
  const add = ({ variables, coefficients }: Form, factor: bigint) => {
    variables.forEach((variable, at) => {
      sums.set(variable, (sums.get(variable) ?? 0n) + factor * coefficients[at]!);
    });
  };
  add(relation.numerator, timesN);
  add(relation.denominator, -timesD);
  return sums;
}

export function rangeOf(state: State, form: ReadonlyMap<number, bigint>, except = -1): Range {
  const range = { lo: 0n, hi: 0n };
  for (const [variable, times] of form) {
    if (variable === except) continue;
    const value = state.value[variable]!;
    const { lo, hi } = spanAround(state.half[variable]!, value < 0n, state.model.mode, false);
    range.lo += times * (value + (times < 0n ? hi : lo));
    range.hi += times * (value + (times < 0n ? lo : hi));
  }
  return range;
}

/** Whether the ratio is the quotient of the printed figures, rounded half up. */
function roundsPlainly(state: State, relation: RatioModel): boolean {
  const at = (form: Form) =>
    form.variables.reduce((sum, v, i) => sum + form.coefficients[i]! * state.value[v]!, 0n);
  let [n, d] = [at(relation.numerator), at(relation.denominator)];
  if (d < 0n) [n, d] = [-n, -d];
  // |n/d − q| ≤ ½ unit, in halves of the scale: |2·10^-s·n − q·d| ≤ ½·unit·d
  const scale = state.model.scale[relation.ratio]!;
  const [timesN, timesD] = scale <= 0 ? [2n * power(-scale), 1n] : [2n, power(scale)];
  const gap = timesN * n - timesD * state.value[relation.ratio]! * d;
  const allowed = (timesD * state.stepOf(relation.ratio) * d) / 2n;
  return (gap < 0n ? -gap : gap) <= allowed;
}

/**
 * The quotient of the printed figures to where the ratio is printed: rounded half up, and cut off. Over nothing, or
 * less, there is none: a growth of less than -100 % means that the amounts are wrong.
 */
export function quotientsOf(
  state: State,
  { ratio, numerator, denominator }: RatioModel,
): { readonly rounded: bigint; readonly cut: bigint } | undefined {
  const at = (form: Form) =>
    form.variables.reduce((sum, v, i) => sum + form.coefficients[i]! * state.value[v]!, 0n);
  const [n, d] = [at(numerator), at(denominator)];
  if (d <= 0n) return undefined;
  const scale = state.model.scale[ratio]!;
  const step = state.model.printStep[ratio]!;
  const top = n * (scale <= 0 ? 2n * power(-scale) : 2n);
  const base = d * step * (scale <= 0 ? 1n : power(scale));
  const size = top < 0n ? -top : top;
  const own = step * (top < 0n ? -1n : 1n);
  return { rounded: own * ((2n * size + base) / (2n * base)), cut: own * (size / base) };
}

/** Whether a printed ratio is the quotient over one of the figures that its base is made of. */
export function isOverAnother(state: State, ratio: number): boolean {
  const { model } = state;
  return model.incident(ratio).some(({ relation: index }) => {
    const relation = model.relation(index);
    if (relation.kind !== 'ratio' || relation.ratio !== ratio) return false;
    const { numerator, denominator } = relation;
    if (denominator.variables.length < 2) return false;
    return denominator.variables.some((variable, at) => {
      if (numerator.variables.includes(variable)) return false;
      const base = { variables: [variable], coefficients: [denominator.coefficients[at]!] };
      const quotients = quotientsOf(state, { ...relation, denominator: base });
      return quotients?.rounded === state.value[ratio];
    });
  });
}

/** Of a change that printed growths are of: this year's amounts, of which it leaves last year's. */
export function wholesOf({ model, value }: State, change: number): readonly bigint[] {
  return model.incident(change).flatMap(({ relation: index }) => {
    const relation = model.relation(index);
    if (relation.kind !== 'ratio') return [];
    const { numerator, denominator } = relation;
    const [only, ...more] = numerator.variables;
    const at = denominator.variables.indexOf(change);
    if (only !== change || more.length > 0 || at < 0 || denominator.variables.length !== 2)
      return [];
    const [own, other] = [denominator.coefficients[at]!, denominator.coefficients[1 - at]!];
    return own === -other ? value[denominator.variables[1 - at]!]! : [];
  });
}
