/** Reads figures in units of their places, and relations by the numbers of their variables. */
import { greatestOf } from '../../syntax/arrays';
import { parseAmount, power } from '../../disclosure/amount';
import type { Form, LinearModel, RatioModel, RelationModel } from './relationModel';
import {
  ProblemError,
  type LinearRelation,
  type Operand,
  type RatioRelation,
  type Relation,
  type Term,
  type Variable,
} from './problem';

/** A figure as it is printed. */
export interface Figure {
  readonly units: bigint;
  /** The last printed place, as a power of ten. */
  readonly place: number;
  /** In units of the place. */
  readonly width: bigint;
  /** To what place another figure would be printed; undefined where what is printed does not say. */
  readonly printPlace: number | undefined;
}

/** @param usual how wide a figure is that does not say so */
export function figureOf({ id, printed, unit = 0, decimals, width }: Variable, usual = 1): Figure {
  const blank = printed.trim() === '';
  const { units, place } = blank ? { units: 0n, place: unit } : decimal(printed, unit, id);
  // A whole number may have lost its decimals.
  const own = units === 0n || place >= unit ? undefined : place;
  const printPlace = decimals === undefined ? own : unit - decimals;
  const figure = { units, place, width: BigInt(width ?? usual), printPlace };
  return decimals === undefined || decimals >= 0 ? figure : inRoundNumbers(figure, unit - decimals);
}

/** A figure that is written out in full, though it is known in thousands: its zeros carry no digit. */
function inRoundNumbers(figure: Figure, known: number): Figure {
  const { units, place, width } = figure;
  if (place >= known) return figure;
  const size = power(known - place);
  return units % size === 0n
    ? { ...figure, units: units / size, place: known }
    : { ...figure, width: width * size };
}

const COMPARATORS = { '=': 'eq', '>=': 'ge', '<=': 'le' } as const;

/** A decimal number as units of a place. */
interface Decimal {
  readonly units: bigint;
  readonly place: number;
}

function decimal(text: string | number, unit: number, where: string): Decimal {
  const amount = parseAmount(String(text).trim(), unit);
  if (!amount) throw new ProblemError('no-number', { where, text });
  return amount;
}

/** Most coefficients are 1 or -1. */
function decimalFactor(value: string | number, where: string): Decimal {
  if (value === 1) return PLUS;
  if (value === -1) return MINUS;
  return decimal(value, 0, where);
}

const PLUS: Decimal = { units: 1n, place: 0 };
const MINUS: Decimal = { units: -1n, place: 0 };

interface Signed extends Decimal {
  readonly variable: number;
}

const SHORT = 8;

const NONE: readonly number[] = [];

/** Reads relations by the numbers of what they speak of. */
export class RelationReader<V> {
  private readonly short = new Map<string, readonly bigint[]>();

  /**
   * @param number of a variable, which a relation names
   * @param constant enters a number that is exactly known, which becomes a figure of its own
   */
  constructor(
    private readonly number: (name: V, relation: string) => number,
    private readonly constant: (figure: Figure) => number,
  ) {}

  read(relation: Relation<V>): RelationModel {
    const conditions = relation.conditions?.map((name) => this.number(name, relation.id)) ?? NONE;
    return relation.kind === 'ratio'
      ? this.ratio(relation, conditions)
      : this.linear(relation, conditions);
  }

  private linear(relation: LinearRelation<V>, conditions: readonly number[]): LinearModel {
    const { id, kind = 'equal', comparator = '=', left, right, open = false } = relation;
    const form = this.form(this.signed(right, -1, id, this.signed(left, 1, id)));
    const first = form.coefficients[0] ?? 0n;
    const isTotal = kind === 'sum' || kind === 'added';
    const sum = isTotal && comparator === '=' && left.length === 1 && first > 0n;
    const plain = sum && form.coefficients.every((c, at) => at === 0 || c === -first);
    const total = plain ? form.variables[0]! : -1;
    const structural = kind === 'sum' || kind === 'balance';
    return {
      id,
      kind,
      comparator: COMPARATORS[comparator],
      ...form,
      total,
      structural,
      open,
      conditions,
    };
  }

  private ratio(relation: RatioRelation<V>, conditions: readonly number[]): RatioModel {
    const { id } = relation;
    const ratio = this.number(relation.ratio, id);
    const both = [
      this.signed(relation.numerator, 1, id),
      this.signed(relation.denominator, 1, id),
    ] as const;
    const decimals = greatestOf(
      both.flat().map(({ place }) => -place),
      0,
    );
    const numerator = this.form(both[0], decimals);
    const denominator = this.form(both[1], decimals);
    const variables = [...new Set([ratio, ...numerator.variables, ...denominator.variables])];
    return { id, kind: 'ratio', ratio, numerator, denominator, variables, conditions };
  }

  /** Appends terms, with a sign, to a list. */
  private signed(
    operands: readonly Operand<V>[],
    sign: 1 | -1,
    id: string,
    into: Signed[] = [],
  ): Signed[] {
    const one = sign === 1 ? 1n : -1n;
    for (const operand of operands) {
      if (isConstant(operand)) {
        const { units, place } = decimal(operand.constant, 0, id);
        const variable = this.constant({ units, place, width: 0n, printPlace: place });
        into.push({ variable, units: one, place: 0 });
      } else if (isTerm(operand)) {
        const { units, place } = decimalFactor(operand.coefficient ?? 1, id);
        into.push({ variable: this.number(operand.variable, id), units: one * units, place });
      } else into.push({ variable: this.number(operand as V, id), units: one, place: 0 });
    }
    return into;
  }

  /** Coefficients as integers: their common power of ten says nothing in a comparison with zero. */
  private form(
    terms: readonly Signed[],
    decimals = terms.reduce((most, { place }) => Math.max(most, -place), 0),
  ): Form {
    const sums = new Map<number, bigint>();
    for (const { variable, units, place } of terms) {
      const value = place + decimals === 0 ? units : units * power(place + decimals);
      // A variable that stands twice counts twice.
      sums.set(variable, (sums.get(variable) ?? 0n) + value);
    }
    const kept = [...sums].filter(([, coefficient]) => coefficient !== 0n);
    return {
      variables: kept.map(([variable]) => variable),
      coefficients: this.shared(kept.map(([, coefficient]) => coefficient)),
    };
  }

  /** Short forms are few, and relations many: those that are the same share one. */
  private shared(coefficients: readonly bigint[]): readonly bigint[] {
    if (coefficients.length > SHORT) return coefficients;
    const name = coefficients.join();
    const known = this.short.get(name);
    if (known) return known;
    this.short.set(name, coefficients);
    return coefficients;
  }
}

const isConstant = <V>(
  operand: Operand<V>,
): operand is { constant: string | number } & Operand<V> =>
  typeof operand === 'object' && operand !== null && 'constant' in operand;

const isTerm = <V>(operand: Operand<V>): operand is Term<V> & Operand<V> =>
  typeof operand === 'object' && operand !== null && 'variable' in operand;
